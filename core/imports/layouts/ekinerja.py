"""e-Kinerja recap: one predikat a person, without a NIP; the year stands above the table.

"0" and "tidak ada data" mean no data: such a row is no fact.
"""

from __future__ import annotations

from core.imports import cells
from core.imports.layout import Column, Layout
from core.imports.layouts import headers
from core.talent.vocabulary import RATING


def without_data(values: dict[str, object]) -> dict[str, object] | None:
    """Drop a row that says there is no rating."""
    return values if values["rating"] is not None else None


LAYOUT = Layout(
    key="ekinerja",
    title={"id": "Rekap e-Kinerja", "en": "e-Kinerja recap"},
    kind="performance_rating",
    columns=(
        Column("nip", headers.NIP, cells.nip),
        Column("name", headers.NAME, cells.words, required=True),
        Column("birth_date", ("Tanggal Lahir", "Tgl Lahir"), cells.date),
        Column("unit", ("unit_kerja", "unit kerja", "unor"), cells.text),
        Column(
            "rating",
            (
                "kuadran_kinerja",
                "kuadran kinerja",
                "predikat kinerja",
                "predikat",
                "predikat kinerja pegawai",
                "predikat kinerja tahunan",
                "predikat akhir",
            ),
            cells.choice(RATING),
            required=True,
        ),
        Column("year", ("tahun", "periode"), cells.year),
        Column("_status", ("status_penilaian", "status penilaian"), cells.text),
    ),
    identify=(("nip",), ("name", "unit"), ("name", "birth_date")),
    from_title="year",
    finish=without_data,
)
