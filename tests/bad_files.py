"""Files that are wrong on purpose, each with words of the sentence it is answered with."""

from __future__ import annotations

import io
import zipfile

from msoffcrypto.format.ooxml import OOXMLFile

from tests.factories import NIP, OTHER_NIP, SIASN_HEADERS, sheet, siasn, siasn_row

_SOUND = siasn(siasn_row()).content


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _locked() -> bytes:
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(_SOUND)).encrypt("rahasia", locked)
    return locked.getvalue()


def _without(header: str) -> bytes:
    at = SIASN_HEADERS.index(header)
    row = siasn_row()
    return sheet("x", SIASN_HEADERS[:at] + SIASN_HEADERS[at + 1 :], row[:at] + row[at + 1 :]).content


RECAP = ["nama", "unit_kerja", "kuadran_kinerja", "tahun"]

#: name -> content, words of the Indonesian sentence. A bomb needs MANTEL_MAX_UNPACKED_MB=5.
BAD_FILES: dict[str, tuple[bytes, str]] = {
    "kosong.xlsx": (b"", "berkas kosong"),
    "bukan_buku_kerja.xlsx": (b"%PDF-1.7 bukan", "bukan buku kerja"),
    "terpotong.xlsx": (_SOUND[: len(_SOUND) // 2], "rusak atau terpotong"),
    "arsip.xlsx": (_zip(**{"a.txt": b"a"}), "arsip zip, bukan buku kerja"),
    "terkunci.xlsx": (_locked(), "dikunci kata sandi"),
    "bom.xlsx": (_zip(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b" " * 8_000_000}), "melebihi 5 MB"),
    "nip_angka.xlsx": (siasn(siasn_row(**{"NIP BARU": 1.97503122000041e17})).content, "mengubah NIP menjadi angka"),
    "nip_pendek.xlsx": (siasn(siasn_row(**{"NIP BARU": "1975031220"})).content, "terdiri atas 10 digit"),
    "nip_dua_nama.xlsx": (
        siasn(siasn_row(NAMA="Budi"), siasn_row(NAMA="Ani")).content,
        "seharusnya satu NIP satu nama",
    ),
    "nip_lahir.xlsx": (siasn(siasn_row(**{"TANGGAL LAHIR": "01-01-1980"})).content, "menurut TANGGAL LAHIR"),
    "tanpa_nip.xlsx": (_without("NIP BARU"), "tidak memiliki kolom NIP BARU"),
    "tanggal.xlsx": (siasn(siasn_row(**{"TMT JABATAN": "31-02-2020"})).content, "bukan tanggal"),
    "predikat.xlsx": (
        sheet("x", RECAP, ["Budi Contoh", "Dinas Contoh", "hebat", 2025]).content,
        "bukan predikat kinerja yang dikenal",
    ),
    "tak_dikenal.xlsx": (
        sheet("x", ["NIP", "Nama", "Tahun", "Kategori"], [OTHER_NIP, "X", 2025, "Baik"]).content,
        "tidak ada pegawai dengan NIP",
    ),
    "tata_letak.xlsx": (sheet("x", ["Warna", "Ukuran"], ["merah", 1]).content, "tata letak lembar ini tidak dikenal"),
    "rentang.xlsx": (
        sheet(
            "x", ["NIP", "Nama", "Nama Diklat", "Tanggal Mulai", "Jumlah JP"], [NIP, "X", "D", "01-01-2026", 99999]
        ).content,
        "di luar rentang",
    ),
}
