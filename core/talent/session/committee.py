"""The members of a committee, and what the rules ask of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.posts import Post
from core.talent.vocabulary import ECHELON

#: ``chair`` leads, ``secretary`` keeps the papers; all three weigh and vote.
Seat = Literal["chair", "secretary", "member"]
SEATS: tuple[Seat, ...] = get_args(Seat)

#: A committee is of an odd number of at least so many.
LEAST_MEMBERS = 5
#: The greatest share of members from inside the agency.
MOST_INSIDE = 0.45

_SIZE = "PP 11/2017 art. 114; PermenPANRB 15/2019"


class CommitteeProblem(MantelError):
    """A committee that cannot sit as it is."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who sits in a committee.

    ``username`` is the account the member weighs with, empty where the secretariat enters a paper. ``inside`` tells a member
    of the agency; ``echelon`` is the member's own (``II.b``), empty where there is none or it is not known.
    """

    id: int
    full_name: str
    seat: Seat
    username: str = ""
    inside: bool = False
    echelon: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to be said of a committee: a sentence with its article, and whether a session may open all the same."""

    problem: CommitteeProblem
    article: str
    grave: bool


def check_committee(members: Sequence[Member], posts: Sequence[Post]) -> list[Finding]:
    """What the rules have against a committee for some posts; the grave ones keep a session from opening.

    One chair and one secretary at most are what a session needs to work; the numbers are law or practice and are told.
    """
    found = list(_check_seats(members))
    if len(members) < LEAST_MEMBERS or len(members) % 2 == 0:
        message = N_("the committee has {count} members; expected an odd number of at least {least}")
        found.append(Finding(CommitteeProblem(message, count=len(members), least=LEAST_MEMBERS), _SIZE, grave=False))
    inside = sum(member.inside for member in members)
    if members and inside > MOST_INSIDE * len(members):
        message = N_("{count} of {all} members come from inside; expected at most {most} %")
        problem = CommitteeProblem(message, count=inside, all=len(members), most=round(MOST_INSIDE * 100))
        found.append(Finding(problem, _SIZE, grave=False))
    for post in posts:
        lower = [member.full_name for member in members if member.inside and _is_lower(member.echelon, post.echelon)]
        if lower:
            message = N_("{names}: the own post is below {post} ({echelon}); expected at least equal")
            problem = CommitteeProblem(message, names="; ".join(lower), post=post.title, echelon=post.echelon)
            found.append(Finding(problem, _SIZE, grave=False))
    return found


def _check_seats(members: Sequence[Member]) -> list[Finding]:
    found = []
    for seat, message in (
        ("chair", N_("there are {count} chairs; expected one")),
        ("secretary", N_("there are {count} secretaries; expected one at most")),
    ):
        count = sum(member.seat == seat for member in members)
        if count != 1 and not (seat == "secretary" and not count):
            found.append(Finding(CommitteeProblem(message, count=count), "", grave=True))
    if any(member.seat == "chair" and not member.username for member in members):
        problem = CommitteeProblem(N_("the chair needs an account: nobody else can open what was judged"))
        found.append(Finding(problem, "", grave=True))
    names = [member.username for member in members if member.username]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problem = CommitteeProblem(N_("the user “{name}” sits on more than one seat"), name=name)
        found.append(Finding(problem, "", grave=True))
    return found


def _is_lower(own: str, filled: str) -> bool:
    """Whether an echelon is below another; not said where either is not known."""
    codes: Mapping[str, int] = {code: at for at, code in enumerate(ECHELON.codes)}
    return own in codes and filled in codes and codes[own] > codes[filled]
