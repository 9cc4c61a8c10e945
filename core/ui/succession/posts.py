"""Every post, who holds it until when, and how many could take over."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.charts.style import Picture
from core.charts.vacancies import vacancy_timeline
from core.store.accounts import Account
from core.talent.review import TalentReview
from core.talent.succession.readiness import list_ready_now
from core.talent.succession.table import count_falling_vacant, select_falling_vacant
from core.ui.explaining import explain_button
from core.ui.export import chart_with_files
from core.ui.language import language, plain, show_day, t
from core.ui.links import choose_many, choose_one
from core.ui.people_table import people_doors, people_table
from core.ui.shared import shared_result, succession_table
from core.ui.shell import page
from core.ui.succession.checks import discipline_checks
from core.ui.succession.post_form import post_form
from core.ui.terms import say_rules

#: Years at which the timeline has a rule, for each length it can have.
_HORIZONS = {"5": (1, 3, 5), "10": (1, 3, 5, 10)}


def posts(current: TalentReview, account: Account) -> None:
    """The timeline of vacancies and the table of posts."""
    years = choose_one(
        st.segmented_control,
        t("Timeline"),
        list(_HORIZONS),
        "years",
        "5",
        required=True,
        format_func=lambda years: t("{years} years", years=years),
        label_visibility="collapsed",
    )
    coming = select_falling_vacant(current, succession_table(current), int(years))
    title = t("Posts that fall vacant within {years} years, by date", years=years)
    picture = _timeline(language(), years, current)
    chart_with_files("timeline", "mantel_lini_masa", picture, posts_table(coming), title, "")
    _posts(current, succession_table(current), account)


@shared_result(max_entries=4)
def _timeline(words: str, years: str, current: TalentReview) -> Picture:
    coming = select_falling_vacant(current, succession_table(current), int(years))
    horizons = _HORIZONS[years]
    text = _chart_text(coming, horizons, count_falling_vacant(current, coming, horizons))
    return vacancy_timeline(coming, current.as_of, horizons, text)


def _chart_text(coming: pd.DataFrame, horizons: tuple[int, ...], counts: Sequence[int]) -> dict[str, object]:
    uncovered = int((coming["ready_now"] == 0).sum())
    return {
        "title": t(
            "{one} posts fall vacant within a year, {three} within three, {all} within {years}; {none} of them with nobody ready",
            one=counts[0],
            three=counts[1],
            all=counts[-1],
            years=horizons[-1],
            none=uncovered,
        ),
        "ready": t("Ready candidates"),
        "none": t("none ready"),
        "some": t("one or more ready"),
        "post": t("Post"),
        "date": t("Falls vacant on"),
        "incumbent": t("Incumbent"),
        "years": [t("{years} years", years=years) if years > 1 else t("1 year") for years in horizons],
    }


def _posts(current: TalentReview, table: pd.DataFrame, account: Account) -> None:
    st.subheader(t("All posts"), anchor=False)
    units = sorted(table["unit"].unique())
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        chosen_units = choose_many(st.multiselect, t("Unit"), units, "post_unit", placeholder=t("all"))
    with right:
        names = {"all": t("all"), "vacant": t("vacant"), "high": t("high risk")}
        only = choose_one(
            st.segmented_control, t("Show"), list(names), "show", "all", required=True, format_func=names.get
        )
    shown = table
    if chosen_units:
        shown = shown[shown["unit"].isin(chosen_units)]
    if only != "all":
        shown = shown[shown["vacant"] if only == "vacant" else shown["risk"] == "high"]
    if shown.empty:
        st.info(t("No post matches; choose “all”."))
        return
    st.caption(t("Choose a row to see who could take over."))
    event = st.dataframe(
        posts_table(shown),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="posts_held",
        height=min(36 * (len(shown) + 1) + 2, 520),
        alt=t("Posts with incumbent, retirement, ready candidates and risk"),
    )
    rows = event["selection"]["rows"]
    if rows:
        _candidates(current, shown.iloc[rows[0]], account)


def _candidates(current: TalentReview, row: pd.Series, account: Account) -> None:
    with st.container(border=True):
        st.subheader(plain(row["title"]), anchor=False)
        ready = list_ready_now(current, row["post"])
        st.write(
            t(
                "{count} can take it now: candidates by level who pass all gates, stand in a box that may be promoted, have a "
                "known fit, and do not retire within a year.",
                count=len(ready),
            )
        )
        if len(ready):
            people_doors(
                current,
                people_table(current.people.loc[ready]).head(20),
                ready,
                f"ready_{row['post']}",
                str(row["post"]),
                alt=t("Ready candidates"),
            )
        if row["incumbent_nip"]:
            st.text(t("Incumbent: {name}", name=row["incumbent"]))
            explain_button(current, str(row["incumbent_nip"]), place="incumbent")
        st.page_link(
            page("ranking"),
            label=t("Open the ranking of this post"),
            icon=":material/format_list_numbered:",
            query_params={"post": row["post"]},
        )
        st.caption(say_rules(current.eligibility_for(str(row["post"]))))
        discipline_checks(current, str(row["post"]), account)
        post_form(current, str(row["post"]), account)


def posts_table(posts: pd.DataFrame) -> pd.DataFrame:
    """Posts with incumbent, retirement, ready candidates and risk in words."""
    risks = {"high": t("high"), "medium": t("medium"), "low": t("low")}
    return pd.DataFrame(
        {
            t("Post"): posts["title"],
            t("Incumbent"): posts["incumbent"].fillna(t("– vacant –")),
            t("Retires on"): ["–" if pd.isna(day) else show_day(day) for day in posts["retires_on"]],
            t("Ready now"): posts["ready_now"],
            t("Risk"): posts["risk"].map(risks),
            t("Unit"): posts["unit"],
        }
    )
