"""Structure-aware mutations of every layout's files, by seed: the same seed gives the same file."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import random
from dataclasses import dataclass

from core.imports.layout import Layout
from core.imports.layouts import LAYOUTS
from core.imports.parse import Source
from core.reports.workbook import Table, workbook
from tests.factories import NIP, OTHER_NIP, siasn, siasn_row

#: Without it the bytes, and with them what a seed damages, would change from second to second.
CREATED = dt.datetime(2026, 1, 2, 3, 4, 5)

PEOPLE = ((NIP, "Budi Contoh"), (OTHER_NIP, "Ani Contoh"))

#: Values that have broken programs before.
_ODD: tuple[object, ...] = (
    "",
    " ",
    "-",
    "0",
    "null",
    "#N/A",
    "#REF!",
    "=1+1",
    "@SUM(A1)",
    "'",
    "\u202eabc",
    "é" * 40,
    "x" * 5000,
    "a\tb",
    "a\nb",
    "🙂",
    "\ufeff",
    0,
    -1,
    1.5,
    1e308,
    1.97503122000041e17,
    10**17,
    True,
    False,
    "31-02-2020",
    "00-00-0000",
    "2020-13-45",
    "32 Januari 2020",
    "1/1/1",
    "99999999999999999999",
    "19750312200004100l",
    "1975 0312 2000 0410 01",
    "NaN",
    "inf",
    "1,5,6",
    "100%",
    "1.000,5",
    "Baik ",
    "BAIK",
    "II/B",
    "Eselon 9",
    "<b>x</b>",
    "{value}",
    "%s",
    "\\",
    "';--",
    "TRUE",
    "ya",
    "٣",
)


@dataclass
class Draft:
    """A file in the making: titles, header, rows."""

    titles: list[str]
    header: list[object]
    rows: list[list[object]]


def base_files() -> list[Source]:
    """The people whom the mutated files are about."""
    return [siasn(*(siasn_row(nip, NAMA=name.upper()) for nip, name in PEOPLE))]


def _draft(layout: Layout, rng: random.Random) -> Draft:
    """A sound file of a layout."""
    header: list[object] = [column.headers[0] for column in layout.columns]
    rows = []
    for number in range(rng.randint(1, 6)):
        nip, name = PEOPLE[number % len(PEOPLE)]
        given = {"nip": nip, "name": name, "unit": "Dinas Contoh", "pns_id": f"ID-{nip[-4:]}", "year": 2020 + number}
        given |= {"birth_date": f"{nip[6:8]}-{nip[4:6]}-{nip[:4]}", "sex": "M" if nip[14] == "1" else "F"}
        given |= {"rating": "Baik", "work_result": "Sesuai Ekspektasi", "behaviour": "Sesuai Ekspektasi"}
        given |= {
            "position_title": "Kepala Bidang",
            "assessed_on": f"0{number + 1}-05-2025",
            "job_person_match": "82,5",
        }
        rows.append([given.get(column.field, column.example or 3) for column in layout.columns])
    return Draft([f"{layout.title['id']} TAHUN 2025"] * rng.randint(0, 3), header, rows)


def _mutate(draft: Draft, rng: random.Random) -> None:
    def cell() -> tuple[int, int]:
        return rng.randrange(len(draft.rows)), rng.randrange(len(draft.header))

    kind = rng.randrange(21)
    if not draft.rows or not draft.header:
        return
    if kind <= 4:
        row, column = cell()
        if column < len(draft.rows[row]):
            draft.rows[row][column] = rng.choice(_ODD)
    elif kind == 5:
        draft.header[rng.randrange(len(draft.header))] = rng.choice(_ODD)
    elif kind == 6:
        at = rng.randrange(len(draft.header))
        for line in (draft.header, *draft.rows):
            if at < len(line):
                del line[at]
    elif kind == 7:
        order = list(range(len(draft.header)))
        rng.shuffle(order)
        draft.header = [draft.header[at] for at in order]
        draft.rows = [[row[at] if at < len(row) else "" for at in order] for row in draft.rows]
    elif kind == 8:
        draft.rows.insert(rng.randrange(len(draft.rows) + 1), [""] * rng.randint(0, 3))
    elif kind == 9:
        draft.rows.append(list(rng.choice(draft.rows)))
    elif kind == 10:
        draft.rows = [row[: rng.randint(0, len(row))] for row in draft.rows]
    elif kind == 11:
        draft.titles += [str(rng.choice(_ODD)) for _ in range(rng.randint(1, 40))]
    elif kind == 12:
        draft.header.append(rng.choice(draft.header))
        for row in draft.rows:
            row.append(rng.choice(_ODD))
    else:
        _mutate_as_offices_do(draft, kind, rng)


def _mutate_as_offices_do(draft: Draft, kind: int, rng: random.Random) -> None:
    """Rows that are no people, headers on two rows, names sorted alone, words of web exports."""
    width, at = len(draft.header), rng.randrange(len(draft.rows) + 1)
    if kind == 13:
        draft.rows.insert(0, [f"({n + 1})" if rng.random() < 0.9 else n + 1 for n in range(width)])
    elif kind == 14:
        draft.rows.insert(at, list(draft.header))
    elif kind == 15:
        draft.rows.insert(at, ["DINAS CONTOH"] * rng.choice((1, width)))
    elif kind == 16:
        draft.rows.insert(
            at, [""] * rng.randrange(3) + [rng.choice(("Jumlah", "Rata-rata", "TOTAL")), rng.randrange(9)]
        )
    elif kind == 17:
        draft.rows += [[], ["Kayuagung, 5 Januari 2026"], ["Kepala"], ["Catatan", "1"], ["Baik", 3]][
            : rng.randint(1, 5)
        ]
    elif kind == 18:
        column = rng.randrange(width)
        cells = [row[column] for row in draft.rows if column < len(row)]
        rng.shuffle(cells)
        for row in draft.rows:
            if column < len(row):
                row[column] = cells.pop()
    elif kind == 19:
        column = rng.randrange(width)
        word = rng.choice(
            ("2020-01-12T17:00:00.000Z", "12/01/2020 23:59:48", "0.855", "85,5 %", "1.080", "tidak ada", "CLTN")
        )
        for row in draft.rows:
            if column < len(row) and rng.random() < 0.7:
                row[column] = word
    else:
        draft.rows.insert(
            0, [rng.choice(("Standar", "Hasil", "Gap", "2024", "2025", "Triwulan I", "")) for _ in range(width)]
        )


def _xlsx(draft: Draft) -> bytes:
    rows = [[str(v) if isinstance(v, float) and abs(v) > 1e300 else v for v in row] for row in draft.rows]
    return workbook([Table("Data", [str(header)[:32_000] for header in draft.header], rows, draft.titles)], CREATED)


def _csv(draft: Draft, rng: random.Random) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=rng.choice(";,\t"))
    for line in (*([title] for title in draft.titles), draft.header, *draft.rows):
        writer.writerow(line)
    return buffer.getvalue().encode(rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252")), "replace")


def _html(draft: Draft) -> bytes:
    lines = (*([title] for title in draft.titles), draft.header, *draft.rows)
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in line) + "</tr>" for line in lines)
    return f"<html><meta charset=utf-8><table>{rows}</table></html>".encode("utf-8", "replace")


def mutated(seed: int) -> Source:
    """The file of a seed."""
    rng = random.Random(seed)
    layout = LAYOUTS[seed % len(LAYOUTS)]
    draft = _draft(layout, rng)
    for _ in range(rng.choice((0, 1, 1, 2, 3, 8))):
        _mutate(draft, rng)
    form = rng.choices(("xlsx", "csv", "xls"), (0.5, 0.3, 0.2))[0]
    content = bytearray({"xlsx": _xlsx, "csv": lambda made: _csv(made, rng), "xls": _html}[form](draft))
    damage = rng.random()
    if damage < 0.06:
        content = content[: rng.randrange(len(content) + 1)]
    elif damage < 0.16:
        for _ in range(rng.randint(1, 20)):
            content[rng.randrange(len(content))] = rng.randrange(256)
    # Which is no workbook at all: local systems call a web page so.
    name = f"{layout.key}_{seed}.{form}"
    return Source(name, bytes(content))
