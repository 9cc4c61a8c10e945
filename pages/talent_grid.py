"""Kotak Talenta: the nine boxes, who stands where, who moved, and who is not assessed."""

import pandas as pd
import streamlit as st

from core.service.quality import official_beside_ours
from core.store.accounts import Account
from core.talent.grid.calibration import with_decisions
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import ACTIONS
from core.ui.export import beside, downloads
from core.ui.language import language, show_day, t
from core.ui.links import adopt, choose_many
from core.ui.people_set import keep_set, only_the_set
from core.ui.review_choice import viewed_review
from core.ui.shared import review
from core.ui.shell import page, part, serve
from core.ui.tables import grid_workbook_table, official_table, people_table
from core.ui.talent_grid import over_time, picture
from core.ui.talent_grid.calibration import bias_hints, calibrate, decided_boxes
from core.ui.talent_grid.filters import FILTERS, filtered
from core.ui.talent_grid.modified_rubric import varied_review
from core.ui.terms import box_name
from core.ui.widgets import nothing_imported, person_card

#: Box choices of the filter; 0 is "not assessed".
_BOXES = [str(box) for box in range(9, -1, -1)]
#: So many people are listed on screen; a longer list would only be waited for.
_LISTED = 1000
#: The most people compared side by side.
_COMPARED = 4


def draw(account: Account) -> None:
    """The page."""
    if nothing_imported(review()):
        return
    _grid(account)


@part
def _grid(account: Account) -> None:
    asked = bool(st.session_state.get("other_view"))
    # The picture marks the boxes chosen, which are drawn after it.
    adopt("box", lambda text: text.split("~") if set(text.split("~")) <= set(_BOXES) else None, [])
    current, token = viewed_review(asked)
    current, token = varied_review(current, token, asked)
    current = only_the_set(current)
    token += current.narrowed_to
    filters, look_place = st.container(), st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    # The period comes first: it says whose boxes are filtered.
    with look_place:
        day = over_time.choose_period(current, token)
    people = over_time.people_of(current, token, day)
    decided = decided_boxes() if day is None else {}
    decided = {nip: box for nip, box in decided.items() if nip in people.index}
    with filters:
        shown = filtered(current, token, people, account)
    with look_place:
        look = picture.choose_look(shown)
        if decided and st.toggle(t("As decided ({count})", count=len(decided)), key="as_decided", value=True):
            shown = with_decisions(shown, {nip: box for nip, box in decided.items() if nip in shown.index})
        st.toggle(t("Other rubric, date"), key="other_view")
    left, right = st.columns([11, 9])
    with left:
        _boxes(current, token, shown, look, day)
        if day is not None:
            over_time.movement_since(current, people, shown, day)
        elif review() is not current and not current.narrowed_to:
            over_time.show_movement(
                review().people,
                current.people,
                shown,
                lambda count, of: t(
                    "{count} of {all} people stand in another box than officially today", count=count, all=of
                ),
                (t("Box officially"), t("Box as seen here")),
            )
        _beside(current, token, shown)
        bias_hints(current, token, language())
    with right:
        _people(current, token, shown, look, account)


def _boxes(current: TalentReview, token: str, shown: pd.DataFrame, look: picture.Look, day: object) -> None:
    chosen = tuple(sorted(int(box) for box in st.session_state.get("box") or []))
    person = picture.open_person(current)
    decided = tuple(shown.index[shown["box"] != shown["computed_box"]]) if "computed_box" in shown else ()
    boxes = tuple(shown.loc[list(decided), "box"])
    said = tuple(str(st.session_state.get(key)) for key in FILTERS)
    chart = picture.chart(
        token,
        language(),
        chosen,
        (*said, day, decided, boxes),
        person,
        look,
        shown,
        current,
        over_time.way_of(current, token, person),
    )
    st.altair_chart(chart, on_select=picture.clicked, key="nine_box", alt=picture.said_in_words(shown))
    told = t(
        "{rubric}: rating table {table}; high from {high:g}, middle from {middle:g}, on the unrounded score. As of {day}.",
        rubric=current.rubric.name,
        table=", ".join(one[-1].upper() for one, _ in current.rubric.choices.values()) or "–",
        high=current.rubric.thresholds.high,
        middle=current.rubric.thresholds.middle,
        day=show_day(current.as_of if day is None else day),
    )
    text, files = beside()
    text.caption(f"{picture.how_drawn(shown, look)} {told}")
    with files:
        downloads("grid", "mantel_kotak_talenta", lambda: grid_workbook_table(shown), t("Nine boxes"), chart)


@st.cache_resource(max_entries=2, show_spinner=False)
def _official(token: str, _current: TalentReview) -> pd.DataFrame:
    return official_beside_ours(_current)


def _beside(current: TalentReview, token: str, shown: pd.DataFrame) -> None:
    """Official results beside ours, where there are any."""
    both = _official(token, current)
    both = both[both.index.isin(shown.index)]
    if both.empty:
        return
    different = both[both["differs"]]
    title = t("SIMATA beside ours: {differ} of {all} differ", differ=len(different), all=len(both))
    with st.expander(title):
        st.dataframe(official_table(different), hide_index=True, height=260, alt=title)
        st.caption(
            t(
                "Official results are shown beside ours and never mixed with them. ProASN: managerial / sociocultural / potential."
            )
        )


def _people(current: TalentReview, token: str, shown: pd.DataFrame, look: picture.Look, account: Account) -> None:
    boxes = choose_many(
        st.pills,
        t("Box"),
        _BOXES,
        "box",
        selection_mode="multi",
        format_func=lambda box: box if box != "0" else t("not assessed"),
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
    _person(current, token, account)
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
        selection_mode="single-row",
        key="people",
        alt=t("People shown on the grid"),
    )
    rows = event["selection"]["rows"]
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


def _person(current: TalentReview, token: str, account: Account) -> None:
    nip = st.session_state.get("person")
    if nip is None:
        st.caption(t("Choose a row or a dot to see the person."))
        return
    if nip not in current.people.index:
        st.warning(t("The person of the link is not known here."))
        return
    person_card(current, nip)
    st.caption(t("Box over time: {way}", way=over_time.way_in_words(current, token, nip)))
    calibrate(current, nip, account)


serve(draw)
