"""Rules edited in the browser; rubrics that are retired"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'rules_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=100), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('username', sa.String(length=64), nullable=False),
        sa.Column('kept_at', sa.DateTime(), nullable=False),
        sa.Column('retired_at', sa.DateTime(), nullable=True),
        sa.Column('retired_by', sa.String(length=64), server_default='', nullable=False),
        sa.PrimaryKeyConstraint('id'),
    )
    with op.batch_alter_table('rules_version', schema=None) as batch:
        batch.create_index(batch.f('ix_rules_version_key'), ['key'], unique=False)
    with op.batch_alter_table('rubric_version') as batch:
        batch.add_column(sa.Column('retired_at', sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('rubric_version') as batch:
        batch.drop_column('retired_at')
    op.drop_table('rules_version')
