import copy
import tomllib

import pytest

from core.service.reference import read_shipped_rubrics
from core.service.toml_text import build_from_text, find_line
from core.talent.errors import InvalidRubric, InvalidRubricFile
from core.talent.scoring.rubric import build_rubric

TEXTS = read_shipped_rubrics()
KEPKA_TEXT = TEXTS["kepka-bkn-411-2025"]
KEPKA = tomllib.loads(KEPKA_TEXT)


def test_kepka_has_the_weights_of_the_decree():
    rubric = build_rubric(KEPKA)
    assert dict(zip(rubric.criterion_keys, rubric.weights, strict=True)) == pytest.approx(
        {
            "main_performance": 0.30,
            "supporting_performance": 0.20,
            "competency": 0.20,
            "potential_aspects": 0.125,
            "qualification": 0.10,
            "integrity": 0.075,
        }
    )
    assert sum(rubric.weights) == pytest.approx(1)
    shares = {measure.key: measure.share for measure in rubric.measures.values()}
    assert shares["awards"] == pytest.approx(15 / 40)
    assert shares["experience"] == pytest.approx(10 / 40)


def test_djbk_has_its_weights_and_its_own_table():
    rubric = build_rubric(tomllib.loads(TEXTS["djbk-65-20-15"]))
    assert dict(zip(rubric.criterion_keys, rubric.weights, strict=True)) == pytest.approx(
        {
            "performance_rating": 0.5,
            "potential_and_competency": 0.325,
            "education": 0.025,
            "field_of_study": 0.025,
            "training": 0.025,
            "experience": 0.025,
            "integrity": 0.075,
        }
    )
    assert list(rubric.measures["rating"].parameters["table"].values()) == [100, 80, 60, 40, 20]
    potkom = rubric.measures["potkom"]
    assert (potkom.method, potkom.share, potkom.parameters["highest"]) == ("latest_value", 1, 120)
    assert rubric.measures["posts_held"].parameters["components"] == ["tenure", "variety", "substance"]


@pytest.mark.parametrize("key", TEXTS)
def test_every_measure_names_source_and_standing_and_the_three_tables_are_offered(key):
    rubric = build_rubric(tomllib.loads(TEXTS[key]))
    assert rubric.key == key
    assert all(measure.source and measure.standing in "SML" for measure in rubric.measures.values())
    chosen, offered = rubric.choices["rating"]
    assert offered == ("rating_a", "rating_b", "rating_c")
    assert chosen == {"kepka-bkn-411-2025": "rating_b", "djbk-65-20-15": "rating_a"}[key]
    assert rubric.fit.shares["jpt_pratama"] == (0.7, 0.3)


def test_choosing_another_table_is_one_word():
    other = build_from_text(KEPKA_TEXT.replace('rating = "rating_b"', 'rating = "rating_a"'), "x", build_rubric)
    assert other.measures["rating"].parameters["table"]["good"] == 80


def test_the_digest_changes_with_the_content():
    changed = copy.deepcopy(KEPKA)
    changed["thresholds"]["high"] = 90
    assert build_rubric(KEPKA).digest == build_rubric(copy.deepcopy(KEPKA)).digest != build_rubric(changed).digest


def _broken(change):
    data = copy.deepcopy(KEPKA)
    change(data)
    return data


def _measure(data, criterion=0, axis=0):
    return data["axis"][axis]["part"][criterion]["measure"][0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d["axis"][0].update(weight=60), "sum to 110"),
        (lambda d: d["axis"][0]["part"][0].update(weight=50), "sum to 90"),
        (lambda d: _measure(d, 1).update(weight=1), "sum to 26"),
        (lambda d: _measure(d).update(weight=-1), "expected a number from 0 to 100"),
        (lambda d: _measure(d).update(weight="much"), "expected a number from 0 to 100"),
        (lambda d: _measure(d).update(method="magic"), "method “magic” is unknown"),
        (lambda d: _measure(d).update(fact="stars"), "source fact “stars” is unknown"),
        (lambda d: _measure(d).update(column="stars"), "no column “stars”"),
        (lambda d: _measure(d).update(combine="luck"), "combined by “luck”"),
        (lambda d: _measure(d).update(table={}), "value table is empty"),
        (lambda d: _measure(d).update(table="nothing"), "no table “nothing”"),
        (lambda d: _measure(d).update(table={"good": 80}), "no score for: very_good"),
        (lambda d: _measure(d).update(standing="X"), "standing is “X”"),
        (lambda d: _measure(d).pop("source"), "“source” is missing"),
        (lambda d: d["tables"].update(rating_b="rating"), "in a circle"),
        (lambda d: d["tables"].update(rating_b="rating_x"), "no table “rating_x”"),
        (lambda d: d["tables"]["rating_a"].update(good=120), "expected a number from 0 to 100"),
        (lambda d: d["options"].update(rating=["rating_a"]), "must be the name of one of its options"),
        (lambda d: d.pop("thresholds"), "“thresholds” is missing"),
        (lambda d: d["thresholds"].update(middle=90), "middle must be below high"),
        (lambda d: d["axis"][1]["part"][0].update(key="integrity"), "names two entries"),
        (lambda d: d.pop("axis"), "“axis” is missing"),
        (lambda d: d["axis"].pop(), "exactly the axes"),
        (lambda d: d["fit"]["shares"].update(jpt_pratama=[70, 20]), "sum to 100"),
        (lambda d: _measure(d, 0, 1).update(validity_years=0), "expected a number from 1"),
    ],
)
def test_an_unusable_rubric_is_refused_with_the_reason(change, words):
    with pytest.raises(InvalidRubric) as refusal:
        build_rubric(_broken(change))
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("before", "after", "marker", "words"),
    [
        (
            'weight = 15\nmethod = "best_event"\nfact = "award"',
            'weight = 16\nmethod = "best_event"\nfact = "award"',
            "weight = 16",
            "sum to 41",
        ),
        ('fact = "training"', 'fact = "stars"', 'fact = "stars"', "“stars”"),
        ("high = 80", "high = 800", "high = 800", "“high” is 800"),
        (
            'standing = "M"\ntable = { S3 = 100',
            'standing = "M"\ntable = { S9 = 100',
            "table = { S9",
            "no score for: S3",
        ),
        ('rating = "rating_b"', 'rating = "rating"', 'rating = "rating"', "in a circle"),
    ],
)
def test_a_refused_file_is_told_with_its_line(before, after, marker, words):
    text = KEPKA_TEXT.replace(before, after, 1)
    assert text != KEPKA_TEXT
    with pytest.raises(InvalidRubricFile) as refusal:
        build_from_text(text, "x.toml", build_rubric)
    message = str(refusal.value)
    assert words in message
    line = int(message.split("line ")[1].split(":")[0])
    assert marker in text.splitlines()[line - 1]


def test_a_file_that_is_no_toml_is_told_with_its_line():
    with pytest.raises(InvalidRubricFile, match="line 2"):
        build_from_text('key = "x"\nname = = 3', "x.toml", build_rubric)


def test_a_line_of_an_entry_that_is_not_there_is_that_of_its_table():
    text = (
        '[[axis]]\nkey = "a"\n[[axis.part]]\nkey = "b"\n[[axis.part]]\nkey = "c"\n[[axis]]\n[[axis.part]]\nkey = "d"\n'
    )
    assert find_line(text, ("axis", 0, "part", 1, "weight")) == 5
    assert find_line(text, ("axis", 0, "part", 1, "key")) == 6
    assert find_line(text, ("axis", 1, "part", 0, "key")) == 9
    assert find_line(text, ("nothing",)) == 1


@pytest.mark.parametrize(
    ("pair", "sound"),
    [
        ([70, 30], True),
        ([100, 0], True),
        ([0, 100], True),
        ([110, -10], False),
        ([70, 31], False),
        ([100], False),
        ([40, 30, 30], False),
        ("ab", False),
        (100, False),
    ],
)
def test_shares_of_a_fit_are_two_percentages(pair, sound):
    data = copy.deepcopy(KEPKA)
    data["fit"]["shares"]["jpt_pratama"] = pair
    if sound:
        assert build_rubric(data).fit.shares["jpt_pratama"] == (pair[0] / 100, pair[1] / 100)
    else:
        with pytest.raises(InvalidRubric, match="two percentages that sum to 100"):
            build_rubric(data)


@pytest.mark.parametrize(("version", "sound"), [(0, False), (1, True), (10_000, True), (10_001, False)])
def test_versions_count_from_one(version, sound):
    data = copy.deepcopy(KEPKA) | {"version": version}
    if sound:
        assert build_rubric(data).version == version
    else:
        with pytest.raises(InvalidRubric, match="expected a number from 1 to"):
            build_rubric(data)
