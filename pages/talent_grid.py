"""Kotak Talenta: the nine boxes, who stands where, who moved, and who is not assessed."""

import datetime as dt

import pandas as pd
import streamlit as st

from core.service.decisions import get_decided_boxes
from core.store.accounts import Account
from core.talent.grid.calibration import lay_box_decisions
from core.talent.review import TalentReview
from core.ui.export import beside, downloads, show_picture
from core.ui.language import language, show_day, t
from core.ui.links import adopt
from core.ui.people_set import only_the_set
from core.ui.review_choice import choose_review
from core.ui.shared import engine, review
from core.ui.shell import fragment, serve
from core.ui.talent_grid import over_time, picture
from core.ui.talent_grid.calibration import bias_hints
from core.ui.talent_grid.filters import FILTERS, filtered, kept_views
from core.ui.talent_grid.modified_rubric import choose_modified_review
from core.ui.talent_grid.official import show_official
from core.ui.talent_grid.people import BOXES, grid_workbook_table, show_people
from core.ui.widgets import nothing_imported


def draw(account: Account) -> None:
    """The page."""
    if nothing_imported(review()):
        return
    _grid(account)


@fragment
def _grid(account: Account) -> None:
    asked = bool(st.session_state.get("other_view"))
    # The picture marks the boxes chosen, which are drawn after it.
    adopt("box", lambda text: text.split("~") if set(text.split("~")) <= set(BOXES) else None, [])
    current = only_the_set(choose_modified_review(choose_review(asked), asked))
    *filters, colour_place, more_place = st.columns([2.6, 1.8, 2, 1.3, 1.9, 2, 1.5], vertical_alignment="bottom")
    more = more_place.popover(_name_more(), icon=":material/tune:", key="grid_more", width="stretch")
    # The period comes first: it says whose boxes are filtered.
    with more:
        day = over_time.choose_period(current)
    people = over_time.people_of(current, day)
    decided = get_decided_boxes(engine()) if day is None else {}
    decided = {nip: box for nip, box in decided.items() if nip in people.index}
    shown = filtered(current, people, filters, more)
    left, right = st.columns([11, 9])
    with left:
        chart_place, under = st.container(), st.container()
    look = picture.choose_look(shown, colour_place, more, under)
    with more:
        if decided and st.toggle(t("As decided ({count})", count=len(decided)), key="as_decided", value=True):
            shown = lay_box_decisions(shown, {nip: box for nip, box in decided.items() if nip in shown.index})
        st.toggle(t("Other rubric, date"), key="other_view")
        kept_views(account)
    with left:
        with chart_place:
            _boxes(current, shown, look, day)
        if day is not None:
            over_time.movement_since(current, people, shown, day)
        elif review() is not current and not current.narrowed_to:
            over_time.show_movement(
                current,
                review().people,
                current.people,
                shown,
                lambda count, of: t(
                    "{count} of {all} people stand in another box than officially today", count=count, all=of
                ),
                (t("Box officially"), t("Box as seen here")),
            )
        show_official(current, shown)
        bias_hints(current, language())
    with right:
        show_people(current, shown, look, account)


def _name_more() -> str:
    """Seldom used switches are behind one word, which tells how many of them are in use."""
    usual = {"period": over_time.NOW, "exact": False, "other_view": False, "more_filters": False, "as_decided": True}
    used = sum(st.session_state.get(key, st.query_params.get(key)) not in (None, value) for key, value in usual.items())
    return f"{t('More')} ({used})" if used else t("More")


def _boxes(current: TalentReview, shown: pd.DataFrame, look: picture.Look, day: dt.date | None) -> None:
    chosen = tuple(sorted(int(box) for box in st.session_state.get("box") or []))
    person = picture.open_person(current)
    decided = tuple(shown.index[shown["box"] != shown["computed_box"]]) if "computed_box" in shown else ()
    boxes = tuple(shown.loc[list(decided), "box"])
    filters = tuple(str(st.session_state.get(key)) for key in FILTERS)
    group = picture.ShownPeople(current, shown, (*filters, day, decided, boxes))
    trail = over_time.way_of(current, person)
    chart = picture.draw_chart(group, look, chosen, person, trail, language())
    show_picture(chart, on_select=picture.clicked, key="nine_box", alt=picture.said_in_words(shown))
    caption = t(
        "{rubric}: rating table {table}; high from {high:g}, middle from {middle:g}, on the unrounded score. As of {day}.",
        rubric=current.rubric.name,
        table=", ".join(table[-1].upper() for table, _ in current.rubric.choices.values()) or "–",
        high=current.rubric.thresholds.high,
        middle=current.rubric.thresholds.middle,
        day=show_day(current.as_of if day is None else day),
    )
    text, files = beside()
    text.caption(f"{picture.how_drawn(shown, look)} {caption}")
    with files:
        downloads("grid", "mantel_kotak_talenta", lambda: grid_workbook_table(shown), t("Nine boxes"), lambda: chart)


serve(draw)
