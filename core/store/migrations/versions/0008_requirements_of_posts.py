"""What a post asks for itself, and its planned inauguration"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('post_version') as batch:
        batch.add_column(sa.Column('requirements', sa.Text(), server_default='', nullable=False))
        batch.add_column(sa.Column('reference_date', sa.String(length=10), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('post_version') as batch:
        batch.drop_column('reference_date')
        batch.drop_column('requirements')
