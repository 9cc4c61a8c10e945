"""Headers by which every layout knows whom a row is about."""

from __future__ import annotations

NIP: tuple[str, ...] = (
    "NIP",
    "NIP BARU",
    "NIP Pegawai",
    "NIP PNS",
    "NIP ASN",
    "Nomor Induk Pegawai",
    "NIP/NRP",
    "NI PPPK",
    "NIPPPK",
    "NIP/NIPPPK",
    "NIP/NI PPPK",
)
NAME: tuple[str, ...] = (
    "Nama",
    "Nama Pegawai",
    "Nama Lengkap",
    "Nama ASN",
    "Nama PNS",
    "Nama Peserta",
    "Nama Pegawai Negeri Sipil",
    "Nama dan Gelar",
    "Nama Lengkap dan Gelar",
    "Nama Lengkap Dengan Gelar",
)
#: The NIP of nobody, in the example row of a template.
EXAMPLE_NIP = "198001012005011001"
