"""Posts against candidates: fit and gates at a glance."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.charts.style import Picture
from core.charts.succession import fit_matrix
from core.locales import number
from core.talent.review import TalentReview
from core.talent.succession.fit_matrix import tabulate_fits
from core.ui.export import chart_with_files
from core.ui.language import language, t
from core.ui.links import choose_many, choose_one
from core.ui.people_table import people_doors
from core.ui.shared import shared_result
from core.ui.terms import answer_name

_COUNTS = ("30", "60", "200", "700")
_SCOPES = ("vacant", "near", "all")


def matrix(current: TalentReview) -> None:
    """The matrix with its choices."""
    left, middle, right = st.columns([3, 2, 4], vertical_alignment="bottom")
    scopes = {"vacant": t("vacant"), "near": t("vacant within a year"), "all": t("all")}
    with left:
        scope = choose_one(
            st.segmented_control, t("Posts"), _SCOPES, "matrix_posts", "vacant", required=True, format_func=scopes.get
        )
    with middle:
        count = choose_one(st.segmented_control, t("Candidates at most"), _COUNTS, "matrix_people", "30", required=True)
    with right:
        units = choose_many(
            st.multiselect,
            t("Unit of the post"),
            sorted(current.post_table["unit"].unique()),
            "matrix_unit",
            placeholder=t("all"),
        )
    posts = current.post_table
    posts = posts if scope == "all" else posts[posts[scope]]
    posts = posts[posts["unit"].isin(units)] if units else posts
    if posts.empty:
        st.info(t("No post matches; choose “all”."))
        return
    picture, cells = _matrix(language(), tuple(posts["post"]), int(count), current)
    title = t("Fit of {people} candidates for {posts} posts", people=cells["person"].nunique(), posts=len(posts))
    chart_with_files("matrix", "mantel_matriks", picture, cells, title)
    st.caption(
        t(
            "Blue: passes all gates, the darker the higher the fit. Grey: a gate is not passed or open. Ring: fit not known."
        )
    )
    words = language()
    table = cells.pivot(index="person", columns="post", values="fit").loc[list(dict.fromkeys(cells["person"]))]
    written = table.map(lambda fit: "–" if pd.isna(fit) else number(float(fit), 1, words))
    nips = cells.drop_duplicates("person").set_index("person")["nip"].loc[written.index]
    people_doors(
        current,
        written.rename_axis(index=t("Candidate"), columns=None).reset_index(),
        nips.tolist(),
        "matrix_names",
        height=260,
        alt=title,
    )


@shared_result(max_entries=16)
def _matrix(words: str, posts: tuple[str, ...], most: int, current: TalentReview) -> tuple[Picture, pd.DataFrame]:
    cells = tabulate_fits(current, posts, most)
    names = current.people["full_name"]
    titles = {post.key: post.title for post in current.posts}
    answers = {answer: answer_name(answer) for answer in range(3)}
    shown = pd.DataFrame(
        {
            "post": cells["post"].map(titles).to_numpy(),
            "nip": cells["nip"].to_numpy(),
            "person": names.loc[cells["nip"]].to_numpy(),
            "fit": cells["fit"].to_numpy(dtype=float),
            "gates": cells["answer"].map(answers).to_numpy(),
            "passed": (cells["answer"] == 0).to_numpy(),
        }
    )
    text = {"post": t("Post"), "person": t("Candidate"), "fit": t("Fit"), "gates": t("Eligibility")}
    people = list(dict.fromkeys(names.loc[cells.sort_values("place", kind="stable")["nip"]]))
    return fit_matrix(shown, [titles[post] for post in posts], people, text), shown
