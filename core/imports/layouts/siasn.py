"""SIASN "data utama" export.

Only the columns listed here are ever read. NIK, NPWP, BPJS, phone, e-mail, address, religion and
marital status have no column here on purpose: they are never stored.
"""

from __future__ import annotations

from core.imports import cells
from core.imports.layout import Column, Layout
from core.imports.layouts import headers
from core.talent.vocabulary import ECHELON, EDUCATION, GRADE, SEX

LAYOUT = Layout(
    key="siasn",
    title={"id": "SIASN data utama", "en": "SIASN main data"},
    kind="employee",
    columns=(
        Column("nip", ("NIP BARU", *headers.NIP), cells.nip, required=True, filled=True),
        Column("pns_id", ("PNS ID",), cells.text),
        Column("name", ("NAMA", *headers.NAME[1:]), cells.words, required=True, filled=True),
        Column("front_title", ("GELAR DEPAN",), cells.text),
        Column("back_title", ("GELAR BELAKANG",), cells.text),
        Column("birth_date", ("TANGGAL LAHIR", "TGL LAHIR"), cells.date, required=True, filled=True),
        Column("sex", ("JENIS KELAMIN",), cells.choice(SEX)),
        Column("employment", ("JENIS PEGAWAI NAMA", "STATUS CPNS PNS"), cells.text),
        Column("grade", ("GOL AKHIR NAMA", "GOLONGAN", "GOL AKHIR"), cells.choice(GRADE)),
        Column("grade_since", ("TMT GOLONGAN", "TMT GOLONGAN AKHIR"), cells.date),
        Column("position_type", ("JENIS JABATAN NAMA",), cells.text),
        Column("position_title", ("JABATAN NAMA",), cells.words, required=True),
        Column("position_since", ("TMT JABATAN", "TMT ESELON"), cells.date),
        Column("echelon", ("ESELON NAMA", "ESELON"), cells.choice(ECHELON)),
        Column("education_level", ("TINGKAT PENDIDIKAN NAMA", "TINGKAT PENDIDIKAN"), cells.choice(EDUCATION)),
        Column("education_field", ("PENDIDIKAN NAMA", "PENDIDIKAN TERAKHIR NAMA"), cells.text),
        Column("graduation_year", ("TAHUN LULUS",), cells.whole(1950, 2100)),
        Column("unit", ("UNOR NAMA",), cells.words, required=True),
        Column("parent_unit", ("SATUAN KERJA INDUK NAMA", "UNOR INDUK NAMA"), cells.text),
        Column("workplace", ("LOKASI KERJA NAMA",), cells.text),
        Column(
            "service_status",
            ("KEDUDUKAN HUKUM NAMA", "KEDUDUKAN HUKUM", "KEDUDUKAN PNS", "STATUS KEPEGAWAIAN"),
            cells.status,
        ),
    ),
)
