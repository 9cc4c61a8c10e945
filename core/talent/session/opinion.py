"""What one member thinks of a post, and the seal on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from core.talent.errors import MantelError
from core.talent.messages import N_

#: The longest note on one's first names.
LONGEST_NOTE = 1000


class OpinionProblem(MantelError):
    """A judgement that cannot be kept as it is."""


@dataclass(frozen=True)
class Opinion:
    """What a member thinks of a post.

    ``tenths`` are the weights in tenths of a percent, None under the official ones; ``first`` NIP of the own first names in
    order, empty where the own order says it; ``scores`` points (0-100, None where there are none yet) by NIP, one a part.
    """

    tenths: tuple[int, ...] | None = None
    first: tuple[str, ...] = ()
    note: str = ""
    scores: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)


def seal_opinions(opinions: Mapping[str, Opinion], salt: str) -> str:
    """The seal on what a member thinks of all posts: SHA-256, in hexadecimal digits, over a secret salt and the values.

    The salt keeps others from trying out values until the seal fits; whoever has both can check the seal.
    """
    values = {post: asdict(opinion) for post, opinion in opinions.items()}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def check_score(value: float | None) -> None:
    """Refuse a score that is not from 0 to 100.

    Raises
    ------
    OpinionProblem
    """
    if value is not None and not 0 <= value <= 100:  # also not a number
        raise OpinionProblem(N_("the score {value} is not from 0 to 100"), value=value)


def check_first(first: Sequence[str], candidates: Sequence[str], places: int) -> None:
    """Refuse first names that are too many, twice the same, or of somebody who is no candidate.

    Raises
    ------
    OpinionProblem
    """
    if len(first) > places:
        raise OpinionProblem(N_("{count} names are chosen; expected at most {most}"), count=len(first), most=places)
    if len(set(first)) < len(first):
        raise OpinionProblem(N_("the same person is chosen twice"))
    unknown = [nip for nip in first if nip not in candidates]
    if unknown:
        raise OpinionProblem(N_("{nip} is not among the candidates of this post"), nip=unknown[0])
