"""Where a number comes from: the dialog that every page opens for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
import streamlit as st

from core.reports.explanation import Row, fit_rows, fit_words, gate_rows, score_rows
from core.reports.workbook import frame_workbook
from core.service.explanation import explain_person, find_rank
from core.talent.errors import MantelError
from core.talent.person.explanation import Explanation
from core.talent.posts import ALL_PEOPLE
from core.talent.ranking.of_post import rank_candidates
from core.talent.review import TalentReview
from core.ui.download import offer_download
from core.ui.language import language, named, plain, sentence_of, show_day, show_number, t
from core.ui.plain_table import show_table
from core.ui.reading import note_read
from core.ui.shared import engine
from core.ui.shell import page
from core.ui.sign_in import current_account
from core.ui.terms import box_name


def explain_button(review: TalentReview, nip: str, post: str = ALL_PEOPLE, place: str = "card") -> None:
    """A button that opens the explanation of a person."""
    label = t("Where do these numbers come from?")
    if st.button(label, key=f"explain_{place}_{post}", icon=":material/account_tree:"):
        explanation_dialog(review, nip, post)


def explanation_dialog(review: TalentReview, nip: str, post: str = ALL_PEOPLE) -> None:
    """Open the explanation of a person's score, box, rank and gates."""
    name = plain(str(review.people.at[nip, "full_name"]))
    st.dialog(name, width="large")(_draw)(review, nip, post)


def _draw(review: TalentReview, nip: str, post: str) -> None:
    if current_account() is None:  # a dialog runs again by itself
        st.rerun()
    try:
        explanation, origins = explain_person(engine(), review, nip, post)
    except MantelError as error:
        st.error(sentence_of(error))
        return
    note_read(nip)
    place = find_rank(review, nip, post)
    ways_on(review, nip, post)
    _headline(review, explanation, place)
    words = language()
    tree = _tree(score_rows(explanation, origins, words))
    _show_whole(tree, 380, t("The score with all it is made of"))
    st.caption(
        t(
            "Points = weight × score; the points of the lines under a line sum to its points. "
            "S: the rule's own text; M: good secondary sources; L: local practice."
        )
    )
    _open_ends(explanation)
    columns = [t("Gate"), t("Answer"), t("Reason"), t("Article"), t("Record")]
    gates = pd.DataFrame(gate_rows(explanation, origins, words), columns=columns)
    _show_whole(gates, "content", t("Gates with their reasons and records"))
    if explanation.parts is not None:
        st.markdown(f"**{t('Fit for the post')}**")
        parts = _tree(fit_rows(explanation, origins, words))
        _show_whole(parts, 300, t("The fit for the post with all it is made of"))
    if explanation.fit is not None:
        st.text(fit_words(explanation, words))
    offer_download(
        t("Download (XLSX)"),
        lambda: frame_workbook(t("Explanation"), tree, [explanation.name, f"NIP {nip}"]),
        f"mantel_{nip}.xlsx",
        icon=":material/download:",
    )


#: So many of the first in order are offered to be compared with.
_COMPARED = 50


def ways_on(review: TalentReview, nip: str, post: str = ALL_PEOPLE) -> None:
    """The ways on: the whole profile, and two people side by side, both held against the post."""
    left, right = st.columns([2, 4], vertical_alignment="bottom")
    held = {"post": post} if post != ALL_PEOPLE else {}
    with left:
        profile = page("candidate")
        st.page_link(profile, label=t("Open the profile"), icon=":material/person:", query_params={"nip": nip, **held})
    view = review.view(post)
    order = rank_candidates(view, np.array(review.rubric.weights), review.rule_book.find(view.post).order).order
    others = [int(row) for row in order if view.candidates[row] != nip][:_COMPARED]
    names = {str(view.candidates[row]): f"{place}. {view.names[row]}" for place, row in enumerate(others, 1)}
    other = right.selectbox(
        t("Compare with"),
        list(names),
        index=None,
        placeholder=t("choose …"),
        key=f"beside_{nip}",
        format_func=names.get,
    )
    if other:
        st.switch_page(profile, query_params={"nip": f"{nip}~{other}", **held})


def _show_whole(table: pd.DataFrame, height: int | Literal["content"], title: str) -> None:
    """A table whose texts wrap: a reason, or where a number comes from, is never cut."""
    show_table(table, hide_index=True, height=height, alt=title)


def _tree(rows: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("What"): ["\u2003" * row.depth + row.what for row in rows],
            t("Weight"): [row.weight for row in rows],
            t("Score"): [row.score for row in rows],
            t("Points"): [row.points for row in rows],
            t("Record"): [row.record for row in rows],
        }
    )


def _headline(review: TalentReview, explanation: Explanation, place: dict[str, object]) -> None:
    rank = (
        t("rank {rank} of {of}", rank=place["rank"], of=place["of"])
        if place["rank"]
        else t("no rank among {of}", of=place["of"])
    )
    box = box_name(explanation.box)
    if explanation.possible_boxes:
        box += f" ({t('possible: {boxes}', boxes=', '.join(map(str, explanation.possible_boxes)))})"
    alike = place["inseparable"]
    more = f" · {t('not separable by the data from {count}', count=alike)}" if alike else ""
    st.markdown(f"**{box} · {rank}**{more}")
    limits = review.rubric.thresholds
    st.caption(
        t(
            "Order: {order}. High from {high:g}, middle from {middle:g}, on the unrounded score. Rubric {rubric} "
            "v{version} ({digest}), data version {data}, as of {day}.",
            order=t("eligible, box, score") if place["order"] == "box" else t("score alone"),
            high=limits.high,
            middle=limits.middle,
            rubric=review.rubric.name,
            version=review.rubric.version,
            digest=review.rubric.digest[:12],
            data=review.data_version,
            day=show_day(review.as_of),
        )
    )


def _open_ends(explanation: Explanation) -> None:
    if not explanation.missing:
        return
    first = "; ".join(
        t("{name} ({points} points)", name=named(measure.name), points=show_number(measure.points, 2))
        for measure in explanation.missing
    )
    st.warning(t("Missing, what would settle most first: {missing}", missing=plain(first)))
