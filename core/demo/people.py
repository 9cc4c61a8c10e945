"""Invent the civil servants of a regency: seeded, so that the same call gives the same people."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from core.talent.posts import Post

SEED = 1602

#: Posts without an incumbent, and posts whose incumbent retires within the year.
VACANT = frozenset(
    {"sekretaris-dprd", "dinas-lingkungan-hidup", "dinas-kominfo", "bpkad", "bapenda", "staf-ahli-pemerintahan"}
)
RETIRING = frozenset({"dinas-pertanian", "dpmptsp", "bpbd"})

DISTRICTS = (
    "Lempuing",
    "Lempuing Jaya",
    "Mesuji",
    "Mesuji Makmur",
    "Mesuji Raya",
    "Sungai Menang",
    "Tulung Selapan",
    "Cengal",
    "Pedamaran",
    "Pedamaran Timur",
    "Tanjung Lubuk",
    "Teluk Gelam",
    "Kota Kayuagung",
    "Sirah Pulau Padang",
    "Jejawi",
    "Pampangan",
    "Pangkalan Lampam",
    "Air Sugihan",
)

_MEN = [
    "Ahmad",
    "Ali",
    "Amrullah",
    "Andi",
    "Anwar",
    "Ardiansyah",
    "Arief",
    "Azhari",
    "Bambang",
    "Budi",
    "Dedi",
    "Denny",
    "Edi",
    "Eko",
    "Fahmi",
    "Fauzan",
    "Febri",
    "Firdaus",
    "Hamdan",
    "Hasan",
    "Hendra",
    "Heri",
    "Husin",
    "Ibrahim",
    "Ilham",
    "Indra",
    "Irwan",
    "Iskandar",
    "Jauhari",
    "Kamil",
    "Kurniawan",
    "Lukman",
    "Mahmud",
    "Marzuki",
    "Muhammad",
    "Mulyadi",
    "Nasir",
    "Novian",
    "Oktarian",
    "Rahmat",
    "Ridwan",
    "Rizal",
    "Rudi",
    "Rusdi",
    "Saiful",
    "Syamsul",
    "Taufik",
    "Usman",
    "Wahyu",
    "Yulian",
    "Zainal",
    "Zulkifli",
]
_WOMEN = [
    "Aisyah",
    "Amelia",
    "Anita",
    "Ayu",
    "Citra",
    "Desi",
    "Dewi",
    "Diah",
    "Eka",
    "Elly",
    "Emilia",
    "Erna",
    "Eva",
    "Fatimah",
    "Fitri",
    "Hartini",
    "Herlina",
    "Ida",
    "Indah",
    "Kartika",
    "Lestari",
    "Lina",
    "Maria",
    "Mega",
    "Melati",
    "Nadia",
    "Nurhayati",
    "Nurlaila",
    "Puspita",
    "Putri",
    "Rahma",
    "Ratna",
    "Rina",
    "Rosmala",
    "Rosida",
    "Sari",
    "Septi",
    "Sri",
    "Suryani",
    "Tri",
    "Wahyuni",
    "Wulan",
    "Yanti",
    "Yuliana",
    "Yusnita",
    "Zahara",
    "Zubaidah",
]
_SECOND = [
    "Abadi",
    "Aditya",
    "Afrizal",
    "Agustian",
    "Akbar",
    "Apriadi",
    "Bahari",
    "Bastari",
    "Candra",
    "Darmawan",
    "Effendi",
    "Fadillah",
    "Gunawan",
    "Hadi",
    "Haryanto",
    "Hidayat",
    "Ismail",
    "Jaya",
    "Karim",
    "Kesuma",
    "Laksana",
    "Maulana",
    "Nugraha",
    "Oktavia",
    "Pratama",
    "Prayoga",
    "Purnama",
    "Rachman",
    "Ramadhan",
    "Sanjaya",
    "Saputra",
    "Setiawan",
    "Sucipto",
    "Syahrial",
    "Tamrin",
    "Utama",
    "Wijaya",
    "Yusuf",
    "Yunita",
    "Zamzami",
]
_LAST = (
    "",
    "",
    "Al Rasyid",
    "Anggoro",
    "Azwar",
    "Barlian",
    "Cik Nang",
    "D'Ogan",
    "Daulay",
    "Fansuri",
    "Ghozali",
    "Halim",
    "Jambak",
    "Kasim",
    "Komering",
    "Lubai",
    "Marga",
    "Natsir",
    "Nopriansyah",
    "Pasemah",
    "Ranau",
    "Sanusi",
    "Tanjung",
    "Umar",
)

_STUDIES: dict[str, tuple[tuple[str, str, str], ...]] = {
    # family: (field, title of S1, title of S2)
    "government": (
        ("Ilmu Pemerintahan", "S.IP.", "M.Si."),
        ("Administrasi Negara", "S.Sos.", "M.Si."),
        ("Ilmu Hukum", "S.H.", "M.H."),
    ),
    "finance": (("Akuntansi", "S.E.", "M.Si."), ("Keuangan Daerah", "S.E.", "M.M.")),
    "economy": (("Ekonomi Pembangunan", "S.E.", "M.Si."), ("Manajemen", "S.E.", "M.M.")),
    "education": (("Manajemen Pendidikan", "S.Pd.", "M.Pd."), ("Pendidikan Bahasa Indonesia", "S.Pd.", "M.Pd.")),
    "health": (("Kesehatan Masyarakat", "S.K.M.", "M.Kes."), ("Keperawatan", "S.Kep.", "M.Kes.")),
    "infrastructure": (("Teknik Sipil", "S.T.", "M.T."), ("Perencanaan Wilayah", "S.T.", "M.T.")),
    "social": (("Sosiologi", "S.Sos.", "M.Si."), ("Kesejahteraan Sosial", "S.Sos.", "M.Si.")),
    "agriculture": (("Agribisnis", "S.P.", "M.Si."), ("Peternakan", "S.Pt.", "M.Si."), ("Perikanan", "S.Pi.", "M.Si.")),
    "environment": (("Ilmu Lingkungan", "S.Si.", "M.Si."), ("Kehutanan", "S.Hut.", "M.Si.")),
    "information": (("Teknik Informatika", "S.Kom.", "M.Kom."), ("Sistem Informasi", "S.Kom.", "M.T.I.")),
    "public_order": (("Ilmu Pemerintahan", "S.STP.", "M.Si."), ("Ilmu Hukum", "S.H.", "M.H.")),
}

_GRADE_TITLES = {
    "II.a": ("IV/d", "IV/e"),
    "II.b": ("IV/b", "IV/c", "IV/d"),
    "III.a": ("IV/a", "IV/b"),
    "III.b": ("III/d", "IV/a"),
    "IV.a": ("III/c", "III/d"),
    "IV.b": ("III/b", "III/c"),
    "": ("II/c", "II/d", "III/a", "III/b"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """One invented civil servant; ``strength`` (standard normal) runs through all assessments."""

    nip: str
    pns_id: str
    name: str
    front_title: str
    back_title: str
    birth_date: dt.date
    appointed: dt.date
    sex: str
    title: str
    kind: str
    unit: str
    family: str
    echelon: str
    grade: str
    position_since: dt.date
    education: str
    field: str
    graduated: int
    strength: float


def invent(count: int, posts: Sequence[Post], today: dt.date) -> list[Person]:
    """Invent ``count`` people: incumbents of all posts but the vacant ones, feeders, and the rest."""
    rng = random.Random(SEED)
    seats = [seat for _, seat in zip(range(count), _seats(posts, rng), strict=False)]
    names: set[str] = set()
    return [_person(number, seat, rng, names, today) for number, seat in enumerate(seats)]


@dataclass(frozen=True, slots=True)
class _Seat:
    title: str
    kind: str
    unit: str
    family: str
    echelon: str
    years_left: tuple[float, float]


def _seats(posts: Sequence[Post], rng: random.Random) -> Iterator[_Seat]:
    """Seats from the top down, then clerks and teachers without end."""
    structural = "Jabatan Struktural"
    for post in posts:
        if post.key not in VACANT:
            left = (0.2, 0.9) if post.key in RETIRING else (1.1, 10.0)
            yield _Seat(post.title, structural, post.unit, post.family, post.echelon, left)
    heads = [p for p in posts if p.title.startswith(("Kepala", "Inspektur", "Direktur"))]
    areas = ("Perencanaan", "Pelayanan", "Pembinaan", "Pengendalian", "Pengembangan")
    for post in heads:
        yield _Seat(f"Sekretaris {post.unit}", structural, post.unit, post.family, "III.a", (0.5, 14))
        for area in areas[:2]:
            yield _Seat(f"Kepala Bidang {area} {post.unit}", structural, post.unit, post.family, "III.b", (0.5, 17))
    for part in (
        "Tata Pemerintahan",
        "Kesejahteraan Rakyat",
        "Hukum",
        "Perekonomian",
        "Pembangunan",
        "Organisasi",
        "Umum",
        "Protokol",
    ):
        yield _Seat(f"Kepala Bagian {part}", structural, "Sekretariat Daerah", "government", "III.a", (0.5, 14))
    for district in DISTRICTS:
        yield _Seat(f"Camat {district}", structural, f"Kecamatan {district}", "government", "III.a", (0.5, 15))
        yield _Seat(
            f"Sekretaris Camat {district}", structural, f"Kecamatan {district}", "government", "III.b", (0.5, 17)
        )
    for number in range(1, 5):
        yield _Seat(f"Inspektur Pembantu Wilayah {number}", structural, "Inspektorat", "finance", "III.a", (0.5, 14))
    for post in heads[:15]:
        yield _Seat(
            f"Analis Kebijakan Ahli Madya {post.unit}",
            "Jabatan Fungsional",
            post.unit,
            post.family,
            "",
            (0.5, 16),
        )
    for number in range(450):
        post = heads[number % len(heads)]
        area = areas[number // len(heads) % len(areas)]
        section = number // (len(heads) * len(areas)) + 1
        yield _Seat(
            f"Kepala Seksi {area} {section} {post.unit}",
            structural,
            post.unit,
            post.family,
            "IV.a" if number % 3 else "IV.b",
            (0.5, 24),
        )
    while True:
        post = rng.choice(heads)
        title = rng.choice(
            (
                "Guru Ahli Pertama",
                "Perawat Terampil",
                "Pengadministrasi Perkantoran",
                "Penelaah Teknis Kebijakan",
                "Penyuluh Ahli Muda",
            )
        )
        yield _Seat(
            title,
            "Jabatan Fungsional" if "Ahli" in title or "Terampil" in title else "Jabatan Pelaksana",
            post.unit,
            post.family,
            "",
            (0.5, 33),
        )


def _new_nip(start: str, number: int, taken: set[str]) -> str:
    """A NIP that nobody has yet: of a hundred thousand some would share birthday, appointment and serial number."""
    digits = next(nip for serial in count(number) if (nip := f"{start}{serial % 999 + 1:03d}") not in taken)
    taken.add(digits)
    return digits


def _person(number: int, seat: _Seat, rng: random.Random, names: set[str], today: dt.date) -> Person:
    woman = rng.random() < (0.3 if seat.echelon.startswith("I") else 0.5)
    name = _new_name(rng, woman, names)
    age_limit = 60 if seat.echelon.startswith("II.") or "Ahli Madya" in seat.title else 58
    left = rng.uniform(*seat.years_left)
    birth = today - dt.timedelta(days=round((age_limit - left) * 365.25))
    appointed = dt.date(birth.year + rng.randint(22, 29), rng.choice((1, 2, 3, 4, 12)), 1)
    appointed = min(appointed, dt.date(today.year - 1, 12, 1))
    digits = _new_nip(f"{birth:%Y%m%d}{appointed:%Y%m}{2 if woman else 1}", number, names)
    senior = seat.echelon.startswith(("II.", "III.")) or "Madya" in seat.title
    education = rng.choices(
        ("S3", "S2", "S1", "D4", "D3", "SLTA"), (4, 55, 36, 3, 2, 0) if senior else (0, 14, 62, 6, 12, 6)
    )[0]
    field, first, second = rng.choice(_STUDIES[seat.family if rng.random() < 0.62 else rng.choice(tuple(_STUDIES))])
    back = {"S3": f"{first}, {second}", "S2": f"{first}, {second}", "S1": first, "D4": first, "D3": "A.Md."}.get(
        education, ""
    )
    since = today - dt.timedelta(days=rng.randint(120, 365 * 7))
    return Person(
        nip=digits,
        pns_id=str(uuid.UUID(int=rng.getrandbits(128), version=4)).upper(),
        name=name,
        front_title="Dr." if education == "S3" else "",
        back_title=back,
        birth_date=birth,
        appointed=appointed,
        sex="F" if woman else "M",
        title=seat.title,
        kind=seat.kind,
        unit=seat.unit,
        family=seat.family,
        echelon=seat.echelon,
        grade=rng.choice(_GRADE_TITLES["III.b" if "Madya" in seat.title else seat.echelon]),
        position_since=max(since, appointed),
        education=education,
        field=field if education != "SLTA" else "SLTA IPS",
        graduated=min(birth.year + rng.randint(22, 40), today.year - 1),
        strength=rng.gauss(
            -1.2
            if seat.family == "environment" or field in ("Ilmu Lingkungan", "Kehutanan")
            else 0.7
            if seat.echelon.startswith("II.")
            else 0.15
            if senior
            else 0,
            1,
        ),
    )


def _new_name(rng: random.Random, woman: bool, taken: set[str]) -> str:
    while True:
        name = " ".join(filter(None, (rng.choice(_WOMEN if woman else _MEN), rng.choice(_SECOND), rng.choice(_LAST))))
        if len(taken) > 2000:
            name = f"{name} {rng.choice(_MEN)}"
        if name not in taken:
            taken.add(name)
            return name
