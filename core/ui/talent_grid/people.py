"""The people on the grid: the list, one person, what can be done with a set."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.store.accounts import Account
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import ACTIONS
from core.ui.export import downloads
from core.ui.language import t
from core.ui.links import choose_many
from core.ui.people_set import keep_set
from core.ui.people_table import people_table, read_cells
from core.ui.shell import page
from core.ui.talent_grid import over_time, picture
from core.ui.talent_grid.calibration import calibrate
from core.ui.terms import answer_name, box_name, level_name, say_article
from core.ui.widgets import person_card


def grid_workbook_table(people: pd.DataFrame) -> pd.DataFrame:
    """The people of the grid for a file: scores as numbers, nothing where not assessed."""
    computed = people["computed_box"] if "computed_box" in people else people["box"]
    return pd.DataFrame(
        {
            t("Name"): people["full_name"],
            "NIP": people.index,
            t("Unit"): people["unit"],
            t("Post"): people["position_title"],
            t("Level"): people["level"].map({level: level_name(level) for level in set(people["level"])}),
            t("Grade"): people["grade"],
            t("Box"): people["box"].astype("Int64").replace(0, pd.NA),
            t("Computed box"): computed.astype("Int64").replace(0, pd.NA),
            t("Performance"): people["performance"],
            t("Potential"): people["potential"],
            t("Talent value"): people["talent"],
            t("Eligibility"): people["eligibility"].map({answer: answer_name(answer) for answer in range(3)}),
        }
    )


#: Box choices of the filter; 0 is "not assessed".
BOXES = [str(box) for box in range(9, -1, -1)]


#: So many people are listed on screen; a longer list would only be waited for.
_LISTED = 1000


#: The most people compared side by side.
_COMPARED = 4


def show_people(current: TalentReview, shown: pd.DataFrame, look: picture.Look, account: Account) -> None:
    """The list of people in the boxes chosen, and the one who is opened."""
    boxes = choose_many(
        st.pills,
        t("Box"),
        BOXES,
        "box",
        selection_mode="multi",
        format_func=lambda box: box if box != "0" else t("not assessed"),
        help=say_article("box"),
    )
    drawn = picture.picked(current, shown, look)
    if drawn is not None:
        listed = shown.loc[drawn]
    else:
        listed = shown[shown["box"].isin([int(box) for box in boxes])] if boxes else shown
    st.subheader(t("{shown} of {all} people", shown=len(listed), all=len(current.people)), anchor=False)
    if len(boxes) == 1 and boxes[0] != "0":
        box = int(boxes[0])
        st.caption(
            f"**{box_name(box)}**: {'; '.join(ACTIONS[box])}. PermenPANRB 3/2020 jo 20/2025 " + t("article 17"),
        )
    _person(current, account)
    if listed.empty:
        st.info(t("Nobody matches; take a filter away."))
        return
    if len(listed) > _LISTED:
        st.caption(t("The first {count} by name are listed; narrow down, search, or save all.", count=_LISTED))
    event = st.dataframe(
        people_table(listed.head(_LISTED)),
        hide_index=True,
        height=300,
        on_select="rerun",
        selection_mode="single-cell",
        key="people",
        alt=t("People shown on the grid"),
        column_config={t("Box"): st.column_config.Column(width="small" if "computed_box" not in listed else 130)},
    )
    rows = [row for row, _ in read_cells(event, len(listed.head(_LISTED)))]
    if rows and listed.index[rows[0]] != st.session_state.get("person_row"):
        st.session_state["person_row"] = st.session_state["person"] = listed.index[rows[0]]
        st.rerun(scope="fragment")
    _with_these(listed)


def _with_these(listed: pd.DataFrame) -> None:
    """What can be done with the people listed, as a set."""
    nips = [str(nip) for nip in listed.index]
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(t("Rank these {count}", count=len(nips)), icon=":material/format_list_numbered:", key="rank_set"):
            keep_set(nips)
            st.switch_page(page("ranking"))
        if 2 <= len(nips) <= _COMPARED and st.button(
            t("Compare these {count}", count=len(nips)), icon=":material/compare_arrows:", key="compare_set"
        ):
            st.switch_page(page("candidate"), query_params={"nip": "~".join(nips)})
        if st.button(t("Look at these only"), icon=":material/filter_center_focus:", key="only_set"):
            keep_set(nips)
            st.rerun(scope="fragment")
        downloads("people", "mantel_orang", lambda: grid_workbook_table(listed), t("People shown on the grid"))


def _close_person() -> None:
    st.session_state["person"] = None


def _person(current: TalentReview, account: Account) -> None:
    nip = st.session_state.get("person")
    if nip is None:
        st.caption(t("Choose a row or a dot to see the person."))
        return
    if nip not in current.people.index:
        st.warning(t("The person of the link is not known here."))
        return
    st.button(t("Close"), key="close_person", icon=":material/close:", type="tertiary", on_click=_close_person)
    person_card(current, nip)
    st.caption(t("Box over time: {way}", way=over_time.way_in_words(current, nip)))
    calibrate(current, nip, account)
