"""Judging alone: conflicts of interest, own weights, names and scores, the seal on them, papers, presence.

Everything a member lets go of is in the database at once; before the reveal nobody but the member reads it through Mantel
(``seen``), and the audit trail tells that something was judged, never what.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from core.service.accounts import ask_anew
from core.service.clock import now
from core.service.sessions import records
from core.service.sessions.records import Session, SessionProblem
from core.service.trail import writing
from core.store import sessions as store
from core.store import trail as trail_store
from core.store.accounts import Account
from core.store.database import reading
from core.talent.errors import InvalidWeights
from core.talent.messages import N_
from core.talent.session.conflict import Declaration, Recusal, check_declaration, find_recusal, list_undeclared
from core.talent.session.opinion import LONGEST_NOTE, Opinion, OpinionProblem, check_first, check_score, seal_opinions
from core.talent.session.phases import Act, Phase, is_sealed
from core.trail.events import Event

#: What a member's own judgement is made of.
OPINION = ("weights", "first", "score")


def load_declared(connection: sa.Connection, session: Session, member: int) -> dict[str, Declaration]:
    """What a member has declared, by NIP."""
    rows = store.list_entries(connection, session.id, ("conflict",), member_id=member)
    return {row["subject"]: Declaration(row["subject"], **json.loads(row["value"])) for row in rows}


def list_ever(connection: sa.Connection, session: Session) -> dict[str, set[str]]:
    """NIP of all who ever stood for each post of the session, also who has withdrawn."""
    ever = {post: set(nips) for post, nips in session.candidates.items()}
    for row in store.list_entries(connection, session.id, ("withdrawn",)):
        ever.setdefault(row["post"], set()).add(row["subject"])
    return ever


def load_recusal(connection: sa.Connection, session: Session, member: int) -> Recusal:
    """What a member is shut out from: by a conflict, also with somebody who has withdrawn since, and by not having declared.

    What was said of somebody who has withdrawn stays in the record, and stays kept from whom it was kept.
    """
    declared = load_declared(connection, session, member)
    found = find_recusal(declared, list_ever(connection, session), session.settings.recusal)
    unsaid = {post for post, nips in session.candidates.items() if any(nip not in declared for nip in nips)}
    return Recusal(found.posts | unsaid, found.people)


def find_own_recusal(connection: sa.Connection, session: Session, by: Account) -> Recusal:
    """What is kept from somebody: nothing from whoever is no member."""
    seat = session.find_own_seat(by)
    return load_recusal(connection, session, seat.id) if seat else Recusal(frozenset(), frozenset())


def list_hidden(connection: sa.Connection, session: Session, by: Account) -> frozenset[str]:
    """The posts of which somebody is told nothing that was decided: their own, or with anybody who ever stood for it."""
    recusal, ever = find_own_recusal(connection, session, by), list_ever(connection, session)
    posts = [each.post for each in session.posts]
    return frozenset(post for post in posts if recusal.hides(post) or recusal.people & ever[post])


def gather_opinion(rows: Sequence[sa.RowMapping], session: Session, post: str, member: int) -> Opinion:
    """What a member thinks of a post, from entries of ``OPINION``; later ones of the same win."""
    tenths, first, note = None, (), ""
    scores: dict[str, list[float | None]] = {}
    for row in rows:
        if row["member_id"] != member or row["post"] != post:
            continue
        value = json.loads(row["value"])
        if row["kind"] == "weights":
            tenths = tuple(value) if value is not None else None
        elif row["kind"] == "first":
            first, note = tuple(value["first"]), value["note"]
        else:
            nip, part = row["subject"].split(":")
            given = scores.setdefault(nip, [None] * len(session.settings.parts))
            if int(part) < len(given):
                given[int(part)] = value
    return Opinion(tenths, first, note, {nip: tuple(given) for nip, given in sorted(scores.items())})


def hear_members(
    session: Session,
    post: str,
    rows: Sequence[sa.RowMapping],
    seals: Sequence[sa.RowMapping],
    shut_out: Mapping[int, Recusal],
) -> dict[int, tuple[Opinion, Opinion]]:
    """Whose judgement of a post counts, in the members' order: the first values and those of now.

    Whoever had not sealed is heard with what was said since the opening alone.
    """
    covered = {row["member_id"]: json.loads(row["value"])["posts"] for row in seals}
    current, first = [row for row in rows if row["superseded_at"] is None], first_values(rows)
    since = [row for row in current if row["member_id"] in covered or row["phase"] != "judging"]
    spoken = {row["member_id"] for row in current if row["phase"] != "judging" and row["post"] == post}
    heard = {}
    for member in (member.id for member in session.members):
        if shut_out[member].hides(post) or not (post in covered.get(member, ()) or member in spoken):
            continue
        final = gather_opinion(since, session, post, member)
        heard[member] = (gather_opinion(first, session, post, member) if member in covered else final, final)
    return heard


def load_opinions(connection: sa.Connection, session: Session, member: int) -> dict[str, Opinion]:
    """What a member thinks of each post of the session that the member judges."""
    recusal = load_recusal(connection, session, member)
    rows = store.list_entries(connection, session.id, OPINION, member_id=member)
    return {
        each.post: gather_opinion(rows, session, each.post, member)
        for each in session.posts
        if not recusal.hides(each.post)
    }


def _act_as(
    connection: sa.Connection, number: int, by: Account, member: int | None, act: Act
) -> tuple[Session, int, bool]:
    """The session, for which member somebody acts, and whether from a paper: one's own seat, or one without an account."""
    if member is None:
        session = records.load_for(connection, number, by, act)
        return session, records.require_seat(session, by).id, False
    session = records.load_for(connection, number, by, "enter")
    records.refuse_seated(session, by)
    seat = session.find_member(member)
    if seat.username:
        raise SessionProblem(
            N_("{name} has an account and judges alone; a paper is entered only for members without one"),
            name=seat.full_name,
        )
    return session, member, True


def _require_open(connection: sa.Connection, session: Session, member: int, post: str) -> None:
    """Refuse a judgement of a sealed member, before all declarations, on a post the member is shut out from."""
    if session.phase == "judging" and store.list_entries(connection, session.id, ("seal",), member_id=member):
        raise SessionProblem(N_("this is sealed: take the seal back first, which the audit trail tells"))
    if list_undeclared(load_declared(connection, session, member), session.candidates):
        raise SessionProblem(N_("first declare for each candidate whether there is a conflict of interest"))
    session.find_post(post)
    if load_recusal(connection, session, member).hides(post):
        raise SessionProblem(N_("a declared conflict of interest shuts this member out from the post"))


def declare_conflicts(
    engine: sa.Engine,
    number: int,
    declarations: Sequence[Declaration],
    others: Sequence[str] = (),
    *,
    by: Account,
    member: int | None = None,
) -> None:
    """Declare for some candidates whether there is a conflict of interest.

    Once what was judged is open a conflict can still be declared, and none taken back.

    Parameters
    ----------
    others
        NIP of those with whom there is none, wherever nothing was declared before: an older page takes nothing back.
    member
        The member whose paper the secretariat enters, None for one's own.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem, ConflictProblem
    """
    for declaration in declarations:
        check_declaration(declaration)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session, seat, paper = _act_as(connection, number, by, member, "declare")
        known = {nip for post in session.posts for nip in post.candidates}
        declared = load_declared(connection, session, seat)
        late = session.phase != "judging"
        if late and any(each.nip in declared and not each.ground for each in declarations):
            raise SessionProblem(N_("a conflict of interest is not taken back once what was judged is open"))
        declarations = [*declarations, *(Declaration(nip, "") for nip in others if nip not in declared)]
        if not late and store.list_entries(connection, number, ("seal",), member_id=seat):
            raise SessionProblem(N_("this is sealed: take the seal back first, which the audit trail tells"))
        for declaration in declarations:
            if declaration.nip not in known:
                raise SessionProblem(N_("{nip} is not among the candidates of this post"), nip=declaration.nip[:40])
            value = {"ground": declaration.ground, "reason": declaration.reason.strip()}
            records.say(connection, session, "conflict", value, by, member=seat, subject=declaration.nip, paper=paper)
        for nip in (declaration.nip for declaration in declarations if declaration.ground):
            records.note(connection, Event.SESSION_CONFLICT_DECLARED, by, session, f"member {seat}: {nip}")
        records.note(connection, Event.SESSION_CONFLICT_DECLARED, by, session, f"member {seat}: {len(declarations)}")
        store.add_event(connection, number)


def keep_weights(
    engine: sa.Engine,
    number: int,
    post: str,
    tenths: Sequence[int] | None,
    criteria: int,
    *,
    by: Account,
    member: int | None = None,
) -> None:
    """Keep the weights of a post that a member has let go of: tenths of a percent of so many criteria, None for the official ones.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem, InvalidWeights
    """
    if tenths is not None and (
        len(tenths) != criteria or sum(tenths) != 1000 or not all(type(each) is int and each >= 0 for each in tenths)
    ):
        raise InvalidWeights(N_("expected {count} whole tenths of a percent that sum to 1000"), count=criteria)
    _keep(engine, number, post, "weights", "", None if tenths is None else list(tenths), (), by, member)


def keep_first(
    engine: sa.Engine,
    number: int,
    post: str,
    first: Sequence[str] | None,
    note: str | None,
    *,
    by: Account,
    member: int | None = None,
) -> None:
    """Keep the own first names (NIP in order) of a post, or the note to them; None leaves as it is what stands.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem, OpinionProblem
    """
    said: dict[str, object] = {}
    if note is not None:
        said["note"] = note.strip()
        if len(note.strip()) > LONGEST_NOTE:
            message = N_("the note has {count} characters; expected at most 1000")
            raise OpinionProblem(message, count=len(note.strip()))
    if first is not None:
        said["first"] = list(first)
    _keep(engine, number, post, "first", "", said, first or (), by, member)


def keep_score(
    engine: sa.Engine,
    number: int,
    post: str,
    nip: str,
    part: int,
    value: float | None,
    *,
    by: Account,
    member: int | None = None,
) -> None:
    """Keep one score (0-100, None takes it back) of a candidate in a part that members score.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem, OpinionProblem
    """
    check_score(value)
    _keep(engine, number, post, "score", f"{nip}:{part}", value, [nip], by, member)


def _keep(
    engine: sa.Engine,
    number: int,
    post: str,
    kind: str,
    subject: str,
    value: object,
    people: Sequence[str],
    by: Account,
    member: int | None,
) -> None:
    """Keep one thing that a member says of a post; ``people`` are the candidates it is said of."""
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session, seat, paper = _act_as(connection, number, by, member, "judge")
        _require_open(connection, session, seat, post)
        chosen = session.find_post(post)
        check_first(people, chosen.candidates, chosen.places)
        if set(people) & load_recusal(connection, session, seat).people:
            raise SessionProblem(N_("a declared conflict of interest shuts this member out from the candidate"))
        if kind == "score" and not 0 <= int(subject.split(":")[1]) < len(session.settings.parts):
            raise SessionProblem(N_("there is no such part to score in this session"))
        if kind == "first":
            standing = store.list_entries(connection, number, ("first",), member_id=seat, post=post)
            before = json.loads(standing[0]["value"]) if standing else {"first": [], "note": ""}
            assert isinstance(value, dict)
            value = {**before, **value}
        # In the discussion the room sees what is changed; before it nobody does.
        told = session.phase == "discussion"
        records.say(
            connection, session, kind, value, by, member=seat, post=post, subject=subject, paper=paper, told=told
        )
        event = Event.SESSION_PAPER_ENTERED if paper else Event.SESSION_JUDGED
        records.note(connection, event, by, session, f"member {seat}: {kind} {post}")


def seal(engine: sa.Engine, number: int, *, by: Account) -> str:
    """Seal one's own judgement of all posts; returns the seal, which also stands in the audit trail.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "seal")
        return _seal(connection, session, records.require_seat(session, by).id, by)


def _seal(connection: sa.Connection, session: Session, member: int, by: Account, *, paper: bool = False) -> str:
    if store.list_entries(connection, session.id, ("seal",), member_id=member):
        raise SessionProblem(N_("this is sealed already"))
    if list_undeclared(load_declared(connection, session, member), session.candidates):
        raise SessionProblem(N_("first declare for each candidate whether there is a conflict of interest"))
    opinions = load_opinions(connection, session, member)
    recusal = load_recusal(connection, session, member)
    parts = len(session.settings.parts)
    for post, opinion in opinions.items():
        wanted = [nip for nip in session.find_post(post).candidates if nip not in recusal.people]
        lacking = sum(opinion.scores.get(nip, (None,) * parts).count(None) for nip in wanted)
        if parts and lacking:
            message = N_("{count} scores are still missing for {post}; nothing was sealed")
            raise SessionProblem(message, count=lacking, post=post)
    salt = secrets.token_hex(16)
    digest = seal_opinions(opinions, salt)
    value = {"digest": digest, "salt": salt, "posts": sorted(opinions)}
    records.say(connection, session, "seal", value, by, member=member, paper=paper, told=True)
    records.note(connection, Event.SESSION_SEALED, by, session, f"member {member}", after=digest)
    return digest


def unseal(engine: sa.Engine, number: int, *, by: Account) -> None:
    """Take the own seal back to change something; the audit trail tells.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "seal")
        seat = records.require_seat(session, by)
        _break_seal(connection, session, seat.id, by)


def _break_seal(connection: sa.Connection, session: Session, member: int, by: Account) -> None:
    standing = store.list_entries(connection, session.id, ("seal",), member_id=member)
    if not standing:
        raise SessionProblem(N_("there is no seal to take back"))
    store.take_back_entry(connection, now(), session_id=session.id, kind="seal", member_id=member)
    store.add_event(connection, session.id)
    digest = json.loads(standing[0]["value"])["digest"]
    records.note(connection, Event.SESSION_UNSEALED, by, session, f"member {member}", before=digest)


def confirm_paper(engine: sa.Engine, number: int, member: int, *, by: Account) -> str:
    """Confirm and seal what was entered from a member's paper; by somebody else than whoever entered it. Returns the seal.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session, _, _ = _act_as(connection, number, by, member, "enter")
        if session.phase != "judging" or session.find_own_seat(by):
            raise SessionProblem(
                N_("a paper is confirmed while members judge, by a second person of the secretariat who is no member")
            )
        entered = store.list_entries(connection, number, (*OPINION, "conflict"), member_id=member)
        if not entered:
            raise SessionProblem(N_("nothing was entered from this member's paper"))
        if any(row["username"] == by.username for row in entered):
            raise SessionProblem(N_("whoever entered the paper cannot confirm it; a second person must"))
        digest = _seal(connection, session, member, by, paper=True)
        records.note(connection, Event.SESSION_PAPER_CONFIRMED, by, session, f"member {member}", after=digest)
    return digest


def reopen_paper(engine: sa.Engine, number: int, member: int, *, by: Account) -> None:
    """Take back the seal on a paper that was entered wrongly.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        session, seat, _ = _act_as(connection, number, by, member, "enter")
        if session.phase != "judging":
            raise SessionProblem(N_("this is not done in this phase of the session; reload the page"))
        _break_seal(connection, session, seat, by)


def note_presence(engine: sa.Engine, number: int, member: int, present: bool, *, by: Account) -> None:
    """Note that a member is there, or not.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "attend")
        session.find_member(member)
        records.say(connection, session, "presence", present, by, member=member, told=True)
        records.note(connection, Event.SESSION_PRESENCE_NOTED, by, session, f"member {member}", after=present)


def may_check_seals(engine: sa.Engine, session: Session, *, by: Account) -> bool:
    """Whether somebody is told of broken seals: once what was judged is open, and nothing of it is kept from them."""
    records.require_sight(session, by)
    if is_sealed(session.phase):
        return False
    with reading(engine) as connection:
        recusal = find_own_recusal(connection, session, by)
    return not recusal.hides_something


def find_broken_seals(engine: sa.Engine, session: Session, *, by: Account) -> list[int]:
    """Members whose sealed values are not those of their seal in the audit trail: somebody has changed them in the database.

    Only once what was judged is open; the values are those of the time of the seal. Whoever is shut out from anything is not
    told, as the answer depends on values kept from them.
    """
    if not may_check_seals(engine, session, by=by):
        return []
    broken = []
    with reading(engine) as connection:
        kinds = (Event.SESSION_SEALED, Event.SESSION_UNSEALED, Event.SESSION_DATA_TAKEN_OVER)
        told = trail_store.list_entries(
            connection, subject=f"session {session.id}", events=tuple(kind.value for kind in kinds), most=10_000
        )
        digests: dict[int, str] = {}
        for entry in sorted(told, key=lambda entry: entry.number):
            if entry.event == Event.SESSION_DATA_TAKEN_OVER:
                digests.clear()
            elif entry.event == Event.SESSION_SEALED:
                digests[int(entry.detail.split()[1])] = json.loads(entry.after)
            else:
                digests.pop(int(entry.detail.split()[1]), None)
        kept = {
            row["member_id"]: json.loads(row["value"]) for row in store.list_entries(connection, session.id, ("seal",))
        }
        # By the trail: a seal that somebody has deleted is broken as well.
        for member, digest in digests.items():
            rows = first_values(store.list_entries(connection, session.id, OPINION, superseded=True, member_id=member))
            value = kept.get(member, {"posts": [], "salt": ""})
            opinions = {post: gather_opinion(rows, session, post, member) for post in value["posts"]}
            if seal_opinions(opinions, value["salt"]) != digest:
                broken.append(member)
    return broken


def first_values(rows: Sequence[sa.RowMapping]) -> list[sa.RowMapping]:
    """Of what was said over time, the last of each that was said while members judged alone."""
    last: dict[tuple[object, ...], sa.RowMapping] = {}
    judging: Phase = "judging"
    for row in rows:
        if row["phase"] == judging:
            last[row["kind"], row["member_id"], row["post"], row["subject"]] = row
    return list(last.values())


def list_declared(rows: Sequence[sa.RowMapping]) -> Mapping[int, dict[str, Declaration]]:
    """Declarations by member and NIP, from entries."""
    declared: dict[int, dict[str, Declaration]] = {}
    for row in rows:
        declaration = Declaration(row["subject"], **json.loads(row["value"]))
        declared.setdefault(row["member_id"], {})[row["subject"]] = declaration
    return declared
