"""Sign-ins with their stage, place and end; limits of attempts; second factors"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('user_account') as batch:
        batch.drop_column('failed_attempts')
        batch.drop_column('locked_until')
        batch.add_column(sa.Column('must_change', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column('totp_secret', sa.Text(), server_default='', nullable=False))
        batch.add_column(sa.Column('totp_step', sa.Integer(), server_default='0', nullable=False))
    # Whoever is signed in signs in again: an old row does not say where and when it began.
    op.drop_table('sign_in')
    op.create_table(
        'sign_in',
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('username', sa.String(length=64), nullable=False),
        sa.Column('stage', sa.String(length=10), nullable=False),
        sa.Column('opened_at', sa.DateTime(), nullable=False),
        sa.Column('last_seen_at', sa.DateTime(), nullable=False),
        sa.Column('expires_at', sa.DateTime(), nullable=False),
        sa.Column('address', sa.String(length=64), nullable=False),
        sa.Column('browser', sa.String(length=200), nullable=False),
        sa.Column('ended_at', sa.DateTime(), nullable=True),
        sa.Column('end_reason', sa.String(length=40), server_default='', nullable=False),
        sa.ForeignKeyConstraint(['username'], ['user_account.username']),
        sa.PrimaryKeyConstraint('token_hash'),
    )
    with op.batch_alter_table('sign_in') as batch:
        batch.create_index(batch.f('ix_sign_in_username'), ['username'], unique=False)
    op.create_table(
        'sign_in_limit',
        sa.Column('key', sa.String(length=80), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('first_at', sa.DateTime(), nullable=False),
        sa.Column('locked_until', sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint('key'),
    )
    op.create_table(
        'recovery_code',
        sa.Column('username', sa.String(length=64), nullable=False),
        sa.Column('code_hash', sa.String(length=64), nullable=False),
        sa.Column('used_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(['username'], ['user_account.username']),
        sa.PrimaryKeyConstraint('username', 'code_hash'),
    )


def downgrade() -> None:
    op.drop_table('recovery_code')
    op.drop_table('sign_in_limit')
    op.drop_table('sign_in')
    op.create_table(
        'sign_in',
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('username', sa.String(length=64), nullable=False),
        sa.Column('expires_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['username'], ['user_account.username']),
        sa.PrimaryKeyConstraint('token_hash'),
    )
    with op.batch_alter_table('sign_in') as batch:
        batch.create_index(batch.f('ix_sign_in_username'), ['username'], unique=False)
    with op.batch_alter_table('user_account') as batch:
        batch.drop_column('totp_step')
        batch.drop_column('totp_secret')
        batch.drop_column('must_change')
        batch.add_column(sa.Column('failed_attempts', sa.Integer(), server_default='0', nullable=False))
        batch.add_column(sa.Column('locked_until', sa.DateTime(), nullable=True))
