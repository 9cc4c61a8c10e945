"""Kotak Talenta: the nine boxes, who stands where, and who is not assessed."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.charts.movement import flow_chart
from core.charts.nine_box import nine_box_chart
from core.charts.style import Picture
from core.service.quality import official_beside_ours
from core.store.accounts import Account
from core.talent.employee import LEVELS
from core.talent.movement import flows, movements
from core.talent.review import TalentReview
from core.talent.search import FACETS, facets_of, filter_people
from core.talent.vocabulary import GRADE
from core.ui.data import review
from core.ui.language import language, show_day, show_number, t
from core.ui.links import choose_many, enter_text, remembered
from core.ui.shell import part, serve
from core.ui.tables import movement_table, official_table, people_table
from core.ui.view import viewed_review
from core.ui.widgets import nothing_imported, person_card
from core.ui.words import answer_name, box_name, family_name, level_name

#: Box choices of the filter; 0 is "not assessed".
_BOXES = [str(box) for box in range(9, -1, -1)]
#: Keys of everything that narrows the people down.
_FILTERS = ("unit", "level", "family", "grade", "q", *FACETS)


def draw(account: Account) -> None:
    """The page."""
    if nothing_imported(review()):
        return
    _grid()


@part
def _grid() -> None:
    columns = st.columns([2.8, 2, 2, 1.5, 2.1, 2.2], vertical_alignment="bottom")
    with columns[-1]:
        asked = st.toggle(t("Other rubric, date"), key="other_view")
        more = st.toggle(t("More filters"), key="more_filters", value=any(key in st.query_params for key in FACETS))
    current, token = viewed_review(asked)
    shown = _filtered(current, token, columns, more)
    left, right = st.columns([11, 9])
    with left:
        chosen = [int(box) for box in st.session_state.get("box") or []]
        st.altair_chart(
            _chart(
                token,
                language(),
                tuple(sorted(chosen)),
                tuple(str(st.session_state.get(key)) for key in _FILTERS),
                _open_person(current),
                shown,
                current,
            ),
            on_select=_chart_clicked,
            key="nine_box",
            alt=_alternative(shown),
        )
        st.caption(
            t(
                "{rubric}: rating table {table}; high from {high:g}, middle from {middle:g}, on the unrounded score. As of {day}.",
                rubric=current.rubric.name,
                table=", ".join(chosen[-1].upper() for chosen, _ in current.rubric.choices.values()) or "–",
                high=current.rubric.thresholds.high,
                middle=current.rubric.thresholds.middle,
                day=show_day(current.as_of),
            )
        )
        _beside(current, token, shown)
        _moved(current, shown)
    with right:
        _people(current, shown)


@st.cache_resource(max_entries=64, show_spinner=False)
def _chart(
    token: str,
    words: str,
    chosen: tuple[int, ...],
    filters: tuple[object, ...],
    person: str | None,
    _shown: pd.DataFrame,
    _current: TalentReview,
) -> Picture:
    """The chart of a view; building one costs more than everything else on the page."""
    opened = _current.people.loc[person] if person else None
    return nine_box_chart(_shown, _current.rubric.thresholds, list(chosen), _chart_text(), height=460, opened=opened)


def _open_person(current: TalentReview) -> str | None:
    """The person opened, when the missing records leave the place open."""
    nip = remembered("person")
    return nip if nip in current.people.index and not current.people.at[nip, "box"] else None


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


def _moved(current: TalentReview, shown: pd.DataFrame) -> None:
    """Seen with another rubric or at another date: who stands in another box than officially today, and by how much."""
    official = review()
    if official is current:
        return
    moved = movements(official.people, current.people)
    moved = moved[moved.index.isin(shown.index)]
    other = moved[~moved["kind"].isin(["same", "open"])]
    title = t("{count} of {all} people stand in another box than officially today", count=len(other), all=len(moved))
    st.markdown(f"**{title}**")
    if other.empty:
        return
    text = {"before": t("Box officially"), "after": t("Box as seen here"), "people": t("people")}
    st.altair_chart(flow_chart(flows(moved), text), alt=title)
    st.dataframe(movement_table(other), hide_index=True, height=260, alt=title)


@st.cache_resource(max_entries=4, show_spinner=False)
def _facets(token: str, _current: TalentReview) -> pd.DataFrame:
    return facets_of(_current)


def _among(asked: bool) -> dict[str, list[str]]:
    """The further filters, behind a switch: they are many and seldom needed together."""
    names = {
        "sex": t("Sex"),
        "age_band": t("Age band"),
        "retires": t("Years to retirement"),
        "gates": t("Gates"),
        "assessment": t("Competency assessment"),
        "lacking": t("Missing parts"),
    }
    words = {
        "male": t("men"), "female": t("women"), "later": t("later"), "none": t("none missing"), "some": t("some missing"),
        "valid": t("valid"), "expired": t("expired"), "missing": t("missing"),
    } | {str(answer): answer_name(answer) for answer in range(3)}  # fmt: skip
    if not asked and not any(st.session_state.get(f"_kept_{key}") for key in FACETS):
        return {}
    among = {}
    for column, (key, options) in zip(st.columns(len(FACETS)), FACETS.items(), strict=True):
        with column:
            among[key] = choose_many(
                st.multiselect,
                names[key],
                list(options),
                key,
                placeholder=t("all"),
                format_func=(lambda one: t("up to {years}", years=one) if one.isdigit() else words[one])
                if key == "retires"
                else lambda one: words.get(one, one),
            )
    return among


def _filtered(current: TalentReview, token: str, columns: Sequence[DeltaGenerator], more: bool) -> pd.DataFrame:
    people = current.people
    with columns[0]:
        units = choose_many(
            st.multiselect, t("Unit"), sorted(people["unit"].dropna().unique()), "unit", placeholder=t("all")
        )
    with columns[1]:
        present = set(people["level"])
        found = [level for level in LEVELS if level in present]
        levels = choose_many(st.multiselect, t("Level"), found, "level", format_func=level_name, placeholder=t("all"))
    with columns[2]:
        keys = [family.key for family in current.families]
        families = choose_many(
            st.multiselect,
            t("Job family"),
            keys,
            "family",
            format_func=lambda key: family_name(current, key),
            placeholder=t("all"),
        )
    with columns[3]:
        present = set(people["grade"].dropna())
        found = [grade for grade in reversed(GRADE.codes) if grade in present]
        grades = choose_many(st.multiselect, t("Grade"), found, "grade", placeholder=t("all"))
    with columns[4]:
        text = enter_text(t("Search"), "q", placeholder=t("name, NIP, post"))
    among = _among(more)
    facets = _facets(token, current) if among else None
    return filter_people(
        people, units=units, levels=levels, families=families, grades=grades, text=text, facets=facets, among=among
    )


def _chart_clicked() -> None:
    """A click on a dot opens the person, one on the ground of a box lists its people."""
    picked = st.session_state["nine_box"]["selection"]
    # A click on the ground also reports an empty person.
    nips = [one["nip"] for one in picked.get("person", []) if "nip" in one]
    boxes = [str(one["box"]) for one in picked.get("box", []) if "box" in one]
    if nips:
        st.session_state["person"] = nips[0]
    elif boxes:
        st.session_state["box"] = boxes[:1]


def _people(current: TalentReview, shown: pd.DataFrame) -> None:
    boxes = choose_many(
        st.pills,
        t("Box"),
        _BOXES,
        "box",
        selection_mode="multi",
        format_func=lambda box: box if box != "0" else t("not assessed"),
    )
    listed = shown[shown["box"].isin([int(box) for box in boxes])] if boxes else shown
    st.subheader(t("{shown} of {all} people", shown=len(listed), all=len(current.people)), anchor=False)
    _person(current)
    if listed.empty:
        st.info(t("Nobody matches; take a filter away."))
        return
    event = st.dataframe(
        people_table(listed),
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


def _person(current: TalentReview) -> None:
    nip = remembered("person")
    if nip is None:
        st.caption(t("Choose a row or a dot to see the person."))
        return
    if nip not in current.people.index:
        st.warning(t("The person of the link is not known here."))
        return
    person_card(current, nip)


def _chart_text() -> dict[str, object]:
    names = {box: box_name(box) for box in range(10)}
    return {
        "performance": t("Performance"),
        "potential": t("Potential"),
        "not_assessed": t("not assessed"),
        "person": t("Name"),
        "unit": t("Unit"),
        "people": t("people"),
        "names": names,
        "number": lambda value: show_number(value, 2),
    }


def _alternative(shown: pd.DataFrame) -> str:
    counts = shown["box"].value_counts()
    return t("Nine boxes") + ": " + ", ".join(f"{box_name(box)}: {int(counts.get(box, 0))}" for box in range(9, -1, -1))


serve(draw)
