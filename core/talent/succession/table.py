"""Succession: for every post who holds it, until when, and how many could take over.

Ready now, the stated rule: the person is a candidate by level, passes all gates, stands in the
talent pool (boxes 7, 8, 9 by default), serves in the post's job family or has studied for it, and
does not retire before the post would be free for a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import pandas as pd

from core.talent.eligibility.rules import ELIGIBLE, Eligibility
from core.talent.job_family import JobFamily, study_fit
from core.talent.posts import Position, candidates
from core.talent.scoring.nine_box import TALENT_POOL

Risk = Literal["high", "medium", "low"]

#: Months within which a retirement counts as near.
NEAR_MONTHS = 12
#: Months a successor must at least still serve.
TERM_MONTHS = 12


def ready_candidates(
    position: Position,
    people: pd.DataFrame,
    eligibility: Mapping[str | None, Eligibility],
    incumbent: str | None,
    families: Sequence[JobFamily],
    as_of: pd.Timestamp,
) -> pd.Index:
    """NIP of the people ready for a post now, by the rule in this module's first lines.

    ``people`` needs the columns ``level``, ``family``, ``education_field``, ``box`` and
    ``retires_on``; ``eligibility`` is that of ``judge``. Posts of the first family (general
    administration) are open to every family.
    """
    pool = people.loc[candidates(position, people, incumbent)]
    pool = pool[
        (eligibility[position.family].overall.loc[pool.index] == ELIGIBLE)
        & pool["box"].isin(TALENT_POOL)
        & (pool["retires_on"] > as_of + pd.DateOffset(months=TERM_MONTHS))
    ]
    if position.family == families[0].key:
        return pool.index
    studied = study_fit(pool["education_field"], position.family, position.fields, families) == "same_family"
    return pool.index[(pool["family"] == position.family) | studied]


def risk_of(months_left: float | None, ready: int) -> Risk:
    """Risk of a post in a word.

    ``months_left`` until the incumbent retires, None where the post is vacant. Vacant or near
    without anyone ready is high; vacant or near with someone ready, or nobody ready later, is
    medium; else low.
    """
    near = months_left is None or months_left <= NEAR_MONTHS
    if near:
        return "high" if ready == 0 else "medium"
    return "medium" if ready == 0 else "low"


def board(
    positions: Sequence[Position],
    people: pd.DataFrame,
    eligibility: Mapping[str | None, Eligibility],
    holders: Mapping[str, str],
    families: Sequence[JobFamily],
    as_of: pd.Timestamp,
) -> pd.DataFrame:
    """One row a post, in the order given.

    Columns: post, title, unit, family, echelon, incumbent_nip and incumbent (None where vacant),
    retires_on (NaT where vacant), months_left, vacant, ready_now, risk.
    """
    rows = []
    # Posts of one family and level have the same people ready, the own holder aside.
    alike: dict[tuple[str, str, str], frozenset[str]] = {}
    for position in positions:
        nip = holders.get(position.post)
        kind = (position.family, position.required_field, position.echelon or position.title)
        if kind not in alike:
            alike[kind] = frozenset(ready_candidates(position, people, eligibility, None, families, as_of))
        retires_on = pd.Timestamp(str(people.at[nip, "retires_on"])) if nip else None
        months_left = (retires_on - as_of).days / 30.4375 if retires_on else None
        ready = len(alike[kind]) - (nip in alike[kind])
        rows.append(
            {
                "post": position.post,
                "title": position.title,
                "unit": position.unit,
                "family": position.family,
                "echelon": position.echelon,
                "incumbent_nip": nip,
                "incumbent": people.at[nip, "full_name"] if nip else None,
                "retires_on": retires_on,
                "months_left": months_left,
                "vacant": nip is None,
                "ready_now": ready,
                "risk": risk_of(months_left, ready),
            }
        )
    frame = pd.DataFrame(rows)
    return frame.astype({"incumbent": object, "incumbent_nip": object}).where(
        frame.notna() | ~frame.columns.isin(["incumbent", "incumbent_nip"]), None
    )


def falling_vacant(board: pd.DataFrame, years: int) -> pd.DataFrame:
    """Posts that are vacant or fall vacant within some years, the soonest first.

    Adds ``years_left``, 0 where vacant.
    """
    left = board["months_left"].fillna(0.0).astype(float) / 12
    coming = board.assign(years_left=left)
    return coming[left <= years].sort_values(["years_left", "title"]).reset_index(drop=True)


def agenda(board: pd.DataFrame) -> list[str]:
    """Posts worth a talk, by their short names: vacant ones, then those that fall vacant within three years; else all."""
    coming = falling_vacant(board, 3)
    return list(coming["post"]) if len(coming) else list(board["post"])
