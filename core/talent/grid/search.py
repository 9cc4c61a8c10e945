"""Narrowing people down by what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from core.talent.names import split_words, write_as_heard
from core.talent.people import AGE_BANDS, assign_age_bands, count_years_until
from core.talent.posts import Post
from core.talent.review import TalentReview
from core.talent.vocabulary import EDUCATION, fold_text


def filter_people(
    people: pd.DataFrame,
    *,
    units: Collection[str] = (),
    levels: Collection[str] = (),
    families: Collection[str] = (),
    grades: Collection[str] = (),
    text: str = "",
    facets: pd.DataFrame | None = None,
    among: Mapping[str, Collection[str]] | None = None,
    index: SearchIndex | None = None,
) -> pd.DataFrame:
    """People that match every filter given; an empty filter lets everybody through.

    A unit stands for the units below it too. ``text`` is looked for in name, NIP, post and unit; all its words
    must be found, or, with an ``index`` of these people, names that are alike when nothing holds the words.
    ``among`` holds the values wanted of each column of ``facets`` (from ``tabulate_facets``).
    """
    keep = pd.Series(True, index=people.index)
    if units:
        keep &= people["unit"].isin(list(units)) | people["parent_unit"].isin(list(units))
    for column, wanted in (("level", levels), ("family", families), ("grade", grades)):
        if wanted:
            keep &= people[column].isin(list(wanted))
    for column, wanted in (among or {}).items():
        if wanted and facets is not None:
            keep &= facets[column].reindex(people.index).isin(list(wanted))
    words = [fold_text(word) for word in text.split() if fold_text(word)]
    if words:
        haystack = build_search_texts(people) if index is None else pd.Series(index.texts, index=list(index.nips))
        mask = pd.Series(True, index=people.index)
        for word in words:
            mask &= haystack.reindex(people.index, fill_value="").str.contains(word, regex=False)
        if index is not None and not mask.any():
            mask = pd.Series(people.index.isin(find_people(index, text, _FORGIVEN)), index=people.index)
        keep &= mask
    return people[keep]


def list_unit_tree(people: pd.DataFrame) -> list[tuple[str, int, int]]:
    """Units as a tree, each before those below it: name, depth (0 or 1), people in it and below."""
    units = people["unit"].fillna("").astype(str)
    parents = people["parent_unit"].fillna("").astype(str).where(lambda name: name != "", units)
    own = units.value_counts()
    below = pd.DataFrame({"parent": parents, "unit": units})[parents != units]
    children = below.groupby("parent")["unit"].value_counts()
    inside = set(below["unit"]) - set(below["parent"])
    tree: list[tuple[str, int, int]] = []
    for top in sorted({*units[~units.isin(inside)], *below["parent"]} - {""}):
        lower = children[top] if top in children.index.get_level_values(0) else pd.Series(dtype=int)
        tree.append((top, 0, int(own.get(top, 0)) + int(lower.sum())))
        tree += [(str(unit), 1, int(count)) for unit, count in sorted(lower.items())]
    return tree


#: Years to retirement told apart, each the upper bound of its class.
RETIREMENT_YEARS = ("1", "3", "5", "10")
FACETS: dict[str, tuple[str, ...]] = {
    "sex": ("male", "female"),
    "age_band": AGE_BANDS,
    "retires": (*RETIREMENT_YEARS, "later"),
    "gates": ("0", "1", "2"),
    "assessment": ("valid", "expired", "missing"),
    "lacking": ("none", "some"),
    "education": EDUCATION.codes,
    "study": (),
}
#: Names offered when no text holds the words looked for.
_FORGIVEN = 10


def tabulate_facets(review: TalentReview) -> pd.DataFrame:
    """What people can be narrowed down by besides unit, level, family and grade: the columns of ``FACETS``.

    ``retires`` is the class of years to retirement (up to 1, 3, 5, 10, later), ``gates`` the answer over all
    gates (0 eligible, 1 to be reviewed, 2 not), ``assessment`` the state of the competency assessment,
    ``lacking`` whether any criterion is not assessed, ``education`` the highest level, ``study`` the first job
    family that the discipline of the field of study fits, ``none`` without one.
    """
    people = review.people
    years = count_years_until(people["retires_on"], pd.Timestamp(review.as_of))
    classes = pd.cut(years, [-np.inf, 1, 3, 5, 10, np.inf], labels=[*RETIREMENT_YEARS, "later"])
    states = review.assessments
    return pd.DataFrame(
        {
            "sex": people["sex"],
            "age_band": assign_age_bands(people["age"]),
            "retires": pd.Series(classes, index=people.index).astype(object),
            "gates": review.eligibility.overall.astype(int).astype(str),
            "assessment": states.get("competency_assessment", "missing"),
            "lacking": np.where(np.isnan(review.scores.value).any(axis=1), "some", "none"),
            "education": people["education_level"],
            "study": _study(people["education_field"], review),
        },
        index=people.index,
    )


def _study(fields: pd.Series, review: TalentReview) -> pd.Series:
    """The first job family that the discipline of each field of study fits, ``none`` without one."""
    family_of: dict[str, str] = {}
    for family in review.families:
        for discipline in family.disciplines:
            family_of.setdefault(discipline, family.key)
    return review.families[0].studies.place(fields).map(family_of).fillna("none")


def build_search_texts(people: pd.DataFrame) -> pd.Series:
    """For each person one folded text of everything the search looks at."""
    columns = [people[name].fillna("").astype(str) for name in ("full_name", "position_title", "unit")]
    return pd.Series(
        [fold_text(" ".join(texts)) for texts in zip(people.index, *columns, strict=True)], index=people.index
    )


#: Likeness (0-100) from which on a name that is spelled otherwise is offered.
_ALIKE = 62.0
#: The same for titles of posts, which share many words.
_ALIKE_POST = 80.0


@dataclass(frozen=True)
class SearchIndex:
    """Everyone's texts, made once for a review: names without titles as ``written``, ``folded`` and as heard
    (``names``), and in ``texts`` all that is looked at.
    """

    nips: Sequence[str]
    names: Sequence[str]
    written: Sequence[str]
    folded: Sequence[str]
    texts: Sequence[str]


def build_search_index(people: pd.DataFrame) -> SearchIndex:
    """The index of some people."""
    names = people["name"].astype(str).tolist()
    return SearchIndex(
        people.index.tolist(),
        [write_as_heard(name) for name in names],
        [split_words(name) for name in names],
        [fold_text(name) for name in names],
        build_search_texts(people).tolist(),
    )


def find_people(index: SearchIndex, text: str, most: int = 8) -> list[str]:
    """NIP of the people a text means, the likeliest first.

    Those whose name, NIP, post or unit holds every word come first, names before the rest; then
    names that are only alike (normalised Indel similarity of the words in order, rapidfuzz).
    """
    words = [fold_text(word) for word in text.split() if fold_text(word)]
    if not words:
        return []
    wanted = write_as_heard(text)
    whole = [n for n, text in enumerate(index.texts) if all(word in text for word in words)]
    named = [n for n in whole if all(word in index.folded[n] for word in words)]
    named.sort(key=lambda n: -fuzz.token_sort_ratio(wanted, index.names[n]))
    in_name = set(named)
    rows = named + [n for n in whole if n not in in_name]
    if len(rows) < most:
        alike = process.extract(wanted, index.names, scorer=fuzz.token_sort_ratio, limit=3 * most, score_cutoff=_ALIKE)
        there = set(rows)
        # Names that sound alike are told apart by how they are written.
        written = split_words(text)
        rows += sorted(
            (n for _, _, n in alike if n not in there),
            key=lambda n: (
                -fuzz.token_sort_ratio(wanted, index.names[n]) - fuzz.token_sort_ratio(written, index.written[n])
            ),
        )
    return [index.nips[n] for n in rows[:most]]


def find_posts(posts: Sequence[Post], text: str, most: int = 3) -> list[Post]:
    """Posts whose title holds every word of a text, else those whose title is alike; the likeliest first."""
    words = [fold_text(word) for word in text.split() if fold_text(word)]
    if not words:
        return []
    wanted = split_words(text)

    def likeness(post: Post) -> float:
        return fuzz.token_sort_ratio(wanted, split_words(post.title).removeprefix("kepala "))

    whole = [post for post in posts if all(word in fold_text(post.title) for word in words)]
    if not whole:
        whole = [post for post in posts if likeness(post) >= _ALIKE_POST]
    return sorted(whole, key=likeness, reverse=True)[:most]
