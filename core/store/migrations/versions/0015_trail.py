"""The audit trail as a Merkle tree: entries nobody changes, and the signed head"""

import datetime as dt
import json

import sqlalchemy as sa
from alembic import op

from core.trail.entry import Entry, hash_entry
from core.trail.merkle import Tree

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

_TEXTS = {'event': 40, 'username': 64, 'role': 20, 'address': 64, 'session': 12, 'subject': 300}


def upgrade() -> None:
    connection = op.get_bind()
    earlier = connection.execute(
        sa.text('SELECT happened_at, username, action, detail FROM audit_event ORDER BY id')
    ).all()
    op.drop_table('audit_event')
    table = op.create_table(
        'audit_event',
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('happened_at', sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in _TEXTS.items()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('detail', 'before', 'after')),
        sa.Column('leaf', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('number'),
    )
    head = op.create_table(
        'audit_head',
        sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('peaks', sa.Text(), nullable=False),
        sa.Column('checkpoint', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
    )
    tree, rows = Tree(), []
    for number, (happened_at, username, action, detail) in enumerate(earlier, 1):
        time = dt.datetime.fromisoformat(happened_at) if isinstance(happened_at, str) else happened_at
        texts = ('trail:earlier', username, '', '', '', action, detail, '', '')
        entry = Entry(number, time.replace(microsecond=0), *texts)
        leaf = hash_entry(entry)
        tree = tree.add(leaf)
        names = ('event', 'username', 'role', 'address', 'session', 'subject', 'detail', 'before', 'after')
        rows.append({'number': number, 'happened_at': entry.happened_at, **dict(zip(names, texts)), 'leaf': leaf.hex()})
    if rows:
        op.bulk_insert(table, rows)
    # Signed by the set-up that follows: a migration has no key.
    peaks = json.dumps([peak.hex() for peak in tree.peaks])
    op.bulk_insert(head, [{'id': 1, 'size': tree.size, 'peaks': peaks, 'checkpoint': ''}])
    for statement in _GUARDS[connection.dialect.name]:
        op.execute(sa.text(statement))


_GUARDS = {
    'sqlite': [
        f"CREATE TRIGGER audit_event_no_{what.lower()} BEFORE {what} ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END"
        for what in ('UPDATE', 'DELETE')
    ],
    'postgresql': [
        'CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS '
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is never changed'; END $$",
        'CREATE TRIGGER audit_event_unchanged BEFORE UPDATE OR DELETE ON audit_event '
        'FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()',
        'CREATE TRIGGER audit_event_not_emptied BEFORE TRUNCATE ON audit_event '
        'FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()',
    ],
}


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == 'postgresql':
        op.execute(sa.text('DROP TRIGGER audit_event_unchanged ON audit_event'))
        op.execute(sa.text('DROP TRIGGER audit_event_not_emptied ON audit_event'))
        op.execute(sa.text('DROP FUNCTION refuse_audit_change()'))
    op.drop_table('audit_head')
    op.drop_table('audit_event')
    op.create_table(
        'audit_event',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('happened_at', sa.DateTime(), nullable=False),
        sa.Column('username', sa.String(length=64), nullable=False),
        sa.Column('action', sa.String(length=64), nullable=False),
        sa.Column('detail', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
    )
