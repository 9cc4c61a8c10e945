"""The meeting: opening what was sealed, moving on, the agenda that every screen follows, reopening."""

from __future__ import annotations

import json
from collections.abc import Sequence

import sqlalchemy as sa

from core.service.accounts import ask_anew
from core.service.cases.reopening import refuse_begun
from core.service.sessions import records
from core.service.sessions.judging import list_declared
from core.service.sessions.preparing import check_reason
from core.service.sessions.records import Session, SessionProblem
from core.service.trail import writing
from core.store import sessions as store
from core.store.accounts import Account
from core.talent.messages import N_
from core.talent.session.phases import NEXT, Phase
from core.trail.events import Event


def list_present(connection: sa.Connection, session: Session) -> list[int]:
    """Members who are there: noted so, or, where nothing was noted, who have declared something."""
    noted = {
        row["member_id"]: json.loads(row["value"]) for row in store.list_entries(connection, session.id, ("presence",))
    }
    declared = list_declared(store.list_entries(connection, session.id, ("conflict",)))
    return [member.id for member in session.members if noted.get(member.id, member.id in declared)]


def list_sealed(connection: sa.Connection, session: Session) -> list[int]:
    """Members whose judgement is sealed."""
    sealed = {row["member_id"] for row in store.list_entries(connection, session.id, ("seal",))}
    return [member.id for member in session.members if member.id in sealed]


def reveal(engine: sa.Engine, number: int, without: Sequence[int] = (), *, by: Account) -> None:
    """Open together what was sealed.

    Parameters
    ----------
    without
        Members who are there and have not sealed, named by the chair: their judgement stays closed.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "reveal")
        sealed, present = list_sealed(connection, session), list_present(connection, session)
        quorum = session.settings.count_quorum(len(session.members))
        if len(sealed) < quorum:
            message = N_("{count} members have sealed; expected at least {quorum}, the quorum of this session")
            raise SessionProblem(message, count=len(sealed), quorum=quorum)
        waiting = [member for member in present if member not in sealed]
        if set(without) != set(waiting):
            names = "; ".join(session.find_member(member).full_name for member in waiting) or "–"
            raise SessionProblem(N_("those present who have not sealed are: {names}; name exactly them"), names=names)
        absent = [member.id for member in session.members if member.id not in present and member.id not in sealed]
        records.move(connection, session, "revealed", by, without=sorted(waiting), absent=absent)
        records.note(connection, Event.SESSION_REVEALED, by, session, f"without {sorted(waiting)}", after=sealed)


def move_on(engine: sa.Engine, number: int, shown: Phase, *, by: Account) -> None:
    """Go on to the next phase: to the discussion, then to the decision.

    Parameters
    ----------
    shown
        The phase that the button was drawn in: of two who press at once only one moves.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "lead")
        if session.phase != shown or (shown, "lead") not in NEXT:
            raise SessionProblem(N_("the session has gone on already"))
        to = NEXT[shown, "lead"]
        records.move(connection, session, to, by)
        records.note(connection, Event.SESSION_MOVED_ON, by, session, before=shown, after=to)


def reopen(engine: sa.Engine, number: int, reason: str, *, by: Account) -> None:
    """Go back to the discussion with a reason; what was decided stays until it is decided anew.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem, CaseFault
    """
    reason = check_reason(reason)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "reopen")
        refuse_begun(connection, session)
        to = NEXT[session.phase, "reopen"]
        records.move(connection, session, to, by, reason=reason)
        records.note(connection, Event.SESSION_REOPENED, by, session, reason, before=session.phase, after=to)


def set_agenda(
    engine: sa.Engine, number: int, post: str, nip: str = "", show_names: bool = False, *, by: Account
) -> None:
    """Turn every screen to a post, and perhaps to one of its candidates; names hidden behind numbers if wanted.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "lead")
        if nip and nip not in session.find_post(post).candidates:
            raise SessionProblem(N_("{nip} is not among the candidates of this post"), nip=nip[:40])
        session.find_post(post)
        value = {"post": post, "nip": nip, "show_names": show_names}
        records.say(connection, session, "agenda", value, by, told=True)
        records.note(connection, Event.SESSION_AGENDA_SET, by, session, f"{post} {nip}".strip())


def park(engine: sa.Engine, number: int, text: str, *, by: Account) -> None:
    """Put something aside for later, so that it is not forgotten.

    Raises
    ------
    NotAllowed, PhaseProblem, SessionProblem
    """
    text = text.strip()
    if not 3 <= len(text) <= 500:
        raise SessionProblem(N_("the text has {count} characters; expected 3 to 500"), count=len(text))
    with writing(engine) as connection:
        by = ask_anew(connection, by, "weigh")
        session = records.load_for(connection, number, by, "lead")
        records.say(connection, session, "parked", text, by, subject=str(session.event + 1), told=True)
        records.note(connection, Event.SESSION_AGENDA_SET, by, session, f"parked: {text}")
