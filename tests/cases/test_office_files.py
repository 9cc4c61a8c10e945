"""Files in the shapes that offices really send: each is read right, or answered with one sentence."""

import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from core.imports.faults import RefusedImport
from core.imports.parse import Source
from core.locales import sentence, translator
from core.reports.faults import fault_frame
from core.reports.imports import import_notes
from core.service import importing
from core.service.accounts import COMMAND_LINE
from core.service.review import load_review
from core.store.database import reading
from core.store.facts import load_facts
from tests.factories import sheet

FOLDER = Path(__file__).parent / "imports"
#: A NIP that none of the six people has.
NOBODY = "199001012015011001"
CASES = tomllib.loads((FOLDER.parent / "imports.toml").read_text(encoding="utf-8"))


def alone() -> list[tuple[str, list[str]]]:
    """Each case with its files; those that stand alone one by one."""
    runs = []
    for name, case in CASES.items():
        files = sorted(path.name for path in (FOLDER / name).iterdir())
        in_turn = case.get("together") or re.match(r"\d_", files[0])
        runs += [(name, files)] if in_turn else [(name, [file]) for file in files]
    return runs


def test_every_folder_has_its_line():
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(CASES)


@pytest.mark.parametrize(("name", "files"), alone(), ids=lambda value: value if isinstance(value, str) else value[0])
def test_an_office_file(name, files, sqlite_engine):
    case = CASES[name]
    sources = [Source(file, (FOLDER / name / file).read_bytes()) for file in files]
    if case["start"] == "people":
        base = Source("base_siasn.xlsx", (FOLDER / "base_siasn.xlsx").read_bytes())
        importing.import_files(sqlite_engine, [base], by=COMMAND_LINE)
    before = facts(sqlite_engine)
    batches = [sources] if case.get("together") else [[source] for source in sources]
    if "refused" in case:
        with pytest.raises(RefusedImport) as refusal:
            importing.import_files(sqlite_engine, sources, by=COMMAND_LINE)
        report = fault_frame(refusal.value.faults, translator("id"))
        said = [sentence(refusal.value, translator("id")), *report[report.columns[-1]]]
        assert any(case["refused"].casefold() in words.casefold() for words in said), said
        assert facts(sqlite_engine) == before
        return
    for batch in batches:
        plan = importing.import_files(sqlite_engine, batch, by=COMMAND_LINE, confirmed=True)
    after = facts(sqlite_engine)
    assert {kind: len(rows) for kind, rows in after.items() if rows} == case["facts"]
    for nip, kind, column, value in case.get("values", ()):
        (row,) = [row for row in after[kind] if row["nip"] == nip]
        assert row[column] == value, (nip, column)
    assert case.get("told", "").casefold() in "\n".join(import_notes(plan, "id")).casefold()


def test_who_left_service_is_nobodys_candidate_and_holds_no_post(sqlite_engine):
    source = Source("data.xlsx", (FOLDER / "54_left_service" / "data.xlsx").read_bytes())
    importing.import_files(sqlite_engine, [source], by=COMMAND_LINE)
    review = load_review(sqlite_engine)
    assert list(review.people.index) == ["197208171998031005"]
    assert set(review.left["service_status"]) == {"retired", "died", "moved", "unpaid_leave", "dismissed"}
    assert set(review.candidates("semua")) == {"197208171998031005"}
    assert set(review.holders.values()) <= {"197208171998031005"}


def facts(engine) -> dict[str, list[dict[str, str]]]:
    """Every current fact as texts, without where it came from."""
    with reading(engine) as connection:
        frames = load_facts(connection)
    return {
        kind: sorted(
            (
                {
                    str(name): "" if pd.isna(value) else str(value).removesuffix(" 00:00:00")
                    for name, value in row.items()
                }
                for row in frame.drop(columns="id").to_dict("records")
            ),
            key=str,
        )
        for kind, frame in frames.items()
    }


def test_undoing_an_import_restores_everything_statuses_too(sqlite_engine):
    base = Source("base_siasn.xlsx", (FOLDER / "base_siasn.xlsx").read_bytes())
    importing.import_files(sqlite_engine, [base], by=COMMAND_LINE)
    before = facts(sqlite_engine)
    left = Source("data.xlsx", (FOLDER / "54_left_service" / "data.xlsx").read_bytes())
    importing.import_files(sqlite_engine, [left], by=COMMAND_LINE)
    assert facts(sqlite_engine) != before
    number = int(importing.list_attempts(sqlite_engine)["batch_id"].iloc[0])
    importing.undo_import(sqlite_engine, number, "berkas keliru", by=COMMAND_LINE)
    assert facts(sqlite_engine) == before
    assert len(load_review(sqlite_engine).people) == 6


def test_empty_cells_erase_only_where_that_is_asked_for(sqlite_engine):
    base = Source("base_siasn.xlsx", (FOLDER / "base_siasn.xlsx").read_bytes())
    importing.import_files(sqlite_engine, [base], by=COMMAND_LINE)
    blank = Source("1_data.xlsx", (FOLDER / "60_blank_cells_erase" / "1_data.xlsx").read_bytes())
    options = importing.Options(erase=frozenset({"echelon"}))
    plan = importing.import_files(sqlite_engine, [blank], by=COMMAND_LINE, options=options)
    assert plan.erased == {"echelon": 6}
    assert {row["echelon"] for row in facts(sqlite_engine)["employee"]} == {""}
    assert {row["position_since"] for row in facts(sqlite_engine)["employee"]} == {"2020-01-13"}
    with pytest.raises(importing.UnusableMapping):
        importing.preview_import(
            sqlite_engine, [blank], by=COMMAND_LINE, options=importing.Options(erase=frozenset({"warna"}))
        )


def test_rows_about_nobody_known_are_left_out_and_listed_when_that_is_asked_for(sqlite_engine):
    base = Source("base_siasn.xlsx", (FOLDER / "base_siasn.xlsx").read_bytes())
    importing.import_files(sqlite_engine, [base], by=COMMAND_LINE)
    rows = [["197503122000041001", "Rahmat Contohwan", 2025, "Baik"], [NOBODY, "Orang Lain", 2025, "Baik"]]
    file = sheet("f.xlsx", ["NIP", "Nama", "Tahun", "Kategori"], *rows)
    with pytest.raises(RefusedImport):
        importing.preview_import(sqlite_engine, [file], by=COMMAND_LINE)
    plan = importing.import_files(sqlite_engine, [file], by=COMMAND_LINE, options=importing.Options(skip_unknown=True))
    assert [fault.value for fault in plan.skipped] == [NOBODY]
    assert len(facts(sqlite_engine)["feedback"]) == 1
    assert NOBODY in "\n".join(import_notes(plan, "id"))


def test_of_several_columns_the_one_that_was_said_counts(sqlite_engine):
    base = Source("base_siasn.xlsx", (FOLDER / "base_siasn.xlsx").read_bytes())
    importing.import_files(sqlite_engine, [base], by=COMMAND_LINE)
    header = ["NIP", "Nama", "Tahun", "Kategori", "Kategori"]
    file = sheet("f.xlsx", header, ["197503122000041001", "Rahmat Contohwan", 2025, "Baik", "Kurang"])
    with pytest.raises(RefusedImport):
        importing.preview_import(sqlite_engine, [file], by=COMMAND_LINE)
    for letters, category in (("D", "good"), ("E", "poor")):
        options = importing.Options(columns={"category": letters})
        importing.import_files(sqlite_engine, [file], by=COMMAND_LINE, options=options)
        assert [row["category"] for row in facts(sqlite_engine)["feedback"]] == [category]
