"""What a post asks for of technical subject and experience; what a scenario ordered by"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('post_version') as batch:
        batch.add_column(sa.Column('technical_subject', sa.Text(), server_default='', nullable=False))
        batch.add_column(sa.Column('experience_years', sa.Integer(), server_default='0', nullable=False))
    with op.batch_alter_table('saved_scenario') as batch:
        batch.add_column(sa.Column('basis', sa.String(length=20), server_default='talent', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('saved_scenario') as batch:
        batch.drop_column('basis')
    with op.batch_alter_table('post_version') as batch:
        batch.drop_column('experience_years')
        batch.drop_column('technical_subject')
