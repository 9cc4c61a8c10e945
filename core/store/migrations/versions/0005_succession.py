"""Posts as edited, kept plans, succession pools"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('position_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('post', sa.String(length=100), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('unit', sa.String(length=300), nullable=False),
    sa.Column('echelon', sa.String(length=20), nullable=False),
    sa.Column('family', sa.String(length=60), nullable=False),
    sa.Column('parent', sa.String(length=100), server_default='', nullable=False),
    sa.Column('criticality', sa.Integer(), nullable=False),
    sa.Column('criticality_reason', sa.Text(), server_default='', nullable=False),
    sa.Column('required_level', sa.Integer(), nullable=False),
    sa.Column('competencies', sa.Text(), server_default='', nullable=False),
    sa.Column('required_field', sa.Text(), server_default='', nullable=False),
    sa.Column('abolished', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.Column('username', sa.String(length=64), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_position_version_post', 'position_version', ['post'])
    op.create_table('kept_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('rubric_digest', sa.String(length=64), nullable=False),
    sa.Column('data_version', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('username', sa.String(length=64), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('succession_pool',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('post', sa.String(length=100), nullable=False),
    sa.Column('boxes', sa.String(length=20), nullable=False),
    sa.Column('members', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('rubric_digest', sa.String(length=64), nullable=False),
    sa.Column('data_version', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('username', sa.String(length=64), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('state_by', sa.String(length=64), nullable=False),
    sa.Column('state_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('readiness_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('nip', sa.String(length=18), nullable=False),
    sa.Column('post', sa.String(length=100), nullable=False),
    sa.Column('readiness', sa.String(length=10), nullable=False),
    sa.Column('computed', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('username', sa.String(length=64), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_readiness_decision_post', 'readiness_decision', ['post'])


def downgrade() -> None:
    op.drop_table('readiness_decision')
    op.drop_table('succession_pool')
    op.drop_table('kept_plan')
    op.drop_table('position_version')
