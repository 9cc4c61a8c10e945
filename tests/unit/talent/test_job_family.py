"""Tests of core/talent/job_family.py: words decide, the longest first."""

import pandas as pd
import pytest

from core.talent.job_family import (
    JobFamily,
    assign_subject_families,
    assign_unit_families,
    judge_field_fit,
    judge_study_fit,
)
from core.talent.study import Discipline, build_study_fields

STUDIES = build_study_fields(
    [
        Discipline("administration", {}, (), ("administrasi",)),
        Discipline("medicine", {}, (), ("kedokteran", "pendidikan dokter")),
        Discipline("nutrition", {}, (), ("gizi",)),
        Discipline("veterinary", {}, (), ("kedokteran hewan",)),
        Discipline("languages", {}, (), ("sastra",)),
    ]
)


def family(key, name_id, name_en, unit_words, subject_words, *disciplines):
    names = {"id": name_id, "en": name_en}
    return JobFamily(key, names, unit_words, subject_words, frozenset(disciplines), STUDIES)


GENERAL = family("general", "Umum", "General", ("sekretariat",), ("administrasi",), "administration")
HEALTH = family(
    "health", "Kesehatan", "Health", ("kesehatan", "rumah sakit"), ("kedokteran", "gizi"), "medicine", "nutrition"
)
ANIMALS = family("vet", "Peternakan", "Livestock", ("kesehatan hewan",), ("kedokteran hewan",), "veterinary")
FAMILIES = (GENERAL, HEALTH, ANIMALS)


@pytest.mark.parametrize(
    ("unit", "family"),
    [
        ("Dinas Kesehatan", "health"),
        ("Bidang Kesehatan Hewan", "vet"),  # the longest word, not the first family
        ("Dinas KESEHATAN Hewan", "vet"),
        ("Sekretariat Dinas Kesehatan", "general"),
        ("Badan Contoh", "general"),
        (None, "general"),
    ],
)
def test_the_longest_word_places_a_unit(unit, family):
    assert assign_unit_families(pd.Series([unit]), FAMILIES).tolist() == [family]


@pytest.mark.parametrize(
    ("subject", "family"),
    [
        ("Peternakan", "vet"),
        ("Health", "health"),
        ("Rumah Sakit", "health"),
        ("Kedokteran Hewan", "vet"),
        ("Gizi", "health"),
    ],
)
def test_a_subject_is_a_name_a_units_word_or_a_fields(subject, family):
    assert assign_subject_families(pd.Series([subject]), FAMILIES).tolist() == [family]


@pytest.mark.parametrize(
    ("field", "family", "fit"),
    [
        ("S-1 Kedokteran", "health", "same_family"),
        ("S-1 Kedokteran", "vet", "other"),
        ("S-2 Administrasi Publik", "health", "general"),
        ("S-2 Administrasi Publik", "general", "same_family"),
        ("S-1 Sastra", "general", "other"),
        (None, "health", None),
    ],
)
def test_a_field_of_study_fits_its_family_or_is_useful_everywhere(field, family, fit):
    assert judge_field_fit(pd.Series([field]), pd.Series([family]), FAMILIES).tolist() == [fit]


@pytest.mark.parametrize(
    ("field", "asked", "fit"),
    [
        ("S-1 Gizi", (), "same_family"),
        ("S-1 Gizi", ("gizi",), "same_family"),
        ("S-1 Gizi", ("kedokteran",), "general"),  # of the family, not what the post asks for
        ("S-1 Pendidikan Dokter", ("kedokteran",), "same_family"),  # another word of the same discipline
        ("S-1 Teknik Sipil", ("kedokteran",), "other"),
        ("S-1 Kedokteran", ("gizi", "kedokteran"), "same_family"),
        ("S-1 Sastra", ("sastra",), "same_family"),
        ("S-1 Administrasi", ("gizi",), "general"),
        (None, ("gizi",), None),
    ],
)
def test_a_posts_own_words_count_before_those_of_its_family(field, asked, fit):
    assert judge_study_fit(pd.Series([field], dtype=object), "health", asked, FAMILIES).tolist() == [fit]
