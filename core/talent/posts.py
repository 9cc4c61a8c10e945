"""Posts, who holds them, and from which levels their candidates come."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from core.talent.employee import DAYS_A_YEAR, JPT_LEVELS, derive_level
from core.talent.errors import MantelError, UnknownPost
from core.talent.facts import COMPETENCIES
from core.talent.messages import N_
from core.talent.names import split_words
from core.talent.vocabulary import EDUCATION, GRADE, fold_text

#: Levels from which candidates for the posts below come, by the level of the post [L].
_LOWER_FEEDERS = {
    "administrator": frozenset({"administrator", "expert_senior", "supervisor", "functional", "unknown"}),
    "supervisor": frozenset({"supervisor", "functional", "executive", "unknown"}),
    "executive": frozenset({"functional", "executive", "unknown"}),
}

#: Stands for "no post in particular" wherever a post is chosen.
ALL_PEOPLE = "semua"

#: Months within which a retirement counts as near: the post "falls vacant within a year".
NEAR_MONTHS = 12
#: Months a successor must at least still serve.
TERM_MONTHS = 12

#: Levels from which candidates for a JPT Pratama post come (PP 11/2017 article 107(1)c: has been
#: administrator or JF ahli madya; a present JPT also passes). People of an unknown level stay in:
#: missing data excludes nobody.
_FEEDERS = JPT_LEVELS | frozenset({"administrator", "expert_main", "expert_senior", "unknown"})


#: What a post may ask for above its level.
REQUIREMENTS = ("education", "grade", "training", "field")


class PostProblem(MantelError):
    """A list of posts that cannot be."""


#: More posts than this do not stand above one another in any regency.
DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the regency; ``key`` is its short name in links and commands.

    ``parent`` is the post above it, empty at the top; ``criticality`` 1 (low) to 3 (high) with its reason;
    ``required_level`` of competency 1 to 5, 0 for what the level asks for; ``competencies`` asks for other levels of
    some (``integrity=5|teamwork=3``). ``required_field`` are words of the field of study asked for, separated by ``|``;
    without any those of the family count. ``requirements`` adds to what the level asks for
    (``education=S2|grade=IV/b|training=PKN II|field=akuntansi;keuangan``); ``reference_date`` is the planned day of the
    inauguration, by which everybody is judged for it, empty for today. ``technical_subject`` are words of the subject of
    the technical assessments that count, separated by ``|``, empty for any of the family; ``experience_years`` in the
    field count as full experience, 0 for what the rubric of the fit says.
    """

    key: str
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
    requirements: str = ""
    reference_date: str = ""
    technical_subject: str = ""
    experience_years: int = 0

    @property
    def own_requirements(self) -> dict[str, tuple[str, ...]]:
        """What the post asks for above its level, by name: one or more words each.

        Raises
        ------
        PostProblem
            When the text is no list of requirement=value, names an unknown one, or a level or grade that there is not.
        """
        codes = {"education": EDUCATION.codes, "grade": GRADE.codes}
        own = {}
        for pair in filter(None, (piece.strip() for piece in self.requirements.split("|"))):
            name, _, value = (piece.strip() for piece in pair.partition("="))
            words = tuple(filter(None, (word.strip() for word in value.split(";"))))
            if name not in REQUIREMENTS or not words or name in own or (name in codes and value not in codes[name]):
                raise PostProblem(
                    N_(
                        "“{value}” of “{post}” is no requirement; expected e.g. education=S2, grade=IV/b, training=PKN II, "
                        "field=akuntansi;keuangan, each once"
                    ),
                    value=pair[:60],
                    post=self.key,
                )
            own[name] = words
        return own

    @property
    def day(self) -> dt.date | None:
        """The planned day of the inauguration, None where none is planned.

        Raises
        ------
        PostProblem
            When the text is no date between 2000 and 2100.
        """
        if not self.reference_date:
            return None
        try:
            day = dt.date.fromisoformat(self.reference_date)
        except ValueError:
            day = dt.date.min
        if not 2000 <= day.year <= 2100:
            raise PostProblem(
                N_(
                    "the planned inauguration of “{post}” is “{value}”; expected a date like 2026-12-31, from 2000 to 2100"
                ),
                post=self.key,
                value=self.reference_date[:40],
            )
        return day

    @property
    def asked(self) -> dict[str, int]:
        """The levels asked for of single competencies.

        Raises
        ------
        PostProblem
            When the text is no list of competency=level with known competencies and levels 1 to 5.
        """
        levels = {}
        for pair in filter(None, (piece.strip() for piece in self.competencies.split("|"))):
            key, _, level = (piece.strip() for piece in pair.partition("="))
            if key not in COMPETENCIES or level not in ("1", "2", "3", "4", "5"):
                raise PostProblem(
                    N_("“{value}” of “{post}” is no competency=level; expected e.g. integrity=4, of: {known}"),
                    value=pair[:60],
                    post=self.key,
                    known=", ".join(COMPETENCIES),
                )
            levels[key] = int(level)
        return levels

    @property
    def fields(self) -> tuple[str, ...]:
        """Words of the field of study asked for, as ``split_words`` gives them."""
        return _split(self.required_field)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Words of the subject of technical assessments, as ``split_words`` gives them."""
        return _split(self.technical_subject)


def _split(words: str) -> tuple[str, ...]:
    return tuple(split_words(word) for word in words.split("|") if split_words(word))


_SHORT_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ECHELON = re.compile(r"(I|II|III|IV|V)\.[ab]|")


def check_posts(posts: Sequence[Post], families: Sequence[str]) -> None:
    """Refuse a list of posts with the first thing that is wrong in it.

    Raises
    ------
    PostProblem
        A short name twice or malformed, no title or unit, an unknown echelon, family or parent, figures out of range, a
        criticality of 3 without a reason, or posts that stand below themselves.
    """
    known: dict[str, Post] = {}
    for post in posts:
        if not _SHORT_NAME.fullmatch(post.key):
            raise PostProblem(N_("the short name “{post}” must be of small letters, digits and hyphens"), post=post.key)
        if post.key in known:
            raise PostProblem(N_("the short name “{post}” is there twice"), post=post.key)
        known[post.key] = post
        for value, what in ((post.title, "title"), (post.unit, "unit")):
            if not value.strip() or len(value) > 300:
                raise PostProblem(
                    N_("the post “{post}” has no {what}; give it one of 1 to 300 characters"), post=post.key, what=what
                )
        if not _ECHELON.fullmatch(post.echelon):
            raise PostProblem(
                N_("the echelon of “{post}” is “{value}”; expected e.g. II.b, or nothing for a functional post"),
                post=post.key,
                value=post.echelon,
            )
        if derive_level(post.echelon or None, post.title) == "unknown":
            raise PostProblem(
                N_("the level of “{post}” is not known; give it an echelon, or a title that ends in its JF grade"),
                post=post.key,
            )
        if post.family not in families:
            raise PostProblem(
                N_("the job family of “{post}” is “{value}”; expected one of: {known}"),
                post=post.key,
                value=post.family,
                known=", ".join(families),
            )
        if post.criticality not in (1, 2, 3) or post.required_level not in range(6):
            raise PostProblem(
                N_("criticality (1 to 3) or required level (0 to 5) of “{post}” is out of range"), post=post.key
            )
        if post.experience_years not in range(41):
            raise PostProblem(
                N_("the years of experience of “{post}” are {value}; expected 0 to 40"),
                post=post.key,
                value=post.experience_years,
            )
        _ = post.asked, post.own_requirements, post.day  # each refuses what cannot be read
        if post.criticality == 3 and not post.criticality_reason.strip():
            raise PostProblem(N_("say why the post “{post}” is highly critical"), post=post.key)
    for post in posts:
        if post.parent and post.parent not in known:
            raise PostProblem(
                N_("the post above “{post}” is “{value}”, which is not there"), post=post.key, value=post.parent
            )
    for post in posts:
        seen, at = {post.key}, post.parent
        while at:
            if at in seen:
                raise PostProblem(
                    N_("“{post}” stands below itself by way of “{other}”; change one of their parents"),
                    post=post.key,
                    other=known[post.key].parent,
                )
            seen.add(at)
            at = known[at].parent
            if len(seen) > DEEPEST:
                raise PostProblem(
                    N_("more than {most} posts stand above “{post}”; look at the parents"), most=DEEPEST, post=post.key
                )


def find_several_holders(posts: Sequence[Post], people: pd.DataFrame) -> dict[str, list[str]]:
    """Posts that more than one person holds definitively, with their NIP; acting holders (Plt, Plh) do not count."""
    titles = {fold_text(post.title): post.key for post in posts}
    held = people["position_title"].dropna().map(lambda title: titles.get(fold_text(title))).dropna()
    holders = held.groupby(held).groups
    return {str(post): [str(nip) for nip in nips] for post, nips in holders.items() if len(nips) > 1}


def find_post(posts: Sequence[Post], wanted: str) -> Post:
    """Find a post by its short name or its title, however spelled.

    Raises
    ------
    UnknownPost
        When there is none.
    """
    key = fold_text(wanted)
    for post in posts:
        if key in (fold_text(post.key), fold_text(post.title)):
            return post
    raise UnknownPost(N_("there is no post “{value}”; the list of posts is on the page Suksesi"), value=wanted)


def find_holders(posts: Sequence[Post], people: pd.DataFrame) -> dict[str, str]:
    """NIP of the person who holds each post definitively, by the title of the present post.

    Of several with the same title the one in the post the longest is named.
    """
    titles = {fold_text(post.title): post.key for post in posts}
    held = people["position_title"].dropna().map(lambda title: titles.get(fold_text(title)))
    holders = people.assign(post=held.reindex(people.index)).dropna(subset=["post"])
    first = holders.sort_values("position_since", na_position="last", kind="stable").drop_duplicates("post")
    return dict(zip(first["post"], first.index, strict=True))


def select_candidates(post: Post | None, people: pd.DataFrame, incumbent: str | None) -> pd.Index:
    """NIP of the people considered for a post (everyone where no post is given), in frame order.

    For Sekretaris Daerah (II.a) these are the present JPT; for the other posts the feeder levels of their level.
    The incumbent is no candidate for the own post.
    """
    if post is None:
        return people.index
    level = derive_level(post.echelon or None, post.title)
    if level in _LOWER_FEEDERS:
        pool = people["level"].isin(_LOWER_FEEDERS[level])
    elif post.echelon == "II.a":
        pool = people["level"].isin(JPT_LEVELS | {"expert_main"})
    else:
        pool = people["level"].isin(_FEEDERS)
    return people.index[pool & (people.index != incumbent)]


def tabulate_posts(
    posts: Sequence[Post], people: pd.DataFrame, holders: Mapping[str, str], as_of: pd.Timestamp
) -> pd.DataFrame:
    """One row a post, in the order given: who holds it, and until when.

    Parameters
    ----------
    people
        ``full_name`` and ``retires_on`` by NIP.
    holders
        NIP by the key of the post.

    Returns
    -------
    post (its key), title, unit, family, echelon, incumbent_nip and incumbent (None where vacant), retires_on (NaT where
    vacant), months_left (NaN where vacant), vacant, near (vacant, or falls vacant within ``NEAR_MONTHS``).
    """
    nips = [holders.get(post.key) for post in posts]
    known = people.reindex(pd.Index([nip or "" for nip in nips]))
    retires_on = pd.to_datetime(known["retires_on"]).to_numpy()
    left = pd.Series(retires_on - as_of.to_datetime64()).dt.days / DAYS_A_YEAR * 12
    table = pd.DataFrame(
        {
            "post": [post.key for post in posts],
            "title": [post.title for post in posts],
            "unit": [post.unit for post in posts],
            "family": [post.family for post in posts],
            "echelon": [post.echelon for post in posts],
            "incumbent_nip": pd.Series(nips, dtype=object),
            "incumbent": pd.Series(
                known["full_name"].astype(object).where(known["full_name"].notna(), None).to_list(), dtype=object
            ),
            "retires_on": retires_on,
            "months_left": left.to_numpy(),
            "vacant": [nip is None for nip in nips],
        }
    )
    return table.assign(near=falls_vacant(table, as_of, NEAR_MONTHS))


def falls_vacant(table: pd.DataFrame, as_of: pd.Timestamp, months: int) -> pd.Series:
    """Whether each post of ``tabulate_posts`` is vacant, or its holder retires within so many months."""
    return table["vacant"] | (table["retires_on"] <= as_of + pd.DateOffset(months=months))
