"""Data quality and official results: what needs the store beside the review."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from core.store import facts as store
from core.store.database import reading
from core.talent.facts import KINDS
from core.talent.oversight.official import compare_official, rescore_people, vary_rubric
from core.talent.oversight.quality import Suspicion, find_suspicions
from core.talent.review import TalentReview

#: Columns that do not make a conflict: they differ by habit, not by content.
_HABIT = frozenset({"name", "recommendation", "appraiser", "pns_id"})


def find_suspicious_values(engine: sa.Engine, review: TalentReview) -> list[Suspicion]:
    """Values that can hardly be right, over all versions of the grade."""
    with reading(engine) as connection:
        grades = store.load_versions(connection, "employee", ["nip", "grade"])
    return find_suspicions(review, grades)


def find_conflicts(engine: sa.Engine) -> pd.DataFrame:
    """Facts that two sources tell differently; both are kept, the newer one (or the export) counts.

    Columns: kind, nip, key, column, counts, counts_from, other, other_from.
    """
    rows = []
    with reading(engine) as connection:
        for kind, described in KINDS.items():
            if not store.has_replaced(connection, kind):
                continue
            table = store.load_versions(connection, kind, described.columns)
            now = table[table["superseded_by"].isna()].set_index(list(described.key))
            before = table[table["superseded_by"].notna()]
            for old in before.to_dict("records"):
                key = tuple(old[column] for column in described.key)
                at = key if len(key) > 1 else key[0]
                if at not in now.index:
                    continue
                new = now.loc[[at]].iloc[-1]
                if new["layout"] == old["layout"]:
                    continue  # the same source corrected itself
                rows += [
                    (kind, old["nip"], _key_text(key[1:]), column, new[column], new["file"], old[column], old["file"])
                    for column in described.values
                    if column not in _HABIT
                    and pd.notna(old[column])
                    and pd.notna(new[column])
                    and old[column] != new[column]
                ]
    columns = ["kind", "nip", "key", "column", "counts", "counts_from", "other", "other_from"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(ignore_index=True)


def _key_text(key: tuple[object, ...]) -> str:
    return " · ".join(str(piece.date()) if isinstance(piece, pd.Timestamp) else str(piece) for piece in key)


def compare_with_official(review: TalentReview) -> pd.DataFrame:
    """See ``core.talent.oversight.official.compare_official``, with every setting of the rubric tried."""
    tables = [(name, rescore_people(review, variant)) for name, variant in vary_rubric(review.rubric)]
    return compare_official(review, tables)
