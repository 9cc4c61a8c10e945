"""Scenarios"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('scenario',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('note', sa.Text(), server_default='', nullable=False),
    sa.Column('post', sa.String(length=100), nullable=False),
    sa.Column('rule', sa.String(length=20), nullable=False),
    sa.Column('weights', sa.Text(), nullable=False),
    sa.Column('part_keys', sa.Text(), nullable=False),
    sa.Column('rubric_digest', sa.String(length=64), nullable=False),
    sa.Column('rubric', sa.String(length=120), nullable=False),
    sa.Column('data_version', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('order_digest', sa.String(length=64), nullable=False),
    sa.Column('first', sa.Text(), nullable=False),
    sa.Column('username', sa.String(length=64), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )


def downgrade() -> None:
    op.drop_table('scenario')
