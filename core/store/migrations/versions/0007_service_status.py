"""Standing in service (kedudukan hukum)"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('employee') as batch:
        batch.add_column(sa.Column('service_status', sa.String(length=300), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('employee') as batch:
        batch.drop_column('service_status')
