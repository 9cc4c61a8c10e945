"""The level a competency assessment was made for, and who assessed"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('competency_assessment') as batch:
        batch.add_column(sa.Column('made_for', sa.String(length=300), nullable=True))
        batch.add_column(sa.Column('assessor', sa.String(length=300), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('competency_assessment') as batch:
        batch.drop_column('assessor')
        batch.drop_column('made_for')
