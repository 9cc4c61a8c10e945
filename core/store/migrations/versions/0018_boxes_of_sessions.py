"""Decisions on boxes belong to the session of the committee that made them"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('decision') as batch:
        batch.add_column(sa.Column('session_id', sa.Integer(), nullable=True))
        batch.create_foreign_key('fk_decision_session_id_committee_session', 'committee_session', ['session_id'], ['id'])
        batch.create_index('ix_decision_session_id', ['session_id'])
    # What was decided since there are sessions belongs to the one session of its name.
    op.execute(
        """
        UPDATE decision SET session_id = (SELECT min(id) FROM committee_session WHERE committee_session.name = decision.session)
        WHERE (SELECT count(*) FROM committee_session WHERE committee_session.name = decision.session) = 1
        """
    )


def downgrade() -> None:
    with op.batch_alter_table('decision') as batch:
        batch.drop_index('ix_decision_session_id')
        batch.drop_constraint('fk_decision_session_id_committee_session', type_='foreignkey')
        batch.drop_column('session_id')
