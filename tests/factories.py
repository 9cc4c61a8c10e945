"""Small invented facts and files for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa

from core.imports.parse import Source
from core.reports.workbook import Table, workbook
from core.service import reference
from core.service.accounts import COMMAND_LINE, add_user
from core.service.rubrics import parse_rubric
from core.service.rules import parse_rules
from core.store.accounts import Account, find_account
from core.store.database import reading
from core.talent.context import Context, measure_coverage
from core.talent.eligibility.rules import RuleBook, Rules, build_rule_book
from core.talent.facts import DATE_COLUMNS, KINDS, POTENTIAL_ASPECTS, empty_facts
from core.talent.people import tabulate_people
from core.talent.review import TalentReview, build_review
from core.talent.scoring.rubric import Rubric
from tests.conftest import TODAY

#: A person's NIP: born 12 March 1975, appointed April 2000, male.
NIP = "197503122000041001"
OTHER_NIP = "198006052005012002"


def frames(**rows: Sequence[Mapping[str, object]]) -> dict[str, pd.DataFrame]:
    """Facts from rows by kind, with every column there."""
    facts = empty_facts()
    for kind, given in rows.items():
        frame = pd.DataFrame([dict(row) for row in given], columns=list(KINDS[kind].columns))
        for column in DATE_COLUMNS & set(frame.columns):
            frame[column] = pd.to_datetime(frame[column])
        facts[kind] = frame
    for frame in facts.values():
        for column in DATE_COLUMNS & set(frame.columns):
            frame[column] = pd.to_datetime(frame[column])
    return facts


def shipped_rubric(key: str = "kepka-bkn-411-2025") -> Rubric:
    """A shipped rubric."""
    return parse_rubric(reference.read_shipped_rubrics()[key], key)


def shipped_rules(key: str = "jpt-pratama") -> Rules:
    """The shipped rules of a level."""
    return parse_rules(reference.read_shipped_rules()[key], f"{key}.toml")


def shipped_rule_book() -> RuleBook:
    """The shipped rules of all levels; those for JPT Pratama hold without a post in view."""
    return build_rule_book([shipped_rules(key) for key in reference.read_shipped_rules()], "jpt-pratama")


def context_of(facts: dict[str, pd.DataFrame], as_of: str | pd.Timestamp) -> Context:
    """A context of some facts on a day, with the regency's job families."""
    day, families = pd.Timestamp(as_of), reference.read_families()
    return Context(facts, tabulate_people(facts, families, day), day, families, measure_coverage(facts, day))


def employee(nip: str = NIP, **values: object) -> dict[str, object]:
    """An employee row with everything filled in."""
    return {
        "nip": nip,
        "name": "Budi Contoh",
        "birth_date": dt.date(int(nip[:4]), int(nip[4:6]), int(nip[6:8])),
        "sex": "male" if nip[14] == "1" else "female",
        "grade": "IV/a",
        "position_title": "Kepala Bidang Contoh",
        "position_since": dt.date(2020, 1, 1),
        "echelon": "III.b",
        "education_level": "S2",
        "education_field": "Ilmu Pemerintahan",
        "unit": "Sekretariat Daerah",
    } | values


def complete(nip: str = NIP) -> dict[str, list[dict]]:
    """Facts that leave nothing open for one person."""
    return {
        "performance_rating": [{"nip": nip, "year": year, "rating": "good"} for year in (2024, 2025)],
        "award": [{"nip": nip, "name_of_award": "A", "awarded_on": "2024-01-01", "award_level": "national"}],
        "team_assignment": [{"nip": nip, "team": "T", "started_on": "2026-01-01", "role": "lead_internal"}],
        "feedback": [{"nip": nip, "year": 2025, "category": "good"}],
        "competency_assessment": [
            {"nip": nip, "assessed_on": "2025-01-01", "job_person_match": 80.0, "made_for": "jpt_pratama"}
        ],
        "combined_assessment": [{"nip": nip, "assessed_on": "2025-01-01", "combined_score": 104.25}],
        "training": [{"nip": nip, "name_of_training": "D", "started_on": "2026-03-01", "hours": 20.0}],
        "position_history": [
            {"nip": nip, "title": "J", "started_on": "2015-01-01", "unit": "A", "holding": "definitive"}
        ],
        "potential_assessment": [{"nip": nip, "assessed_on": "2025-01-01"} | dict.fromkeys(POTENTIAL_ASPECTS, 4.0)],
        "discipline": [{"nip": "199001012015011001", "decided_on": "2020-01-01", "punishment": "light"}],
        "discipline_check": [{"nip": nip, "checked_on": "2026-03-01", "checked_by": "Inspektorat"}],
        "health": [{"nip": nip, "declared_on": "2026-03-01", "health": "fit"}],
    }


def review_of(
    facts: dict[str, pd.DataFrame], as_of: dt.date | str = TODAY, rubric: str = "kepka-bkn-411-2025"
) -> TalentReview:
    """A review of some facts on a day, with the regency's posts, families and rules."""
    return build_review(
        facts,
        shipped_rubric(rubric),
        shipped_rule_book(),
        reference.read_posts(),
        reference.read_families(),
        pd.Timestamp(as_of).date(),
    )


def review_people(*people: Mapping[str, object], **facts: Sequence[Mapping[str, object]]) -> TalentReview:
    """A review of some people and the rows known of them, by kind."""
    return review_of(frames(employee=list(people), **facts))


SIASN_HEADERS = [
    "PNS ID",
    "NIP BARU",
    "NAMA",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "GOL AKHIR NAMA",
    "JABATAN NAMA",
    "TMT JABATAN",
    "ESELON NAMA",
    "TINGKAT PENDIDIKAN NAMA",
    "PENDIDIKAN NAMA",
    "UNOR NAMA",
]


def siasn_row(nip: str = NIP, **cells: object) -> list[object]:
    """A row of the SIASN layout under ``SIASN_HEADERS``."""
    digits = nip.replace(" ", "").lstrip("'")
    row = {
        "PNS ID": f"ID-{digits[-4:]}",
        "NIP BARU": nip,
        "NAMA": "BUDI CONTOH",
        "TANGGAL LAHIR": f"{digits[6:8]}-{digits[4:6]}-{digits[:4]}",
        "JENIS KELAMIN": "M" if digits[14:15] == "1" else "F",
        "GOL AKHIR NAMA": "IV/a",
        "JABATAN NAMA": "Kepala Bidang Contoh",
        "TMT JABATAN": "01-01-2020",
        "ESELON NAMA": "III.b",
        "TINGKAT PENDIDIKAN NAMA": "S-2",
        "PENDIDIKAN NAMA": "S-2 ILMU PEMERINTAHAN",
        "UNOR NAMA": "Dinas Contoh",
    } | cells
    return [row[header] for header in SIASN_HEADERS]


def siasn(*rows: list[object], name: str = "siasn.xlsx", titles: Sequence[str] = (), **more: object) -> Source:
    """A SIASN workbook."""
    return Source(name, workbook([Table("Data", SIASN_HEADERS, list(rows), titles, **more)]))


def sheet(
    name: str, headers: Sequence[str], *rows: Sequence[object], titles: Sequence[str] = (), **more: object
) -> Source:
    """A workbook of one table."""
    return Source(name, workbook([Table("Data", list(headers), list(rows), titles, **more)]))


def account(engine: sa.Engine, role: str) -> Account:
    """A new account that goes by the name of its role."""
    add_user(engine, role, role, role, by=COMMAND_LINE)
    with reading(engine) as connection:
        account = find_account(connection, role)
    assert account is not None
    return account


def read_texts(rows: Mapping[str, Any], name: str) -> list[str]:
    """Texts of the live ranking's rows, put together from the words they are sent as."""
    words = rows["frames"]["words"]["text"].to_pylist()
    return [" ".join(words[code] for code in codes) for codes in rows["frames"][name]["text"].to_pylist()]
