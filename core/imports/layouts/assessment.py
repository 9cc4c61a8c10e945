"""Recap of competency assessments: nine competencies and the JPM, with or without a NIP."""

from __future__ import annotations

from core.imports import cells
from core.imports.layout import Column, Layout
from core.imports.layouts import headers
from core.talent.vocabulary import ASSESSED_LEVEL

_LEVEL = cells.level(5)

LAYOUT = Layout(
    key="assessment",
    title={"id": "Rekap penilaian kompetensi", "en": "Competency assessment recap"},
    kind="competency_assessment",
    columns=(
        Column("nip", headers.NIP, cells.nip),
        Column("name", headers.NAME, cells.words, required=True),
        Column("_position", ("Jabatan",), cells.text),
        Column("birth_date", ("Tanggal Lahir", "Tgl Lahir"), cells.date),
        Column("unit", ("Perangkat Daerah", "Unit Kerja", "OPD"), cells.text),
        Column("assessed_on", ("Tanggal", "Tanggal Penilaian", "Tanggal Asesmen"), cells.date),
        Column("integrity", ("Integritas",), _LEVEL, required=True),
        Column("teamwork", ("Kerja Sama", "Kerjasama"), _LEVEL, required=True),
        Column("communication", ("Komunikasi",), _LEVEL, required=True),
        Column("results_orientation", ("Orientasi pada Hasil",), _LEVEL, required=True),
        Column("public_service", ("Pelayanan Publik",), _LEVEL, required=True),
        Column(
            "developing_self_and_others",
            ("Pengembangan Diri dan Orang Lain", "Pengembangan Diri & Orang Lain"),
            _LEVEL,
            required=True,
        ),
        Column("managing_change", ("Mengelola Perubahan",), _LEVEL, required=True),
        Column("decision_making", ("Pengambilan Keputusan",), _LEVEL, required=True),
        Column("unifying_the_nation", ("Perekat Bangsa", "Perekat dan Pemersatu Bangsa"), _LEVEL, required=True),
        Column("job_person_match", ("JPM (%)", "JPM", "JPM %"), cells.number(0, 150, least=cells.LEAST_OF_HUNDRED)),
        Column(
            "made_for",
            ("Jenjang Asesmen", "Jenjang Penilaian", "Asesmen untuk Jenjang", "Standar Jenjang"),
            cells.choice(ASSESSED_LEVEL),
            example="JPT Pratama",
        ),
        Column("assessor", ("Lembaga Penilai", "Lembaga Asesmen", "Penyelenggara Asesmen"), cells.text),
        Column("recommendation", ("Saran Pengembangan 1", "Saran Pengembangan"), cells.text),
    ),
    identify=(("nip",), ("name", "unit"), ("name", "birth_date")),
    from_title="assessed_on",
)
