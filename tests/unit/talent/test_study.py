"""Tests of core/talent/study.py: names of study programmes as they are written, and the discipline each belongs to."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from core.service.reference import read_families, read_study_fields
from core.talent.job_family import judge_field_fit
from core.talent.study import Discipline, StudyFieldProblem, build_study_fields, write_study

FIELDS = read_study_fields()
CASES = list(csv.DictReader((Path(__file__).parents[2] / "cases" / "study_fields.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["bidang_ilmu"])
def test_a_programme_as_it_is_written_belongs_to_its_discipline(case):
    assert (FIELDS.find(case["bidang_ilmu"]) or "") == case["disiplin"]


def test_there_are_enough_names_and_every_discipline_has_some():
    assert len(CASES) >= 200
    assert {case["disiplin"] for case in CASES} - {""} == {discipline.key for discipline in FIELDS.disciplines}


@pytest.mark.parametrize(
    ("field", "family", "fit"),
    [
        ("S-1 Teknik Informatika", "information", "same_family"),
        ("S-1 Teknik Informatika", "infrastructure", "other"),
        ("S-1 Pendidikan Dokter", "health", "same_family"),
        ("S-1 Pendidikan Dokter", "education", "other"),
        ("S-1 Sosial Ekonomi Pertanian", "agriculture", "same_family"),
        ("S-1 Sosial Ekonomi Pertanian", "finance", "general"),  # related to economics, and no more
        ("S-1 Sosial Ekonomi Pertanian", "social", "other"),
        ("S-1 Agroteknologi", "agriculture", "same_family"),
        ("S-1 Statistika", "information", "general"),
        ("S-2 Administrasi Publik", "health", "general"),
        ("S-1 Tata Boga", "health", "other"),
    ],
)
def test_what_words_inside_words_had_placed_wrongly_fits_its_family(field, family, fit):
    assert judge_field_fit(pd.Series([field]), pd.Series([family]), read_families()).tolist() == [fit]


def test_every_family_names_disciplines_that_are_there_and_none_is_left_over():
    known = {discipline.key for discipline in FIELDS.disciplines}
    named = {key for family in read_families() for key in family.disciplines}
    assert named <= known
    assert known - named == {"religion"}  # no agency of a regency asks for it


def test_the_longest_name_counts_and_of_equally_long_ones_the_first():
    fields = build_study_fields(
        [
            Discipline("a", {"id": "A", "en": "A"}, (), ("ekonomi", "ekonomi pertanian")),
            Discipline("b", {"id": "B", "en": "B"}, ("a",), ("pertanian",)),
        ]
    )
    assert [
        fields.find(text) for text in ("Ekonomi", "Pertanian Ekonomi", "S1 Ilmu Ekonomi Pertanian", "Ekonomika")
    ] == [
        "a",
        "b",
        "a",
        None,
    ]
    assert fields.related == {"a": {"b"}, "b": {"a"}}
    assert fields.place(pd.Series(["S-1 Ekonomi", None, "x"], dtype=object)).tolist() == ["a", None, None]
    assert build_study_fields([]).find("Ekonomi") is None


@pytest.mark.parametrize(
    ("disciplines", "words"),
    [
        ([("a", (), ("x",)), ("a", (), ("y",))], "“a” is there twice"),
        ([("a", (), ())], "“a” has no programmes"),
        ([("a", ("a",), ("x",))], "“a” is related to itself"),
        ([("a", ("z",), ("x",))], "“a” is related to “z”, which is not there"),
        ([("a", (), ("Ilmu X",)), ("b", (), ("x",))], "“x” belongs to “a” and to “b”"),
    ],
)
def test_a_list_of_disciplines_that_cannot_be_is_refused(disciplines, words):
    with pytest.raises(StudyFieldProblem) as refusal:
        build_study_fields([Discipline(key, {}, related, names) for key, related, names in disciplines])
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("level", "field", "text"),
    [
        ("S2", "S-2 EKONOMI PEMBANGUNAN", "S2 EKONOMI PEMBANGUNAN"),
        ("S2", "Ekonomi Pembangunan", "S2 Ekonomi Pembangunan"),
        ("D4", "D-IV KEBIDANAN", "D4 KEBIDANAN"),
        ("SLTA", "SLTA SLTA IPS", "SLTA IPS"),
        ("S1", "S1", "S1 S1"),
        ("S1", None, "S1"),
        (None, "Hukum", "Hukum"),
        (None, None, ""),
    ],
)
def test_a_study_names_its_level_once(level, field, text):
    assert write_study(level, field) == text
