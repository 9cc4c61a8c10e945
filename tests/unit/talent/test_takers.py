"""Tests of core/talent/takers.py."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.talent.errors import UnknownPost
from core.talent.placement.limits import Limits, build_problem
from core.talent.review import build_review
from core.talent.succession.readiness import classify_readiness
from core.talent.takers import CHECKS, find_takers


def test_the_same_people_can_take_a_post_on_every_page(current):
    """Readiness, bench, risk and the start page count them; the plan places nobody else."""
    problem = build_problem(current, Limits(chains=False))
    for post in current.post_table["post"]:
        takers = set(find_takers(current, post).nips)
        classes = classify_readiness(current, post).classes
        assert set(classes.index[classes == "now"]) == takers
        if post in problem.posts[: problem.vacant]:
            at = problem.posts.index(post)
            placed = {problem.nips[person] for person in np.flatnonzero(~np.isnan(problem.fit[at]))}
            assert placed == takers - set(current.holders.values())


def test_who_cannot_take_a_post_is_told_each_reason(current):
    takers = find_takers(current, "dinas-kominfo")
    for nip in current.people.index[::17]:
        lacking = takers.lacking(nip)
        assert (lacking == []) == (nip in takers.nips)
        assert set(lacking) <= set(CHECKS)
    kominfo = current.people.loc[takers.nips]
    assert kominfo["box"].isin([7, 8, 9]).all()
    assert kominfo["talent"].notna().all()


def test_where_any_box_may_be_promoted_the_box_keeps_nobody(current):
    book = replace(current.rule_book, rules=tuple(replace(rules, boxes=()) for rules in current.rule_book.rules))
    free = replace(current, rule_book=book)
    assert find_takers(free, "dinas-kominfo").checks["box"].all()
    assert set(find_takers(current, "dinas-kominfo").nips) < set(find_takers(free, "dinas-kominfo").nips)


def test_the_longer_somebody_must_serve_the_fewer_can(current):
    counts = [len(find_takers(current, "sekretaris-dprd", months).nips) for months in (0, 12, 60, 120)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_the_fit_in_three_parts_may_be_known_where_the_official_figure_is_not(current):
    view = current.view("dinas-kominfo", "fit")
    by_parts = find_takers(current, "dinas-kominfo", basis="fit").checks["fit"]
    known = ~np.isnan(view.scores.value[:, :3]).any(axis=1)
    pd.testing.assert_series_equal(by_parts.iloc[view.rows], pd.Series(known, view.candidates), check_names=False)
    outside = current.people.index.difference(view.candidates)
    assert not by_parts.loc[outside].any()


def test_a_post_that_is_not_there_is_told(current):
    with pytest.raises(UnknownPost):
        find_takers(current, "x")


def test_service_and_technical_scores_count_on_the_planned_day(current):
    at = next(n for n, post in enumerate(current.posts) if post.key == "bkpsdm")
    later = replace(current.posts[at], reference_date="2028-11-26")
    posts = (*current.posts[:at], later, *current.posts[at + 1 :])
    facts, book = current.context.facts, current.rule_book
    planned = build_review(
        facts, current.rubric, book, posts, current.families, current.as_of, fit_rubric=current.fit_rubric
    )
    takers = find_takers(planned, "bkpsdm")
    serving = planned.people["retires_on"] > pd.Timestamp("2029-11-26")
    assert takers.checks["serves"].tolist() == serving.tolist()
    assert (~np.isnan(planned.technical_scores(later))).sum() < (
        ~np.isnan(current.technical_scores(current.posts[at]))
    ).sum()
