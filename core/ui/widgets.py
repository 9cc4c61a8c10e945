"""Small pieces that several pages show."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.talent.posts import ALL_PEOPLE
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import ACTIONS
from core.ui.explaining import explain_button, ways_on
from core.ui.language import named, plain, show_day, show_number, t
from core.ui.reading import note_read
from core.ui.shell import page
from core.ui.terms import answer_name, box_name, gate_sentence, level_name, say_article, say_rules, score_or_interval


def nothing_imported(review: TalentReview) -> bool:
    """On an empty installation say what to do next, and say so to the caller."""
    if len(review.people):
        return False
    st.info(t("Nothing has been imported yet. Begin with SIASN data utama on the page Data."))
    st.page_link(page("data"), label=t("Import files"), icon=":material/upload_file:")
    return True


def post_labels(review: TalentReview) -> dict[str, str]:
    """Each post's title and whether it is vacant, by its key; everyone first."""
    vacant = t("vacant")
    labels = {ALL_PEOPLE: t("All people")}
    for post in review.posts:
        labels[post.key] = post.title if post.key in review.holders else f"{post.title} ({vacant})"
    return labels


def person_card(review: TalentReview, nip: str) -> None:
    """One person: box, scores of each criterion, gates, what is missing."""
    note_read(nip)
    person = review.people.loc[nip]
    at = review.people.index.get_loc(nip)
    with st.container(border=True):
        st.subheader(plain(person["full_name"]), anchor=False)
        since = f" · {show_day(person['position_since'])}" if pd.notna(person["position_since"]) else ""
        st.text(f"{_or_dash(person['position_title'])} · {_or_dash(person['unit'])}{since}")
        st.text(
            f"NIP {nip} · {level_name(person['level'])} · {_or_dash(person['grade'])} · "
            + t("{age} years, retires {day}", age=person["age"], day=show_day(person["retires_on"]))
        )
        left, right = st.columns([4, 5])
        with left:
            _card_box(review, nip, person)
            st.markdown(f"**{t('Eligibility')}: {answer_name(person['eligibility'])}**", help=say_article("gates"))
            for gate in review.eligibility.gates:
                if gate.effect == "shown":
                    continue
                answer = int(review.eligibility.answers[gate.key].at[nip, "answer"])
                words = answer_name(answer) if answer == 0 else gate_sentence(review.eligibility, gate.key, nip)
                st.caption(f"{plain(named(gate.name))}: {plain(words)}", help=plain(gate.article))
            st.caption(say_rules(review.eligibility))
        with right:
            st.markdown(
                f"**{t('Talent value')}: {score_or_interval(person['talent'], person['talent_low'], person['talent_high'])}**"
            )
            # The score must be in sight on a laptop too.
            widths = {t("Criterion"): 128, t("Score"): 96, t("Weight"): 66}
            st.dataframe(
                _criterion_scores(review, at)[list(widths)],
                hide_index=True,
                height="content",
                column_config={name: st.column_config.Column(width=width) for name, width in widths.items()},
                alt=t("Scores of the criteria"),
            )
            explain_button(review, nip)
            ways_on(review, nip)


def _or_dash(value: object) -> str:
    return str(value) if isinstance(value, str) and value else "–"


def _criterion_scores(review: TalentReview, at: int) -> pd.DataFrame:
    scores = review.scores
    criteria = review.rubric.criteria
    return pd.DataFrame(
        {
            t("Criterion"): [named(criterion.name) for criterion in criteria],
            t("Weight"): [f"{show_number(criterion.weight * 100, 1)} %" for criterion in criteria],
            t("Score"): [
                score_or_interval(scores.value[at, k], scores.low[at, k], scores.high[at, k])
                for k in range(len(criteria))
            ],
        }
    )


def _card_box(review: TalentReview, nip: str, person: pd.Series) -> None:
    box = int(person["box"])
    st.markdown(f"**{box_name(box)}**")
    if box:
        st.caption("; ".join(ACTIONS[box]), help=say_article("box"))
        return
    names = {measure.key: named(measure.name) for criterion in review.rubric.criteria for measure in criterion.measures}
    missing = ", ".join(names[key] for key in review.scores.missing_measures(nip))
    st.caption(t("Missing: {missing}", missing=missing))
    possible = ", ".join(str(box) for box in review.possible_boxes(nip))
    st.caption(t("Possible boxes once known: {boxes}", boxes=possible))
