"""Results of the official systems (SIMATA, ProASN) beside ours: who differs, and what makes it.

They are never mixed: ours does not overwrite theirs nor theirs ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from core.talent.review import TalentReview
from core.talent.scoring.measures import COMBINE
from core.talent.scoring.nine_box import BOX, classify_scores
from core.talent.scoring.rubric import Measure, Rubric
from core.talent.scoring.score_table import ScoreTable, compute_scores

_CLASSES = {int(BOX[row, column]): (row, column) for row in range(3) for column in range(3)}


def rescore_people(review: TalentReview, rubric: Rubric) -> ScoreTable:
    """Everyone under another rubric; measures by the same rule are taken from the review."""
    return compute_scores(review.context, rubric, review.scores)


def vary_rubric(rubric: Rubric) -> list[tuple[str, Rubric]]:
    """The rubric with one of its settings chosen otherwise: value tables and how years are combined.

    Each with a short name of the setting, e.g. ``rating_a`` or ``last``.
    """
    found = []
    for name, (chosen, offered) in rubric.choices.items():
        for option in offered:
            if option != chosen:
                found.append((option, _with(rubric, "table_name", name, {"table": rubric.tables[option]})))
    for how in COMBINE:
        if any(m.parameters.get("combine", how) != how for m in rubric.measures.values()):
            found.append((how, _with(rubric, "combine", None, {"combine": how})))
    return found


def _with(rubric: Rubric, entry: str, value: str | None, changed: dict[str, object]) -> Rubric:
    """The rubric with some parameters changed in the measures that have an entry (of a value)."""

    def change(measure: Measure) -> Measure:
        fits = entry in measure.parameters and value in (None, measure.parameters[entry])
        return replace(measure, parameters={**measure.parameters, **changed}) if fits else measure

    criteria = tuple(
        replace(criterion, measures=tuple(change(measure) for measure in criterion.measures))
        for criterion in rubric.criteria
    )
    return replace(rubric, criteria=criteria)


def compare_official(review: TalentReview, tables: Sequence[tuple[str, ScoreTable]]) -> pd.DataFrame:
    """Everyone with an official box, beside ours.

    Parameters
    ----------
    tables
        Everyone under variants of the rubric, with the setting's name.

    Returns
    -------
    pd.DataFrame
        By NIP: name, unit, box (ours, 0 not assessed), official_box, determined_on, differs,
        performance and potential (ours), axis (``performance``, ``potential``, ``both``, ``open``
        where ours is not assessed, empty where they agree), possible (the official box is among
        those our missing records leave open), settings (names of the variants that give the
        official box), and the latest ProASN scores managerial, sociocultural, potential_score.
    """
    latest = _latest(review, "official_box", "determined_on")
    people = review.people.loc[latest.index]
    theirs, ours = latest["box"].astype(int), people["box"].astype(int)
    own = pd.DataFrame(
        {
            axis: classify_scores(people[axis].to_numpy(), review.rubric.thresholds)
            for axis in ("performance", "potential")
        },
        index=people.index,
    )
    rows = pd.Series([_CLASSES[box][0] for box in theirs], index=people.index, dtype="int64") != own["performance"]
    columns = pd.Series([_CLASSES[box][1] for box in theirs], index=people.index, dtype="int64") != own["potential"]
    axis = np.select([ours == 0, rows & columns, rows, columns], ["open", "both", "performance", "potential"], "")
    scores = _latest(review, "official_score", "assessed_on")
    reproducing = {name: table.axes["box"].loc[people.index] == theirs for name, table in tables}
    return pd.DataFrame(
        {
            "name": people["full_name"],
            "unit": people["unit"],
            "box": ours,
            "official_box": theirs,
            "determined_on": latest["determined_on"],
            "differs": ours != theirs,
            "performance": people["performance"],
            "potential": people["potential"],
            "axis": axis,
            "possible": [ours[nip] == 0 and theirs[nip] in review.possible_boxes(str(nip)) for nip in people.index],
            "settings": [
                ", ".join(name for name, same in reproducing.items() if same[nip] and ours[nip] != theirs[nip])
                for nip in people.index
            ],
            **{name: scores[name].reindex(people.index) for name in ("managerial", "sociocultural", "potential_score")},
        }
    )


def _latest(review: TalentReview, kind: str, dated: str) -> pd.DataFrame:
    frame = review.context.known(kind)
    past = frame[frame[dated] <= review.context.as_of]
    return past.sort_values(dated).drop_duplicates("nip", keep="last").set_index("nip")
