"""Write the invented people's facts as workbooks in the layouts that really arrive."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from core.demo.people import SEED, Person, invent
from core.imports.layouts import BY_KEY
from core.imports.parse import Source
from core.reports.workbook import Table, workbook
from core.talent.employee import derive_level
from core.talent.facts import COMPETENCIES
from core.talent.posts import Post

#: Headers of SIASN's data utama export, in order. Most are never read; some must never be stored.
SIASN_HEADERS = [
    "PNS ID",
    "NIP BARU",
    "NIP LAMA",
    "NAMA",
    "GELAR DEPAN",
    "GELAR BELAKANG",
    "TEMPAT LAHIR ID",
    "TEMPAT LAHIR NAMA",
    "TANGGAL LAHIR",
    "JENIS KELAMIN",
    "AGAMA ID",
    "AGAMA NAMA",
    "JENIS KAWIN ID",
    "JENIS KAWIN NAMA",
    "NIK",
    "NOMOR HP",
    "EMAIL",
    "EMAIL GOV",
    "ALAMAT",
    "NPWP NOMOR",
    "BPJS",
    "JENIS PEGAWAI ID",
    "JENIS PEGAWAI NAMA",
    "KEDUDUKAN HUKUM ID",
    "KEDUDUKAN HUKUM NAMA",
    "STATUS CPNS PNS",
    "KARTU ASN VIRTUAL",
    "NOMOR SK CPNS",
    "TANGGAL SK CPNS",
    "TMT CPNS",
    "NOMOR SK PNS",
    "TANGGAL SK PNS",
    "TMT PNS",
    "GOL AWAL ID",
    "GOL AWAL NAMA",
    "GOL AKHIR ID",
    "GOL AKHIR NAMA",
    "TMT GOLONGAN",
    "MK TAHUN",
    "MK BULAN",
    "JENIS JABATAN ID",
    "JENIS JABATAN NAMA",
    "JABATAN ID",
    "JABATAN NAMA",
    "TMT JABATAN",
    "TINGKAT PENDIDIKAN ID",
    "TINGKAT PENDIDIKAN NAMA",
    "PENDIDIKAN ID",
    "PENDIDIKAN NAMA",
    "TAHUN LULUS",
    "KPKN ID",
    "KPKN NAMA",
    "LOKASI KERJA ID",
    "LOKASI KERJA NAMA",
    "UNOR ID",
    "UNOR NAMA",
    "INSTANSI INDUK ID",
    "INSTANSI INDUK NAMA",
    "INSTANSI KERJA ID",
    "INSTANSI KERJA NAMA",
    "SATUAN KERJA INDUK ID",
    "SATUAN KERJA INDUK NAMA",
    "SATUAN KERJA KERJA ID",
    "SATUAN KERJA KERJA NAMA",
    "IS VALID NIK",
    "NAMA SEKOLAH",
    "FLAG IKD",
    "ESELON ID",
    "ESELON NAMA",
]

_LEVEL_NAMES = {
    "S3": "S-3/Doktor",
    "S2": "S-2",
    "S1": "S-1/Sarjana",
    "D4": "Diploma IV",
    "D3": "Diploma III/Sarjana Muda",
    "SLTA": "SLTA",
}
#: Place among the people of one who serves a punishment.
_SERVING = 60
_PREDICATES = ("Sangat Kurang", "Kurang", "Butuh Perbaikan", "Baik", "Sangat Baik")


def demo_files(count: int, today: dt.date, posts: Sequence[Post]) -> list[Source]:
    """All files of an invented regency of ``count`` people in service, the same for the same day and count."""
    people = _invent(count, posts, today)
    rng = random.Random(SEED + 1)
    last_year = today.year - 1
    return [
        _siasn(people, rng, today),
        _skp22(people, rng, last_year - 1),
        _ekinerja(people, rng, last_year),
        *(_ekinerja(people, random.Random(SEED + 10 + year), year) for year in _earlier_rated(today)),
        *_assessments(people, rng, today),
        *_templates(people, rng, today),
    ]


def _invent(count: int, posts: Sequence[Post], today: dt.date) -> list[Person]:
    """So many people in service and, as the last, one who has left the agency: the same in all files of one regency."""
    return invent(count + 1, posts, today)


def _earlier_rated(today: dt.date) -> range:
    """Years before the last two of which ``demo_files`` has ratings: with those, five."""
    return range(today.year - 5, today.year - 2)


def demo_past(count: int, today: dt.date, posts: Sequence[Post], years: int) -> list[Source]:
    """Files of the ``years`` before the last two: of each year 360° feedback, a training, and ratings where ``demo_files`` has none."""
    people = _invent(count, posts, today)
    rng = random.Random(SEED + 3)
    sources = []
    for year in range(today.year - 2 - years, today.year - 2):
        feedback: list[list[object]] = []
        trainings: list[list[object]] = []
        for person in people:
            who = [person.nip, person.name]
            feedback.append([*who, year, _word_360(person, rng)])
            day = dt.date(year, rng.randint(1, 12), rng.randint(1, 28))
            trainings.append([*who, f"Bimtek {rng.randint(1, 40)}", _day(day), rng.choice((4, 10, 24, 40)), "BKPSDM"])
        if year not in _earlier_rated(today):
            sources.append(_ekinerja(people, rng, year))
        sources += [
            _template("umpan_balik_360", feedback, f"umpan_balik_360_{year}"),
            _template("diklat", trainings, f"diklat_{year}"),
        ]
    return sources


def demo_update(count: int, today: dt.date, posts: Sequence[Post]) -> list[Source]:
    """What came in later: a recap that contradicts a few earlier ratings, and a history with slips."""
    people = _invent(count, posts, today)[30:36]
    year = today.year - 2
    rows: list[list[object]] = [[_called(person), person.unit, "butuh perbaikan", "selesai"] for person in people[:4]]
    titles = ["REKAPITULASI PREDIKAT KINERJA PEGAWAI (SUSULAN)", f"TAHUN {year}"]
    recap = Table("Rekap", ["nama", "unit_kerja", "kuadran_kinerja", "status_penilaian"], rows, titles, _SIGNATURE)
    headers = [column.headers[0] for column in BY_KEY["riwayat_jabatan"].columns]
    slips: list[list[object]] = [
        [
            people[4].nip,
            people[4].name,
            "Staf",
            people[4].unit,
            "",
            "Definitif",
            f"01-01-{people[4].birth_date.year + 5}",
            "",
            "Tidak",
        ],
        [people[5].nip, people[5].name, "Staf", people[5].unit, "", "Definitif", "01-03-2012", "01-03-2011", "Tidak"],
    ]
    history = Table("Data", headers, slips, ["RIWAYAT JABATAN (SUSULAN)"])
    return [
        Source(f"susulan_ekinerja_{year}.xlsx", workbook([recap])),
        Source("susulan_riwayat_jabatan.xlsx", workbook([history])),
    ]


def _day(date: dt.date) -> str:
    return f"{date:%d-%m-%Y}"


def _ago(rng: random.Random, today: dt.date, low: int, high: int) -> dt.date:
    return today - dt.timedelta(days=rng.randint(low, high))


def _level(value: float, low: int, high: int) -> int:
    return max(low, min(high, round(value)))


def _siasn(people: list[Person], rng: random.Random, today: dt.date) -> Source:
    rows = []
    for number, person in enumerate(people):
        cells: dict[str, object] = {
            "PNS ID": person.pns_id,
            "NIP BARU": person.nip,
            "NAMA": person.name.upper(),
            "GELAR DEPAN": person.front_title,
            "GELAR BELAKANG": person.back_title,
            "TEMPAT LAHIR NAMA": "Kayuagung",
            "TANGGAL LAHIR": _day(person.birth_date),
            "JENIS KELAMIN": person.sex,
            "AGAMA NAMA": "(rekaan)",
            "NIK": f"160200{rng.randrange(10**10):010d}",
            "NOMOR HP": "080000000000",
            "ALAMAT": "(rekaan)",
            "NPWP NOMOR": "000000000000000",
            "JENIS PEGAWAI NAMA": "PNS",
            "KEDUDUKAN HUKUM NAMA": "Pindah Instansi" if number == len(people) - 1 else "Aktif",
            "STATUS CPNS PNS": "P",
            "TMT CPNS": _day(person.appointed),
            "GOL AKHIR NAMA": person.grade,
            "TMT GOLONGAN": _day(_ago(rng, today, 200, 1500)),
            "JENIS JABATAN NAMA": person.kind,
            "JABATAN NAMA": person.title,
            "TMT JABATAN": _day(person.position_since),
            "TINGKAT PENDIDIKAN NAMA": _LEVEL_NAMES[person.education],
            "PENDIDIKAN NAMA": f"{_LEVEL_NAMES[person.education].split('/')[0].upper()} {person.field.upper()}",
            "TAHUN LULUS": person.graduated,
            "LOKASI KERJA NAMA": "Kab. Ogan Komering Ilir",
            "UNOR NAMA": person.unit,
            "INSTANSI INDUK NAMA": "Pemerintah Kab. Ogan Komering Ilir",
            "SATUAN KERJA INDUK NAMA": person.unit,
            "ESELON NAMA": person.echelon,
        }
        rows.append([cells.get(header, "") for header in SIASN_HEADERS])
    return Source("siasn_data_utama.xlsx", workbook([Table("Data Utama", list(SIASN_HEADERS), rows)]))


def _predicate(person: Person, rng: random.Random) -> str:
    draw = person.strength + rng.gauss(0, 0.7)
    return _PREDICATES[4 if draw > 1.3 else 3 if draw > -1.9 else 2 if draw > -2.4 else 1 if draw > -2.8 else 0]


def _skp22(people: list[Person], rng: random.Random, year: int) -> Source:
    headers = [
        "id",
        "tahun",
        "hasilKinerja",
        "hasilKinerjaNilai",
        "perilakuKerja",
        "PerilakuKerjaNilai",
        "kuadranKinerja",
        "KuadranKinerjaNilai",
        "namaPenilai",
        "nipNrpPenilai",
        "penilaiGolonganId",
        "penilaiJabatanNm",
        "penilaiUnorNm",
        "pnsDinilaiId",
        "statusPenilai",
    ]
    halves = {
        "Sangat Baik": ("Diatas Ekspektasi", "Diatas Ekspektasi"),
        "Baik": ("Sesuai Ekspektasi", "Sesuai Ekspektasi"),
        "Butuh Perbaikan": ("Dibawah Ekspektasi", "Sesuai Ekspektasi"),
        "Kurang": ("Sesuai Ekspektasi", "Dibawah Ekspektasi"),
        "Sangat Kurang": ("Dibawah Ekspektasi", "Dibawah Ekspektasi"),
    }
    rows = []
    for number, person in enumerate(people):
        if rng.random() < 0.03:
            continue
        word = _predicate(person, rng)
        work, behaviour = halves[word]
        rows.append(
            [
                f"SKP-{number}",
                year,
                work,
                "",
                behaviour,
                "",
                word.upper(),
                "",
                "Atasan Rekaan",
                "",
                "",
                "",
                person.unit,
                person.pns_id,
                "ASN",
            ]
        )
    return Source(f"skp22_{year}.xlsx", workbook([Table("Sheet1", headers, rows)]))


def _ekinerja(people: list[Person], rng: random.Random, year: int) -> Source:
    rows: list[list[object]] = []
    for person in people:
        word = "tidak ada data" if rng.random() < 0.03 else _predicate(person, rng).lower()
        rows.append([_called(person), person.unit, word, "selesai" if word != "tidak ada data" else "belum"])
    titles = ["REKAPITULASI PREDIKAT KINERJA PEGAWAI", f"PEMERINTAH KABUPATEN OGAN KOMERING ILIR TAHUN {year}"]
    table = Table("Rekap", ["nama", "unit_kerja", "kuadran_kinerja", "status_penilaian"], rows, titles, _SIGNATURE)
    return Source(f"rekap_ekinerja_{year}.xlsx", workbook([table]))


_SIGNATURE = ["Kayuagung, (tanggal)", "Kepala BKPSDM", "", "(nama rekaan)"]


def _called(person: Person) -> str:
    front = f"{person.front_title} " if person.front_title else ""
    back = f", {person.back_title}" if person.back_title else ""
    return f"{front}{person.name}{back}"


def _assessed_level(person: Person, is_old: bool) -> str:
    """The level that somebody was assessed for: the next one above; of old ones nobody wrote it down."""
    if is_old:
        return ""
    return "Administrator" if derive_level(person.echelon or None, person.title) == "supervisor" else "JPT Pratama"


def _assessments(people: list[Person], rng: random.Random, today: dt.date) -> list[Source]:
    headers = [column.headers[0] for column in BY_KEY["assessment"].columns if column.field in COMPETENCIES]
    recent, old = [], []
    for person in people:
        draw = rng.random()
        if draw < 0.06:
            continue
        levels = [_level(3.1 + 0.55 * person.strength + rng.gauss(0, 0.6), 1, 5) for _ in COMPETENCIES]
        jpm = round(sum(min(level, 4) for level in levels) / 36 * 100, 2)
        row = [
            _called(person),
            person.title,
            person.unit,
            *levels,
            sum(levels),
            f"{jpm:.2f}".replace(".", ","),
            _assessed_level(person, draw < 0.12),
            "Pelatihan kepemimpinan",
            "",
        ]
        (old if draw < 0.12 else recent).append(row)
    sources = []
    for name, day, rows in (
        ("2025", today - dt.timedelta(days=600), recent),
        ("lama", today - dt.timedelta(days=1500), old),
    ):
        titles = ["REKAPITULASI HASIL PENILAIAN KOMPETENSI", f"Tanggal penilaian: {_day(day)}"]
        table = Table(
            "Rekap",
            [
                "Nama",
                "Jabatan",
                "Perangkat Daerah",
                *headers,
                "Total",
                "JPM (%)",
                "Jenjang Asesmen",
                "Saran Pengembangan 1",
                "Saran Pengembangan 2",
            ],
            rows,
            titles,
            _SIGNATURE,
            groups=[("Kompetensi", 3, 11)],
        )
        sources.append(Source(f"rekap_penilaian_kompetensi_{name}.xlsx", workbook([table])))
    return sources


def _templates(people: list[Person], rng: random.Random, today: dt.date) -> list[Source]:
    rows: dict[str, list[list[object]]] = {key: [] for key, layout in BY_KEY.items() if layout.is_template}
    last_year = today.year - 1
    _more(rows, people, random.Random(SEED + 2), today)
    for number, person in enumerate(people):
        who = [person.nip, person.name]
        if number == _SERVING:
            since = today - dt.timedelta(days=60)
            rows["hukuman_disiplin"].append(
                [*who, "Sedang", _day(since), _day(since), 12, "", "Pemotongan tunjangan kinerja 25 %", "800/100"]
            )
        _history(rows["riwayat_jabatan"], who, person, rng, today)
        if person.education in ("S2", "S3") and rng.random() < 0.5:
            rows["riwayat_pendidikan"].append(
                [*who, "S1", person.field, "Universitas Rekaan", max(person.graduated - 6, person.birth_date.year + 21)]
            )
        for number in range(_level(1.2 + 0.6 * person.strength + rng.gauss(0, 0.8), 0, 3)):
            rows["diklat"].append(
                [
                    *who,
                    rng.choice(
                        (
                            "Pelatihan Kepemimpinan",
                            "Bimtek Pengadaan",
                            "Pelatihan Pelayanan Publik",
                            "Pelatihan Analisis Data",
                        )
                    )
                    + f" {20 * number + rng.randint(1, 20)}",  # never the same one twice
                    _day(_ago(rng, today, 20, 340)),
                    rng.choice((4, 6, 10, 16, 24, 40)),
                    "BKPSDM",
                ]
            )
        if person.strength + rng.gauss(0, 0.8) > 1.6:
            rows["penghargaan"].append(
                [*who, "Satyalancana Karya Satya", "Satyalancana", _day(_ago(rng, today, 60, 1700))]
            )
        if person.strength + rng.gauss(0, 0.6) > 2.2:
            rows["penghargaan"].append(
                [*who, "Inovasi Pelayanan", rng.choice(("Nasional", "Instansi")), _day(_ago(rng, today, 60, 1700))]
            )
        if rng.random() < 0.025:
            decided = _ago(rng, today, 100, 2500)
            rows["hukuman_disiplin"].append(
                [
                    *who,
                    rng.choice(("Ringan", "Ringan", "Sedang", "Berat")),
                    _day(decided),
                    "",
                    "",
                    _day(decided + dt.timedelta(days=365)),
                    "",
                    f"800/{rng.randint(1, 999):03d}",
                ]
            )
        if person.strength + rng.gauss(0, 0.8) > 1.2:
            role = ("Anggota internal", "Anggota lintas instansi", "Ketua internal", "Ketua lintas instansi")[
                _level(1.6 + 0.7 * person.strength + rng.gauss(0, 0.6), 0, 3)
            ]
            rows["tim_kerja"].append([*who, f"Tim Kerja {rng.randint(1, 60)}", role, _day(_ago(rng, today, 20, 700))])
        if rng.random() > 0.03:
            rows["umpan_balik_360"].append([*who, last_year, _word_360(person, rng)])
        if rng.random() > 0.05:
            aspects = [_level(1.95 + 0.4 * person.strength + rng.gauss(0, 0.7), 0, 5) for _ in range(8)]
            rows["potensi"].append(
                [
                    *who,
                    _day(_ago(rng, today, 1200, 1700) if rng.random() < 0.04 else _ago(rng, today, 100, 900)),
                    *(aspects if any(aspects) else [1, *aspects[1:]]),
                ]
            )
    return [_template(key, table, key) for key, table in rows.items()]


def _word_360(person: Person, rng: random.Random) -> str:
    return ("Kurang", "Cukup", "Baik", "Sangat Baik")[_level(1.9 + 0.6 * person.strength + rng.gauss(0, 0.5), 0, 3)]


def _template(key: str, rows: list[list[object]], name: str) -> Source:
    headers = [column.headers[0] for column in BY_KEY[key].columns]
    return Source(f"{name}.xlsx", workbook([Table("Data", headers, rows, [BY_KEY[key].title["id"].upper()])]))


def _more(rows: dict[str, list[list[object]]], people: list[Person], rng: random.Random, today: dt.date) -> None:
    """Health, technical competency, leadership training, who was checked, and what the official systems say."""
    checked = random.Random(SEED + 6)
    for person in people:
        who = [person.nip, person.name]
        senior = person.echelon.startswith(("II.", "III.")) or "Madya" in person.title
        if senior or rng.random() < 0.3:
            if rng.random() > 0.06:
                declared = _ago(rng, today, 40, 300)
                rows["kesehatan"].append([*who, _day(declared), "Tidak sehat" if rng.random() < 0.02 else "Sehat", ""])
            combined = _level(7600 + 900 * person.strength + 600 * checked.gauss(0, 1), 3000, 12000) / 100
            rows["potkom"].append([*who, _day(today - dt.timedelta(days=500)), f"{combined:.2f}".replace(".", ",")])
            if checked.random() > 0.05:
                rows["bebas_hukuman"].append([*who, _day(today - dt.timedelta(days=40)), "Inspektorat (rekaan)"])
            if rng.random() > 0.12:
                score = _level(72 + 9 * person.strength + rng.gauss(0, 6), 30, 100)
                rows["kompetensi_teknis"].append([*who, person.unit, _day(_ago(rng, today, 60, 800)), score])
            if rng.random() < 0.75:
                rows["diklat"].append(
                    [*who, "PKA Angkatan " + str(rng.randint(1, 9)), _day(_ago(rng, today, 400, 2500)), 105, "LAN"]
                )
        if senior and rng.random() < 0.8:
            kinerja = _level(1.1 + 0.8 * person.strength + rng.gauss(0, 0.5), 0, 2)
            potensial = _level(1.1 + 0.7 * person.strength + rng.gauss(0, 0.5), 0, 2)
            rows["simata"].append(
                [
                    *who,
                    f"30-06-{today.year}",
                    ("Di bawah ekspektasi", "Sesuai ekspektasi", "Di atas ekspektasi")[kinerja],
                    ("Rendah", "Menengah", "Tinggi")[potensial],
                    ((1, 3, 6), (2, 5, 8), (4, 7, 9))[kinerja][potensial],
                ]
            )
            rows["proasn"].append(
                [
                    *who,
                    _day(_ago(rng, today, 100, 500)),
                    *(_level(74 + 8 * person.strength + rng.gauss(0, 6), 20, 100) for _ in range(3)),
                ]
            )


#: Units in which careers began elsewhere.
_ELSEWHERE = (
    "Dinas Komunikasi dan Informatika",
    "Badan Pengelolaan Keuangan dan Aset Daerah",
    "Badan Pendapatan Daerah",
    "Dinas Lingkungan Hidup",
    "Sekretariat Daerah",
    "Dinas Kesehatan",
    "Dinas Pertanian",
)


def _history(rows: list[list[object]], who: list[object], person: Person, rng: random.Random, today: dt.date) -> None:
    if rng.random() < 0.02:
        return
    rows.append(
        [*who, person.title, person.unit, person.echelon, "Definitif", _day(person.position_since), "", "Tidak"]
    )
    start = person.position_since - dt.timedelta(days=rng.randint(500, 2000))
    elsewhere = rng.random() < 0.45
    before = {"II.a": "II.b", "II.b": "III.a", "III.a": "III.b", "III.b": "IV.a", "IV.a": "IV.b"}.get(
        person.echelon, ""
    )
    rows.append(
        [
            *who,
            "Kepala Bagian Perencanaan" if before.startswith("III") else "Kepala Subbagian Umum",
            "Sekretariat Daerah" if elsewhere else person.unit,
            before,
            "Definitif",
            _day(start),
            _day(person.position_since),
            "Ya" if elsewhere and rng.random() < 0.3 else "Tidak",
        ]
    )
    # A longer career behind it, mostly in the same field.
    began = max(person.appointed, start - dt.timedelta(days=rng.randint(1500, 4200)))
    if began < start:
        rows.append(
            [
                *who,
                "Kepala Seksi Pelayanan" if before.startswith(("II", "III")) else "Pelaksana",
                person.unit if rng.random() < 0.55 else rng.choice(_ELSEWHERE),
                {"II.b": "III.a", "III.a": "III.b", "III.b": "IV.a"}.get(before, ""),
                "Definitif",
                _day(began),
                _day(start),
                "Tidak",
            ]
        )
    if person.strength + rng.gauss(0, 1) > 0.9:
        plt = today - dt.timedelta(days=rng.randint(100, 1500))
        rows.append(
            [
                *who,
                f"Plt. {person.title}",
                person.unit,
                before,
                rng.choice(("Plt lebih tinggi", "Plt", "Plh")),
                _day(plt),
                _day(plt + dt.timedelta(days=180)),
                "Tidak",
            ]
        )
