"""Explanations: a person's numbers down to the cells they were imported from."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sqlalchemy as sa

from core.store import facts as store
from core.store.database import reading
from core.talent.context import Use
from core.talent.errors import UnknownPerson
from core.talent.messages import N_
from core.talent.person.explanation import Explanation, build_explanation
from core.talent.ranking.of_post import rank_post
from core.talent.review import TalentReview


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact came from."""

    file: str
    layout: str
    sheet: str
    row: int
    columns: Mapping[str, str]  # field -> letter and header
    imported_at: dt.datetime
    username: str
    import_id: int
    matched_by_name: bool
    reason: str

    def columns_of(self, use: Use) -> list[str]:
        """Columns that filled the fields looked at."""
        return list(dict.fromkeys(self.columns[field] for field in use.given if field in self.columns))


Origins = Mapping[tuple[str, int], Origin]


def explain_person(
    engine: sa.Engine, review: TalentReview, nip: str, post: str = "semua"
) -> tuple[Explanation, Origins]:
    """Explain a person's numbers in a review, with the origin of every fact named.

    Raises
    ------
    UnknownPerson, UnknownPost
    """
    asked = review.post(post)
    if nip not in review.people.index:
        raise UnknownPerson(N_("nobody with the NIP {value} is known"), value=nip)
    explanation = build_explanation(review, review.context.of_person(nip), nip, asked)
    with reading(engine) as connection:
        origins = store.load_origins(connection, explanation.uses())
    return explanation, {key: _origin(row) for key, row in origins.items()}


def _origin(row: Mapping[str, object]) -> Origin:
    columns = json.loads(str(row["columns"])).get(row["sheet"], {})
    # The store names these very fields; a row of the database has no types a checker could follow.
    return Origin(**{**row, "columns": columns})


def find_rank(review: TalentReview, nip: str, post: str) -> dict[str, object]:
    """A person's place among the candidates under the official weights and the rules' order.

    ``rank`` is None without a score or for somebody who is no candidate.
    """
    ranked = rank_post(review, post, np.array(review.rubric.weights), review.rules.order)
    own = ranked[ranked["nip"] == nip]
    known = len(own) and pd.notna(own["rank"].iloc[0])
    return {
        "rank": int(own["rank"].iloc[0]) if known else None,
        "of": len(ranked),
        "order": review.rules.order,
        "inseparable": int(own["inseparable"].iloc[0]) if len(own) else None,
    }
