"""Who has confirmed when that somebody has no punishment"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'discipline_check',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('nip', sa.String(length=18), nullable=False),
        sa.Column('checked_on', sa.Date(), nullable=False),
        sa.Column('checked_by', sa.String(length=300), nullable=True),
        sa.Column('import_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.Column('sheet', sa.String(length=100), nullable=False),
        sa.Column('row', sa.Integer(), nullable=False),
        sa.Column('matched_by_name', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('superseded_by', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['file_id'], ['import_file.id']),
        sa.ForeignKeyConstraint(['import_id'], ['import_batch.id']),
        sa.ForeignKeyConstraint(['superseded_by'], ['import_batch.id']),
        sa.PrimaryKeyConstraint('id'),
    )
    with op.batch_alter_table('discipline_check', schema=None) as batch:
        batch.create_index(batch.f('ix_discipline_check_import_id'), ['import_id'], unique=False)
        batch.create_index(batch.f('ix_discipline_check_superseded_by'), ['superseded_by'], unique=False)
        batch.create_index(
            'one_current_discipline_check',
            ['nip', 'checked_on'],
            unique=True,
            sqlite_where=sa.text('superseded_by IS NULL'),
            postgresql_where=sa.text('superseded_by IS NULL'),
        )


def downgrade() -> None:
    op.drop_table('discipline_check')
