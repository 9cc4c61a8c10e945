"""The nine boxes as they are looked at: colours, places, a past period, a rectangle drawn over people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.charts.dots import Groups
from core.charts.nine_box import DOTS_NEAR, dot_places, each_has_a_dot, nine_box_chart
from core.charts.style import Picture
from core.talent.grid.grouping import GROUPINGS, OTHERS, group_people
from core.talent.review import TalentReview
from core.ui.language import show_number, t
from core.ui.links import choose_one, remembered, switch
from core.ui.shared import shared_result
from core.ui.terms import box_name, level_name

#: Stands for no colours.
_NONE = "none"


@dataclass(frozen=True)
class Look:
    """How the boxes are looked at: colours by a grouping (or none), real places, one box enlarged (0: none)."""

    colour: str
    exact: bool
    near: int


def choose_look(shown: pd.DataFrame, colour_place: DeltaGenerator, more: DeltaGenerator, under: DeltaGenerator) -> Look:
    """The choices of colour and of real places, each at its place; ``under`` the picture the one that enlarges a box."""
    names = {_NONE: t("one colour"), **_grouping_names()}
    with colour_place:
        colour = choose_one(st.selectbox, t("Colour by"), [_NONE, *GROUPINGS], "colour", _NONE, format_func=names.get)
    with more:
        exact = switch(t("Real places"), "exact", help=t("Dots stand beside one another; here they go to their score."))
    chosen = [int(box) for box in st.session_state.get("box") or [] if box != "0"]
    count = int((shown["box"] == chosen[0]).sum()) if len(chosen) == 1 else 0
    near = 0
    if len(chosen) == 1 and 0 < count <= DOTS_NEAR:
        with under:
            near = chosen[0] if switch(t("Enlarge {box}", box=box_name(chosen[0])), "near") else 0
    return Look(colour, exact, near)


@dataclass(frozen=True)
class ShownPeople:
    """The people shown on the grid, with what of the review, period, filters and decisions made them so."""

    review: TalentReview
    people: pd.DataFrame
    made_by: tuple[object, ...]

    @property
    def cache_key(self) -> str:
        """Names exactly these people in these boxes."""
        return f"{self.review.cache_key}|{self.made_by!r}"


@shared_result(max_entries=64)
def draw_chart(
    group: ShownPeople, look: Look, chosen: tuple[int, ...], person: str | None, trail: pd.DataFrame | None, words: str
) -> Picture:
    """The chart of a view in a language; building one costs more than everything else on the page."""
    current, shown = group.review, group.people
    opened = current.people.loc[person] if person and not current.people.at[person, "box"] else None
    return nine_box_chart(
        shown,
        current.rubric.thresholds,
        list(chosen),
        _text(),
        height=440 if look.colour == _NONE else 510,
        opened=opened,
        near=look.near,
        exact=look.exact,
        groups=_groups(current, shown[shown["box"] == look.near] if look.near else shown, look.colour),
        trail=trail,
    )


def _grouping_names() -> dict[str, str]:
    return {
        "eligibility": t("Eligibility and pool"),
        "level": t("Level"),
        "age_band": t("Age band"),
        "sex": t("Sex"),
        "years_in_post": t("Years in post"),
        "unit": t("Unit"),
    }


def _groups(current: TalentReview, shown: pd.DataFrame, colour: str) -> Groups | None:
    if colour == _NONE or shown.empty:
        return None
    of = group_people(current, shown, colour)
    # Units come with the people shown, the largest first.
    keys = list(GROUPINGS[colour]) or [group for group in of.value_counts().index if group != OTHERS] + [OTHERS]
    present = set(of)
    return Groups(_grouping_names()[colour], of, {key: group_name(colour, key) for key in keys if key in present})


def group_name(colour: str, key: str) -> str:
    """A category of a grouping in words."""
    if colour == "level":
        return level_name(key)
    words = {
        "eligible_in_pool": t("eligible, in the talent pool"),
        "eligible": t("eligible, outside the pool"),
        "review": t("to be reviewed"),
        "ineligible": t("not eligible"),
        "female": t("women"),
        "male": t("men"),
        "under_2": t("under 2 years"),
        "2_to_5": t("2 to 5 years"),
        "over_5": t("over 5 years"),
        "unknown": t("not known"),
        OTHERS: t("other units"),
    }
    return words.get(key, key)


def picked(current: TalentReview, shown: pd.DataFrame, look: Look) -> list[str] | None:
    """NIP of the people inside the rectangle drawn, None without one."""
    brush = (st.session_state.get("nine_box") or {}).get("selection", {}).get("brush") or {}
    sides = [brush.get(side) for side in ("left", "bottom")]
    if not all(isinstance(side, list | tuple) and len(side) == 2 and all(map(_is_number, side)) for side in sides):
        return None
    places = dot_places(shown, current.rubric.thresholds, look.near, look.exact)
    (left, right), (low, high) = sorted(brush["left"]), sorted(brush["bottom"])
    inside = places["x"].between(left, right) & places["y"].between(low, high)
    return [str(nip) for nip in places.index[inside]]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def clicked() -> None:
    """A click on a dot opens the person, one on the ground of a box lists its people."""
    selection = st.session_state["nine_box"]["selection"]
    # A click on the ground also reports an empty person.
    nips = [nip for nip in _picked(selection, "person", "nip") if isinstance(nip, str)]
    boxes = [str(box) for box in _picked(selection, "box", "box") if box in range(1, 10)]
    if nips:
        st.session_state["person"] = nips[0]
    elif boxes and boxes != st.session_state.get("_clicked_box"):
        st.session_state["box"] = boxes[:1]
    st.session_state["_clicked_box"] = boxes


def _picked(selection: Mapping[str, object], name: str, field: str) -> list[object]:
    """What a selection of a chart says of a field; a browser may say anything."""
    points = selection.get(name)
    return (
        [point[field] for point in points if isinstance(point, dict) and field in point]
        if isinstance(points, list)
        else []
    )


def open_person(current: TalentReview) -> str | None:
    """The person opened, if known here."""
    nip = remembered("person")
    return nip if nip in current.people.index else None


def said_in_words(shown: pd.DataFrame) -> str:
    """The picture in words."""
    counts = shown["box"].value_counts()
    return t("Nine boxes") + ": " + ", ".join(f"{box_name(box)}: {int(counts.get(box, 0))}" for box in range(9, -1, -1))


def how_drawn(shown: pd.DataFrame, look: Look) -> str:
    """How to read the marks, in a sentence."""
    if not each_has_a_dot(shown, look.near):
        return t(
            "Too many for single dots: squares are as large as the people there are many. Choose a box and enlarge it."
        )
    if look.exact:
        return t("Each dot is a person at the place of the score; dots may cover one another.")
    return t("Each dot is a person, near the place of the score; none covers another. Drag to select a group.")


def _text() -> dict[str, object]:
    return {
        "performance": t("Performance"),
        "potential": t("Potential"),
        "not_assessed": t("not assessed"),
        "person": t("Name"),
        "unit": t("Unit"),
        "people": t("people"),
        "computed": t("Computed box"),
        "names": {box: box_name(box) for box in range(10)},
        "number": lambda value: show_number(value, 2),
    }
