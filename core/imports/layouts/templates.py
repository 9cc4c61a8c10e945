"""Mantel's own simple templates for the facts that no system exports: a title, a header, rows."""

from __future__ import annotations

from core.imports import cells
from core.imports.layout import Column, Layout
from core.imports.layouts import headers
from core.talent.vocabulary import AWARD, DISCIPLINE, ECHELON, EDUCATION, FEEDBACK, HEALTH, HOLDING, TEAM_ROLE

_NIP = Column("nip", headers.NIP, cells.nip, required=True, filled=True, example=headers.EXAMPLE_NIP)
_NAME = Column("name", headers.NAME, cells.words, example="Nama Contoh")
_ASPECT = cells.level(5)
_SCORE = cells.number(0, 100, least=cells.LEAST_OF_HUNDRED)


def _template(key: str, title_id: str, title_en: str, kind: str, *columns: Column) -> Layout:
    return Layout(
        key=key, title={"id": title_id, "en": title_en}, kind=kind, columns=(_NIP, _NAME, *columns), is_template=True
    )


def _must(name: str, header: str, parse: cells.Parser, example: object, *synonyms: str) -> Column:
    return Column(name, (header, *synonyms), parse, required=True, filled=True, example=example)


LAYOUTS: tuple[Layout, ...] = (
    _template(
        "riwayat_jabatan",
        "Riwayat jabatan",
        "Post history",
        "position_history",
        _must("title", "Nama Jabatan", cells.text, "Kepala Bidang Contoh", "Riwayat Jabatan"),
        Column("unit", ("Unit Kerja", "Perangkat Daerah"), cells.text, required=True, example="Dinas Contoh"),
        Column("echelon", ("Eselon",), cells.choice(ECHELON), example="III.b"),
        Column("holding", ("Jenis Penugasan",), cells.choice(HOLDING), required=True, example="Definitif"),
        _must("started_on", "TMT Mulai", cells.date, "01-02-2020"),
        Column("ended_on", ("TMT Selesai",), cells.date, example="31-12-2022"),
        Column("cross_agency", ("Lintas Instansi",), cells.yes_no, example="Tidak"),
    ),
    _template(
        "riwayat_pendidikan",
        "Riwayat pendidikan",
        "Education",
        "education",
        _must("level", "Tingkat Pendidikan", cells.choice(EDUCATION), "S2"),
        Column(
            "field",
            ("Bidang Ilmu", "Program Studi"),
            cells.text,
            required=True,
            filled=True,
            example="Administrasi Publik",
        ),
        Column("institution", ("Nama Sekolah", "Perguruan Tinggi"), cells.text, example="Universitas Contoh"),
        Column("graduation_year", ("Tahun Lulus",), cells.whole(1950, 2100), example="2015"),
    ),
    _template(
        "diklat",
        "Diklat dan pengembangan kompetensi",
        "Training",
        "training",
        _must("name_of_training", "Nama Diklat", cells.text, "Pelatihan Contoh"),
        _must("started_on", "Tanggal Mulai", cells.first_day, "03-03-2026"),
        _must("hours", "Jumlah JP", cells.number(1, 2000, unit=r"jp|jpl|jam(?: pelajaran)?"), "40", "JP"),
        Column("organiser", ("Penyelenggara",), cells.text, example="BKPSDM"),
    ),
    _template(
        "penghargaan",
        "Penghargaan",
        "Awards",
        "award",
        _must("name_of_award", "Nama Penghargaan", cells.text, "Satyalancana Karya Satya X"),
        _must("award_level", "Tingkat Penghargaan", cells.choice(AWARD), "Satyalancana"),
        _must("awarded_on", "Tanggal Penghargaan", cells.date, "17-08-2024"),
    ),
    _template(
        "hukuman_disiplin",
        "Hukuman disiplin",
        "Discipline",
        "discipline",
        _must("punishment", "Tingkat Hukuman", cells.choice(DISCIPLINE), "Ringan"),
        _must("decided_on", "Tanggal SK", cells.date, "10-05-2023"),
        Column("effective_on", ("TMT Hukuman", "TMT"), cells.date, example="01-06-2023"),
        Column("months", ("Lama (bulan)", "Lama Hukuman", "Masa Hukuman"), cells.months, example="12"),
        Column("served_until", ("Berlaku Sampai",), cells.date, example="31-05-2024"),
        Column("measure", ("Jenis Hukuman",), cells.text, example="Pemotongan tunjangan kinerja 25 %"),
        Column("decree", ("Nomor SK",), cells.text, example="800/001/2023"),
    ),
    _template(
        "bebas_hukuman",
        "Pemeriksaan hukuman disiplin (tidak ada)",
        "Discipline checks (none found)",
        "discipline_check",
        _must("checked_on", "Tanggal Pemeriksaan", cells.date, "02-11-2026"),
        _must("checked_by", "Diperiksa Oleh", cells.text, "Kepala Bidang Contoh"),
    ),
    _template(
        "tim_kerja",
        "Penugasan tim kerja",
        "Team assignments",
        "team_assignment",
        _must("team", "Nama Tim", cells.text, "Tim Contoh"),
        _must("role", "Peran", cells.choice(TEAM_ROLE), "Ketua internal"),
        _must("started_on", "Tanggal Mulai", cells.date, "02-01-2026"),
    ),
    _template(
        "umpan_balik_360",
        "Umpan balik 360°",
        "360° feedback",
        "feedback",
        _must("year", "Tahun", cells.year, "2025"),
        _must("category", "Kategori", cells.choice(FEEDBACK), "Baik"),
    ),
    _template(
        "potensi",
        "Penilaian potensi",
        "Potential",
        "potential_assessment",
        _must("assessed_on", "Tanggal Penilaian", cells.date, "12-03-2025", "Tanggal"),
        *(
            Column(name, (header,), _ASPECT, required=True, example="4")
            for name, header in (
                ("intellect", "Kemampuan Intelektual"),
                ("interpersonal", "Kemampuan Interpersonal"),
                ("self_awareness", "Kesadaran Diri"),
                ("critical_thinking", "Berpikir Kritis dan Strategis"),
                ("problem_solving", "Menyelesaikan Permasalahan"),
                ("emotional_intelligence", "Kecerdasan Emosional"),
                ("learning_agility", "Belajar Cepat dan Mengembangkan Diri"),
                ("motivation", "Motivasi dan Komitmen"),
            )
        ),
    ),
    _template(
        "potkom",
        "Potensi dan kompetensi, satu nilai",
        "Potential and competency, one value",
        "combined_assessment",
        _must("assessed_on", "Tanggal Penilaian", cells.date, "12-03-2025", "Tanggal"),
        _must("combined_score", "Nilai Potkom", cells.number(0, 150, least=cells.LEAST_OF_HUNDRED), "104,25", "Potkom"),
    ),
    _template(
        "kesehatan",
        "Keterangan sehat",
        "Health declarations",
        "health",
        _must("declared_on", "Tanggal Keterangan", cells.date, "02-03-2026", "Tanggal Surat"),
        Column("health", ("Keterangan Sehat", "Kesehatan"), cells.choice(HEALTH), required=True, example="Sehat"),
        Column("valid_until", ("Berlaku Sampai",), cells.date, example="01-03-2027"),
    ),
    _template(
        "kompetensi_teknis",
        "Penilaian kompetensi teknis",
        "Technical competency",
        "technical_assessment",
        _must("subject", "Urusan", cells.text, "Komunikasi dan Informatika", "Bidang Urusan"),
        _must("assessed_on", "Tanggal Penilaian", cells.date, "12-03-2025", "Tanggal"),
        _must("score", "Nilai Teknis", _SCORE, "82,5", "Nilai Kompetensi Teknis"),
    ),
    # The export layouts of the official systems are not known to us: templates of our own.
    _template(
        "simata",
        "Hasil SIMATA (kotak resmi)",
        "SIMATA results (official boxes)",
        "official_box",
        _must("determined_on", "Tanggal Penetapan", cells.date, "30-06-2026", "Tanggal"),
        Column("performance", ("Kinerja SIMATA", "Kinerja"), cells.text, example="Sesuai ekspektasi"),
        Column("potential", ("Potensial SIMATA", "Potensial"), cells.text, example="Tinggi"),
        _must("box", "Kotak", cells.box, "8", "Kotak SIMATA"),
    ),
    _template(
        "proasn",
        "Hasil ProASN (CACT)",
        "ProASN results (CACT)",
        "official_score",
        _must("assessed_on", "Tanggal Tes", cells.date, "15-05-2026", "Tanggal"),
        Column("managerial", ("Manajerial",), _SCORE, required=True, example="78,5"),
        Column(
            "sociocultural",
            ("Sosiokultural", "Sosial Kultural"),
            _SCORE,
            required=True,
            example="81",
        ),
        Column("potential_score", ("Potensi", "Potensi ProASN"), _SCORE, required=True, example="74"),
    ),
)
