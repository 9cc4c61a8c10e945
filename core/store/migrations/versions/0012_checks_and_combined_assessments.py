"""Who has confirmed when that somebody has no punishment; potential and competency in one value"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make('discipline_check', 'checked_on', sa.Column('checked_by', sa.String(length=300), nullable=True))
    _make('combined_assessment', 'assessed_on', sa.Column('combined_score', sa.Float(), nullable=True))


def _make(name: str, day: str, value: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('nip', sa.String(length=18), nullable=False),
        sa.Column(day, sa.Date(), nullable=False),
        value,
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
    with op.batch_alter_table(name, schema=None) as batch:
        batch.create_index(batch.f(f'ix_{name}_import_id'), ['import_id'], unique=False)
        batch.create_index(batch.f(f'ix_{name}_superseded_by'), ['superseded_by'], unique=False)
        batch.create_index(
            f'one_current_{name}',
            ['nip', day],
            unique=True,
            sqlite_where=sa.text('superseded_by IS NULL'),
            postgresql_where=sa.text('superseded_by IS NULL'),
        )


def downgrade() -> None:
    op.drop_table('combined_assessment')
    op.drop_table('discipline_check')
