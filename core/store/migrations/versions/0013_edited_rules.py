"""Rules edited in the browser; rubrics that are retired; fields of study placed by hand"""

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
    op.create_table(
        'study_assignment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('field', sa.String(length=300), nullable=False),
        sa.Column('discipline', sa.String(length=60), nullable=False),
        sa.Column('username', sa.String(length=64), nullable=False),
        sa.Column('saved_at', sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
    )
    with op.batch_alter_table('study_assignment', schema=None) as batch:
        batch.create_index(batch.f('ix_study_assignment_field'), ['field'], unique=False)
    with op.batch_alter_table('saved_scenario') as batch:
        batch.add_column(sa.Column('weighed_digest', sa.String(length=64), server_default='', nullable=False))
    with op.batch_alter_table('rubric_version') as batch:
        batch.add_column(sa.Column('retired_at', sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('saved_scenario') as batch:
        batch.drop_column('weighed_digest')
    with op.batch_alter_table('rubric_version') as batch:
        batch.drop_column('retired_at')
    op.drop_table('study_assignment')
    op.drop_table('rules_version')
