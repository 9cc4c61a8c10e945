"""Posts against candidates: fit and eligibility of the best few for each of some posts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.talent.eligibility.rules import ELIGIBLE
from core.talent.review import TalentReview

#: More than any fit: whoever passes all gates for a post comes before who does not.
_ELIGIBLE_FIRST = 1000.0


def tabulate_fits(review: TalentReview, posts: Sequence[str], most: int) -> pd.DataFrame:
    """Fit of the people who are best for any of some posts: one row a post and candidate, by post.

    People who pass all gates somewhere come first, then by their highest fit.

    Parameters
    ----------
    most
        The most people.

    Returns
    -------
    post, nip, fit (0-100, NaN where not known; the talent value where the rubric has no rule for fit), answer (0
    eligible, 1 to be reviewed, 2 not eligible), place (0 for the best person, the same in every row of a person).

    Raises
    ------
    UnknownPost
    """
    cells = []
    for post in posts:
        view = review.view(post)
        fit = review.people["talent"].iloc[view.rows] if view.fit is None else view.fit["fit"]
        cells.append(
            pd.DataFrame({"post": post, "nip": view.candidates, "fit": fit.to_numpy(), "answer": view.answers})
        )
    if not cells:
        return pd.DataFrame(columns=["post", "nip", "fit", "answer", "place"])
    table = pd.concat(cells, ignore_index=True)
    worth = np.where(table["answer"] == ELIGIBLE, _ELIGIBLE_FIRST, 0.0) + table["fit"].fillna(-1.0)
    best = table.assign(worth=worth).groupby("nip")["worth"].max().sort_values(ascending=False, kind="stable")
    place = pd.Series(np.arange(len(best)), index=best.index)
    table = table.assign(place=table["nip"].map(place))
    return table[table["place"] < most].reset_index(drop=True)
