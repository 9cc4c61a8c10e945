"""The steps of a case, one letter each, in their order; whom BKN agreed to is whom is inaugurated, in the very post.

Source: the practice of manajemen talenta in regencies [M]: three names → letter of BKN → announcement → PPK names one →
letter of BKN → inauguration.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.review import TalentReview

StepKind = Literal["submission", "approval", "announcement", "choice", "confirmation", "inauguration", "ended"]
#: The way from the session to the inauguration. ``ended`` may stand behind any step but the last: nobody is inaugurated.
STEPS: tuple[StepKind, ...] = (
    "submission",
    "approval",
    "announcement",
    "choice",
    "confirmation",
    "inauguration",
)
#: Letters that stand in no register of the office: those of BKN, and what ended a case, whoever wrote it.
INCOMING: frozenset[StepKind] = frozenset({"approval", "confirmation", "ended"})
#: Steps whose letter names one person and one post.
PAIRED: frozenset[StepKind] = frozenset({"confirmation", "inauguration"})
#: Steps whose letter names those of the step before.
REPEATING: frozenset[StepKind] = frozenset({"submission", "announcement"})
STEP_NAMES: Mapping[StepKind, str] = {
    "submission": N_("Submission to BKN"),
    "approval": N_("Letter of BKN on the names"),
    "announcement": N_("Announcement of the names"),
    "choice": N_("Choice of the PPK"),
    "confirmation": N_("Letter of BKN on the chosen one"),
    "inauguration": N_("Inauguration"),
    "ended": N_("Ended without inauguration"),
}
_SHORTEST = 10


class CaseFault(MantelError):
    """A step that cannot be taken as it is."""


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step taken or to be taken: the number and day of its letter, whom the letter names (NIP) and for which post (key)."""

    kind: StepKind
    number: str
    day: dt.date
    nips: tuple[str, ...]
    post: str
    reason: str = ""


def is_over(kinds: Sequence[StepKind]) -> bool:
    """Whether a case with these steps is at its end."""
    return len(kinds) >= len(STEPS) or "ended" in kinds


def find_next(taken: Sequence[CaseStep]) -> StepKind | None:
    """The step that comes next; None when the case is at its end."""
    return None if is_over([step.kind for step in taken]) else STEPS[len(taken)]


def list_open_names(taken: Sequence[CaseStep], decided: Sequence[str]) -> tuple[str, ...]:
    """Whom the next step may name (NIP), in the committee's order: those of the step before; before the first, all decided."""
    before = set(taken[-1].nips) if taken else set(decided)
    return tuple(nip for nip in decided if nip in before)


def find_step_faults(
    step: CaseStep,
    taken: Sequence[CaseStep],
    post: str,
    decided: Sequence[str],
    closed_on: dt.date,
    today: dt.date,
    titles: Mapping[str, str],
) -> list[MantelError]:
    """What is wrong with a step, nothing where it may be taken.

    Parameters
    ----------
    taken
        The steps before it, in their order.
    post
        The key of the case's post.
    decided
        NIP whom the committee named for the post, in its order.
    closed_on
        The day on which the session closed; no letter of the case is older.
    titles
        What posts are called, by key.
    """
    expected = find_next(taken)
    if expected is None or step.kind not in (expected, "ended"):
        message = N_("the step is “{step}”; expected “{expected}” next")
        if expected is None:
            message = N_("the case is at its end; “{step}” cannot follow")
        named = CaseFault(STEP_NAMES[expected]) if expected else ""
        return [CaseFault(message, step=CaseFault(STEP_NAMES[step.kind]), expected=named)]
    faults = _check_day(step, taken, closed_on, today)
    open_names = list_open_names(taken, decided)
    if step.kind == "ended":
        return [*faults, *_check_reason(step, N_("write why nobody is inaugurated, at least {least} characters"))]
    faults += _check_pair(step, open_names[0], post, titles) if step.kind in PAIRED else _check_names(step, open_names)
    return faults


def _check_day(step: CaseStep, taken: Sequence[CaseStep], closed_on: dt.date, today: dt.date) -> list[MantelError]:
    faults: list[MantelError] = []
    since, before = (taken[-1].day, STEP_NAMES[taken[-1].kind]) if taken else (closed_on, N_("the session's closing"))
    if step.day < since:
        faults.append(
            CaseFault(
                N_("the letter is of {day}, before “{before}” of {since}; a letter cannot be older than its step"),
                day=step.day,
                before=CaseFault(before),
                since=since,
            )
        )
    if step.day > today:
        faults.append(CaseFault(N_("the letter would be of {day}, which is still to come"), day=step.day))
    return faults


def _check_reason(step: CaseStep, message: str) -> list[MantelError]:
    return [CaseFault(message, least=_SHORTEST)] if len(step.reason.strip()) < _SHORTEST else []


def _check_names(step: CaseStep, open_names: Sequence[str]) -> list[MantelError]:
    unknown = [nip for nip in step.nips if nip not in open_names]
    if unknown:
        message = N_("the letter names {nip}, whom the step before does not name")
        return [CaseFault(message, nip=unknown[0])]
    if not step.nips:
        return [CaseFault(N_("choose whom the letter names"))]
    if step.kind != "choice":
        return []
    if len(step.nips) != 1:
        return [CaseFault(N_("the PPK chooses one name; the letter names {count}"), count=len(step.nips))]
    if step.nips[0] == open_names[0]:
        return []
    return _check_reason(
        step, N_("whoever chooses another than the first of the list writes the reason, at least {least} characters")
    )


def _check_pair(step: CaseStep, expected: str, post: str, titles: Mapping[str, str]) -> list[MantelError]:
    """The letter's (NIP, post) against the one that the step before leaves."""
    if (step.nips, step.post) == ((expected,), post):
        return []
    named = " ".join(step.nips) or "–"
    message = (
        N_("the letter names {nip} for “{post}”, the PPK chose {other} for “{own}”")
        if step.kind == "confirmation"
        else N_("inaugurated would be {nip} as “{post}”, BKN agreed to {other} as “{own}”")
    )
    said, own = titles.get(step.post, step.post) or "–", titles.get(post, post)
    return [CaseFault(message, nip=named, post=said, other=expected, own=own)]


def find_inauguration_faults(step: CaseStep, post: str, current: TalentReview) -> list[MantelError]:
    """What the data of now have against an inauguration.

    Parameters
    ----------
    post
        The key of the case's post.
    current
        The review of the data of now.
    """
    faults: list[MantelError] = []
    faults += [
        CaseFault(N_("{nip} is not in active service by the data of now"), nip=nip)
        for nip in step.nips
        if nip not in current.people.index
    ]
    if post not in [each.key for each in current.posts]:
        faults.append(CaseFault(N_("the post is not among the posts of the regency any more")))
    holder = current.holders.get(post)
    if holder is not None and holder not in step.nips and len(step.reason.strip()) < _SHORTEST:
        name = str(current.people["full_name"].get(holder, holder))
        message = N_("the data of now have {name} in the post; write what made it vacant, at least {least} characters")
        faults.append(CaseFault(message, name=name, least=_SHORTEST))
    return faults
