"""Posts, who holds them, and from which levels their candidates come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.talent.errors import UnknownPost
from core.talent.vocabulary import fold

#: Stands for "no post in particular" wherever a post is chosen.
ALL_PEOPLE = "semua"

#: Levels from which candidates for a JPT Pratama post come (PP 11/2017 article 107(1)c: has been
#: administrator or JF ahli madya; a present JPT also passes). People of an unknown level stay in:
#: missing data excludes nobody.
_FEEDERS = frozenset({"jpt_madya", "jpt_pratama", "administrator", "expert_main", "expert_senior", "unknown"})


@dataclass(frozen=True, slots=True)
class Position:
    """A post of the regency; ``post`` is its short name in links and commands."""

    post: str
    title: str
    unit: str
    echelon: str
    family: str


def find_position(positions: Sequence[Position], wanted: str) -> Position:
    """Find a post by its short name or its title, however spelled.

    Raises
    ------
    UnknownPost
        When there is none.
    """
    key = fold(wanted)
    for position in positions:
        if key in (fold(position.post), fold(position.title)):
            return position
    raise UnknownPost("there is no post “{value}”; the list of posts is on the page Suksesi", value=wanted)


def incumbents(positions: Sequence[Position], people: pd.DataFrame) -> dict[str, str]:
    """NIP of the person who holds each post definitively, by the title of the present post.

    Of several with the same title the one in the post the longest is named.
    """
    titles = {fold(position.title): position.post for position in positions}
    held = people["position_title"].dropna().map(lambda title: titles.get(fold(title)))
    holders = people.assign(post=held.reindex(people.index)).dropna(subset=["post"])
    first = holders.sort_values("position_since", na_position="last", kind="stable").drop_duplicates("post")
    return dict(zip(first["post"], first.index, strict=True))


def candidates(position: Position | None, people: pd.DataFrame, incumbent: str | None) -> pd.Index:
    """NIP of the people considered for a post (everyone where no post is given), in frame order.

    For Sekretaris Daerah (II.a) these are the present JPT; for the other posts the feeder levels.
    The incumbent is no candidate for the own post.
    """
    if position is None:
        return people.index
    if position.echelon == "II.a":
        pool = people["level"].isin({"jpt_madya", "jpt_pratama", "expert_main"})
    else:
        pool = people["level"].isin(_FEEDERS)
    return people.index[pool & (people.index != incumbent)]
