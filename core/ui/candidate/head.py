"""Who the person is, the box, and strengths and gaps in two sentences."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.reports.wording import field_header
from core.service.decisions import list_standing
from core.talent.employee import parse_nip
from core.talent.person import profile
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import ACTIONS
from core.ui.language import named, plain, show_day, show_number, t
from core.ui.shared import engine
from core.ui.talent_grid.over_time import way_in_words
from core.ui.terms import box_name, level_name, say_article, score_or_interval


def show_head(current: TalentReview, nip: str, person: pd.Series) -> None:
    """Name, post, age, box and talent value."""
    appointed = parse_nip(nip).appointed
    photo, who, box = st.columns([1, 7, 5], vertical_alignment="center")
    photo.markdown("# :material/account_circle:", help=t("place of the photo"))
    with who:
        st.subheader(plain(person["full_name"]), anchor=False)
        st.text(
            " · ".join(
                str(part) for part in (person["position_title"], person["unit"]) if isinstance(part, str) and part
            )
            or "–"
        )
        st.text(
            f"NIP {nip} · {level_name(person['level'])} · {person['grade'] if isinstance(person['grade'], str) else '–'} · "
            + t("{age} years, retires {day}", age=person["age"], day=show_day(person["retires_on"]))
            + (
                f" · {t('in the post since {day}', day=show_day(person['position_since']))}"
                if pd.notna(person["position_since"])
                else ""
            )
            + (f" · {t('in service since {year}', year=appointed.year)}" if appointed else "")
        )
    with box:
        decided = list_standing(engine(), "box").get(nip)
        number = int(person["box"])
        value = score_or_interval(person["talent"], person["talent_low"], person["talent_high"])
        st.markdown(f"**{box_name(number)} · {t('Talent value')} {value}**")
        if decided:
            st.text(
                t(
                    "Decided by the committee: {box} ({session})",
                    box=box_name(int(decided.value)),
                    session=decided.session,
                )
            )
        if number:
            st.caption("; ".join(ACTIONS[number]), help=say_article("box"))
        else:
            possible = ", ".join(str(box) for box in current.possible_boxes(nip))
            st.caption(t("Possible boxes once known: {boxes}", boxes=possible))
        st.caption(t("Box over time: {way}", way=way_in_words(current, nip)))


def show_highlights(current: TalentReview, criteria: pd.DataFrame, levels: pd.DataFrame) -> None:
    """Strengths and gaps, each a sentence that names its numbers."""
    names = {criterion.key: named(criterion.name) for criterion in current.rubric.criteria}

    def words(highlights: list[profile.Highlight]) -> str:
        return "; ".join(
            t(
                "{what} {value} (median of peers {against})",
                what=names[one.key],
                value=show_number(one.value, 1),
                against=show_number(one.against, 1),
            )
            if one.kind == "criterion"
            else t(
                "{what} level {value} of {against} asked for",
                what=field_header("competency_assessment", one.key),
                value=f"{one.value:g}",
                against=f"{one.against:g}",
            )
            for one in highlights
        )

    strong, weak = profile.find_strengths(criteria), profile.find_weaknesses(criteria, levels)
    st.text(
        t("Strengths: {list}.", list=words(strong))
        if strong
        else t("Strengths: no criterion stands out above the peers.")
    )
    st.text(
        t("Gaps: {list}.", list=words(weak))
        if weak
        else t("Gaps: nothing assessed lies below the peers or what is asked for.")
    )
