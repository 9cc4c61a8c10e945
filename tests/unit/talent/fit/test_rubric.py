"""Tests of core/talent/fit/rubric.py."""

import tomllib

import pytest

from core.service.reference import DATA
from core.service.toml_text import build_from_text
from core.talent.errors import InvalidRubric, InvalidRubricFile
from core.talent.fit.parts import MEASURES
from core.talent.fit.rubric import NEEDS, build_fit_rubric

TEXT = (DATA / "rubrics" / "fit" / "tiga-bagian.toml").read_text(encoding="utf-8")


def test_the_shipped_rubric_weighs_three_parts_and_the_talent_value_nothing():
    rubric = build_fit_rubric(tomllib.loads(TEXT))
    assert dict(zip(rubric.criterion_keys, rubric.weights, strict=True)) == {
        "study": 0.3,
        "competence": 0.4,
        "experience": 0.3,
        "talent": 0.0,
    }
    for criterion in rubric.criteria:
        assert sum(measure.share for measure in criterion.measures) == pytest.approx(1)
    assert set(NEEDS) == {*MEASURES, "talent_value"}


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("weight = 40", "weight = 41", "weight = 30", "sum to"),
        ('key = "field_of_study"', 'key = "shoe_size"', 'key = "shoe_size"', "unknown"),
        ("general = 75, ", "", "table = { same_family", "expected: same_family, general, other"),
        ("full_years = 10", "full_years = 0", "full_years = 0", "from 1 to 40"),
        ("full_years = 10", "full_years = 10\nhurry = 3", "hurry", "knows no entry"),
        ("acting_percent = 100", "acting_percent = 120", "acting_percent = 120", "from 0 to 100"),
        ("validity_years = 3", "", "[[part.measure]]", "validity_years"),
        ("other = 50", "other = 150", "other = 150", "from 0 to 100"),
    ],
)
def test_a_rubric_of_the_fit_that_cannot_be_is_refused_with_its_place(old, new, line, told):
    text = TEXT.replace(old, new, 1)
    with pytest.raises(InvalidRubricFile) as refusal:
        build_from_text(text, "tiga-bagian.toml", build_fit_rubric)
    assert told in str(refusal.value)
    lines = [number for number, row in enumerate(text.splitlines(), start=1) if line in row]
    assert int(str(refusal.value.values["line"])) in lines


def test_a_measure_stands_in_one_part():
    data = tomllib.loads(TEXT)
    data["part"][1]["measure"][0] = {**data["part"][0]["measure"][0]}
    with pytest.raises(InvalidRubric, match="field_of_study"):
        build_fit_rubric(data)
