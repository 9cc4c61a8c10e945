"""SKP results as SIASN exports them (skp22); persons by PNS ID, the mixed capitals are real."""

from __future__ import annotations

from core.imports import cells
from core.imports.layout import Column, Layout
from core.imports.layouts import headers
from core.talent.vocabulary import EXPECTATION, RATING, RATING_FROM


def derive_rating(values: dict[str, object]) -> dict[str, object] | None:
    """Fill in the rating from its two halves; a row that holds no rating at all is no fact."""
    if values.get("rating") is None:
        pair = (str(values.get("work_result")), str(values.get("behaviour")))
        values["rating"] = RATING_FROM.get(pair)
    return values if values["rating"] is not None else None


LAYOUT = Layout(
    key="skp22",
    title={"id": "SKP (skp22)", "en": "SKP (skp22)"},
    kind="performance_rating",
    columns=(
        Column("nip", (*headers.NIP, "nipPnsDinilai"), cells.nip),
        Column("pns_id", ("pnsDinilaiId",), cells.text),
        Column("name", (*headers.NAME, "namaPnsDinilai"), cells.words),
        Column("year", ("tahun",), cells.year, required=True, filled=True),
        Column("work_result", ("hasilKinerja",), cells.choice(EXPECTATION)),
        Column("behaviour", ("perilakuKerja",), cells.choice(EXPECTATION)),
        Column("rating", ("kuadranKinerja",), cells.choice(RATING), required=True),
        Column("appraiser", ("namaPenilai",), cells.text),
    ),
    identify=(("pns_id",), ("nip",)),
    finish=derive_rating,
)
