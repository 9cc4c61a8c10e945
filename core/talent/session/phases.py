"""The phases of a session as data: one is active, and each says who may do what in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, get_args

from core.talent.errors import MantelError
from core.talent.messages import N_

Phase = Literal["preparation", "judging", "revealed", "discussion", "decision", "closed"]
PHASES: tuple[Phase, ...] = get_args(Phase)

#: As whom somebody acts: by the seat in the committee, or as the secretariat that prepares and keeps the papers.
Part = Literal["chair", "secretary", "member", "secretariat"]

Act = Literal[
    "prepare",
    "open",
    "declare",
    "judge",
    "seal",
    "attend",
    "enter",
    "reveal",
    "lead",
    "vote",
    "dissent",
    "decide",
    "calibrate",
    "assign",
    "finish",
    "close",
    "reopen",
    "update",
    "withdraw",
    "remove",
    "return",
]

_MEMBERS: frozenset[Part] = frozenset({"chair", "secretary", "member"})
_CHAIR: frozenset[Part] = frozenset({"chair"})
_PAPERS: frozenset[Part] = frozenset({"secretariat"})
_TABLE = _CHAIR | _PAPERS

#: Who may do what in which phase; whatever is not here nobody may.
ALLOWED: Mapping[Phase, Mapping[Act, frozenset[Part]]] = {
    "preparation": {"prepare": _PAPERS, "open": _TABLE, "remove": _PAPERS},
    "judging": {
        "declare": _MEMBERS,
        "judge": _MEMBERS,
        "seal": _MEMBERS,
        "attend": _TABLE,
        "enter": _PAPERS,
        "update": _PAPERS,
        "withdraw": _PAPERS,
        "reveal": _CHAIR,
        "return": _PAPERS,
    },
    "revealed": {"declare": _MEMBERS, "attend": _TABLE, "lead": _CHAIR, "withdraw": _PAPERS},
    "discussion": {
        "declare": _MEMBERS,
        "attend": _TABLE,
        "withdraw": _PAPERS,
        "judge": _MEMBERS,
        "enter": _PAPERS,
        "lead": _CHAIR,
        "calibrate": _MEMBERS | _PAPERS,
        "assign": _TABLE,
        "finish": _MEMBERS | _PAPERS,
    },
    "decision": {
        "attend": _TABLE,
        "declare": _MEMBERS,
        "vote": _MEMBERS,
        "enter": _PAPERS,
        "dissent": _MEMBERS,
        "withdraw": _PAPERS,
        "decide": _MEMBERS,
        "lead": _CHAIR,
        "calibrate": _MEMBERS | _PAPERS,
        "assign": _TABLE,
        "finish": _MEMBERS | _PAPERS,
        "close": _CHAIR,
        "reopen": _CHAIR,
    },
    "closed": {"reopen": _CHAIR, "finish": _MEMBERS | _PAPERS},
}

#: The phase that an act leads to.
NEXT: Mapping[tuple[Phase, Act], Phase] = {
    ("preparation", "open"): "judging",
    ("judging", "return"): "preparation",
    ("judging", "reveal"): "revealed",
    ("revealed", "lead"): "discussion",
    ("discussion", "lead"): "decision",
    ("decision", "close"): "closed",
    ("decision", "reopen"): "discussion",
    ("closed", "reopen"): "discussion",
}

#: Before these phases are over nobody but the member sees what the member thinks.
SEALED: frozenset[Phase] = frozenset({"preparation", "judging"})


class PhaseProblem(MantelError):
    """Something that is not done in this phase, or not by whoever tries."""


def may_do(phase: Phase, parts: Collection[Part], act: Act) -> bool:
    """Whether somebody who acts as any of some parts may do something in a phase."""
    return bool(ALLOWED[phase].get(act, frozenset()) & set(parts))


def require_act(phase: Phase, parts: Collection[Part], act: Act) -> None:
    """Refuse what is not done in a phase, or not by these.

    Raises
    ------
    PhaseProblem
    """
    if may_do(phase, parts, act):
        return
    if act not in ALLOWED[phase]:
        raise PhaseProblem(N_("this is not done in this phase of the session; reload the page"))
    raise PhaseProblem(N_("in this phase that is for others to do, by their part in the session"))


def is_sealed(phase: Phase) -> bool:
    """Whether what members think is still hidden from one another and from everybody."""
    return phase in SEALED
