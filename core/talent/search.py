"""Narrowing people down by what is known of them."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from core.talent.vocabulary import fold


def filter_people(
    people: pd.DataFrame,
    *,
    units: Collection[str] = (),
    levels: Collection[str] = (),
    families: Collection[str] = (),
    grades: Collection[str] = (),
    text: str = "",
) -> pd.DataFrame:
    """People that match every filter given; an empty filter lets everybody through.

    ``text`` is looked for in name, NIP, post and unit; all its words must be found.
    """
    keep = pd.Series(True, index=people.index)
    for column, wanted in (("unit", units), ("level", levels), ("family", families), ("grade", grades)):
        if wanted:
            keep &= people[column].isin(list(wanted))
    words = [fold(word) for word in text.split() if fold(word)]
    if words:
        haystack = search_texts(people)
        for word in words:
            keep &= haystack.str.contains(word, regex=False)
    return people[keep]


def search_texts(people: pd.DataFrame) -> pd.Series:
    """For each person one folded text of everything the search looks at."""
    columns = [people[name].fillna("").astype(str) for name in ("full_name", "position_title", "unit")]
    return pd.Series([fold(" ".join(texts)) for texts in zip(people.index, *columns, strict=True)], index=people.index)
