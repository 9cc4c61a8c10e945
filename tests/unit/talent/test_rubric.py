import copy
import tomllib

import pytest

from core.service.reference import DATA
from core.talent.errors import InvalidRubric
from core.talent.rubric import rubric_from

KEPKA = tomllib.loads((DATA / "rubrics" / "kepka-bkn-411-2025.toml").read_text(encoding="utf-8"))


def test_kepka_has_the_weights_of_the_decree():
    rubric = rubric_from(KEPKA)
    assert dict(zip(rubric.part_keys, rubric.weights, strict=True)) == pytest.approx(
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
    shares = {measure.key: measure.share for part in rubric.parts for measure in part.measures}
    assert shares["awards"] == pytest.approx(15 / 40)
    assert shares["experience"] == pytest.approx(10 / 40)


def test_the_digest_changes_with_the_content():
    changed = copy.deepcopy(KEPKA)
    changed["thresholds"]["high"] = 90
    assert rubric_from(KEPKA).digest == rubric_from(copy.deepcopy(KEPKA)).digest != rubric_from(changed).digest


def _broken(change):
    data = copy.deepcopy(KEPKA)
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d["axis"][0].update(weight=60), "sum to 110"),
        (lambda d: d["axis"][0]["part"][0].update(weight=50), "sum to 90"),
        (lambda d: d["axis"][0]["part"][1]["measure"][0].update(weight=1), "sum to 26"),
        (lambda d: d["axis"][0]["part"][0]["measure"][0].update(method="magic"), "unknown method"),
        (lambda d: d["axis"][0]["part"][0]["measure"][0].update(fact="stars"), "unknown fact"),
        (lambda d: d["axis"][0]["part"][0]["measure"][0].update(table={}), "empty value table"),
        (lambda d: d.pop("thresholds"), "lacks the entry “thresholds”"),
        (lambda d: d["axis"][1]["part"][0].update(key="integrity"), "names a part twice"),
    ],
)
def test_an_unusable_rubric_is_refused_with_the_reason(change, words):
    with pytest.raises(InvalidRubric) as refusal:
        rubric_from(_broken(change))
    assert words in str(refusal.value)
