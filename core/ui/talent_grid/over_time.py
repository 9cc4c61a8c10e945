"""The grid over time: a past period, who rose and fell since, a person's way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import streamlit as st

from core.charts.movement import flow_chart
from core.talent.grid.movement import count_flows, tabulate_movements
from core.talent.grid.periods import list_period_days, tabulate_people_at, trace_person
from core.talent.review import TalentReview
from core.ui.export import downloads, show_picture
from core.ui.language import show_day, show_number, t
from core.ui.links import choose_one
from core.ui.people_table import people_doors
from core.ui.shared import copied_result, shared_result

#: Stands for the reference date in the slider.
NOW = "now"


@shared_result(max_entries=12)
def _people_at(day: dt.date, current: TalentReview) -> pd.DataFrame:
    return tabulate_people_at(current, day)


@shared_result(max_entries=4)
def _days(current: TalentReview) -> list[dt.date]:
    return list_period_days(current)


@copied_result(max_entries=256)
def _trail(nip: str, current: TalentReview) -> pd.DataFrame:
    return trace_person(current, nip, _days(current))


def choose_period(current: TalentReview) -> dt.date | None:
    """The slider; the past day chosen, None for the reference date."""
    days = {str(day.year): day for day in _days(current)}
    if not days:
        return None
    chosen = choose_one(
        st.select_slider,
        t("End of the year"),
        [*days, NOW],
        "period",
        NOW,
        format_func=lambda choice: t("today") if choice == NOW else choice,
        help=t("By what is known today; facts dated later do not count. Unit, level and post are today's."),
    )
    return days.get(chosen)


def people_of(current: TalentReview, day: dt.date | None) -> pd.DataFrame:
    """The people as of a period, or those of the review."""
    return current.people if day is None else _people_at(day, current)


def way_of(current: TalentReview, nip: str | None) -> pd.DataFrame | None:
    """A person's places over the periods for the chart: period, performance, potential; None for fewer than two."""
    if nip is None:
        return None
    known = _trail(nip, current).dropna(subset=["performance", "potential"])
    if len(known) < 2:
        return None
    periods = [str(day.year) if day != current.as_of else t("today") for day in known["day"]]
    return known.assign(period=periods)[["period", "performance", "potential"]].reset_index(drop=True)


def way_in_words(current: TalentReview, nip: str) -> str:
    """A person's boxes over the periods in a line."""
    steps = [
        f"{row.day.year if row.day != current.as_of else t('today')}: {row.box or '–'}"
        for row in _trail(nip, current).itertuples()
    ]
    return " → ".join(steps)


def show_movement(
    current: TalentReview,
    before: pd.DataFrame,
    after: pd.DataFrame,
    shown: pd.DataFrame,
    describe: Callable[[int, int], str],
    columns: tuple[str, str],
) -> None:
    """Who stands in another box: counts, the flow and the people.

    ``told`` says how many of how many do, ``columns`` name the boxes before and after.
    """
    moved = tabulate_movements(before, after)
    moved = moved[moved.index.isin(shown.index)]
    kinds = moved["kind"].value_counts()
    other = moved[~moved["kind"].isin(["same", "open"])]
    title = describe(len(other), len(moved))
    st.markdown(f"**{title}**")
    if other.empty:
        return
    counted = {
        "rose": t("rose"),
        "fell": t("fell"),
        "moved": t("another box of equal standing"),
        "new": t("new"),
        "assessed": t("newly assessed"),
        "lost": t("no longer assessed"),
        "gone": t("gone"),
    }
    st.text(" · ".join(f"{name}: {kinds[key]}" for key, name in counted.items() if kinds.get(key)))
    counts = count_flows(moved)
    if len(counts):
        text = {"before": columns[0], "after": columns[1], "people": t("people")}
        picture = flow_chart(counts, text)
        show_picture(picture, alt=title)
        downloads("flow", "mantel_perpindahan", lambda: other, title, lambda: picture)
    people_doors(current, movement_table(other, *columns), other.index, "moved_people", height=260, alt=title)


def movement_since(current: TalentReview, before: pd.DataFrame, shown: pd.DataFrame, day: dt.date) -> None:
    """Who has moved between a period and the reference date."""
    show_movement(
        current,
        before,
        current.people,
        shown,
        lambda count, of: t(
            "{count} of {all} people stand in another box today than on {day}", count=count, all=of, day=show_day(day)
        ),
        (t("Box on {day}", day=show_day(day)), t("Box today")),
    )


def movement_table(moved: pd.DataFrame, before: str, after: str) -> pd.DataFrame:
    """People in another box (from ``tabulate_movements``), with what moved them; ``before`` and ``after`` head their boxes."""
    kinds = {
        "rose": t("rose"),
        "fell": t("fell"),
        "moved": t("another box of equal standing"),
        "assessed": t("newly assessed"),
        "lost": t("no longer assessed"),
        "new": t("new"),
        "gone": t("gone"),
    }

    def boxes(values: pd.Series) -> list[str]:
        return ["–" if pd.isna(box) or box == 0 else str(box) for box in values]

    def changes(values: pd.Series) -> list[str]:
        return [
            "–" if pd.isna(value) else ("+" if value > 0 else "−" if value < 0 else "") + show_number(abs(value), 1)
            for value in values
        ]

    return pd.DataFrame(
        {
            t("Name"): moved["full_name"],
            t("Unit"): moved["unit"],
            before: boxes(moved["box_before"]),
            after: boxes(moved["box_after"]),
            t("What"): moved["kind"].map(kinds),
            t("Performance"): changes(moved["performance_change"]),
            t("Potential"): changes(moved["potential_change"]),
        }
    )
