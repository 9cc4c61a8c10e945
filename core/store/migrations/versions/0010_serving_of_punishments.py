"""From when and for how many months a punishment is served, and which it is"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('discipline') as batch:
        batch.add_column(sa.Column('effective_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('months', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('measure', sa.String(length=300), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('discipline') as batch:
        batch.drop_column('measure')
        batch.drop_column('months')
        batch.drop_column('effective_on')
