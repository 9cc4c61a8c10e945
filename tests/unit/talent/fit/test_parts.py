"""Tests of core/talent/fit/parts.py: every figure is worked out by hand beside it."""

import numpy as np
import pandas as pd
import pytest

from core.service import reference
from core.talent.facts import COMPETENCIES
from core.talent.fit.parts import Scored, score_measure, score_parts
from core.talent.fit.standard import ask_standard
from core.talent.posts import Post
from tests.factories import NIP, OTHER_NIP, context_of, employee, frames

TODAY = "2026-07-01"
RUBRIC = reference.read_fit_rubric("tiga-bagian")
PARAMETERS = {m.key: m.parameters for criterion in RUBRIC.criteria for m in criterion.measures}


def kominfo(**values):
    return Post("dinas-kominfo", "Kepala Dinas Kominfo", "Dinas Kominfo", "II.b", "information", **values)


def scored(key, people=None, post=None, levels=("administrator",), **facts):
    """(value, low, high) of the first person."""
    context = context_of(frames(employee=people or [employee()], **facts), TODAY)
    standard = ask_standard(post or kominfo(), "S1", frozenset(levels))
    found = score_measure(context, standard, key, PARAMETERS[key])
    return tuple(float(bound[0]) for bound in (found.value, found.low, found.high))


def known(value):
    return (pytest.approx(value), pytest.approx(value), pytest.approx(value))


@pytest.mark.parametrize(
    ("field", "asked", "score"),
    [
        ("Teknik Informatika", "", 100),  # a discipline of the family
        ("Teknik Informatika", "Informatika", 100),  # the word itself
        ("Sistem Informasi", "Informatika", 100),  # the same discipline
        ("Statistika", "Informatika", 75),  # a related one
        ("Ilmu Komunikasi", "Informatika", 75),  # of the family, not what is asked for
        ("Ilmu Pemerintahan", "", 75),  # general administration, related everywhere
        ("Agroteknologi", "Informatika", 50),
    ],
)
def test_a_field_of_study_is_the_same_related_or_other(field, asked, score):
    assert scored("field_of_study", [employee(education_field=field)], kominfo(required_field=asked)) == known(score)


def test_of_several_degrees_the_one_that_fits_best_counts_if_it_is_high_enough():
    person = employee(education_level="S2", education_field="Agroteknologi")
    first = {"nip": NIP, "level": "S1", "field": "Teknik Informatika"}
    assert scored("field_of_study", [person], education=[first]) == known(100)
    # A post that asks for S2 takes no S1, whatever its field.
    strict = kominfo(requirements="education=S2")
    assert scored("field_of_study", [person], strict, education=[first]) == known(50)
    # Who has nothing as high as asked for is judged by the highest there is.
    lower = employee(education_level="D3", education_field="Teknik Informatika")
    assert scored("field_of_study", [lower]) == known(100)


def test_a_field_that_no_discipline_knows_or_that_is_not_recorded_leaves_the_part_open():
    assert scored("field_of_study", [employee(education_field="Ilmu Gaib")]) == (
        pytest.approx(np.nan, nan_ok=True),
        50,
        100,
    )
    bare = employee(education_level=None, education_field=None)
    assert scored("field_of_study", [bare])[1:] == (50, 100)
    # An unknown field beside a known one of 75 may still be 100; beside one of 100 it changes nothing.
    person = employee(education_field="Ilmu Gaib")
    beside = [{"nip": NIP, "level": "S1", "field": "Ilmu Pemerintahan"}]
    assert scored("field_of_study", [person], education=beside)[1:] == (75, 100)
    assert scored("field_of_study", [person], education=[{**beside[0], "field": "Informatika"}]) == known(100)


@pytest.mark.parametrize(
    ("level", "asked", "score"), [("S1", "", 100), ("D4", "", 100), ("D3", "", 50), ("S1", "S2", 50), ("S3", "S2", 100)]
)
def test_the_level_of_education_meets_what_is_asked_for_or_not(level, asked, score):
    post = kominfo(requirements=f"education={asked}" if asked else "")
    assert scored("level_of_study", [employee(education_level=level)], post) == known(score)


def assessment(day="2025-01-01", **values):
    return {"nip": NIP, "assessed_on": day, **values}


def test_the_nine_levels_are_held_against_the_standard_of_the_post():
    levels = dict.fromkeys(COMPETENCIES, 4.0) | {"integrity": 2.0, "teamwork": 5.0}
    # Eight at 4 of 4, one at 2: 34 of 36; more than asked for counts no more.
    assert scored("competency_match", competency_assessment=[assessment(**levels)]) == known(34 / 36 * 100)
    # A post that asks for integrity 5: 34 of 37.
    strict = kominfo(competencies="integrity=5")
    assert scored("competency_match", post=strict, competency_assessment=[assessment(**levels)]) == known(34 / 37 * 100)
    # Older than three years on the day.
    old = assessment("2023-07-01", **levels)
    assert scored("competency_match", competency_assessment=[old])[1:] == (0, 100)
    assert scored("competency_match", competency_assessment=[assessment("2023-07-02", **levels)]) == known(
        34 / 36 * 100
    )


@pytest.mark.parametrize(
    ("made_for", "post", "counts"),
    [
        ("jpt_pratama", kominfo(), True),
        ("administrator", kominfo(), False),
        (None, kominfo(), False),
        ("jpt_pratama", kominfo(competencies="integrity=5"), False),
    ],
)
def test_a_match_as_given_counts_only_against_the_very_standard_it_was_made_for(made_for, post, counts):
    given = assessment(job_person_match=88.0, made_for=made_for)
    found = scored("competency_match", post=post, competency_assessment=[given])
    assert found == known(88) if counts else found[1:] == (0, 100)


def test_technical_competence_is_that_of_the_family_or_of_the_subject_the_post_names():
    done = [
        {"nip": NIP, "subject": "Dinas Komunikasi dan Informatika", "assessed_on": "2025-01-01", "score": 70.0},
        {"nip": NIP, "subject": "Keamanan Siber", "assessed_on": "2025-06-01", "score": 90.0},
    ]
    assert scored("technical_competence", technical_assessment=done) == known(70)
    assert scored(
        "technical_competence", post=kominfo(technical_subject="keamanan siber"), technical_assessment=done
    ) == known(90)
    assert scored("technical_competence", post=kominfo(technical_subject="siber akbar"), technical_assessment=done)[
        1:
    ] == (0, 100)


def history(start, end, unit="Dinas Komunikasi dan Informatika", holding="definitive", echelon="III.b", title="Kabid"):
    return {
        "nip": NIP,
        "title": title,
        "started_on": start,
        "ended_on": end,
        "unit": unit,
        "holding": holding,
        "echelon": echelon,
    }


def test_years_in_the_field_are_a_share_of_those_that_are_full():
    person = employee(position_since="2025-07-01", unit="Sekretariat Daerah")
    five = [history("2010-01-01", "2014-12-31")]  # 1825 days
    assert scored("years_in_field", [person], position_history=five) == known(1825 / 365 / 10 * 100)
    assert scored("years_in_field", [person], kominfo(experience_years=4), position_history=five) == known(100)
    # Acting ones count as the rubric says; here whole, so a share of them changes nothing else.
    acting = [history("2010-01-01", "2014-12-31", holding="plt")]
    assert scored("years_in_field", [person], position_history=acting) == known(50)
    half = {**PARAMETERS["years_in_field"], "acting_percent": 50}
    context = context_of(frames(employee=[person], position_history=acting), TODAY)
    standard = ask_standard(kominfo(), "S1", frozenset())
    assert score_measure(context, standard, "years_in_field", half).value == pytest.approx([25])


def test_without_a_position_history_what_is_known_is_the_least_there_can_be():
    person = employee(position_since="2024-07-01", unit="Dinas Komunikasi dan Informatika")
    value, low, high = scored("years_in_field", [person])
    assert np.isnan(value)
    assert high == 100
    assert low == pytest.approx(730 / 365 / 10 * 100)
    assert scored("years_in_field", [person], kominfo(experience_years=2)) == known(100)


def test_years_at_the_level_asked_for_count_high_office_too():
    person = employee(position_since="2026-07-01", echelon="IV.a", position_title="Kasubbag")
    past = [
        history("2020-01-01", "2020-12-31"),  # 365 days as administrator
        history("2022-01-01", "2022-12-31", echelon="II.b", title="Kepala Dinas"),  # 364 as JPT
        history("2010-01-01", "2019-12-31", echelon="IV.a", title="Kasi"),
    ]
    days = 365 + 364
    assert scored("years_at_level", [person], position_history=past) == known(days / 365 / 5 * 100)
    # Where the rules ask for no level, all of service counts.
    assert scored("years_at_level", [person], levels=(), position_history=past) == known(100)


def test_a_missing_measure_leaves_its_part_open_and_no_other():
    people = [employee(), employee(OTHER_NIP, education_field="Teknik Informatika")]
    done = [assessment(**dict.fromkeys(COMPETENCIES, 4.0))]
    context = context_of(frames(employee=people, competency_assessment=done), TODAY)
    standard = ask_standard(kominfo(), "S1", frozenset({"administrator"}))
    rows = context.nips.get_indexer(pd.Index([NIP, OTHER_NIP]))
    talent = Scored(np.array([80.0, np.nan]), np.array([80.0, 60.0]), np.array([80.0, 90.0]))
    scores = score_parts(context, rows, standard, RUBRIC, talent)
    keys = list(RUBRIC.criterion_keys)
    competence, study = keys.index("competence"), keys.index("study")
    # Assessed in the nine, not technically: half is known.
    assert np.isnan(scores.value[0, competence])
    assert (scores.low[0, competence], scores.high[0, competence]) == (50, 100)
    assert scores.value[1, study] == pytest.approx(100)
    assert np.isnan(scores.value[1, keys.index("talent")])
    assert scores.measures.shape == (2, 7)


def test_some_people_are_scored_as_they_are_among_all(current):
    post = current.post("dinas-kominfo")
    standard = current.standard(post)
    everyone = np.arange(len(current.people))
    talent = Scored(*(np.zeros(len(everyone)) for _ in range(3)))
    whole = score_parts(current.context, everyone, standard, RUBRIC, talent)
    few = everyone[::7]
    some = score_parts(current.context, few, standard, RUBRIC, Scored(*(np.zeros(len(few)) for _ in range(3))))
    for bound in ("value", "low", "high"):
        np.testing.assert_array_equal(getattr(some, bound), getattr(whole, bound)[few])
    known_rows = ~np.isnan(whole.value)
    assert (whole.low <= whole.high).all()
    np.testing.assert_array_equal(whole.low[known_rows], whole.high[known_rows])
