import pytest

from core.talent.names import bare_name, compare_names


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Rahmat Contoh SE MSi", "RAHMAT CONTOH, S.E., M.Si."),
        ("Hj Sulastri Misalia, S.E", "Sulastri Misalia"),
        ("Dr. Andi", "Andi"),
        ("Muh. Rizal", "Muhammad Rizal"),
        ("drg. Ida Ayu, M.Kes", "Ida Ayu"),
    ],
)
def test_titles_and_short_forms_make_no_other_name(name, other):
    assert compare_names(name, other) == "same"
    assert bare_name(name) == bare_name(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Yuly Rekaan", "YULI REKAAN"),
        ("Nur Hayati", "Nurhayati"),
        ("Contoh Rahmat", "Rahmat Contoh"),
        ("Budi Santoso", "Budi Santosa"),
        ("Darma", "Darma Fiktif"),
        ("A. Rahman", "Abdul Rahman"),
        ("Soekarno Putra", "Sukarno Putra"),
    ],
)
def test_one_person_written_otherwise(name, other):
    assert compare_names(name, other) == compare_names(other, name) == "alike"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Siti Aminah", "Siti Fatimah"),
        ("Ahmad Rizal", "Ahmad Rizki"),
        ("Agus Salim", "Agus Setiawan"),
        ("Sulastri Misalia", "Rahmat Contoh"),
        ("Budi", ""),
    ],
)
def test_two_people(name, other):
    assert compare_names(name, other) == "other"


@pytest.mark.parametrize(
    ("name", "other", "likeness"),
    [
        ("Budi Rama", "Budi Rami", "alike"),  # four letters, one off
        ("Bo Ram", "Bo Rim", "other"),  # three are too few
        ("Siti Rahma", "Siti Rahman", "alike"),
        ("Rama", "Ramari", "other"),  # two letters more
        ("Agus Darma", "Agus Dama", "alike"),
        ("Agus Darma", "Agus Drama", "alike"),
        ("Ani", "A", "other"),  # nothing but an initial
        ("A. B. Contoh", "Ahmad Bakri Contoh", "alike"),
        ("A. B. Contoh", "Ahmad Cakra Contoh", "other"),
    ],
)
def test_one_letter_off_in_a_long_word_or_an_initial(name, other, likeness):
    assert compare_names(name, other) == compare_names(other, name) == likeness


@pytest.mark.parametrize(
    ("name", "other", "likeness"),
    # 14 letters and a blank to 13 and a blank, so many apart: 84.85 of a hundred are too little, 85.71 enough.
    [("Fitriani Sulastri", "Fikriani Rlastri", "other"), ("Nugroho Lestari", "Nugroho Ketri", "alike")],
)
def test_names_are_alike_from_85_of_a_hundred_on(name, other, likeness):
    assert compare_names(name, other) == compare_names(other, name) == likeness
