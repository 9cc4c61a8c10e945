"""Closed vocabularies: one canonical code for each of the spellings that really arrive.

Codes are stored; spellings are what SIASN, e-Kinerja and office workbooks write. A spelling is
compared after folding: lower case, letters and digits only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from core.talent.errors import InvalidValue
from core.talent.messages import N_


@lru_cache(maxsize=65_536)
def fold_text(text: str) -> str:
    """Lower case, letters and digits only: ``"Eselon 2B / JPT"`` -> ``"eselon2bjpt"``."""
    return re.sub(r"[^0-9a-z]+", "", text.casefold())


@dataclass(frozen=True)
class Vocabulary:
    """An ordered list of codes with the spellings accepted for each.

    ``no_data`` lists spellings that mean "not known"; they parse to None.
    """

    name: str
    spellings: Mapping[str, Sequence[str]]
    no_data: Sequence[str] = ()
    _codes: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes = {
            fold_text(spelling): code for code, spellings in self.spellings.items() for spelling in (code, *spellings)
        }
        object.__setattr__(self, "_codes", codes)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in their natural order."""
        return tuple(self.spellings)

    def parse(self, text: str) -> str | None:
        """Return the code of a spelling, or None for an empty or no-data one.

        Raises
        ------
        InvalidValue
            For any other text.
        """
        key = fold_text(text)
        if not key or key in {fold_text(word) for word in self.no_data}:
            return None
        try:
            return self._codes[key]
        except KeyError:
            expected = ", ".join(words[0] if words else code for code, words in self.spellings.items())
            raise InvalidValue(
                N_("“{value}” is not a known {what}; expected one of: {expected}"),
                value=text,
                what=self.name,
                expected=expected,
            ) from None


#: Predikat kinerja, PermenPANRB 6/2022.
RATING = Vocabulary(
    "predikat kinerja",
    {
        "very_good": ("Sangat Baik", "SB", "Sangat Baik (Di Atas Ekspektasi)"),
        "good": ("Baik", "Baik (Sesuai Ekspektasi)"),
        "needs_improvement": ("Butuh Perbaikan", "Cukup", "BP", "Cukup/Butuh Perbaikan", "Butuh Perbaikan/Cukup"),
        "poor": ("Kurang", "Misconduct", "Kurang/Misconduct"),
        "very_poor": ("Sangat Kurang",),
    },
    no_data=("0", "tidak ada data", "-", "null", "belum dinilai", "tidak dinilai"),
)

#: Hasil kerja and perilaku kerja, PermenPANRB 6/2022.
EXPECTATION = Vocabulary(
    "ekspektasi",
    {
        "above": ("Di atas ekspektasi", "diatas ekspektasi"),
        "meets": ("Sesuai ekspektasi",),
        "below": ("Di bawah ekspektasi", "dibawah ekspektasi"),
    },
    no_data=("0", "tidak ada data", "-", "null"),
)

#: Predikat from hasil kerja x perilaku kerja, PermenPANRB 6/2022.
RATING_FROM = {
    ("above", "above"): "very_good",
    ("above", "meets"): "good",
    ("meets", "meets"): "good",
    ("meets", "above"): "good",
    ("below", "meets"): "needs_improvement",
    ("below", "above"): "needs_improvement",
    ("above", "below"): "poor",
    ("meets", "below"): "poor",
    ("below", "below"): "very_poor",
}

#: Ranks (pangkat) by golongan and room; people write either, or both in any order.
_RANKS = {
    "I": ("Juru Muda", "Juru Muda Tk. I", "Juru", "Juru Tk. I"),
    "II": ("Pengatur Muda", "Pengatur Muda Tk. I", "Pengatur", "Pengatur Tk. I"),
    "III": ("Penata Muda", "Penata Muda Tk. I", "Penata", "Penata Tk. I"),
    "IV": ("Pembina", "Pembina Tk. I", "Pembina Utama Muda", "Pembina Utama Madya", "Pembina Utama"),
}


def _grade_spellings(group: str, room: str, rank: str) -> tuple[str, ...]:
    code = f"{group}/{room}"
    ranks = tuple(
        dict.fromkeys((rank, *(rank.replace("Tk. I", other) for other in ("Tingkat I", "Tk. 1", "Tingkat 1"))))
    )
    both = (f"{rank} {code}" for rank in ranks), (f"{code} {rank}" for rank in ranks)
    number = ("I", "II", "III", "IV").index(group) + 1
    return (f"{group}{room}", f"{number}{room}", f"Gol {code}", f"Golongan {code}", *ranks, *both[0], *both[1])


#: Golongan ruang, PP 11/2017; the order of this list is the order of rank (never alphabetical).
GRADE = Vocabulary(
    "golongan",
    {
        f"{group}/{room}": _grade_spellings(group, room, rank)
        for group, ranks in _RANKS.items()
        for room, rank in zip("abcde", ranks, strict=False)
    }
    | {
        pppk: (f"Golongan {pppk}",)
        for pppk in ("V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")
    },
    no_data=("-", "0"),
)

_ECHELON_LEVELS = ((1, "I", "ab"), (2, "II", "ab"), (3, "III", "ab"), (4, "IV", "ab"), (5, "V", "a"))

#: Eselon as SIASN and office files spell it; a functional post has none, which is no error.
ECHELON = Vocabulary(
    "eselon",
    {
        f"{group}.{letter}": tuple(
            f"{before}{name}{letter}{after}"
            for name in (group, str(number))
            for before in ("", "Eselon ", "Es ", "Esl ", *(title.strip() for title in titles))
            for after in ("", *titles)
        )
        for number, group, letters in _ECHELON_LEVELS
        for letter in letters
        for titles in (
            (
                {
                    1: (" JPT Madya", " JPT Utama"),
                    2: (" JPT Pratama",),
                    3: (" Administrator",),
                    4: (" Pengawas",),
                    5: (" Pelaksana",),
                }[number]
            ),
        )
    },
    no_data=("-", "0", "non eselon", "noneselon", "tidak ada", "null", "99", "Fungsional", "Jabatan Fungsional"),
)

#: Education levels, lowest first.
EDUCATION = Vocabulary(
    "tingkat pendidikan",
    {
        "SD": ("Sekolah Dasar", "SD/Sederajat"),
        "SLTP": ("SMP", "Sekolah Lanjutan Tingkat Pertama", "SLTP Kejuruan", "SLTP/Sederajat", "SMP/Sederajat"),
        "SLTA": (
            "SMA",
            "SMK",
            "SMU",
            "SLTA Kejuruan",
            "SLTA Keguruan",
            "Sekolah Lanjutan Tingkat Atas",
            *(f"{name}/Sederajat" for name in ("SLTA", "SMA", "SMK", "SMU", "SLTA/SMA")),
        ),
        "D1": ("D-I", "DI", "Diploma I"),
        "D2": ("D-II", "DII", "Diploma II"),
        "D3": ("D-III", "DIII", "Diploma III", "Diploma III/Sarjana Muda", "Sarjana Muda"),
        "D4": ("D-IV", "DIV", "Diploma IV"),
        # A profession follows on S-1 (level 7 of the KKNI), a specialist is the equal of S-2 (8), a subspecialist of S-3.
        "S1": (
            "S-1",
            "S-1/Sarjana",
            "Sarjana",
            "S1/D-IV",
            "S1/Sarjana",
            "Strata 1",
            "Profesi",
            "S-1/Profesi",
            "Strata I",
            "S1/D4",
            "D4/S1",
            "D-IV/S1",
            "Diploma IV/Strata I",
        ),
        "S2": (
            "S-2",
            "Magister",
            "S-2/Magister",
            "Strata 2",
            "Strata II",
            "Pascasarjana",
            "Spesialis",
            "Spesialis I",
            "Sp-1",
            "Sp1",
        ),
        "S3": ("S-3", "Doktor", "S-3/Doktor", "Strata 3", "Strata III", "Subspesialis", "Spesialis II", "Sp-2", "Sp2"),
    },
    no_data=("-", "0", "null"),
)

#: How high a level of education is; D-IV and S1 are equals in law.
EDUCATION_RANK = {code: n for n, code in enumerate(EDUCATION.codes)}
EDUCATION_RANK["D4"] = EDUCATION_RANK["S1"]

#: Standing in service (SIASN: kedudukan hukum). Only who is active is a candidate or holds a post.
STATUS = Vocabulary(
    "kedudukan hukum",
    {
        "active": (
            "Aktif",
            "PNS Aktif",
            "CPNS Aktif",
            "PPPK Aktif",
            "CPNS",
            "PNS",
            "Tugas Belajar",
            "Aktif Tugas Belajar",
            "Dipekerjakan",
            "Diperbantukan",
            "Penugasan",
            "Izin Belajar",
            *(f"Cuti {kind}" for kind in ("Tahunan", "Besar", "Sakit", "Melahirkan", "Karena Alasan Penting")),
        ),
        "retired": (
            "Pensiun",
            "Pensiun BUP",
            "Pensiun Batas Usia Pensiun",
            "Pensiun Dini",
            "Pensiun Atas Permintaan Sendiri",
            "Pensiun APS",
            "MPP",
            "Masa Persiapan Pensiun",
            "Pensiun Janda/Duda",
        ),
        "died": ("Meninggal", "Meninggal Dunia", "Wafat", "Tewas", "Pensiun Meninggal"),
        "moved": (
            "Pindah",
            "Pindah Instansi",
            "Mutasi Keluar",
            "Mutasi Instansi",
            "Pindah Antar Instansi",
            "Pindah Keluar",
        ),
        "dismissed": (
            "Diberhentikan",
            "Pemberhentian",
            "Pemberhentian Dengan Hormat",
            "Diberhentikan Dengan Hormat",
            "Pemberhentian Tidak Dengan Hormat",
            "Diberhentikan Tidak Dengan Hormat",
            "PTDH",
            "PDH",
            "Pemberhentian Sementara",
            "Diberhentikan Sementara",
            "Mengundurkan Diri",
            "Berhenti",
            "Hilang",
        ),
        "unpaid_leave": ("CLTN", "Cuti Luar Tanggungan Negara", "Cuti di Luar Tanggungan Negara", "CTLN"),
    },
    no_data=("-", "0", "null"),
)


def _punished(level: str) -> tuple[str, ...]:
    return (level, f"Tingkat {level}", f"Hukuman {level}", f"Hukuman Disiplin {level}", f"Hukdis {level}")


#: Disciplinary punishment, PP 94/2021.
DISCIPLINE = Vocabulary(
    "tingkat hukuman disiplin",
    {
        "light": (
            *_punished("Ringan"),
            "Teguran lisan",
            "Teguran tertulis",
            "Pernyataan tidak puas secara tertulis",
            "Ringan (Teguran lisan)",
            "Ringan (Teguran tertulis)",
        ),
        "moderate": _punished("Sedang"),
        "severe": _punished("Berat"),
    },
)


def _of_scale(scale: str) -> tuple[str, ...]:
    return (scale, f"Tk. {scale}", f"Tingkat {scale}")


AWARD = Vocabulary(
    "tingkat penghargaan",
    {
        "international": _of_scale("Internasional"),
        "national": _of_scale("Nasional"),
        # X, XX and XXX are the Roman numerals of its classes: ten, twenty and thirty years of service.
        "satyalancana": tuple(
            f"{name}{work}{years}"
            for name in ("Satyalancana", "Satya Lancana", "Satyalencana", "Satya Lencana")
            for work in ("", " Karya Satya")
            for years in ("", *(f" {number}{unit}" for number in ("X", "XX", "XXX") for unit in ("", " Tahun", " Th")))
        ),
        "agency": tuple(word for scale in ("Instansi", "Kabupaten", "Daerah", "Kab/Kota") for word in _of_scale(scale)),
    },
)

TEAM_ROLE = Vocabulary(
    "peran tim kerja",
    {
        "lead_cross_agency": ("Ketua lintas instansi",),
        "lead_internal": ("Ketua internal", "Ketua", "Ketua Tim", "Ketua Tim Kerja"),
        "member_cross_agency": ("Anggota lintas instansi", "Anggota lintas"),
        "member_internal": ("Anggota internal", "Anggota", "Anggota Tim", "Anggota Tim Kerja"),
    },
)

FEEDBACK = Vocabulary(
    "kategori umpan balik",
    {
        "very_good": ("Sangat Baik",),
        "good": ("Baik",),
        "fair": ("Cukup",),
        "poor": ("Kurang",),
    },
    no_data=("-", "0", "tidak ada data"),
)

#: How a post is held. Acting assignments count towards experience (Kepka BKN 411/2025).
HOLDING = Vocabulary(
    "jenis penugasan",
    {
        "definitive": ("Definitif",),
        "acting_higher": ("Plt lebih tinggi", "Plt. lebih tinggi"),
        "acting_same": ("Plt setingkat", "Plt", "Plt. setingkat", "Pelaksana Tugas"),
        "daily_acting": ("Plh", "Plh setingkat", "Plh.", "Pelaksana Harian"),
    },
)

SEX = Vocabulary(
    "jenis kelamin",
    {"male": ("L", "M", "Laki-laki", "Pria", "Lk", "1"), "female": ("P", "F", "Perempuan", "Wanita", "Pr", "2")},
)

#: Declared health, PP 11/2017 article 107(1)c.
HEALTH = Vocabulary(
    "keterangan sehat",
    {
        "fit": ("Sehat", "Memenuhi syarat", "Sehat jasmani dan rohani", "Baik"),
        "unfit": ("Tidak sehat", "Tidak memenuhi syarat"),
    },
    no_data=("-", "0", "belum diperiksa", "tidak ada data"),
)

#: Levels that a competency assessment is made for: it counts for posts of that level alone (BKN 26/2019).
ASSESSED_LEVEL = Vocabulary(
    "jenjang asesmen",
    {
        code: (name, f"Jabatan {name}", *others)
        for code, name, others in (
            ("jpt_madya", "JPT Madya", ("Pimpinan Tinggi Madya", "Jabatan Pimpinan Tinggi Madya", "Eselon I")),
            ("jpt_pratama", "JPT Pratama", ("Pimpinan Tinggi Pratama", "Jabatan Pimpinan Tinggi Pratama", "Eselon II")),
            ("administrator", "Administrator", ("Eselon III",)),
            ("supervisor", "Pengawas", ("Eselon IV",)),
            ("executive", "Pelaksana", ()),
        )
    },
    no_data=("-", "0", "tidak ada", "null"),
)

#: The vocabulary of each column that holds codes.
VOCABULARIES: dict[str, Vocabulary] = {
    "rating": RATING,
    "work_result": EXPECTATION,
    "behaviour": EXPECTATION,
    "echelon": ECHELON,
    "grade": GRADE,
    "education_level": EDUCATION,
    "level": EDUCATION,
    "punishment": DISCIPLINE,
    "award_level": AWARD,
    "role": TEAM_ROLE,
    "category": FEEDBACK,
    "holding": HOLDING,
    "sex": SEX,
    "health": HEALTH,
    "service_status": STATUS,
    "made_for": ASSESSED_LEVEL,
}

#: Columns whose codes are already what people write.
_PLAIN = frozenset({"echelon", "grade"})


def spell_code(column: str, code: str) -> str:
    """A stored code as people write it: ``("rating", "good")`` -> ``"Baik"``."""
    vocabulary = VOCABULARIES.get(column)
    if vocabulary is None or column in _PLAIN or code not in vocabulary.spellings:
        return code
    spellings = vocabulary.spellings[code]
    return spellings[0] if spellings and column not in ("education_level", "level") else code
