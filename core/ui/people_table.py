"""People as a table: both axes and the box, or the interval that missing records leave open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.talent.posts import ALL_PEOPLE
from core.talent.review import TalentReview
from core.ui.explaining import explanation_dialog
from core.ui.language import plain, t
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


def read_cells(state: Any, rows: int) -> list[tuple[int, str]]:
    """The cells that a table's state says were clicked, those that there are; a browser may say anything."""
    cells = state["selection"]["cells"]
    return [
        (cell[0], str(cell[1]))
        for cell in cells
        if isinstance(cell, list | tuple) and len(cell) == 2 and type(cell[0]) is int and 0 <= cell[0] < rows
    ]


def people_doors(
    current: TalentReview,
    table: pd.DataFrame,
    nips: Sequence[str] | Callable[[int, str], str | None],
    key: str,
    post: str = ALL_PEOPLE,
    **more: Any,
) -> None:
    """A table with one person a row, in which a name is a door: a click opens the person, seen for a post.

    ``nips`` name the rows, or say who stands in a row and column; ``more`` goes to Streamlit's table.
    """
    clicked = f"{key}_clicked"
    people = nips if callable(nips) else [str(nip) for nip in nips]

    def note() -> None:
        # Only what has changed just now is a click; a dialog that was closed stays closed.
        for row, column in read_cells(st.session_state[key], len(table)):
            st.session_state[clicked] = people(row, column) if callable(people) else people[row]

    st.dataframe(table, hide_index=True, on_select=note, selection_mode="single-cell", key=key, **more)
    nip = st.session_state.pop(clicked, None)
    if nip in current.people.index:
        explanation_dialog(current, nip, post)
    elif nip is not None:
        st.info(t("{nip} is not in active service and has no profile.", nip=plain(nip)))


def _boxes(people: pd.DataFrame) -> list[str]:
    """The box, or the one decided on with the computed one beside it."""
    computed = people["computed_box"] if "computed_box" in people else people["box"]
    return [
        (str(box) if box else "–") + ("" if box == was else f" ({t('computed: {box}', box=was or '–')})")
        for box, was in zip(people["box"], computed, strict=True)
    ]


def _axis(people: pd.DataFrame, axis: str) -> list[str]:
    return scores_or_intervals(people[axis], people[f"{axis}_low"], people[f"{axis}_high"])
