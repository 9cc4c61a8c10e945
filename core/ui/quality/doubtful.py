"""Facts that sources tell differently, and values that can hardly be right."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.reports.wording import fact_value, field_header, shown
from core.service import quality
from core.talent.oversight.quality import Suspicion
from core.talent.review import TalentReview
from core.ui.language import language, t
from core.ui.shared import engine, shared_result
from core.ui.terms import fact_name


def studies_table(unplaced: pd.DataFrame) -> pd.DataFrame:
    """People whose field of study no discipline knows, from ``list_unplaced_studies``."""
    return pd.DataFrame(
        {
            t("Name"): unplaced["name"],
            t("Field of study"): unplaced["field"],
            t("People with it"): unplaced["people"],
            t("Unit"): unplaced["unit"],
            "NIP": unplaced["nip"],
        }
    )


def conflicts_table(conflicts: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Facts that two sources tell differently."""
    words = language()

    def column_values(column: str) -> list[str]:
        return [
            fact_value(field, value, words) for field, value in zip(conflicts["column"], conflicts[column], strict=True)
        ]

    return pd.DataFrame(
        {
            t("Name"): people["full_name"].reindex(conflicts["nip"]).fillna("–").to_numpy(),
            t("Fact"): [
                f"{fact_name(kind)} {key}" for kind, key in zip(conflicts["kind"], conflicts["key"], strict=True)
            ],
            t("Column"): [
                field_header(kind, field) for kind, field in zip(conflicts["kind"], conflicts["column"], strict=True)
            ],
            t("Counts"): column_values("counts"),
            t("From"): conflicts["counts_from"],
            t("Otherwise"): column_values("other"),
            t("Told by"): conflicts["other_from"],
            "NIP": conflicts["nip"],
        }
    )


def suspicions_table(suspicions: Sequence[Suspicion], people: pd.DataFrame) -> pd.DataFrame:
    """Values that can hardly be right."""
    words = language()
    return pd.DataFrame(
        {
            t("Name"): [people["full_name"].get(suspicion.nip, "–") for suspicion in suspicions],
            t("What is hardly right"): [
                t(suspicion.message, **{key: shown(value, words) for key, value in suspicion.values.items()})
                for suspicion in suspicions
            ],
            t("Unit"): [people["unit"].get(suspicion.nip, "–") for suspicion in suspicions],
            "NIP": [suspicion.nip for suspicion in suspicions],
        }
    )


@shared_result(max_entries=2)
def list_suspicions(current: TalentReview) -> list[Suspicion]:
    """Values that can hardly be right; looked for once."""
    return quality.find_suspicious_values(engine(), current)


@shared_result(max_entries=2)
def list_conflicts(current: TalentReview) -> pd.DataFrame:
    """Facts that two sources tell differently; looked for once."""
    return quality.find_conflicts(engine())
