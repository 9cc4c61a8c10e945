"""The grid over time: a past period, who rose and fell since, a person's way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import streamlit as st

from core.charts.movement import flow_chart
from core.talent.grid.movement import flows, movements
from core.talent.grid.periods import people_at, period_days, trail_of
from core.talent.review import TalentReview
from core.ui.export import downloads
from core.ui.language import show_day, t
from core.ui.links import choose_one
from core.ui.tables import movement_table

#: Stands for the reference date in the slider.
_NOW = "now"


@st.cache_resource(max_entries=12, show_spinner=False)
def _people_at(token: str, day: dt.date, _current: TalentReview) -> pd.DataFrame:
    return people_at(_current, day)


@st.cache_resource(max_entries=4, show_spinner=False)
def _days(token: str, _current: TalentReview) -> list[dt.date]:
    return period_days(_current)


@st.cache_data(max_entries=256, show_spinner=False)
def _trail(token: str, nip: str, _current: TalentReview) -> pd.DataFrame:
    return trail_of(_current, nip, _days(token, _current))


def choose_period(current: TalentReview, token: str) -> dt.date | None:
    """The slider; the past day chosen, None for the reference date."""
    days = {str(day.year): day for day in _days(token, current)}
    if not days:
        return None
    chosen = choose_one(
        st.select_slider,
        t("End of the year"),
        [*days, _NOW],
        "period",
        _NOW,
        format_func=lambda one: t("today") if one == _NOW else one,
        help=t("By what is known today; facts dated later do not count. Unit, level and post are today's."),
    )
    return days.get(chosen)


def people_of(current: TalentReview, token: str, day: dt.date | None) -> pd.DataFrame:
    """The people as of a period, or those of the review."""
    return current.people if day is None else _people_at(token, day, current)


def way_of(current: TalentReview, token: str, nip: str | None) -> pd.DataFrame | None:
    """A person's places over the periods for the chart: period, performance, potential; None for fewer than two."""
    if nip is None:
        return None
    known = _trail(token, nip, current).dropna(subset=["performance", "potential"])
    if len(known) < 2:
        return None
    periods = [str(day.year) if day != current.as_of else t("today") for day in known["day"]]
    return known.assign(period=periods)[["period", "performance", "potential"]].reset_index(drop=True)


def way_in_words(current: TalentReview, token: str, nip: str) -> str:
    """A person's boxes over the periods in a line."""
    steps = [
        f"{row.day.year if row.day != current.as_of else t('today')}: {row.box or '–'}"
        for row in _trail(token, nip, current).itertuples()
    ]
    return " → ".join(steps)


def show_movement(
    before: pd.DataFrame,
    after: pd.DataFrame,
    shown: pd.DataFrame,
    told: Callable[[int, int], str],
    columns: tuple[str, str],
) -> None:
    """Who stands in another box: counts, the flow and the people.

    ``told`` says how many of how many do, ``columns`` name the boxes before and after.
    """
    moved = movements(before, after)
    moved = moved[moved.index.isin(shown.index)]
    kinds = moved["kind"].value_counts()
    other = moved[~moved["kind"].isin(["same", "open"])]
    title = told(len(other), len(moved))
    st.markdown(f"**{title}**")
    if other.empty:
        return
    counted = {
        "rose": t("rose"), "fell": t("fell"), "moved": t("another box of equal standing"), "new": t("new"),
        "assessed": t("newly assessed"), "lost": t("no longer assessed"), "gone": t("gone"),
    }  # fmt: skip
    st.text(" · ".join(f"{name}: {kinds[key]}" for key, name in counted.items() if kinds.get(key)))
    counts = flows(moved)
    if len(counts):
        text = {"before": columns[0], "after": columns[1], "people": t("people")}
        picture = flow_chart(counts, text)
        st.altair_chart(picture, alt=title)
        downloads("flow", "mantel_perpindahan", lambda: other, title, picture)
    st.dataframe(movement_table(other, *columns), hide_index=True, height=260, alt=title)


def movement_since(current: TalentReview, before: pd.DataFrame, shown: pd.DataFrame, day: dt.date) -> None:
    """Who has moved between a period and the reference date."""
    show_movement(
        before,
        current.people,
        shown,
        lambda count, of: t(
            "{count} of {all} people stand in another box today than on {day}", count=count, all=of, day=show_day(day)
        ),
        (t("Box on {day}", day=show_day(day)), t("Box today")),
    )
