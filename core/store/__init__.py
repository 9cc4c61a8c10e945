"""Where facts, accounts and imports rest: SQLAlchemy on SQLite or PostgreSQL.

- ``accounts``: accounts, and the codes that stand in for a lost second factor
- ``cases``: steps of cases and reasons for faults, as rows
- ``copying``: whole databases: counting, copying from one kind to another, dumping and loading
- ``database``: opening, migrating and guarding the database
- ``decisions``: decisions of the committee, as rows; what was revoked stays
- ``development``: steps of development, as rows
- ``facts``: reading facts, as known now or at some past version, and where each came from
- ``imports``: writing a planned import, undoing one, and the log of attempts
- ``papers``: papers that were issued, as rows; none is ever removed
- ``posts``: edited posts, as rows
- ``rubrics``: rubric texts: kept by content, for ever
- ``rules``: texts of rules as somebody edited them
- ``saved``: what is saved by name, as rows
- ``sessions``: sessions of the committee, as rows; what was said stays
- ``sign_ins``: sign-ins: which browser is signed in as whom, how far, since when; attempts that were counted
- ``studies``: fields of study placed in a discipline by hand, as rows
- ``tables``: tables. Facts are versions: a row with ``superseded_by`` empty is what is known now
- ``trail``: the audit trail as rows: entries are added, never changed
"""
