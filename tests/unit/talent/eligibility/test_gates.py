"""Each gate of PP 11/2017 jo PP 17/2020 article 107(1)c by its rule."""

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from core.talent.eligibility import gates
from core.talent.eligibility.rules import ANSWERS, build_rules, judge_everyone
from core.talent.errors import InvalidRubric
from core.talent.messages import N_
from core.talent.posts import Post
from tests.factories import NIP, OTHER_NIP, context_of, employee, frames, shipped_rules

RULES = shipped_rules()
GOOD = [{"nip": NIP, "year": year, "rating": "good"} for year in (2024, 2025)]


def held(title: str = "Kepala Bidang", start: str = "2018-01-01", end: str | None = "2020-01-01", **values) -> dict:
    """A period in a post of the health family."""
    return {
        "nip": NIP,
        "title": title,
        "started_on": start,
        "ended_on": end,
        "unit": "Dinas Kesehatan",
        "echelon": "III.b",
        "holding": "definitive",
    } | values


def facts_of_an_eligible_person() -> dict[str, list[dict]]:
    return {
        "performance_rating": GOOD,
        "position_history": [held()],
        "competency_assessment": [
            {"nip": NIP, "assessed_on": "2025-01-01", "job_person_match": 80.0, "made_for": "jpt_pratama"}
        ],
        "discipline": [{"nip": OTHER_NIP, "decided_on": "2020-01-01", "punishment": "light"}],
        "discipline_check": [{"nip": NIP, "checked_on": "2026-03-01", "checked_by": "Inspektorat"}],
        "health": [{"nip": NIP, "declared_on": "2026-03-01", "health": "fit"}],
        "training": [{"nip": NIP, "name_of_training": "PKA Angkatan I", "started_on": "2024-01-01", "hours": 105}],
    }


def post_of(family: str | None) -> Post | None:
    return None if family is None else Post("x", "Kepala Dinas", "Dinas", "II.b", family)


def answers(as_of="2026-11-24", gates=RULES.gates, family=None, facts=None, **person) -> dict[str, str]:
    everything = facts_of_an_eligible_person() | (facts or {})
    context = context_of(frames(employee=[employee(**person)], **everything), as_of)
    judged = judge_everyone(context, replace(RULES, gates=gates), post_of(family))
    return {key: ANSWERS[frame.at[NIP, "answer"]] for key, frame in judged.answers.items()} | {
        "overall": ANSWERS[judged.overall[NIP]]
    }


def detail(key: str, family=None, as_of="2026-11-24", **facts) -> str:
    everything = facts_of_an_eligible_person() | facts
    judged = judge_everyone(context_of(frames(employee=[employee()], **everything), as_of), RULES, post_of(family))
    return judged.answers[key].at[NIP, "detail"]


def changed(key: str, **parameters) -> tuple:
    data = {
        "key": "x",
        "name": {"id": "x", "en": "x"},
        "gate": [
            {
                "key": key,
                "name": {"id": "x", "en": "x"},
                "article": "x",
                "standing": "L",
                "effect": "gate",
                **next(gate for gate in RULES.gates if gate.key == key).parameters,
                **parameters,
            }
        ],
    }
    return build_rules(data).gates


def test_all_gates_passed():
    assert set(answers().values()) == {"memenuhi"}


@pytest.mark.parametrize(
    ("level", "answer"),
    [
        ("S1", "memenuhi"),
        ("D4", "memenuhi"),
        ("S3", "memenuhi"),
        ("D3", "tidak memenuhi"),
        ("SLTA", "tidak memenuhi"),
        (None, "perlu ditinjau"),
    ],
)
def test_education(level, answer):
    assert answers(education_level=level)["education"] == answer


@pytest.mark.parametrize(
    ("day", "answer"),
    [("2031-03-11", "memenuhi"), ("2031-03-12", "memenuhi"), ("2031-03-13", "tidak memenuhi")],
)
def test_age_read_strictly_ends_with_the_56th_birthday(day, answer):
    assert answers(day)["age"] == answer  # born 12 March 1975


@pytest.mark.parametrize(("day", "answer"), [("2032-03-11", "memenuhi"), ("2032-03-12", "tidak memenuhi")])
def test_age_in_completed_years_ends_the_day_before_the_57th(day, answer):
    assert answers(day, gates=changed("age", reading="completed"))["age"] == answer


def test_age_of_somebody_born_on_29_february():
    birth = dt.date(1972, 2, 29)
    assert answers("2028-02-29", birth_date=birth)["age"] == "memenuhi"
    assert answers("2028-03-01", birth_date=birth)["age"] == "tidak memenuhi"


@pytest.mark.parametrize(
    ("ratings", "answer"),
    [
        ({2024: "very_good", 2025: "good"}, "memenuhi"),
        ({2024: "needs_improvement", 2025: "good"}, "tidak memenuhi"),
        ({2025: "good"}, "perlu ditinjau"),
        ({2025: "poor"}, "tidak memenuhi"),
        ({}, "perlu ditinjau"),
    ],
)
def test_performance_in_the_last_two_years(ratings, answer):
    rows = [{"nip": NIP, "year": year, "rating": rating} for year, rating in ratings.items()]
    assert answers(facts={"performance_rating": rows})["performance"] == answer


def test_related_experience_counts_over_posts():
    # Present post since 2020 in the secretariat (government), two years in health before.
    assert answers(family="government")["related_experience"] == "memenuhi"
    assert answers(family="health")["related_experience"] == "tidak memenuhi"
    long_ago = [held(start="2012-01-01", end="2015-01-01"), held("Sekretaris", "2015-01-01", "2017-01-02")]
    assert answers(family="health", facts={"position_history": long_ago})["related_experience"] == "memenuhi"


def test_posts_of_general_administration_count_service_in_any_family():
    later = {"position_history": [held(start="2015-01-01", end="2019-06-01")]}
    person = {"unit": "Dinas Pertanian", "position_since": dt.date(2024, 1, 1)}
    assert answers(family="government", facts=later, **person)["related_experience"] == "memenuhi"
    assert answers(family="health", facts=later, **person)["related_experience"] == "tidak memenuhi"
    assert answers(facts=later, **person)["related_experience"] == "tidak memenuhi"


def test_an_overlapping_plt_counts_once():
    alone = [held(start="2015-01-01", end="2019-01-01")]
    with_plt = [*alone, held("Plt. Kepala Dinas", "2016-01-01", "2018-01-01", holding="acting_higher")]
    beyond = [*alone, held("Plt. Kepala Dinas", "2018-01-01", "2020-01-01", holding="acting_higher")]
    assert detail("related_experience", "health", position_history=alone) == "4.0"
    assert detail("related_experience", "health", position_history=with_plt) == "4.0"
    assert detail("related_experience", "health", position_history=beyond) == "5.0"


def test_without_a_history_little_experience_is_to_be_reviewed():
    bare = {"position_history": []}
    assert answers(facts=bare, family="health")["related_experience"] == "perlu ditinjau"
    assert answers(facts=bare)["related_experience"] == "memenuhi"  # the present post alone is enough
    assert answers(facts=bare, echelon="IV.a")["held_level"] == "perlu ditinjau"


def test_was_administrator_comes_from_the_history():
    now = {"echelon": None, "position_title": "Guru Ahli Muda"}
    assert answers(**now)["held_level"] == "memenuhi"
    short = [held(start="2018-01-01", end="2019-06-01")]
    assert answers(facts={"position_history": short}, **now)["held_level"] == "tidak memenuhi"


def test_acting_as_administrator_does_not_make_one():
    acting = [held(start="2015-01-01", end="2019-01-01", holding="acting_same")]
    person = {"echelon": "IV.a", "position_title": "Kepala Seksi"}
    assert answers(facts={"position_history": acting}, **person)["held_level"] == "tidak memenuhi"


@pytest.mark.parametrize("title", ["Analis Kebijakan Ahli Madya", "Auditor Ahli Madya"])
def test_ahli_madya_passes_and_has_no_echelon(title):
    assert answers(echelon=None, position_title=title)["held_level"] == "memenuhi"


def test_a_present_jpt_passes_from_the_first_day():
    new = {"echelon": "II.b", "position_since": dt.date(2026, 11, 1)}
    assert answers(facts={"position_history": [held(echelon="IV.a")]}, **new)["held_level"] == "memenuhi"


@pytest.mark.parametrize(
    ("jpm", "answer"),
    [(80.0, "memenuhi"), (68.0, "memenuhi"), (67.99, "tidak memenuhi"), (None, "perlu ditinjau")],
)
def test_competency_at_least_mms(jpm, answer):
    rows = [{"nip": NIP, "assessed_on": "2025-01-01", "job_person_match": jpm, "made_for": "jpt_pratama"}]
    assert answers(facts={"competency_assessment": rows})["competency"] == answer


def test_an_expired_assessment_is_to_be_reviewed():
    rows = [{"nip": NIP, "assessed_on": "2023-11-24", "job_person_match": 90.0, "made_for": "jpt_pratama"}]
    assert answers(facts={"competency_assessment": rows})["competency"] == "perlu ditinjau"


@pytest.mark.parametrize(
    ("punishment", "decided", "until", "answer"),
    [
        ("moderate", "2025-11-25", "2026-05-25", "tidak memenuhi"),
        ("severe", "2024-11-25", None, "tidak memenuhi"),
        ("severe", "2024-11-24", None, "memenuhi"),
        ("light", "2026-01-01", "2026-02-01", "memenuhi"),
        ("light", "2026-01-01", "2026-12-01", "tidak memenuhi"),  # being served
        ("severe", "2026-12-01", None, "memenuhi"),  # after the reference date
    ],
)
def test_discipline(punishment, decided, until, answer):
    rows = [{"nip": NIP, "decided_on": decided, "punishment": punishment, "served_until": until}]
    assert answers(facts={"discipline": rows})["discipline"] == answer


def test_no_record_is_none_only_where_somebody_has_confirmed_it():
    assert answers(facts={"discipline_check": []})["discipline"] == "perlu ditinjau"
    other = [{"nip": OTHER_NIP, "checked_on": "2026-03-01", "checked_by": "Inspektorat"}]
    assert answers(facts={"discipline_check": other})["discipline"] == "perlu ditinjau"
    assert detail("discipline") == "01-03-2026, Inspektorat"
    # Rules that ask for no check take the register as it is.
    gate = next(gate for gate in RULES.gates if gate.key == "discipline")
    parameters = {name: value for name, value in gate.parameters.items() if name != "check_months"}
    lax = (replace(gate, parameters=parameters),)
    assert answers(gates=lax, facts={"discipline_check": []})["discipline"] == "memenuhi"
    # A check does not outweigh a punishment that counts.
    rows = [{"nip": NIP, "decided_on": "2026-02-01", "punishment": "severe"}]
    assert answers(facts={"discipline": rows})["discipline"] == "tidak memenuhi"


def test_without_a_register_discipline_is_to_be_reviewed():
    assert answers(facts={"discipline": [], "discipline_check": []})["discipline"] == "perlu ditinjau"
    # Whoever looked and found none knows it all the same: a regency may have no punishment at all.
    assert answers(facts={"discipline": []})["discipline"] == "memenuhi"


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        ([], "perlu ditinjau"),
        ([{"declared_on": "2026-03-01", "health": "fit"}], "memenuhi"),
        ([{"declared_on": "2026-03-01", "health": "unfit"}], "tidak memenuhi"),
        ([{"declared_on": "2025-11-23", "health": "fit"}], "perlu ditinjau"),
        ([{"declared_on": "2026-11-23", "health": "unfit"}], "tidak memenuhi"),
        ([{"declared_on": "2026-11-24", "health": "unfit"}], "tidak memenuhi"),
        ([{"declared_on": "2026-11-25", "health": "unfit"}], "perlu ditinjau"),
        ([{"declared_on": "2024-01-01", "health": "fit", "valid_until": "2027-01-01"}], "memenuhi"),
        (
            [{"declared_on": "2025-03-01", "health": "unfit"}, {"declared_on": "2026-03-01", "health": "fit"}],
            "memenuhi",
        ),
    ],
)
def test_health(rows, answer):
    rows = [{"nip": NIP, **row} for row in rows]
    assert answers(facts={"health": rows})["health"] == answer


def test_grade_and_leadership_training_are_shown_and_do_not_decide():
    low = answers(grade="III/d", facts={"training": []})
    assert low["grade"] == "tidak memenuhi"
    assert low["leadership_training"] == "perlu ditinjau"
    assert low["overall"] == "memenuhi"
    other = [{"nip": NIP, "name_of_training": "Bimtek", "started_on": "2024-01-01", "hours": 5}]
    assert answers(facts={"training": other})["leadership_training"] == "tidak memenuhi"


def test_whether_the_grade_gates_is_a_setting():
    assert answers(grade="III/d", gates=changed("grade"))["overall"] == "tidak memenuhi"


def test_grades_are_ordered_by_rank_not_by_letters():
    assert answers(grade="IV/b")["grade"] == "memenuhi"
    assert answers(grade="IX")["grade"] == "memenuhi"
    assert answers(grade="II/d")["grade"] == "tidak memenuhi"


@pytest.mark.parametrize(
    ("since", "answer"),
    [("2024-11-30", "perlu ditinjau"), ("2024-11-20", "memenuhi"), ("2021-11-01", "perlu ditinjau")],
)
def test_tenure_of_a_jpt_holder_is_a_caution(since, answer):
    history = {"position_history": [held(start="2010-01-01")]}
    judged = answers(echelon="II.b", position_since=dt.date.fromisoformat(since), facts=history)
    assert judged["tenure"] == answer
    assert judged["overall"] == "memenuhi"


def test_tenure_says_nothing_about_others():
    assert (
        answers(position_since=dt.date(2026, 11, 1), facts={"position_history": [held(start="2010-01-01")]})["tenure"]
        == "memenuhi"
    )


def test_the_worst_answer_decides():
    assert answers(education_level=None)["overall"] == "perlu ditinjau"
    assert answers(education_level=None, birth_date=dt.date(1960, 1, 1))["overall"] == "tidak memenuhi"


def test_every_gate_has_article_standing_and_names():
    for gate in RULES.gates:
        assert gate.article
        assert gate.standing in "SML"
        assert set(gate.name) == {"id", "en"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda row: row.update(key="luck"), "“luck” is unknown"),
        (lambda row: row.update(effect="maybe"), "expected gate, shown or warning"),
        (lambda row: row.pop("limit"), "“limit” is missing"),
        (lambda row: row.pop("article"), "“article” is missing"),
    ],
)
def test_unusable_rules_are_refused(change, words):
    row = {"key": "age", "name": {"id": "x", "en": "x"}, "article": "x", "standing": "L", "effect": "gate", "limit": 56}
    row["reading"] = "strict"
    change(row)
    with pytest.raises(InvalidRubric, match=words):
        build_rules({"key": "x", "gate": [row]})


CASES = tomllib.loads((Path(__file__).parents[3] / "cases" / "gates.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['gate']}: {case['what']}")
def test_the_examples_that_people_can_read_and_extend(case):
    facts = {kind: [{"nip": NIP, **row} for row in rows] for kind, rows in case.get("facts", {}).items()}
    assert answers(case["day"].isoformat(), facts=facts, **case.get("person", {}))[case["gate"]] == case["answer"]


@pytest.mark.parametrize("answer", [0, 1, 2])
def test_every_gate_says_every_answer_it_can_give_in_words_with_its_parameters(answer):
    for gate in RULES.gates:
        template, values = gate.sentence(answer, "7")
        assert "{" not in template.format(**values)


def test_the_words_of_a_gate_follow_its_parameters():
    (strict,) = changed("performance", minimum="very_good")
    template, values = strict.sentence(2, "2025")
    assert template.format(**values) == "rating below Sangat Baik in 2025"
    (lower,) = changed("held_level", levels=["supervisor"], years=4)
    template, values = lower.sentence(2, "1.0")
    assert template.format(**values) == "1.0 years as Pengawas, at least 4"


def test_a_new_gate_is_a_function_with_its_needs_and_words_and_a_row_of_a_rules_file():
    """As docs/design.md, "Adding", says."""

    @gates.gate("sex", needs={"wanted": "words"}, words={0: N_("as wanted"), 2: N_("{detail}, wanted {wanted}")})
    def judge_sex(context, parameters, family):
        wrong = ~context.people["sex"].isin(parameters["wanted"])
        return pd.DataFrame({"answer": wrong.astype(int) * 2, "detail": context.people["sex"]}, index=context.nips)

    try:
        row = {"key": "sex", "name": {"id": "x", "en": "x"}, "article": "x", "standing": "L", "effect": "gate"}
        with pytest.raises(InvalidRubric, match="“wanted” is missing"):
            build_rules({"key": "x", "name": row["name"], "gate": [row]})
        rules = build_rules({"key": "x", "name": row["name"], "gate": [{**row, "wanted": ["female"]}]})
        assert answers(gates=rules.gates)["sex"] == "tidak memenuhi"
        template, values = rules.gates[0].sentence(2, "male")
        assert template.format(**values) == "male, wanted ['female']"
        with pytest.raises(ValueError, match="two gates"):
            gates.gate("sex", needs={}, words={})
    finally:
        del gates.GATES["sex"]
