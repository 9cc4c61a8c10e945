"""Tables. Facts are versions: a row with ``superseded_by`` empty is what is known now.

The fact tables follow ``core.talent.facts.KINDS`` column by column. Times are UTC without zone.
"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.talent.facts import COMPETENCIES, DATE_COLUMNS, KINDS, POTENTIAL_ASPECTS, FactKind

_INTEGERS = frozenset({"year", "graduation_year", "box", "months"})
_FLOATS = frozenset(
    {
        "combined_score",
        "hours",
        "job_person_match",
        "score",
        "managerial",
        "sociocultural",
        "potential_score",
        *COMPETENCIES,
        *POTENTIAL_ASPECTS,
    }
)
_BOOLEANS = frozenset({"cross_agency"})


class Base(DeclarativeBase):
    """All tables."""


class ImportBatch(Base):
    """One import, or the undoing of one, that was carried out; its id is the data version.

    ``imported_at`` is the recording time of its facts; ids grow with it.
    """

    __tablename__ = "import_batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    imported_at: Mapped[dt.datetime]
    username: Mapped[str] = mapped_column(sa.String(64))
    new_facts: Mapped[int]
    changed_facts: Mapped[int]
    unchanged_facts: Mapped[int]
    reason: Mapped[str] = mapped_column(sa.Text, server_default="")
    undoes: Mapped[int | None] = mapped_column(sa.ForeignKey("import_batch.id"))


class ImportFile(Base):
    """A file of an import.

    ``columns`` is JSON: for each sheet the column (letter and header) that filled each field.
    """

    __tablename__ = "import_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(300))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    layout: Mapped[str] = mapped_column(sa.String(300))
    columns: Mapped[str] = mapped_column(sa.Text, server_default="{}")


class ImportAttempt(Base):
    """The log of attempts, refused ones too."""

    __tablename__ = "import_attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    attempted_at: Mapped[dt.datetime]
    username: Mapped[str] = mapped_column(sa.String(64))
    files: Mapped[str] = mapped_column(sa.Text)
    faults: Mapped[int]
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("import_batch.id"))


class ColumnMapping(Base):
    """A header that somebody said means a field of a layout; remembered for the next file."""

    __tablename__ = "column_mapping"
    layout: Mapped[str] = mapped_column(sa.String(50), primary_key=True)
    header: Mapped[str] = mapped_column(sa.String(300), primary_key=True)
    field: Mapped[str] = mapped_column(sa.String(50))
    username: Mapped[str] = mapped_column(sa.String(64))
    confirmed_at: Mapped[dt.datetime]


class StudyAssignment(Base):
    """A field of study that somebody placed in a discipline; the newest of a field counts, an empty one takes it back."""

    __tablename__ = "study_assignment"
    id: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(sa.String(300), index=True)
    discipline: Mapped[str] = mapped_column(sa.String(60))
    username: Mapped[str] = mapped_column(sa.String(64))
    saved_at: Mapped[dt.datetime]


class RulesVersion(Base):
    """Rules of a level as somebody edited them; the newest version of a key that is not retired is in force."""

    __tablename__ = "rules_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(100), index=True)
    content: Mapped[str] = mapped_column(sa.Text)
    note: Mapped[str] = mapped_column(sa.Text)
    username: Mapped[str] = mapped_column(sa.String(64))
    kept_at: Mapped[dt.datetime]
    retired_at: Mapped[dt.datetime | None]
    retired_by: Mapped[str] = mapped_column(sa.String(64), server_default="")


class RubricVersion(Base):
    """A rubric's text, never changed and never deleted; an edit is a new version."""

    __tablename__ = "rubric_version"
    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(100), index=True)
    version: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(200))
    content: Mapped[str] = mapped_column(sa.Text)
    shipped: Mapped[bool]
    username: Mapped[str] = mapped_column(sa.String(64))
    kept_at: Mapped[dt.datetime]
    note: Mapped[str] = mapped_column(sa.Text, server_default="")
    retired_at: Mapped[dt.datetime | None]


class SavedScenario(Base):
    """Weights somebody kept, with what their order came from; removed ones stay, with the time.

    ``weights`` and ``criterion_keys`` are JSON lists; ``weights`` is ``null`` under the official ones.
    """

    __tablename__ = "saved_scenario"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    note: Mapped[str] = mapped_column(sa.Text, server_default="")
    post: Mapped[str] = mapped_column(sa.String(100))
    rule: Mapped[str] = mapped_column(sa.String(20))
    basis: Mapped[str] = mapped_column(sa.String(20), server_default="talent")
    weights: Mapped[str] = mapped_column(sa.Text)
    criterion_keys: Mapped[str] = mapped_column(sa.Text)
    rubric_digest: Mapped[str] = mapped_column(sa.String(64))
    weighed_digest: Mapped[str] = mapped_column(sa.String(64), server_default="")
    rubric: Mapped[str] = mapped_column(sa.String(120))
    data_version: Mapped[int]
    as_of: Mapped[dt.date]
    order_digest: Mapped[str] = mapped_column(sa.String(64))
    first: Mapped[str] = mapped_column(sa.Text)
    username: Mapped[str] = mapped_column(sa.String(64))
    saved_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]


class SavedView(Base):
    """A page as somebody looked at it, by name: the query of its link."""

    __tablename__ = "saved_view"
    id: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(100))
    query: Mapped[str] = mapped_column(sa.Text)
    username: Mapped[str] = mapped_column(sa.String(64))
    saved_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]


class Decision(Base):
    """What the committee decided on beside what is computed; revoked ones stay. Facts are not touched by it.

    ``subject`` is ``box`` or ``readiness``, ``post`` empty for a box. ``session_id`` is empty where ``session`` names a meeting
    that Mantel does not know.
    """

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(sa.String(20))
    nip: Mapped[str] = mapped_column(sa.String(18))
    post: Mapped[str] = mapped_column(sa.String(100), server_default="")
    value: Mapped[str] = mapped_column(sa.String(10))
    computed: Mapped[str] = mapped_column(sa.String(10))
    session: Mapped[str] = mapped_column(sa.String(100), server_default="")
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("committee_session.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    rubric_digest: Mapped[str] = mapped_column(sa.String(64), server_default="")
    data_version: Mapped[int] = mapped_column(server_default="0")
    username: Mapped[str] = mapped_column(sa.String(64))
    decided_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    revoked_by: Mapped[str | None] = mapped_column(sa.String(64))
    revoked_reason: Mapped[str] = mapped_column(sa.Text, server_default="")

    __table_args__ = (sa.Index("ix_decision_subject_nip", "subject", "nip"),)


class DevelopmentStep(Base):
    """What a person shall do about a gap until when, and what it was computed to change; ``state`` open, done, dropped."""

    __tablename__ = "development_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    nip: Mapped[str] = mapped_column(sa.String(18), index=True)
    post: Mapped[str] = mapped_column(sa.String(100))
    gap: Mapped[str] = mapped_column(sa.String(60))
    what: Mapped[str] = mapped_column(sa.Text)
    due_on: Mapped[dt.date]
    talent_before: Mapped[float | None] = mapped_column(sa.Float)
    talent_after: Mapped[float | None] = mapped_column(sa.Float)
    state: Mapped[str] = mapped_column(sa.String(20))
    username: Mapped[str] = mapped_column(sa.String(64))
    saved_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]


class PostVersion(Base):
    """A post as somebody edited it; the newest version of a post counts, before that the list that comes with Mantel.

    ``criticality`` is 1 (low) to 3 (high), ``required_level`` of competency 1 to 5, ``parent`` another post's key or empty.
    """

    __tablename__ = "post_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    post: Mapped[str] = mapped_column(sa.String(100), index=True)
    title: Mapped[str] = mapped_column(sa.String(300))
    unit: Mapped[str] = mapped_column(sa.String(300))
    echelon: Mapped[str] = mapped_column(sa.String(20))
    family: Mapped[str] = mapped_column(sa.String(60))
    parent: Mapped[str] = mapped_column(sa.String(100), server_default="")
    criticality: Mapped[int]
    criticality_reason: Mapped[str] = mapped_column(sa.Text, server_default="")
    required_level: Mapped[int]
    competencies: Mapped[str] = mapped_column(sa.Text, server_default="")
    required_field: Mapped[str] = mapped_column(sa.Text, server_default="")
    requirements: Mapped[str] = mapped_column(sa.Text, server_default="")
    reference_date: Mapped[str] = mapped_column(sa.String(10), server_default="")
    technical_subject: Mapped[str] = mapped_column(sa.Text, server_default="")
    experience_years: Mapped[int] = mapped_column(server_default="0")
    abolished: Mapped[bool]
    reason: Mapped[str] = mapped_column(sa.Text, server_default="")
    username: Mapped[str] = mapped_column(sa.String(64))
    saved_at: Mapped[dt.datetime]


class SavedPlan(Base):
    """A placement saved by name; ``content`` is JSON with limits and pairs. A proposal, never a decision."""

    __tablename__ = "saved_plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    content: Mapped[str] = mapped_column(sa.Text)
    rubric_digest: Mapped[str] = mapped_column(sa.String(64))
    data_version: Mapped[int]
    as_of: Mapped[dt.date]
    username: Mapped[str] = mapped_column(sa.String(64))
    saved_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]


class SuccessionPool(Base):
    """A kelompok rencana suksesi: who was in it by which rule, frozen; ``state`` proposed, reviewed, fixed."""

    __tablename__ = "succession_pool"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    post: Mapped[str] = mapped_column(sa.String(100))
    boxes: Mapped[str] = mapped_column(sa.String(20))
    members: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[str] = mapped_column(sa.String(20))
    rubric_digest: Mapped[str] = mapped_column(sa.String(64))
    data_version: Mapped[int]
    as_of: Mapped[dt.date]
    username: Mapped[str] = mapped_column(sa.String(64))
    saved_at: Mapped[dt.datetime]
    state_by: Mapped[str] = mapped_column(sa.String(64))
    state_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]


class CommitteeSession(Base):
    """A session of the committee: its frame, its phase, and what was frozen when it opened.

    ``settings`` is JSON (``core.talent.session.settings``). ``event`` grows with everything that all in the room may see,
    ``version`` with each change of what was prepared.
    """

    __tablename__ = "committee_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    place: Mapped[str] = mapped_column(sa.String(200))
    held_on: Mapped[dt.date]
    settings: Mapped[str] = mapped_column(sa.Text)
    phase: Mapped[str] = mapped_column(sa.String(20))
    event: Mapped[int]
    version: Mapped[int]
    rubric_digest: Mapped[str] = mapped_column(sa.String(64), server_default="")
    data_version: Mapped[int] = mapped_column(server_default="0")
    as_of: Mapped[dt.date | None]
    frozen_at: Mapped[dt.datetime | None]
    username: Mapped[str] = mapped_column(sa.String(64))
    saved_at: Mapped[dt.datetime]
    removed_at: Mapped[dt.datetime | None]


class SessionMember(Base):
    """Somebody who sits in a session; see ``core.talent.session.committee``."""

    __tablename__ = "session_member"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("committee_session.id"), index=True)
    full_name: Mapped[str] = mapped_column(sa.String(200))
    seat: Mapped[str] = mapped_column(sa.String(20))
    username: Mapped[str] = mapped_column(sa.String(64), server_default="")
    inside: Mapped[bool]
    echelon: Mapped[str] = mapped_column(sa.String(20), server_default="")


class SessionPost(Base):
    """A post that a session fills; ``candidates`` is a JSON list of NIP, frozen at opening where the rule gave them."""

    __tablename__ = "session_post"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("committee_session.id"), index=True)
    post: Mapped[str] = mapped_column(sa.String(100))
    reference_date: Mapped[str] = mapped_column(sa.String(10), server_default="")
    places: Mapped[int]
    rule: Mapped[str] = mapped_column(sa.String(20))
    by_list: Mapped[bool]
    candidates: Mapped[str] = mapped_column(sa.Text)


class SessionEntry(Base):
    """Something said in a session: a conflict, a weight, a score, a seal, a vote, a decision. A change is a new row.

    ``member_id`` is 0 where no member says it; ``value`` is JSON; ``paper`` tells what the secretariat entered from a paper.
    """

    __tablename__ = "session_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("committee_session.id"))
    kind: Mapped[str] = mapped_column(sa.String(20))
    member_id: Mapped[int]
    post: Mapped[str] = mapped_column(sa.String(100), server_default="")
    subject: Mapped[str] = mapped_column(sa.String(64), server_default="")
    value: Mapped[str] = mapped_column(sa.Text)
    phase: Mapped[str] = mapped_column(sa.String(20))
    username: Mapped[str] = mapped_column(sa.String(64))
    paper: Mapped[bool]
    saved_at: Mapped[dt.datetime]
    superseded_at: Mapped[dt.datetime | None]

    __table_args__ = (
        sa.Index("ix_session_entry_session_id", "session_id", "kind"),
        sa.Index(
            "one_current_session_entry",
            "session_id",
            "kind",
            "member_id",
            "post",
            "subject",
            unique=True,
            sqlite_where=sa.text("superseded_at IS NULL"),
            postgresql_where=sa.text("superseded_at IS NULL"),
        ),
    )


class UserAccount(Base):
    """A person who may sign in. The password is a bcrypt hash.

    ``must_change``: the password was made for them, the next sign-in asks for one of their own. ``totp_secret`` is the
    second factor's, encrypted, empty without one; ``totp_step`` the last half minute whose code was taken.
    """

    __tablename__ = "user_account"
    username: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    full_name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[str] = mapped_column(sa.String(20))
    password_hash: Mapped[str] = mapped_column(sa.String(100))
    active: Mapped[bool] = mapped_column(default=True)
    must_change: Mapped[bool] = mapped_column(server_default=sa.false())
    password_set_at: Mapped[dt.datetime | None]
    totp_secret: Mapped[str] = mapped_column(sa.Text, server_default="")
    totp_step: Mapped[int] = mapped_column(server_default="0")


class SignIn(Base):
    """A browser that is signed in, or on its way; the cookie holds the token, the table only its hash.

    ``stage`` is what is asked for next, "open" when nothing is. An ended one stays a while with the reason, to be told.
    """

    __tablename__ = "sign_in"
    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    username: Mapped[str] = mapped_column(sa.ForeignKey("user_account.username"), index=True)
    stage: Mapped[str] = mapped_column(sa.String(10))
    opened_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    address: Mapped[str] = mapped_column(sa.String(64))
    browser: Mapped[str] = mapped_column(sa.String(200))
    ended_at: Mapped[dt.datetime | None]
    end_reason: Mapped[str] = mapped_column(sa.String(40), server_default="")


class SignInLimit(Base):
    """Attempts to sign in, counted by name (known or not) and by address before anything is checked."""

    __tablename__ = "sign_in_limit"
    key: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    attempts: Mapped[int]
    first_at: Mapped[dt.datetime]
    locked_until: Mapped[dt.datetime | None]


class RecoveryCode(Base):
    """A code that stands in once for a lost second factor; only its hash."""

    __tablename__ = "recovery_code"
    username: Mapped[str] = mapped_column(sa.ForeignKey("user_account.username"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    used_at: Mapped[dt.datetime | None]


class AuditEvent(Base):
    """An entry of the audit trail (``core.trail.entry``) with its leaf; the database refuses to change or delete one."""

    __tablename__ = "audit_event"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    happened_at: Mapped[dt.datetime]
    event: Mapped[str] = mapped_column(sa.String(40))
    username: Mapped[str] = mapped_column(sa.String(64))
    role: Mapped[str] = mapped_column(sa.String(20))
    address: Mapped[str] = mapped_column(sa.String(64))
    session: Mapped[str] = mapped_column(sa.String(12))
    subject: Mapped[str] = mapped_column(sa.String(300))
    detail: Mapped[str] = mapped_column(sa.Text)
    before: Mapped[str] = mapped_column(sa.Text)
    after: Mapped[str] = mapped_column(sa.Text)
    leaf: Mapped[str] = mapped_column(sa.String(64))


class AuditHead(Base):
    """The one row that says how many entries there are, the tree's peaks (JSON), and the signed checkpoint."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int]
    peaks: Mapped[str] = mapped_column(sa.Text)
    checkpoint: Mapped[str] = mapped_column(sa.Text)


class PaperKey(Base):
    """A public key that papers are or were signed with; ``id`` is its name, ``until`` empty for the one in use."""

    __tablename__ = "paper_key"
    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    public: Mapped[str] = mapped_column(sa.String(64))
    since: Mapped[dt.datetime]
    until: Mapped[dt.datetime | None]


class Paper(Base):
    """A paper that was issued; it stays for ever.

    ``number_key`` is the number as it is compared, ``sequence`` the running number of its year (0 for a number that was not
    made here), ``token`` the signed statement, ``basis`` the digest of the session's replay that it was
    made of (both "" for a paper typed outside).
    """

    __tablename__ = "paper"
    __table_args__ = (sa.UniqueConstraint("number_key", "year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[str] = mapped_column(sa.String(80))
    number_key: Mapped[str] = mapped_column(sa.String(80))
    year: Mapped[int]
    sequence: Mapped[int]
    issued_on: Mapped[dt.date]
    subject: Mapped[str] = mapped_column(sa.String(300))
    digest: Mapped[str] = mapped_column(sa.String(64))
    token: Mapped[str] = mapped_column(sa.Text)
    basis: Mapped[str] = mapped_column(sa.String(64))
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("committee_session.id"), index=True)
    standing: Mapped[str] = mapped_column(sa.String(10))
    since: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(sa.Text)
    replaced_by: Mapped[int | None] = mapped_column(sa.ForeignKey("paper.id"))
    username: Mapped[str] = mapped_column(sa.String(64))
    recorded_at: Mapped[dt.datetime]


class PaperTemplate(Base):
    """A Word template of papers that somebody kept; the last one is in use."""

    __tablename__ = "paper_template"
    id: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    username: Mapped[str] = mapped_column(sa.String(64))
    saved_at: Mapped[dt.datetime]


class PaperFile(Base):
    """A file of a paper: as Mantel made it, as it came back signed, or the digest alone of one typed outside."""

    __tablename__ = "paper_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(sa.ForeignKey("paper.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(10))
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    size: Mapped[int]
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    signer: Mapped[str] = mapped_column(sa.String(300))
    username: Mapped[str] = mapped_column(sa.String(64))
    recorded_at: Mapped[dt.datetime]


def _type_of(column: str) -> sa.types.TypeEngine[object]:
    if column in DATE_COLUMNS:
        return sa.Date()
    if column in _INTEGERS:
        return sa.Integer()
    if column in _FLOATS:
        return sa.Float()
    if column in _BOOLEANS:
        return sa.Boolean()
    return sa.String(18) if column == "nip" else sa.String(300)


def _fact_table(kind: FactKind) -> sa.Table:
    return sa.Table(
        kind.name,
        Base.metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(column, _type_of(column), nullable=column not in kind.key) for column in kind.columns),
        sa.Column("import_id", sa.ForeignKey("import_batch.id"), nullable=False, index=True),
        sa.Column("file_id", sa.ForeignKey("import_file.id"), nullable=False),
        sa.Column("sheet", sa.String(100), nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("matched_by_name", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("superseded_by", sa.ForeignKey("import_batch.id"), nullable=True, index=True),
        sa.Index(
            f"one_current_{kind.name}",
            *kind.key,
            unique=True,
            sqlite_where=sa.text("superseded_by IS NULL"),
            postgresql_where=sa.text("superseded_by IS NULL"),
        ),
    )


FACT_TABLES: dict[str, sa.Table] = {name: _fact_table(kind) for name, kind in KINDS.items()}


class CaseStep(Base):
    """A step of a post's case after a session; a withdrawn one stays.

    ``nips`` is a JSON list of whom the letter names, ``named_post`` the post on the letter. ``paper_id`` is the letter in
    the office's register, empty for one of BKN. ``digest`` and ``content`` are those of the file that was handed in, empty
    where the register's paper has its own. ``data_version`` is that of the facts when the step was entered.
    """

    __tablename__ = "case_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("committee_session.id"), index=True)
    post: Mapped[str] = mapped_column(sa.String(100))
    kind: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[str] = mapped_column(sa.String(80))
    day: Mapped[dt.date]
    nips: Mapped[str] = mapped_column(sa.Text)
    named_post: Mapped[str] = mapped_column(sa.String(100))
    reason: Mapped[str] = mapped_column(sa.Text)
    paper_id: Mapped[int | None] = mapped_column(sa.ForeignKey("paper.id"))
    digest: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    data_version: Mapped[int]
    username: Mapped[str] = mapped_column(sa.String(64))
    recorded_at: Mapped[dt.datetime]
    withdrawn_at: Mapped[dt.datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(sa.String(64))
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text)


class ReturnReason(Base):
    """Why a submission goes to BKN although something is wrong with it; the last reason for a fault counts."""

    __tablename__ = "return_reason"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("committee_session.id"), index=True)
    fault: Mapped[str] = mapped_column(sa.String(300))
    reason: Mapped[str] = mapped_column(sa.Text)
    username: Mapped[str] = mapped_column(sa.String(64))
    recorded_at: Mapped[dt.datetime]
