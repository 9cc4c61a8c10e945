import pytest

from core.talent.errors import InvalidValue
from core.talent.vocabulary import ECHELON, EDUCATION, GRADE, RATING, fold_text, spell_code


@pytest.mark.parametrize("spelling", ["II.b", "II.B", "II/b", "Eselon 2B / JPT Pratama", "eselon II.b", "2b"])
def test_echelon_spellings_mean_one_thing(spelling):
    assert ECHELON.parse(spelling) == "II.b"


@pytest.mark.parametrize("spelling", ["", "-", "Non Eselon"])
def test_no_echelon_is_no_error(spelling):
    assert ECHELON.parse(spelling) is None


@pytest.mark.parametrize(
    ("spelling", "code"), [("sangat baik", "very_good"), ("BAIK", "good"), ("Butuh Perbaikan", "needs_improvement")]
)
def test_ratings(spelling, code):
    assert RATING.parse(spelling) == code


@pytest.mark.parametrize("spelling", ["0", "tidak ada data"])
def test_no_data_is_not_a_rating(spelling):
    assert RATING.parse(spelling) is None


def test_unknown_rating_says_what_was_expected():
    with pytest.raises(InvalidValue, match="Sangat Baik, Baik, Butuh Perbaikan"):
        RATING.parse("Luar biasa")


def test_grades_are_in_order_of_rank():
    order = GRADE.codes
    assert order.index("III/d") < order.index("IV/a") < order.index("IV/e")
    assert order.index("II/d") < order.index("III/a")


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("IV.a", "IV/a"),
        ("IVA", "IV/a"),
        ("4a", "IV/a"),
        ("Pembina", "IV/a"),
        ("Pembina (IV/a)", "IV/a"),
        ("Gol. IV/a", "IV/a"),
        ("IV/b - Pembina Tk. I", "IV/b"),
        ("Pembina Tingkat I", "IV/b"),
        ("Penata Muda Tk.I / III.b", "III/b"),
        ("II/d", "II/d"),
        ("Golongan IX", "IX"),
    ],
)
def test_grade_spellings_mean_one_thing(spelling, code):
    assert GRADE.parse(spelling) == code


def test_every_spelling_of_a_grade_belongs_to_one_grade_only():
    by_grade = {
        code: {fold_text(spelling) for spelling in (code, *spellings)} for code, spellings in GRADE.spellings.items()
    }
    assert sum(len(spellings) for spellings in by_grade.values()) == len(set().union(*by_grade.values()))


@pytest.mark.parametrize(
    ("spelling", "code"),
    [("S-1/Sarjana", "S1"), ("Diploma III/Sarjana Muda", "D3"), ("S-2", "S2"), ("SLTA Kejuruan", "SLTA")],
)
def test_education_spellings(spelling, code):
    assert EDUCATION.parse(spelling) == code


def test_fold():
    assert fold_text("Eselon 2B / JPT") == "eselon2bjpt"


@pytest.mark.parametrize(
    ("column", "code", "written"),
    [
        ("rating", "very_good", "Sangat Baik"),
        ("sex", "male", "L"),
        ("health", "fit", "Sehat"),
        ("grade", "IV/a", "IV/a"),
        ("echelon", "II.b", "II.b"),
        ("education_level", "S1", "S1"),
        ("level", "D4", "D4"),
        ("rating", "none", "none"),
        ("hours", "20", "20"),
    ],
)
def test_codes_as_people_write_them(column, code, written):
    assert spell_code(column, code) == written
