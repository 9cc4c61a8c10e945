"""What no rule says about a session and is therefore set by the committee, and printed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.session.conflict import Scope
from core.talent.session.proposals import PROPOSALS

#: ``open``: an open selection by announcement; ``management``: by manajemen talenta, with BKN's decision.
SessionBasis = Literal["open", "management"]
#: What members score themselves may weigh at most this much together, in tenths of a percent.
MOST_PARTS = 900


class SettingsProblem(MantelError):
    """Settings of a session that cannot be."""


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """Something that members score themselves, e.g. the interview; ``tenths`` its weight in tenths of a percent of the whole."""

    name: str
    tenths: int


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """Settings of a session.

    ``quorum`` members must have voted, or sealed where the chair opens without all; 0 stands for two thirds. ``majority`` is
    the share of yes among yes and no that must be exceeded. ``consensus`` is the proposal that decisions are held beside.
    """

    basis: SessionBasis = "management"
    basis_number: str = ""
    quorum: int = 0
    majority: float = 0.5
    secret_votes: bool = False
    recusal: Scope = "post"
    hide_members: bool = True
    consensus: str = "weights_mean"
    parts: tuple[ScoredPart, ...] = ()

    def count_quorum(self, members: int) -> int:
        """How many of so many members are a quorum."""
        return min(self.quorum, members) if self.quorum else -(-2 * members // 3)


def check_settings(settings: SessionSettings) -> list[MantelError]:
    """What cannot be about some settings; nothing where all is well."""
    problems: list[MantelError] = []
    for value, known in (
        (settings.basis, get_args(SessionBasis)),
        (settings.recusal, get_args(Scope)),
        (settings.consensus, tuple(PROPOSALS)),
    ):
        if value not in known:
            message = N_("“{value}” is not one of: {known}")
            problems.append(SettingsProblem(message, value=value, known=", ".join(known)))
    if settings.basis == "management" and not settings.basis_number.strip():
        problems.append(SettingsProblem(N_("write the number of BKN's decision that allows manajemen talenta")))
    if settings.quorum < 0:
        problems.append(SettingsProblem(N_("the quorum is {value}; expected 0 or more"), value=settings.quorum))
    if not 0 <= settings.majority < 1:
        problems.append(SettingsProblem(N_("the majority is {value}; expected 0 to 1"), value=settings.majority))
    names = [part.name.strip().casefold() for part in settings.parts]
    if not all(names) or len(set(names)) < len(names) or max(map(len, names), default=0) > 60:
        problems.append(SettingsProblem(N_("each scored part needs a name of its own, 1 to 60 characters")))
    total = sum(part.tenths for part in settings.parts)
    if any(part.tenths <= 0 for part in settings.parts) or total > MOST_PARTS:
        message = N_("the scored parts weigh {total} %; expected each above 0 and together at most {most} %")
        problems.append(SettingsProblem(message, total=total / 10, most=MOST_PARTS // 10))
    return problems


def write_settings(settings: SessionSettings) -> str:
    """Settings as JSON."""
    return json.dumps(asdict(settings), ensure_ascii=False, sort_keys=True)


def read_settings(text: str) -> SessionSettings:
    """Settings from JSON as ``write_settings`` makes it."""
    values: dict[str, Any] = json.loads(text)
    parts = tuple(ScoredPart(**part) for part in values["parts"])
    return SessionSettings(**{**values, "parts": parts})
