"""When people retire, by level and grade, as examples that people in HR read and extend: ``retirement.csv``."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from core.talent.employee import RETIREMENT_AGE, derive_level, find_retirement_date

CASES = list(csv.DictReader((Path(__file__).parent / "retirement.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['jabatan']} {case['eselon']} {case['lahir']}")
def test_people_retire_on_the_first_of_the_month_after_the_birthday_of_their_level(case):
    level = derive_level(case["eselon"] or None, case["jabatan"])
    assert find_retirement_date(dt.date.fromisoformat(case["lahir"]), level).isoformat() == case["pensiun"]


def test_every_level_has_an_example():
    assert {derive_level(case["eselon"] or None, case["jabatan"]) for case in CASES} == {*RETIREMENT_AGE} - {"unknown"}
