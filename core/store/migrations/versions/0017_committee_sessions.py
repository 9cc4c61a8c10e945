"""Sessions of the committee: who sits, which posts, and everything that is said in them"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'committee_session',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=100), nullable=False),
        sa.Column('place', sa.String(length=200), nullable=False),
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('settings', sa.Text(), nullable=False),
        sa.Column('phase', sa.String(length=20), nullable=False),
        sa.Column('event', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('rubric_digest', sa.String(length=64), server_default='', nullable=False),
        sa.Column('data_version', sa.Integer(), server_default='0', nullable=False),
        sa.Column('as_of', sa.Date(), nullable=True),
        sa.Column('frozen_at', sa.DateTime(), nullable=True),
        sa.Column('username', sa.String(length=64), nullable=False),
        sa.Column('saved_at', sa.DateTime(), nullable=False),
        sa.Column('removed_at', sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_table(
        'session_member',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('full_name', sa.String(length=200), nullable=False),
        sa.Column('seat', sa.String(length=20), nullable=False),
        sa.Column('username', sa.String(length=64), server_default='', nullable=False),
        sa.Column('inside', sa.Boolean(), nullable=False),
        sa.Column('echelon', sa.String(length=20), server_default='', nullable=False),
        sa.ForeignKeyConstraint(['session_id'], ['committee_session.id']),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('ix_session_member_session_id', 'session_member', ['session_id'])
    op.create_table(
        'session_post',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('post', sa.String(length=100), nullable=False),
        sa.Column('reference_date', sa.String(length=10), server_default='', nullable=False),
        sa.Column('places', sa.Integer(), nullable=False),
        sa.Column('rule', sa.String(length=20), nullable=False),
        sa.Column('by_list', sa.Boolean(), nullable=False),
        sa.Column('candidates', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['session_id'], ['committee_session.id']),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('ix_session_post_session_id', 'session_post', ['session_id'])
    op.create_table(
        'session_entry',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('post', sa.String(length=100), server_default='', nullable=False),
        sa.Column('subject', sa.String(length=64), server_default='', nullable=False),
        sa.Column('value', sa.Text(), nullable=False),
        sa.Column('phase', sa.String(length=20), nullable=False),
        sa.Column('username', sa.String(length=64), nullable=False),
        sa.Column('paper', sa.Boolean(), nullable=False),
        sa.Column('saved_at', sa.DateTime(), nullable=False),
        sa.Column('superseded_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(['session_id'], ['committee_session.id']),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('ix_session_entry_session_id', 'session_entry', ['session_id', 'kind'])
    op.create_index(
        'one_current_session_entry',
        'session_entry',
        ['session_id', 'kind', 'member_id', 'post', 'subject'],
        unique=True,
        sqlite_where=sa.text('superseded_at IS NULL'),
        postgresql_where=sa.text('superseded_at IS NULL'),
    )


def downgrade() -> None:
    for table in ('session_entry', 'session_post', 'session_member', 'committee_session'):
        op.drop_table(table)
