"""Periods, variants of a rubric, sets, colours, hints and gaps on the invented regency."""

import datetime as dt
import tomllib

import numpy as np
import pandas as pd
import pytest

from core.service import installation, reference
from core.service.review import load_review
from core.talent.employee import parse_nip
from core.talent.errors import InvalidRubric
from core.talent.grid.bias import count_same_ratings, find_units_apart
from core.talent.grid.grouping import GROUPINGS, MOST_UNITS, OTHERS, group_people
from core.talent.grid.modified_rubric import modify_rubric, rescore_review
from core.talent.grid.movement import count_flows, tabulate_movements
from core.talent.grid.periods import list_period_days, tabulate_people_at, trace_person
from core.talent.grid.search import build_search_index, filter_people, find_posts, list_unit_tree
from core.talent.person.anonymised import number_anonymously
from core.talent.person.development import FULL_HOURS, find_gaps
from core.talent.ranking.of_post import rank_post
from core.talent.review import build_review, narrow_review
from tests.factories import NIP, OTHER_NIP, context_of, employee, frames, shipped_rubric


@pytest.fixture
def current(demo_installation):
    return load_review(installation.open_configured_engine())


def invented(as_of="2026-11-24", **facts):
    """A review of some facts."""
    whole = frames(**facts)
    day = pd.Timestamp(as_of).date()
    return build_review(
        whole,
        shipped_rubric(),
        reference.read_rules("jpt-pratama"),
        reference.read_posts(),
        reference.read_families(),
        day,
    )


def test_a_period_is_what_a_review_of_that_day_says(current):
    day = dt.date(2025, 12, 31)
    assert day in list_period_days(current)
    then = tabulate_people_at(current, day)
    fresh = build_review(
        current.context.facts, current.rubric, current.rules, current.posts, current.families, day
    ).people
    for axis in ("performance", "potential", "box"):
        pd.testing.assert_series_equal(then[axis], fresh.loc[then.index, axis], check_dtype=False)
    assert (then["box"] > 0).any()


def test_movements_of_a_period_add_up(current):
    then = tabulate_people_at(current, dt.date(2025, 12, 31))
    moved = tabulate_movements(then, current.people)
    assert len(moved) == len(current.people)
    assert count_flows(moved)["people"].sum() == (moved["kind"] != "new").sum()
    counts = count_flows(moved).groupby("box_after")["people"].sum()
    known = current.people.loc[then.index, "box"].value_counts()
    assert counts.to_dict() == known.to_dict()


def test_nobody_stands_on_the_grid_before_the_appointment(current):
    day = dt.date(2024, 12, 31)
    missing = current.people.index.difference(tabulate_people_at(current, day).index)
    assert len(missing)
    assert all(parse_nip(nip).appointed > day for nip in missing)


def test_a_way_ends_where_the_person_stands_now(current):
    for nip in current.people.index[::97]:
        way = trace_person(current, nip, list_period_days(current))
        last = way.iloc[-1]
        assert last["day"] == current.as_of
        assert last["box"] == current.people.at[nip, "box"]
        np.testing.assert_allclose(last["talent"], current.people.at[nip, "talent"])


def content():
    return tomllib.loads(reference.read_shipped_rubrics()["kepka-bkn-411-2025"])


def test_a_variant_differs_by_what_was_put_otherwise_alone(current):
    higher = rescore_review(current, modify_rubric(content(), {}, high=90))
    pd.testing.assert_series_equal(higher.people["performance"], current.people["performance"])
    fewer = (higher.people["box"] == 9).sum()
    assert fewer < (current.people["box"] == 9).sum()
    moved = tabulate_movements(current.people, higher.people)
    assert set(moved["kind"]) <= {"same", "open", "fell", "moved"}
    assert rescore_review(current, modify_rubric(content(), {"rating": "rating_a"})).people["performance"].mean() < (
        current.people["performance"].mean()
    )
    worst = rescore_review(current, modify_rubric(content(), {}, combine="worst")).people["performance"]
    assert (worst.dropna() <= current.people["performance"].loc[worst.dropna().index] + 1e-9).all()
    same = rescore_review(current, modify_rubric(content(), {}))
    pd.testing.assert_frame_equal(same.people[current.people.columns], current.people)


def test_a_variant_that_is_no_rubric_is_refused():
    with pytest.raises(InvalidRubric, match="below high"):
        modify_rubric(content(), {}, high=70, middle=75)


def test_a_set_is_ranked_as_it_stands_among_all(current):
    nips = list(current.people.index[5:200:7])
    weights = np.array(current.rubric.weights)
    few = narrow_review(current, nips)
    assert few.narrowed_to
    assert few.narrowed_to != narrow_review(current, nips[:-1]).narrowed_to
    for post in ("semua", "dinas-kominfo"):
        alone = rank_post(few, post, weights, "box")
        among = rank_post(current, post, weights, "box")
        kept = among[among["nip"].isin(nips)]
        assert alone["nip"].tolist() == kept["nip"].tolist()
        np.testing.assert_array_equal(alone["score"].to_numpy(), kept["score"].to_numpy())


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_everyone_has_one_category_that_the_legend_knows(grouping, current):
    of = group_people(current, current.people, grouping)
    assert of.notna().all()
    if grouping == "unit":
        assert of.nunique() <= MOST_UNITS + 1
        assert OTHERS in set(of)
    else:
        assert set(of) <= set(GROUPINGS[grouping])
    if grouping == "readiness":
        ready = of == "ready"
        assert (current.people.loc[ready, "eligibility"] == 0).all()
        assert current.people.loc[ready, "box"].isin([7, 8, 9]).all()


def test_a_unit_far_below_the_rest_is_told_and_chance_is_not():
    def world(low_unit):
        people = []
        ratings = []
        for at in range(60):
            nip = f"19750312200004{at + 1000:04d}"[:14] + "1" + f"{at:03d}"
            unit = "Dinas A" if at < 12 else f"Dinas {'BCD'[at % 3]}"
            rating = "needs_improvement" if low_unit and at < 12 else ("good", "very_good", "needs_improvement")[at % 3]
            people.append(employee(nip, name=f"Orang {at}", unit=unit))
            ratings += [{"nip": nip, "year": year, "rating": rating} for year in (2024, 2025)]
        given = [
            {"nip": one["nip"], "name_of_award": "x", "awarded_on": "2000-01-01", "award_level": "agency"}
            for one in people
        ]
        team = [{"nip": one["nip"], "team": "x", "started_on": "2000-01-01", "role": "leader"} for one in people]
        feedback = [{"nip": one["nip"], "year": 2025, "category": "good"} for one in people]
        return invented(
            employee=people, performance_rating=ratings, award=given, team_assignment=team, feedback=feedback
        )

    low = world(True)
    assert low.people["performance"].notna().all()
    (hint,) = [one for one in find_units_apart(low) if one.unit == "Dinas A"]
    assert hint.median < hint.others
    assert hint.people == 12
    assert all(one.unit != "Dinas A" for one in find_units_apart(world(False)))
    same = count_same_ratings(low)
    assert (same.people, same.unchanged) == (60, 60)
    assert dict(same.units)["Dinas A"] == 12


def test_closing_a_gap_is_computed_by_the_rubric_itself(current):
    people = current.people
    nip = people.index[(people["level"] == "administrator") & people["talent"].notna()][0]
    gaps = {gap.key: gap for gap in find_gaps(current, nip, "dinas-kominfo")}
    trained = gaps.get("training")
    if trained:
        facts = {**current.context.facts}
        row = {"nip": nip, "name_of_training": "baru", "started_on": pd.Timestamp(current.as_of), "hours": FULL_HOURS}
        facts["training"] = pd.concat([facts["training"], pd.DataFrame([row])], ignore_index=True)
        again = build_review(
            facts, current.rubric, current.rules, current.posts, current.families, current.as_of
        ).people
        assert trained.after == pytest.approx(again.at[nip, "talent"])
    assert all(gap.before == people.at[nip, "talent"] for gap in gaps.values())
    each = [gap.after - gap.before for key, gap in gaps.items() if key.startswith("competency:")]
    assert gaps
    if "competencies" in gaps:
        assert gaps["competencies"].after - gaps["competencies"].before == pytest.approx(sum(each), abs=1e-6)
    assert all(one >= 0 for one in each)


def test_a_gap_that_cannot_be_computed_says_so():
    whole = invented(employee=[employee()])
    gaps = find_gaps(whole, NIP, "dinas-kominfo")
    assert {gap.key for gap in gaps} >= {"assessment", "potential", "technical"}
    assert all(np.isnan(gap.after) for gap in gaps)


def test_units_below_others_hang_under_them_and_are_counted_there():
    whole = context_of(
        frames(
            employee=[
                employee(NIP, unit="Bidang SD", parent_unit="Dinas Pendidikan"),
                employee(OTHER_NIP, unit="Dinas Pendidikan"),
                employee("197701012003121004", unit="Inspektorat", parent_unit="Inspektorat"),
            ]
        ),
        "2026-11-24",
    ).people
    assert list_unit_tree(whole) == [("Dinas Pendidikan", 0, 2), ("Bidang SD", 1, 1), ("Inspektorat", 0, 1)]
    assert len(filter_people(whole, units=["Dinas Pendidikan"])) == 2
    assert filter_people(whole, units=["Bidang SD"]).index.tolist() == [NIP]


def test_the_filter_by_text_forgives_spelling_but_prefers_what_is_written(current):
    people = current.people
    index = build_search_index(people)
    name = str(people["name"].iloc[7])
    wrong = name[:1] + name[2:]
    assert people.index[7] in filter_people(people, text=wrong, index=index).index
    assert len(filter_people(people, text=wrong)) == 0
    assert len(filter_people(people, text="Dinas Sosial", index=index)) > 10


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("sekretaris dprd", "sekretaris-dprd"),
        ("dinas sosail", "dinas-sosial"),
        ("komunikasi", "dinas-kominfo"),
        ("", None),
    ],
)
def test_posts_are_found_as_well(text, post):
    found = find_posts(reference.read_posts(), text)
    assert (found[0].key if found else None) == post


def test_blind_numbers_tell_nothing_of_the_order():
    nips = [f"{at:018d}" for at in range(200)]
    numbers = number_anonymously(nips, "post")
    assert sorted(numbers.values()) == list(range(1, 201))
    assert numbers == number_anonymously(list(reversed(nips)), "post")
    assert numbers != number_anonymously(nips, "other")
    order = pd.Series([numbers[nip] for nip in nips])
    assert abs(order.corr(pd.Series(range(200)))) < 0.3
