"""People as a table: both axes and the box, or the interval that missing records leave open."""

from __future__ import annotations

import pandas as pd

from core.ui.language import t
from core.ui.terms import scores_or_intervals


def people_table(people: pd.DataFrame) -> pd.DataFrame:
    """People with both axes and the box; an empty axis shows its interval."""
    return pd.DataFrame(
        {
            t("Name"): people["full_name"],
            t("Box"): _boxes(people),
            t("Performance"): _axis(people, "performance"),
            t("Potential"): _axis(people, "potential"),
            t("Unit"): people["unit"],
        }
    )


def _boxes(people: pd.DataFrame) -> list[str]:
    """The box, or the one decided on with the computed one beside it."""
    computed = people["computed_box"] if "computed_box" in people else people["box"]
    return [
        (str(box) if box else "–") + ("" if box == was else f" ({t('computed: {box}', box=was or '–')})")
        for box, was in zip(people["box"], computed, strict=True)
    ]


def _axis(people: pd.DataFrame, axis: str) -> list[str]:
    return scores_or_intervals(people[axis], people[f"{axis}_low"], people[f"{axis}_high"])
