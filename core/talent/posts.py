"""Posts, who holds them, and from which levels their candidates come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.talent.employee import level_of
from core.talent.errors import MantelError, UnknownPost
from core.talent.facts import COMPETENCIES
from core.talent.vocabulary import fold

#: Levels from which candidates for the posts below come, by the level of the post [L].
_LOWER_FEEDERS = {
    "administrator": frozenset({"administrator", "expert_senior", "supervisor", "functional", "unknown"}),
    "supervisor": frozenset({"supervisor", "functional", "executive", "unknown"}),
    "executive": frozenset({"functional", "executive", "unknown"}),
}

#: Stands for "no post in particular" wherever a post is chosen.
ALL_PEOPLE = "semua"

#: Levels from which candidates for a JPT Pratama post come (PP 11/2017 article 107(1)c: has been
#: administrator or JF ahli madya; a present JPT also passes). People of an unknown level stay in:
#: missing data excludes nobody.
_FEEDERS = frozenset({"jpt_madya", "jpt_pratama", "administrator", "expert_main", "expert_senior", "unknown"})


class PositionProblem(MantelError):
    """A list of posts that cannot be."""


@dataclass(frozen=True, slots=True)
class Position:
    """A post of the regency; ``post`` is its short name in links and commands.

    ``parent`` is the post above it, empty at the top; ``criticality`` 1 (low) to 3 (high) with its reason;
    ``required_level`` of competency 1 to 5, 0 for what the level asks for; ``competencies`` asks for other levels of
    some (``integrity=5|teamwork=3``). ``required_field`` are words of the field of study asked for, separated by ``|``;
    without any those of the family count.
    """

    post: str
    title: str
    unit: str
    echelon: str
    family: str
    parent: str = ""
    criticality: int = 2
    criticality_reason: str = ""
    required_level: int = 0
    competencies: str = ""
    required_field: str = ""

    @property
    def asked(self) -> dict[str, int]:
        """The levels asked for of single competencies.

        Raises
        ------
        PositionProblem
            When the text is no list of competency=level with known competencies and levels 1 to 5.
        """
        levels = {}
        for pair in filter(None, (part.strip() for part in self.competencies.split("|"))):
            key, _, level = (part.strip() for part in pair.partition("="))
            if key not in COMPETENCIES or level not in ("1", "2", "3", "4", "5"):
                raise PositionProblem(
                    "“{value}” of “{post}” is no competency=level; expected e.g. integrity=4, of: {known}",
                    value=pair[:60],
                    post=self.post,
                    known=", ".join(COMPETENCIES),
                )
            levels[key] = int(level)
        return levels

    @property
    def fields(self) -> tuple[str, ...]:
        """Words of the field of study asked for, folded."""
        return tuple(fold(word) for word in self.required_field.split("|") if fold(word))


_SHORT_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ECHELON = re.compile(r"(I|II|III|IV|V)\.[ab]|")


def check_positions(positions: Sequence[Position], families: Sequence[str]) -> None:
    """Refuse a list of posts with the first thing that is wrong in it.

    Raises
    ------
    PositionProblem
        A short name twice or malformed, no title or unit, an unknown echelon, family or parent, figures out of range, a
        criticality of 3 without a reason, or posts that stand below themselves.
    """
    known: dict[str, Position] = {}
    for one in positions:
        if not _SHORT_NAME.fullmatch(one.post):
            raise PositionProblem("the short name “{post}” must be of small letters, digits and hyphens", post=one.post)
        if one.post in known:
            raise PositionProblem("the short name “{post}” is there twice", post=one.post)
        known[one.post] = one
        for value, what in ((one.title, "title"), (one.unit, "unit")):
            if not value.strip() or len(value) > 300:
                raise PositionProblem(
                    "the post “{post}” has no {what}; give it one of 1 to 300 characters", post=one.post, what=what
                )
        if not _ECHELON.fullmatch(one.echelon):
            raise PositionProblem(
                "the echelon of “{post}” is “{value}”; expected e.g. II.b, or nothing for a functional post",
                post=one.post,
                value=one.echelon,
            )
        if one.family not in families:
            raise PositionProblem(
                "the job family of “{post}” is “{value}”; expected one of: {known}",
                post=one.post,
                value=one.family,
                known=", ".join(families),
            )
        if one.criticality not in (1, 2, 3) or one.required_level not in range(6):
            raise PositionProblem(
                "criticality (1 to 3) or required level (0 to 5) of “{post}” is out of range", post=one.post
            )
        _ = one.asked  # refuses what cannot be read
        if one.criticality == 3 and not one.criticality_reason.strip():
            raise PositionProblem("say why the post “{post}” is highly critical", post=one.post)
    for one in positions:
        if one.parent and one.parent not in known:
            raise PositionProblem(
                "the post above “{post}” is “{value}”, which is not there", post=one.post, value=one.parent
            )
        seen, at = {one.post}, one.parent
        while at:
            if at in seen:
                raise PositionProblem(
                    "“{post}” stands below itself by way of “{other}”; change one of their parents",
                    post=one.post,
                    other=known[one.post].parent,
                )
            seen.add(at)
            at = known[at].parent


def several_holders(positions: Sequence[Position], people: pd.DataFrame) -> dict[str, list[str]]:
    """Posts that more than one person holds definitively, with their NIP; acting holders (Plt, Plh) do not count."""
    titles = {fold(position.title): position.post for position in positions}
    held = people["position_title"].dropna().map(lambda title: titles.get(fold(title))).dropna()
    holders = held.groupby(held).groups
    return {str(post): [str(nip) for nip in nips] for post, nips in holders.items() if len(nips) > 1}


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

    For Sekretaris Daerah (II.a) these are the present JPT; for the other posts the feeder levels of their level.
    The incumbent is no candidate for the own post.
    """
    if position is None:
        return people.index
    level = level_of(position.echelon or None, position.title)
    if level in _LOWER_FEEDERS:
        pool = people["level"].isin(_LOWER_FEEDERS[level])
    elif position.echelon == "II.a":
        pool = people["level"].isin({"jpt_madya", "jpt_pratama", "expert_main"})
    else:
        pool = people["level"].isin(_FEEDERS)
    return people.index[pool & (people.index != incumbent)]
