"""Tests of core/talent/scoring/tenure.py: days in posts, each once, up to the reference date."""

import pandas as pd
import pytest

from core.talent.scoring.tenure import (
    count_years,
    count_years_held,
    has_history,
    list_service_periods,
    tabulate_years_by_family,
)
from tests.factories import NIP, OTHER_NIP, context_of, employee, frames

AS_OF = "2026-11-24"


def periods(*spans: tuple[str, str], nip: str = NIP) -> pd.DataFrame:
    """Periods of a person as pairs of days."""
    rows = [(nip, pd.Timestamp(start), pd.Timestamp(end)) for start, end in spans]
    return pd.DataFrame(rows, columns=["nip", "started_on", "ended_on"])


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([("2020-01-01", "2020-12-31")], 365),
        ([("2020-01-01", "2020-01-01")], 0),
        ([("2020-01-01", "2020-01-11"), ("2020-01-06", "2020-01-21")], 20),  # five days stand in both
        ([("2020-01-01", "2020-01-31"), ("2020-01-10", "2020-01-20")], 30),  # one within the other
        ([("2020-01-01", "2020-01-31"), ("2020-01-05", "2020-01-10"), ("2020-01-20", "2020-02-10")], 40),
        ([("2020-01-01", "2020-01-11"), ("2020-02-01", "2020-02-11")], 20),
        ([("2020-01-11", "2020-01-01")], 0),  # an end before its beginning takes nothing away
        ([("1960-01-01", "1960-01-11")], 10),
    ],
)
def test_days_that_several_periods_cover_count_once(spans, days):
    assert count_years(periods(*spans), pd.Index([NIP]))[NIP] * 365 == pytest.approx(days)


def test_people_are_counted_each_for_themselves():
    both = pd.concat(
        [periods(("2020-01-01", "2020-12-31")), periods(("2020-06-01", "2020-06-11"), nip=OTHER_NIP)],
        ignore_index=True,
    )
    years = count_years(both, pd.Index([OTHER_NIP, NIP, "x"]))
    assert (years * 365).tolist() == pytest.approx([10, 365, 0])
    assert count_years(both[:0], pd.Index([NIP])).tolist() == [0.0]


def context(**history):
    """Somebody in a post of health since 2024, with a history."""
    rows = [{"nip": NIP, "title": "Kepala Seksi", "holding": "definitive", **row} for row in history.pop("rows", [])]
    person = employee(unit="Dinas Kesehatan", position_since="2024-11-24", **history)
    return context_of(frames(employee=[person, employee(OTHER_NIP, position_since=None)], position_history=rows), AS_OF)


@pytest.mark.parametrize(
    ("started", "ended", "listed"),
    [
        ("2026-11-25", None, None),  # still to come
        ("2026-11-24", None, "2026-11-24"),
        ("2026-11-01", "2026-12-31", "2026-11-24"),  # nobody has served days to come
        ("2026-11-01", "2026-11-23", "2026-11-23"),
        ("2026-11-01", None, "2026-11-24"),
        (None, None, None),
    ],
)
def test_a_period_lasts_until_its_end_or_the_reference_date(started, ended, listed):
    rows = [{"unit": "Dinas Contoh", "started_on": started, "ended_on": ended}]
    seen = list_service_periods(context(rows=rows))
    ends = seen.loc[seen["unit"] == "Dinas Contoh", "ended_on"].dt.date.astype(str).tolist()
    assert ends == ([] if listed is None else [listed])


def test_years_by_family_hold_the_present_post_and_the_history():
    rows = [
        {"unit": "Dinas Kesehatan", "started_on": "2022-11-24", "ended_on": "2023-11-24"},
        {"unit": "Dinas Kesehatan", "started_on": "2022-11-24", "ended_on": "2023-05-24"},
        {"unit": "Bagian Umum Sekretariat Daerah", "started_on": "2020-11-24", "ended_on": "2022-11-24"},
    ]
    whole = context(rows=rows)
    years = tabulate_years_by_family(whole)
    assert years.loc[NIP, "health"] == pytest.approx(3, abs=0.01)
    assert years.loc[NIP, whole.families[0].key] == pytest.approx(2, abs=0.01)
    assert years.loc[NIP, "any"] == pytest.approx(5, abs=0.02)
    assert years.loc[OTHER_NIP].tolist() == [0.0] * years.shape[1]
    held, fitting = count_years_held(whole, "health")
    assert held[NIP] == pytest.approx(3, abs=0.01)
    assert len(fitting) == 3
    own, _ = count_years_held(whole, pd.Series({NIP: "health", OTHER_NIP: "health"}))
    assert own.tolist() == held.tolist()


def test_who_has_a_history():
    rows = [{"unit": "Dinas Kesehatan", "started_on": "2020-01-01", "ended_on": None}]
    assert has_history(context(rows=rows)).to_dict() == {NIP: True, OTHER_NIP: False}
