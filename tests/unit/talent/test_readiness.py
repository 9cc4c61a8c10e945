"""Readiness, succession pools, posts as data, and the look ahead."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.service import installation, reference
from core.service.placement import find_placement, tabulate_chains
from core.service.review import load_review
from core.talent.employee import find_retirement_date
from core.talent.person.development import find_gaps
from core.talent.person.profile import get_asked_levels
from core.talent.placement.limits import Limits, build_problem, find_vacancies
from core.talent.placement.plans import find_best_plan
from core.talent.placement.problem import PlacementImpossible
from core.talent.placement.under_weights import compute_kept_shares, reweigh_problem, split_fits
from core.talent.placement.why_not import explain_not_placed
from core.talent.posts import PostProblem, check_posts, find_several_holders, select_candidates
from core.talent.review import build_review
from core.talent.succession.look_ahead import SupplyModel, build_supply_model, forecast_supply
from core.talent.succession.pool import select_pool
from core.talent.succession.readiness import CLASSES, classify_readiness, count_benches, list_ready_now
from tests.factories import NIP, OTHER_NIP, context_of, employee, frames

FAMILIES = [family.key for family in reference.read_families()]


@pytest.fixture
def current(demo_installation):
    return load_review(installation.open_configured_engine())


def test_ready_now_is_the_rule_of_the_board(current):
    for post in current.post_table["post"]:
        found = classify_readiness(current, post)
        assert set(found.classes) <= set(CLASSES)
        assert set(found.classes.index[found.classes == "now"]) == set(list_ready_now(current, post))
        holder = current.holders.get(post)
        if holder:
            assert found.classes[holder] == "not"


def test_everyone_not_ready_now_has_a_reason_and_the_ready_have_none(current):
    found = classify_readiness(current, "dinas-kominfo")
    for nip, one in found.classes.items():
        if one == "now":
            assert found.lacking(nip) == []
        elif one in ("soon", "later"):
            assert found.lacking(nip)


def test_who_is_ready_later_serves_long_enough(current):
    day = pd.Timestamp(current.as_of)
    found = classify_readiness(current, "sekretaris-dprd").classes
    for one, years in (("now", 1), ("soon", 3), ("later", 6)):
        members = current.people.loc[found.index[found == one]]
        assert len(members)
        assert (members["retires_on"] > day + pd.DateOffset(years=years)).all()


def test_names_on_many_benches_are_counted(current):
    counts = count_benches(current, least=1)
    near = current.post_table.loc[current.post_table["near"], "post"]
    plain = sum((classify_readiness(current, post).classes == "now").astype(int) for post in near)
    assert counts.to_dict() == plain[plain > 0].to_dict()


def test_a_pool_follows_boxes_and_ratings_and_decisions(current):
    members = select_pool(current)
    assert members["box"].isin([7, 8, 9]).all()
    answers = current.eligibility.answers["performance"].loc[members.index, "answer"]
    assert (answers == 0).all()
    assert members["talent"].dropna().is_monotonic_decreasing
    fives = current.people.index[current.people["box"] == 5]
    passing = [nip for nip in fives if current.eligibility.answers["performance"].at[nip, "answer"] == 0]
    moved = select_pool(current, decided={passing[0]: 8})
    assert set(moved.index) - set(members.index) == {passing[0]}
    assert (moved.at[passing[0], "box"], moved.at[passing[0], "computed_box"]) == (8, 5)
    of_post = select_pool(current, "dinas-kominfo")
    assert set(of_post["readiness"]) <= {"now", "soon"}


@pytest.mark.parametrize(
    ("birth", "level", "day"),
    [
        (dt.date(1966, 12, 1), "jpt_pratama", dt.date(2027, 1, 1)),
        (dt.date(1967, 1, 31), "jpt_pratama", dt.date(2027, 2, 1)),
        (dt.date(1968, 2, 29), "administrator", dt.date(2026, 4, 1)),  # the 58th birthday is 1 March
        (dt.date(1968, 2, 29), "jpt_pratama", dt.date(2028, 3, 1)),
        (dt.date(1968, 3, 1), "administrator", dt.date(2026, 4, 1)),
    ],
)
def test_retirement_begins_the_month_after_the_birthday(birth, level, day):
    assert find_retirement_date(birth, level) == day


def changed(**values):
    first, *rest = reference.read_posts()
    return [replace(first, **values), *rest]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"unit": " "}, "has no unit"),
        ({"title": ""}, "has no title"),
        ({"echelon": "2B"}, "expected e.g. II.b"),
        ({"family": "magic"}, "job family"),
        ({"parent": "raja"}, "not there"),
        ({"parent": "asisten-1"}, "below itself"),
        ({"criticality": 4}, "out of range"),
        ({"required_level": 6}, "out of range"),
        ({"criticality": 3, "criticality_reason": " "}, "highly critical"),
        ({"competencies": "integrity=6"}, "no competency=level"),
        ({"competencies": "magic=3"}, "no competency=level"),
        ({"competencies": "integrity"}, "no competency=level"),
        ({"key": "Sekda!"}, "small letters"),
        ({"key": "asisten-1"}, "twice"),
    ],
)
def test_a_list_of_posts_that_cannot_be_is_refused(values, words):
    check_posts(reference.read_posts(), FAMILIES)
    with pytest.raises(PostProblem) as refusal:
        check_posts(changed(**values), FAMILIES)
    assert words in str(refusal.value)


def test_two_definitive_holders_are_told_and_acting_ones_are_not():
    title = "Kepala Dinas Kesehatan"
    people = context_of(
        frames(
            employee=[
                employee(NIP, position_title=title),
                employee(OTHER_NIP, position_title=title.upper()),
                employee("197701012003121004", position_title=f"Plt. {title}"),
            ]
        ),
        "2026-11-24",
    ).people
    assert find_several_holders(reference.read_posts(), people) == {"dinas-kesehatan": sorted([NIP, OTHER_NIP])}


def test_candidates_of_lower_posts_come_from_their_own_levels():
    people = context_of(
        frames(employee=[employee(NIP, echelon="IV.a"), employee(OTHER_NIP, echelon="II.b")]), "2026-11-24"
    ).people
    post = replace(reference.read_posts()[0], echelon="III.b", title="Kepala Bidang")
    assert list(select_candidates(post, people, None)) == [NIP]


def one_post(leaves=99, ready=(), retires=()):
    return SupplyModel(
        ("p",),
        ("f",),
        np.array([leaves]),
        "first",
        {"f": np.array(ready, dtype=int)},
        {"f": np.array(retires, dtype=int)},
    )


@pytest.mark.parametrize("rate", [0.0, 0.03, 0.2])
def test_one_post_without_a_bench_follows_the_closed_form(rate):
    seen = forecast_supply(one_post(), 1, years=10, futures=20_000, rate=rate)
    expected = 1 - (1 - rate) ** np.arange(1, 11)
    np.testing.assert_allclose(seen.uncovered[:, 0], expected, atol=0.015)
    assert seen.ever[0] == pytest.approx(expected[-1], abs=0.015)


def test_a_known_retirement_is_covered_by_the_bench_until_it_retires_too():
    seen = forecast_supply(one_post(leaves=3, ready=[0], retires=[6]), 1, years=10, futures=50, rate=0.0)
    assert seen.uncovered[:, 0].tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    later = forecast_supply(one_post(leaves=1, ready=[4], retires=[99]), 1, years=6, futures=50, rate=0.0)
    assert later.uncovered[:, 0].tolist() == [1, 1, 1, 0, 0, 0]
    trained = forecast_supply(one_post(leaves=1), 1, years=6, futures=50, rate=0.0, trained={"f": 1})
    assert trained.uncovered[:, 0].tolist() == [1, 0, 0, 0, 0, 0]


def test_the_same_seed_gives_the_same_future_and_more_people_never_harm(current):
    field = build_supply_model(current)
    one, again = forecast_supply(field, 5, futures=200), forecast_supply(field, 5, futures=200)
    np.testing.assert_array_equal(one.uncovered, again.uncovered)
    calm, more = (
        forecast_supply(field, 5, futures=50, rate=0.0, trained=extra) for extra in (None, {"environment": 10})
    )
    assert more.uncovered.sum() <= calm.uncovered.sum()


def test_fits_under_the_official_weights_are_the_official_fits(current):
    problem = build_problem(current, Limits(horizon=24))
    criteria = split_fits(current, problem)
    same = reweigh_problem(problem, criteria, np.array(current.rubric.weights))
    np.testing.assert_allclose(same.fit, problem.fit)
    np.testing.assert_allclose(same.own, problem.own)
    plan = find_best_plan(problem)
    weights = np.array(current.rubric.weights)[None, :]
    (shares,) = compute_kept_shares(problem, criteria, weights, [plan])
    assert set(np.unique(shares)) <= {0.0, 1.0}


def test_nobody_is_placed_who_may_not_be(current):
    day = pd.Timestamp(current.as_of)
    problem = build_problem(current, Limits(horizon=12))
    assert list(problem.posts[: problem.vacant]) == find_vacancies(current, 12)
    for post in range(len(problem.posts)):
        for person in np.flatnonzero(~np.isnan(problem.fit[post])):
            nip = problem.nips[person]
            assert current.eligibility_for(problem.posts[post]).overall[nip] == 0
            assert current.people.at[nip, "retires_on"] > day + pd.DateOffset(months=24)
    for person in np.flatnonzero(problem.held_by >= 0):
        since = current.people.at[problem.nips[person], "position_since"]
        assert (day - since).days / 365 >= 2


def test_why_somebody_is_not_placed_names_the_price(current):
    problem = build_problem(current, Limits())
    plan = find_best_plan(problem)
    for post in range(problem.vacant):
        for one in explain_not_placed(problem, plan, post):
            assert (post, one.person) not in plan.pairs
            assert np.isnan(one.price) or one.price >= -1e-6 or one.fewer > 0
            assert (one.elsewhere >= 0) == any(person == one.person for _, person in plan.pairs)


def test_a_post_may_ask_for_levels_and_a_field_of_study_of_its_own(current):
    at = next(n for n, one in enumerate(current.posts) if one.key == "dinas-kominfo")
    strict = replace(
        current.posts[at], required_level=3, competencies="integrity=5| teamwork=2", required_field="Ilmu Hukum"
    )
    posts = (*current.posts[:at], strict, *current.posts[at + 1 :])
    other = build_review(current.context.facts, current.rubric, current.rules, posts, current.families, current.as_of)
    nip = str(current.people.index[current.people["level"] == "administrator"][0])
    asked = get_asked_levels(other, nip, "dinas-kominfo")
    assert (asked["integrity"], asked["teamwork"], asked["communication"]) == (5, 2, 3)
    assert set(get_asked_levels(current, nip, "dinas-kominfo").values()) == {4}
    fit = other.fit("dinas-kominfo", other.people.index)
    lawyers = other.people["education_field"].fillna("").str.contains("HUKUM")
    assert (fit.loc[lawyers, "field_fit"] == "same_family").all()
    assert not (fit.loc[~lawyers, "field_fit"] == "same_family").any()
    gaps = {gap.key: gap for gap in find_gaps(other, nip, "dinas-kominfo")}
    for key, gap in gaps.items():
        if key.startswith("competency:"):
            assert gap.wanted == asked[key.split(":")[1]]


def test_the_rows_of_a_chain_end_outside_or_empty(current):
    found = find_placement(current, Limits(horizon=36))
    for plan in found.plans:
        rows = tabulate_chains(found, plan)
        assert sorted(rows["chain"].unique()) == list(range(found.problem.vacant))
        for _, chain in rows.groupby("chain"):
            assert chain["kind"].tolist()[-1] in ("left", "empty")
            assert set(chain["kind"].tolist()[:-1]) <= {"filled"}
            assert chain["step"].tolist() == list(range(len(chain)))
        assert sorted(nip for nip in rows["nip"] if nip) == sorted(
            found.problem.nips[person] for _, person in plan.pairs
        )


def test_a_holder_cannot_be_pinned_while_holders_stay(current):
    problem = build_problem(current, Limits())
    at = next(
        person
        for person in np.flatnonzero(problem.held_by >= 0)
        if not np.isnan(problem.fit[: problem.vacant, person]).all()
    )
    vacant = int(np.flatnonzero(~np.isnan(problem.fit[: problem.vacant, at]))[0])
    pin = ((problem.posts[vacant], problem.nips[at]),)
    assert build_problem(current, Limits(pins=pin)).pins
    with pytest.raises(PlacementImpossible, match="let them move"):
        build_problem(current, Limits(pins=pin, chains=False))
