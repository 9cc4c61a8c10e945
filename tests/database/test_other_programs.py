"""Workbooks as other programs write them: LibreOffice's xlsx, xls and ods, openpyxl's xlsx."""

import io
import subprocess
from pathlib import Path

import openpyxl
import pytest

from core.imports.parse import Source, read_files
from core.imports.values import Limits
from tests.factories import NIP, SIASN_HEADERS, siasn, siasn_row
from tests.unit.imports.test_parse import assessment


@pytest.fixture(scope="module")
def converted(tmp_path_factory) -> Path:
    """The SIASN and the assessment workbook, saved by LibreOffice in each of its formats."""
    folder = tmp_path_factory.mktemp("office")
    sources = folder / "in"
    sources.mkdir()
    content = siasn(
        siasn_row("19750312 200004 1 001"), titles=["DAFTAR PEGAWAI"], signature=["Kayuagung, 1 Januari 2026", "Kepala"]
    )
    (sources / "siasn.xlsx").write_bytes(content.content)
    rows = [["Budi", "Camat", "Dinas", *[4] * 9, 36, "87,05", "", ""]]
    (sources / "asesmen.xlsx").write_bytes(assessment(*rows).content)
    for form in ("xls", "ods", "xlsx"):
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                folder / form,
                *sources.glob("*.xlsx"),
            ],
            check=True,
            capture_output=True,
            timeout=200,
        )
    return folder


@pytest.mark.parametrize("form", ["xls", "ods", "xlsx"])
def test_libreoffice(form, converted):
    files = [
        Source(f"{name}.{form}", (converted / form / f"{name}.{form}").read_bytes()) for name in ("siasn", "asesmen")
    ]
    reading = read_files(files, Limits())
    assert reading.faults == []
    employee, recap = reading.records
    assert (employee.values["nip"], employee.values["echelon"]) == (NIP, "III.b")
    assert (recap.values["job_person_match"], recap.values["unifying_the_nation"]) == (87.05, 4)


def test_openpyxl_with_real_dates_and_hidden_rows():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(SIASN_HEADERS)
    row = siasn_row()
    import datetime as dt

    row[SIASN_HEADERS.index("TANGGAL LAHIR")] = dt.datetime(1975, 3, 12)
    sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    reading = read_files([Source("x.xlsx", buffer.getvalue())], Limits())
    assert reading.faults == []
    assert reading.records[0].values["birth_date"] == dt.date(1975, 3, 12)
