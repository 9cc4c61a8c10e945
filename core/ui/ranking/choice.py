"""What is ranked: the post, what its candidates are ordered by, and the rule of the order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.talent.eligibility.order_rule import ORDER_RULES, OrderRule
from core.talent.posts import ALL_PEOPLE
from core.talent.review import BASES, Basis, TalentReview
from core.ui.language import t
from core.ui.links import choose_one
from core.ui.terms import say_article
from core.ui.widgets import post_labels


def choose(current: TalentReview, columns: Sequence[DeltaGenerator]) -> tuple[str, OrderRule, Basis]:
    """The three choices, each at a place of its own."""
    posts = [ALL_PEOPLE, *current.post_table.sort_values("vacant", ascending=False, kind="stable")["post"]]
    left, middle, right = columns[:3]
    with left:
        post = choose_one(st.selectbox, t("Post"), posts, "post", posts[1], format_func=post_labels(current).get)
    basis = "talent"
    if post != ALL_PEOPLE:
        with middle:
            wanted = {"talent": t("Talent value"), "fit": t("Post fit")}
            basis = choose_one(
                st.segmented_control,
                t("Order by"),
                BASES,
                "basis",
                "talent",
                required=True,
                format_func=wanted.get,
                help=say_article("talent"),
            )
    with right:
        names = {"box": t("By box"), "eligible": t("Eligible first"), "score": t("Score alone")}
        # The fit is a score of its own: boxes would decide before the thumb does.
        key, usual = ("order", current.rules.order) if basis == "talent" else ("fit_order", "eligible")
        rule = choose_one(
            st.segmented_control,
            t("Order"),
            ORDER_RULES,
            key,
            usual,
            required=True,
            format_func=names.get,
            help=say_article("order"),
        )
    return post, cast(OrderRule, rule), cast(Basis, basis)
