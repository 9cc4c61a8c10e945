"""Who is shown on the grid: filters that combine, live in the link, and can be kept by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import parse_qsl, urlencode

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.service import views
from core.service.accounts import has_right
from core.service.saved import may_remove
from core.store.accounts import Account
from core.talent.employee import LEVELS
from core.talent.grid.search import FACETS, filter_people, list_unit_tree, tabulate_facets
from core.talent.review import TalentReview
from core.talent.vocabulary import GRADE
from core.ui.actions import attempt, entered, outcome, say_done
from core.ui.language import plain, t
from core.ui.links import choose_many, enter_text
from core.ui.people_search import people_index
from core.ui.shared import engine, shared_result
from core.ui.terms import answer_name, family_name, level_name

#: Keys of everything that narrows the people down.
FILTERS = ("unit", "level", "family", "grade", "q", *FACETS)
#: What of the link makes a view of the grid.
VIEW_KEYS = (*FILTERS, "box", "colour", "exact", "near", "period", "set")


#: Where refusals about kept views are said.
_PLACE = "views"
#: Before a unit that lies below another; an em space, as leading blanks are not drawn.
_INDENT = "\u2003↳ "


@shared_result(max_entries=4)
def _facets(current: TalentReview) -> pd.DataFrame:
    return tabulate_facets(current)


@shared_result(max_entries=4)
def _units(current: TalentReview) -> dict[str, str]:
    """Units in the order of their tree, each with its label."""
    return {name: f"{_INDENT * depth}{name} ({count})" for name, depth, count in list_unit_tree(current.people)}


def filtered(
    current: TalentReview, people: pd.DataFrame, columns: Sequence[DeltaGenerator], more_place: DeltaGenerator
) -> pd.DataFrame:
    """Draw the filters and give the people that match; ``people`` may be those of another period.

    ``columns``: places of the five filters always in sight; the switch to further ones is at ``more_place``.
    """
    with columns[0]:
        units = _units(current)
        chosen = choose_many(
            st.multiselect, t("Unit"), list(units), "unit", placeholder=t("all"), format_func=lambda unit: units[unit]
        )
    with columns[1]:
        present = set(current.people["level"])
        codes = [level for level in LEVELS if level in present]
        levels = choose_many(st.multiselect, t("Level"), codes, "level", format_func=level_name, placeholder=t("all"))
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
        present = set(current.people["grade"].dropna())
        codes = [grade for grade in reversed(GRADE.codes) if grade in present]
        grades = choose_many(st.multiselect, t("Grade"), codes, "grade", placeholder=t("all"))
    with columns[4]:
        text = enter_text(t("Search"), "q", placeholder=t("name, NIP, post"))
    with more_place:
        more = st.toggle(
            t("More filters"),
            key="more_filters",
            value=any(key in st.query_params or st.session_state.get(f"_kept_{key}") for key in FACETS),
        )
    among = _among(current, more)
    return filter_people(
        people,
        units=chosen,
        levels=levels,
        families=families,
        grades=grades,
        text=text,
        facets=_facets(current) if among else None,
        among=among,
        index=people_index(current) if text else None,
    )


def _among(current: TalentReview, asked: bool) -> dict[str, list[str]]:
    """The further filters, behind a switch: they are many and seldom needed together."""
    if not asked and not any(st.session_state.get(f"_kept_{key}") for key in FACETS):
        return {}
    options = FACETS | {
        "education": tuple(level for level in FACETS["education"] if level in set(current.people["education_level"])),
        "study": (*(family.key for family in current.families), "none"),
    }
    among = {}
    for column, (key, values) in zip(_places(), options.items(), strict=True):
        with column:
            among[key] = choose_many(
                st.multiselect,
                _facet_name(key),
                list(values),
                key,
                placeholder=t("all"),
                format_func=lambda code, key=key: _facet_word(current, key, code),
            )
    return among


def _places() -> list[st.delta_generator.DeltaGenerator]:
    """Two rows of four, so that the labels keep their room on a laptop."""
    return [column for _ in range(2) for column in st.columns(4)]


def _facet_name(key: str) -> str:
    return {
        "sex": t("Sex"),
        "age_band": t("Age band"),
        "retires": t("Years to retirement"),
        "gates": t("Gates"),
        "assessment": t("Competency assessment"),
        "lacking": t("Missing criteria"),
        "education": t("Education"),
        "study": t("Field of study leads to"),
    }[key]


def _facet_word(current: TalentReview, key: str, code: str) -> str:
    if key == "study":
        return t("none known") if code == "none" else family_name(current, code)
    if key == "retires" and code.isdigit():
        return t("up to {years}", years=code)
    if key == "gates":
        return answer_name(int(code))
    words = {
        "male": t("men"),
        "female": t("women"),
        "later": t("later"),
        "none": t("none missing"),
        "some": t("some missing"),
        "valid": t("valid"),
        "expired": t("expired"),
        "missing": t("missing"),
    }
    return words.get(code, code)


def kept_views(account: Account) -> None:
    """Views kept by name: open one, keep the present one."""
    st.markdown(f"**{t('Views')}**")
    saved = views.list_views(engine(), "talent_grid")
    if not saved:
        st.caption(t("No view has been kept yet."))
    for view in saved:
        opened, removed = st.columns([5, 1])
        opened.button(
            plain(view.name),
            key=f"view_{view.id}",
            type="tertiary",
            on_click=_open_view,
            args=(view.query,),
            help=t("kept by {who}", who=plain(view.username)),
        )
        if may_remove(view.username, account):
            act = partial(_remove_view, view, account)
            removed.button(
                ":material/delete:",
                key=f"drop_view_{view.id}",
                type="tertiary",
                help=t("Remove “{name}”?", name=plain(view.name)),
                on_click=attempt,
                args=(_PLACE, act),
            )
    if has_right(account, "weigh"):
        st.text_input(t("Keep this view as"), key="view_name", max_chars=100)
        st.button(
            t("Keep"), key="keep_view", on_click=attempt, args=(_PLACE, lambda: _keep_view(account), ["view_name"])
        )
    outcome(_PLACE)


def _remove_view(view: views.View, account: Account) -> None:
    views.remove_view(engine(), view.id, by=account)
    say_done(_PLACE, t("“{name}” was removed.", name=plain(view.name)))


def _open_view(query: str) -> None:
    """Let go of what is filtered now and take over the kept link."""
    params = dict(parse_qsl(query))
    for key in VIEW_KEYS:
        for name in (key, f"_kept_{key}", f"_link_{key}"):
            st.session_state.pop(name, None)
        if key in st.query_params:
            del st.query_params[key]
    st.query_params.update({key: value for key, value in params.items() if key in VIEW_KEYS})


def _keep_view(account: Account) -> None:
    params = {key: st.query_params[key] for key in VIEW_KEYS if key in st.query_params}
    views.save_view(engine(), "talent_grid", entered("view_name"), urlencode(params), by=account)
    say_done(_PLACE, t("The view “{name}” was kept.", name=plain(entered("view_name"))))
