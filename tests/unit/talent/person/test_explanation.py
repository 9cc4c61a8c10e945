"""The tree under a number tells the same story as the score."""

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.service.reference import read_families, read_fit_rubric, read_posts
from core.talent.context import Context
from core.talent.facts import POTENTIAL_ASPECTS
from core.talent.people import tabulate_people
from core.talent.person.explanation import apportion_points, build_explanation, round_points
from core.talent.review import build_review
from tests.conftest import TODAY
from tests.factories import NIP, OTHER_NIP, complete, employee, frames, shipped_rubric, shipped_rule_book


def explained(facts, rubric="kepka-bkn-411-2025", nip=NIP, post=None):
    review = build_review(
        facts,
        shipped_rubric(rubric),
        shipped_rule_book(),
        read_posts(),
        read_families(),
        TODAY,
        fit_rubric=read_fit_rubric("tiga-bagian"),
    )
    own = {
        kind: frame[frame["nip"] == nip].assign(id=range((frame["nip"] == nip).sum())) for kind, frame in facts.items()
    }
    day = pd.Timestamp(TODAY)
    context = Context(own, tabulate_people(own, read_families(), day), day, read_families(), review.context.coverage)
    return review, build_explanation(review, context, nip, review.post(post) if post else None)


def nodes(node):
    yield node
    for child in node.children:
        yield from nodes(child)


@pytest.mark.parametrize("rubric", ["kepka-bkn-411-2025", "djbk-65-20-15"])
@pytest.mark.parametrize(
    "missing", [None, "feedback", "position_history", "competency_assessment", "potential_assessment"]
)
def test_every_number_of_the_tree_is_the_score_tables(rubric, missing):
    facts = complete()
    if missing:
        facts[missing] = []
    facts = {
        kind: rows + [{**row, "nip": OTHER_NIP} for row in rows if row["nip"] == NIP] for kind, rows in facts.items()
    }
    review, explanation = explained(frames(employee=[employee(), employee(OTHER_NIP, name="Ani")], **facts), rubric)
    at = review.people.index.get_loc(NIP)
    for node in nodes(explanation.talent):
        if node.level == "measure":
            row = review.scores.measures[node.key].loc[NIP]
            assert (np.nan if node.value is None else node.value, node.low, node.high) == pytest.approx(
                (row["value"], row["low"], row["high"]), nan_ok=True, abs=0
            )
        if node.level == "criterion":
            k = review.rubric.criterion_keys.index(node.key)
            assert node.low == review.scores.low[at, k]
        if node.children and node.points is not None:
            assert sum(child.points for child in node.children) == pytest.approx(node.points)


STORIES = Path(__file__).parents[3] / "cases" / "explanations"


def tell(explanation) -> str:
    """An explanation as lines: every number, every step, every fact that counted."""

    def told(steps, indent):
        for step in steps:
            score = "" if step.score is None else f" = {step.score:g}"
            values = ", ".join(f"{key}={value}" for key, value in step.values.items())
            yield f"{indent}{step.message} [{values}]{score}"
            for use in step.uses:
                given = ", ".join(f"{key}={str(value).removesuffix(' 00:00:00')}" for key, value in use.given.items())
                yield f"{indent}  - {use.kind} {use.fact_id}: {given}" + (
                    "" if use.score is None else f" = {use.score:g}"
                )

    def branch(node, indent):
        value = "?" if node.value is None else f"{node.value:g}"
        points = "" if node.points is None else f", {node.points:g} points"
        yield f"{indent}{node.level} {node.key}: {value} ({node.low:g} to {node.high:g}) x {node.weight:g}{points}"
        yield from told(node.steps, indent + "  ")
        for child in node.children:
            yield from branch(child, indent + "  ")

    lines = [*branch(explanation.talent, ""), f"box {explanation.box}, possible {sorted(explanation.possible_boxes)}"]
    for gate in explanation.gates:
        lines += [f"gate {gate.gate.key}: {gate.answer} {gate.detail}", *told(gate.steps, "  ")]
    lines.append(f"overall {explanation.overall}")
    if explanation.parts is not None:
        lines += branch(explanation.parts, "")
    fit = explanation.fit
    if fit is not None:
        value = "?" if fit.value is None else f"{fit.value:g}"
        lines += [f"fit {value} ({fit.low:g} to {fit.high:g}), {fit.field_fit}, {fit.family_years:.2f} years"]
        lines += told(fit.steps, "  ")
    lines += [f"missing {missing.key}: {missing.points:g}" for missing in explanation.missing]
    return "\n".join(lines) + "\n"


def everything_of_one() -> dict[str, list[dict]]:
    """Facts of one person of every kind, some of them old, of another family, to come or overlapping."""
    facts = complete()
    facts["performance_rating"].append({"nip": NIP, "year": 2023, "rating": "poor"})
    facts["award"] += [
        {"nip": NIP, "name_of_award": "B", "awarded_on": "2015-01-01", "award_level": "international"},
        {"nip": NIP, "name_of_award": "C", "awarded_on": "2025-02-01", "award_level": "agency"},
    ]
    facts["team_assignment"].append(
        {"nip": NIP, "team": "U", "started_on": "2027-01-01", "role": "lead_external"},
    )
    facts["competency_assessment"].append({"nip": NIP, "assessed_on": "2020-01-01", "job_person_match": 99.0})
    facts["training"].append({"nip": NIP, "name_of_training": "E", "started_on": "2024-03-01", "hours": 200.0})
    facts["technical_assessment"] = [
        {"nip": NIP, "subject": "Kesehatan", "assessed_on": "2024-12-01", "score": 60.0},
        {"nip": NIP, "subject": "Kesehatan", "assessed_on": "2025-12-01", "score": 80.0},
        {"nip": NIP, "subject": "Pertanian", "assessed_on": "2026-06-01", "score": 20.0},
        {"nip": NIP, "subject": "Kesehatan", "assessed_on": "2026-12-01", "score": 10.0},
    ]
    facts["discipline"] = [
        {"nip": NIP, "decided_on": "2010-05-01", "punishment": "light", "served_until": "2010-11-01", "decree": "SK 1"}
    ]
    facts["education"] = [
        {"nip": NIP, "level": "S1", "field": "Hukum"},
        {"nip": NIP, "level": "S3", "field": "Administrasi Publik"},
    ]
    return facts


@pytest.mark.parametrize("rubric", ["kepka-bkn-411-2025", "djbk-65-20-15"])
@pytest.mark.parametrize("who", ["everything", "nothing", "expired", "punished"])
def test_the_whole_story_is_the_one_on_paper(rubric, who):
    """The stories in ``tests/cases/explanations`` were read line by line against the rubrics and rules."""
    facts = everything_of_one()
    if who == "nothing":
        facts = {}
    elif who == "expired":
        for kind in ("competency_assessment", "potential_assessment", "technical_assessment"):
            facts[kind] = [{**row, "assessed_on": "2021-01-01"} for row in facts[kind][:1]]
        facts["health"] = [{**row, "declared_on": "2019-01-01"} for row in facts["health"]]
        facts |= {"education": [], "position_history": []}
    elif who == "punished":
        facts["discipline"] = [
            {"nip": NIP, "decided_on": "2026-05-01", "punishment": "moderate", "served_until": "2026-11-24"},
            {"nip": OTHER_NIP, "decided_on": "2026-06-01", "punishment": "severe"},
        ]
        facts["performance_rating"] = [{"nip": NIP, "year": 2025, "rating": "needs_improvement"}]
        facts["education"] = [{"nip": NIP, "level": "S2", "field": "Ilmu Pemerintahan"}]
    # The other person comes first, and is not to be spoken of.
    people = [employee(OTHER_NIP, name="Ani", education_level="SLTA"), employee()]
    _, explanation = explained(frames(employee=people, **facts), rubric, post="dinas-kesehatan")
    assert tell(explanation) == (STORIES / f"{who}.{rubric}.txt").read_text(encoding="utf-8")


def test_gates_are_those_of_the_review():
    review, explanation = explained(frames(employee=[employee()], **complete()), post="dinas-kesehatan")
    judged = review.eligibility_for("dinas-kesehatan")
    for gate in explanation.gates:
        row = judged.answers[gate.gate.key].loc[NIP]
        assert (gate.answer, gate.detail) == (row["answer"], row["detail"])
    assert explanation.overall == judged.overall[NIP]


def test_a_measure_names_the_facts_it_rests_on():
    _, explanation = explained(frames(employee=[employee()], **complete()))
    rating = next(node for node in nodes(explanation.talent) if node.key == "rating")
    (step,) = rating.steps
    assert [(use.kind, use.given["year"], use.given["rating"], use.score) for use in step.uses] == [
        ("performance_rating", 2024, "good", 100.0),
        ("performance_rating", 2025, "good", 100.0),
    ]
    assert step.values["years"] == "2025, 2024"


def test_what_is_missing_is_named_with_the_most_open_first():
    facts = complete() | {"feedback": [], "potential_assessment": []}
    _, explanation = explained(frames(employee=[employee()], **facts))
    assert [(missing.key, missing.points) for missing in explanation.missing] == [
        ("aspects", pytest.approx(12.5)),
        ("feedback", pytest.approx(5.0)),
    ]
    assert explanation.box == 0
    assert len(explanation.possible_boxes) > 1


def test_fit_mixes_talent_value_and_technical_competence_seventy_to_thirty():
    technical = [{"nip": NIP, "subject": "Kesehatan", "assessed_on": "2025-01-01", "score": 90.0}]
    facts = frames(employee=[employee()], **complete(), technical_assessment=technical)
    review, explanation = explained(facts, post="dinas-kesehatan")
    talent = float(review.people.at[NIP, "talent"])
    assert explanation.fit.value == pytest.approx(0.7 * talent + 0.3 * 90)
    assert explanation.fit.technical == 90
    _, other = explained(facts, post="dinas-pupr")
    assert other.fit.value is None
    assert (other.fit.low, other.fit.high) == (pytest.approx(0.7 * talent), pytest.approx(0.7 * talent + 30))


@given(st.lists(st.floats(0, 60), min_size=1, max_size=8))
def test_shown_numbers_add_up_to_the_last_digit(points):
    total, criteria = apportion_points(sum(points), points)
    assert round(sum(round(criterion * 100) for criterion in criteria)) == round(total * 100)
    assert all(abs(criterion - point) <= 0.01 + 1e-6 for criterion, point in zip(criteria, points, strict=True))


def test_shown_points_of_a_tree_add_up_at_every_level():
    _, explanation = explained(frames(employee=[employee()], **complete()), "djbk-65-20-15")
    shown = round_points(explanation.talent)
    for node in nodes(explanation.talent):
        if node.children:
            assert (
                round(sum(shown[child.level, child.key] for child in node.children), 2) == shown[node.level, node.key]
            )


CODES = ["very_poor", "poor", "needs_improvement", "good", "very_good"]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["kepka-bkn-411-2025", "djbk-65-20-15"]),
    st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=2, max_size=2),
    st.one_of(st.none(), st.floats(0, 100)),
    st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=8, max_size=8),
    st.data(),
)
def test_an_interval_contains_every_completion_and_a_better_fact_never_lowers(rubric, ratings, jpm, aspects, data):
    """Fill what is missing with anything: the score stays within the interval. Raise a fact: it does not fall."""
    filled = (
        [data.draw(st.integers(0, 4)) if code is None else code for code in ratings],
        data.draw(st.floats(0, 100)) if jpm is None else jpm,
        [data.draw(st.integers(0, 5)) if level is None else level for level in aspects],
    )
    better = [min(code + 1, 4) for code in filled[0]], min(filled[1] + 5, 100), [min(a + 1, 5) for a in filled[2]]
    facts: dict[str, list[dict]] = {}
    nips = [NIP, "197001012000031001", "197001012000031002"]  # one person, with facts of three kinds
    for nip, (rated, match, levels) in zip(nips, [(ratings, jpm, aspects), filled, better], strict=True):
        own = complete()
        own["performance_rating"] = [
            {"year": year, "rating": None if code is None else CODES[code]}
            for year, code in zip((2024, 2025), rated, strict=True)
        ]
        own["competency_assessment"][0]["job_person_match"] = match
        own["potential_assessment"][0] |= dict(zip(POTENTIAL_ASPECTS, levels, strict=True))
        for kind, rows in own.items():
            facts.setdefault(kind, []).extend({**row, "nip": nip} for row in rows)
    three = frames(employee=[employee(nip) for nip in nips], **facts)
    made = build_review(three, shipped_rubric(rubric), shipped_rule_book(), read_posts(), read_families(), TODAY)
    before, whole, raised = (made.people.loc[nip] for nip in nips)
    assert before["talent_low"] - 1e-9 <= whole["talent"] <= before["talent_high"] + 1e-9
    assert raised["talent"] >= whole["talent"] - 1e-9
    assert raised["potential"] >= whole["potential"] - 1e-9


def test_a_fact_after_the_reference_date_does_not_count():
    facts = complete()
    before, _ = explained(frames(employee=[employee()], **facts))
    facts["position_history"] = [
        *facts["position_history"],
        {"nip": NIP, "title": "K", "started_on": dt.date(2027, 1, 1), "unit": "Lain", "holding": "acting_higher"},
    ]
    after, _ = explained(frames(employee=[employee()], **facts))
    assert after.people.at[NIP, "talent"] == before.people.at[NIP, "talent"]
