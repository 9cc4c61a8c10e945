"""What if the rubric had other bounds, another table of ratings, another rule of years."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.service import rubrics
from core.talent.errors import MantelError
from core.talent.grid.modified_rubric import list_yearly_ratings, modify_rubric, rescore_review
from core.talent.review import TalentReview
from core.talent.scoring.measures import COMBINE
from core.ui.language import sentence_of, t
from core.ui.links import choose_one
from core.ui.shared import copied_result, engine, shared_result

_KEYS = ("if_high", "if_middle", "if_table", "if_years")
#: Bounds in use by agencies, see docs/data.md.
_HIGH, _MIDDLE = ("70", "75", "80", "85", "90"), ("50", "60", "65", "70", "75")


@copied_result(max_entries=16)
def _content(digest: str) -> dict[str, Any]:
    text = next(rubric.content for rubric in rubrics.list_rubrics(engine()) if rubric.digest == digest)
    return tomllib.loads(text)


@shared_result(max_entries=6)
def _varied(changed: tuple[tuple[str, str], ...], current: TalentReview) -> TalentReview:
    values = dict(changed)
    tables = {"rating": values["if_table"]} if "if_table" in values else {}
    rubric = modify_rubric(
        _content(current.rubric.digest),
        tables,
        float(values["if_high"]) if "if_high" in values else None,
        float(values["if_middle"]) if "if_middle" in values else None,
        values.get("if_years"),
    )
    return rescore_review(current, rubric)


def choose_modified_review(current: TalentReview, asked: bool) -> TalentReview:
    """The choices, and the review under what they make of the rubric; the review given where nothing is put otherwise."""
    if not asked and not any(key in st.query_params or st.session_state.get(f"_kept_{key}") for key in _KEYS):
        return current
    changed = _choices(current, _content(current.rubric.digest))
    if not changed:
        return current
    try:
        return _varied(tuple(sorted(changed.items())), current)
    except MantelError as error:
        st.error(sentence_of(error))
        return current


def _choices(current: TalentReview, content: Mapping[str, Any]) -> dict[str, str]:
    """What is put otherwise than the rubric says, by key."""
    bounds = current.rubric.thresholds
    table, tables = current.rubric.choices.get("rating", ("", ()))
    ratings = list_yearly_ratings(content)
    combine = str(ratings[0].get("combine", "mean")) if ratings else ""
    ways = {"mean": t("mean of the years"), "last": t("last year"), "worst": t("worst year")}
    offered: dict[str, tuple[str, str, tuple[str, ...]]] = {
        "if_high": (t("High from"), f"{bounds.high:g}", _HIGH),
        "if_middle": (t("Middle from"), f"{bounds.middle:g}", _MIDDLE),
        "if_table": (t("Rating table"), table, tables),
        "if_years": (t("Ratings of several years"), combine, COMBINE),
    }
    changed = {}
    for column, (key, (label, usual, options)) in zip(st.columns(len(offered)), offered.items(), strict=True):
        if not usual:
            continue
        with column:
            known = list(dict.fromkeys([usual, *options]))
            if key in ("if_high", "if_middle"):
                known.sort(key=float)
            value = choose_one(
                st.selectbox, label, known, key, usual, format_func=lambda way: ways.get(way, way.upper())
            )
        if value != usual:
            changed[key] = value
    return changed
