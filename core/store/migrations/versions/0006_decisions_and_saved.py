"""One table for decisions on boxes and readiness; groups can be removed; criteria by their name"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    decision = op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('nip', sa.String(length=18), nullable=False),
    sa.Column('post', sa.String(length=100), server_default='', nullable=False),
    sa.Column('value', sa.String(length=10), nullable=False),
    sa.Column('computed', sa.String(length=10), nullable=False),
    sa.Column('session', sa.String(length=100), server_default='', nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('rubric_digest', sa.String(length=64), server_default='', nullable=False),
    sa.Column('data_version', sa.Integer(), server_default='0', nullable=False),
    sa.Column('username', sa.String(length=64), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=False),
    sa.Column('revoked_at', sa.DateTime(), nullable=True),
    sa.Column('revoked_by', sa.String(length=64), nullable=True),
    sa.Column('revoked_reason', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_decision_subject_nip', 'decision', ['subject', 'nip'])
    connection = op.get_bind()
    # Decisions on boxes keep their numbers, which the audit trail names; those on readiness follow in their order.
    old_box = sa.table('box_decision', *(sa.column(name) for name in (
        'id', 'nip', 'box', 'computed_box', 'session', 'reason', 'rubric_digest', 'data_version', 'username',
        'revoked_by', 'revoked_reason',
    )), sa.column('decided_at', sa.DateTime()), sa.column('revoked_at', sa.DateTime()))
    old_readiness = sa.table('readiness_decision', *(sa.column(name) for name in (
        'id', 'nip', 'post', 'readiness', 'computed', 'reason', 'username',
    )), sa.column('decided_at', sa.DateTime()))
    boxes = connection.execute(sa.select(old_box).order_by(old_box.c.id)).mappings().all()
    rows = [{
        'id': row['id'], 'subject': 'box', 'nip': row['nip'], 'post': '', 'value': str(row['box']),
        'computed': str(row['computed_box']),
        **{name: row[name] for name in (
            'session', 'reason', 'rubric_digest', 'data_version', 'username', 'decided_at',
            'revoked_at', 'revoked_by', 'revoked_reason',
        )},
    } for row in boxes]
    number = max((row['id'] for row in rows), default=0)
    standing = {}
    for row in connection.execute(sa.select(old_readiness).order_by(old_readiness.c.id)).mappings():
        before = standing.pop((row['post'], row['nip']), None)
        if before is not None:
            before |= {'revoked_at': row['decided_at'], 'revoked_by': row['username'], 'revoked_reason': row['reason']}
        if row['readiness'] == row['computed']:
            continue  # took an earlier one back
        number += 1
        new = {
            'id': number, 'subject': 'readiness', 'nip': row['nip'], 'post': row['post'], 'value': row['readiness'],
            'computed': row['computed'], 'session': '', 'reason': row['reason'], 'rubric_digest': '',
            'data_version': 0, 'username': row['username'], 'decided_at': row['decided_at'],
            'revoked_at': None, 'revoked_by': None, 'revoked_reason': '',
        }
        standing[row['post'], row['nip']] = new
        rows.append(new)
    if rows:
        op.bulk_insert(decision, rows)
        if connection.dialect.name == 'postgresql':
            op.execute("SELECT setval(pg_get_serial_sequence('decision', 'id'), (SELECT max(id) FROM decision))")
    op.drop_table('box_decision')
    op.drop_table('readiness_decision')
    with op.batch_alter_table('succession_pool') as batch:
        batch.add_column(sa.Column('removed_at', sa.DateTime(), nullable=True))
    with op.batch_alter_table('scenario') as batch:
        batch.alter_column('part_keys', new_column_name='criterion_keys', existing_type=sa.Text(), existing_nullable=False)
    op.rename_table('kept_view', 'saved_view')
    op.rename_table('kept_plan', 'saved_plan')
    op.rename_table('scenario', 'saved_scenario')
    op.drop_index('ix_position_version_post', 'position_version')
    op.rename_table('position_version', 'post_version')
    op.create_index('ix_post_version_post', 'post_version', ['post'])
    # The colour of the grid that told eligibility bore the name of readiness.
    op.execute("UPDATE saved_view SET query = replace(query, 'colour=readiness', 'colour=eligibility')")


def downgrade() -> None:
    # A revoked readiness has no place in the old tables, so going back would lose what was decided.
    raise NotImplementedError('decisions of both kinds share a table from here on; restore a backup instead')
