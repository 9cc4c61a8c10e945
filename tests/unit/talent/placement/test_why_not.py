"""Tests of core/talent/placement/why_not.py."""

import numpy as np

from core.talent.placement.limits import Limits, build_problem
from core.talent.placement.plans import find_best_plan
from core.talent.placement.why_not import explain_empty, explain_not_placed
from core.talent.takers import find_takers


def test_why_somebody_is_not_placed_names_the_price(current):
    problem = build_problem(current, Limits())
    plan = find_best_plan(problem)
    for post in range(problem.vacant):
        for reason in explain_not_placed(problem, plan, post):
            assert (post, reason.person) not in plan.pairs
            assert np.isnan(reason.price) or reason.price >= -1e-6 or reason.fewer > 0
            assert (reason.elsewhere >= 0) == any(person == reason.person for _, person in plan.pairs)


def test_the_figures_are_those_of_the_fits_and_of_the_plan_with_the_person_pinned(current):
    problem = build_problem(current, Limits())
    plan = find_best_plan(problem)
    here = dict(plan.pairs)
    told = [reason for post in range(problem.vacant) for reason in explain_not_placed(problem, plan, post, 2)]
    assert any(reason.elsewhere >= 0 for reason in told)
    for reason in told:
        assert reason.fit == problem.fit[reason.post, reason.person]
        if reason.elsewhere >= 0:
            assert here[reason.elsewhere] == reason.person
            assert reason.gain == problem.fit[reason.elsewhere, reason.person] - reason.fit
        else:
            assert np.isnan(reason.gain)
    for post in range(problem.vacant):
        fits = [reason.fit for reason in explain_not_placed(problem, plan, post, 2)]
        assert len(fits) <= 2
        assert fits == sorted(fits, reverse=True)
        others = [fit for person, fit in enumerate(problem.fit[post]) if person != here.get(post) and not np.isnan(fit)]
        assert fits == sorted(others, reverse=True)[:2]


def test_an_empty_post_is_told_with_its_counts_and_who_lacks_one_thing(current):
    problem = build_problem(current, Limits())
    plan = find_best_plan(problem)
    filled = dict(plan.pairs)
    for post in range(problem.vacant):
        told = explain_empty(current, problem, plan, post, 12)
        takers = find_takers(current, problem.posts[post])
        assert told.candidates >= told.passing >= told.in_box >= told.known >= told.serving == len(takers.nips)
        if post not in filled:
            assert not told.elsewhere or told.serving
        for nip, check in told.nearly:
            assert takers.lacking(nip) == [check]
    empty = [post for post in range(problem.vacant) if post not in filled]
    assert empty, "the demo leaves no post empty"
