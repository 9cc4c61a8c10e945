"""One slide: a post with its first candidates, or a person."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.talent.person import profile
from core.talent.person.anonymised import number_anonymously
from core.talent.ranking.of_post import rank_post
from core.talent.ranking.order import convert_tenths
from core.talent.review import TalentReview
from core.ui.bars import Bar, show_bars
from core.ui.language import named, plain, show_day, show_number, t
from core.ui.reading import note_read
from core.ui.shared import succession_table
from core.ui.terms import answer_name, box_name, gate_sentence, level_name, say_rules, score_or_interval

#: How many candidates of a post are shown.
_FIRST = 5


def show_post(current: TalentReview, post: str, blind: bool) -> None:
    """A post with its first candidates."""
    row = succession_table(current).set_index("post").loc[post]
    st.title(plain(row["title"]), anchor=False)
    held = (
        t("vacant")
        if row["vacant"]
        else t("until {day}", day=show_day(row["retires_on"])) + ("" if blind else f" · {row['incumbent']}")
    )
    st.subheader(f"{plain(held)} · {t('{count} ready now', count=row['ready_now'])}", anchor=False)
    ranked = rank_post(current, post, convert_tenths(None, current.rubric.weights), current.rules.order)
    first = ranked[ranked["rank"].notna()].head(_FIRST)
    if first.empty:
        st.info(t("No candidate of this post is fully assessed."))
        return
    numbers = number_anonymously(list(ranked["nip"]), post)
    names = [_number(numbers[nip]) if blind else name for nip, name in zip(first["nip"], first["name"], strict=True)]
    bars = [
        _bar(f"{row.rank}. {name}", row.score, f"{show_number(row.score, 2)} · {_box(row.box)}", row.eligibility == 0)
        for name, row in zip(names, first.itertuples(), strict=True)
    ]
    title = t("First {count} of {all} candidates, official weights", count=len(first), all=len(ranked))
    st.subheader(title, anchor=False)
    show_bars("slide", f"{row['title']}: {title}", bars, look="large")
    by_box = current.rules.order == "box"
    order = t("Order: gates, then box, then score.") if by_box else t("Order: gates, then score.")
    colours = t("Blue: eligible; grey: not, or to be reviewed. For consideration: the decision is the PPK's.")
    st.caption(f"{order} {colours}")


def show_person(current: TalentReview, nip: str, people: list[str], blind: bool) -> None:
    """A person with criteria beside peers and the gates that are open."""
    note_read(nip)
    person = current.people.loc[nip]
    name = _number(number_anonymously(people, "people")[nip]) if blind else person["full_name"]
    st.title(plain(name), anchor=False)
    where = [level_name(person["level"]), t("{age} years", age=person["age"])]
    if not blind:
        where.insert(0, str(person["position_title"] or "–"))
    value = score_or_interval(person["talent"], person["talent_low"], person["talent_high"])
    st.subheader(
        plain(" · ".join([*where, box_name(int(person["box"])), f"{t('Talent value')} {value}"])), anchor=False
    )
    criteria = profile.compare_with_peers(current, nip)
    names = {criterion.key: named(criterion.name) for criterion in current.rubric.criteria}
    bars = [
        _bar(
            names[row.criterion],
            row.value,
            f"{score_or_interval(row.value, row.low, row.high)} · "
            + t("peers {median}", median=show_number(row.median, 1) if pd.notna(row.median) else "–"),
            row.value >= row.median,
        )
        for row in criteria.itertuples()
    ]
    title = t("Criteria; blue: at least the median of the peers")
    st.subheader(title, anchor=False)
    show_bars("slide", f"{name}: {title}", bars, look="large")
    eligibility = current.eligibility
    st.subheader(f"{t('Eligibility')}: {answer_name(int(eligibility.overall.at[nip]))}", anchor=False)
    failing = [
        f"{named(gate.name)}: {gate_sentence(eligibility, gate.key, nip)}"
        for gate in eligibility.gates
        if gate.effect == "gate" and int(eligibility.answers[gate.key].at[nip, "answer"])
    ]
    st.text("\n".join(failing))
    st.caption(say_rules(eligibility))


def _bar(name: str, value: float, label: str, stands_out: bool) -> Bar:
    """A bar from 0 to 100; nothing where the value is not known."""
    end = 0.0 if pd.isna(value) else value / 100
    return Bar(name, 0.0, end, label, tone="plain" if stands_out else "quiet", tip=f"{name}: {label}")


def _box(box: object) -> str:
    return box_name(0 if pd.isna(box) else int(box))


def _number(at: int) -> str:
    return t("Candidate {number}", number=f"{at:02d}")
