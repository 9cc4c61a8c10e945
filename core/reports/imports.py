"""What a person should know about files before or after importing them: one line each, and tables for the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

from core.imports.plan import ImportPlan
from core.locales import Language, translator
from core.reports.wording import fact_value, field_header
from core.talent.facts import KINDS
from core.talent.vocabulary import spell_code

#: Rows, columns and people named before the rest is only counted.
_NAMED = 12
#: Changes shown on screen.
_CHANGES = 100
#: Columns whose change tells most, the most telling first.
_TELLING = (
    "service_status",
    "rating",
    "punishment",
    "served_until",
    "box",
    "job_person_match",
    "echelon",
    "position_title",
    "grade",
    "education_level",
    "unit",
    "score",
    "name",
)


def import_notes(plan: ImportPlan, language: Language, with_matches: bool = True) -> Iterator[str]:
    """How each sheet was understood, what was left out, who was matched or is written otherwise, nothing new."""
    t = translator(language)
    reading = plan.reading
    for sheet in reading.sheets:
        line = t("{file}, sheet “{sheet}”: {layout}, header in row {row}, {count} rows").format(
            file=sheet.file,
            sheet=sheet.sheet,
            layout=sheet.layout.title[language],
            row=sheet.header_row,
            count=sheet.rows,
        )
        if sheet.from_title is not None:
            line += t("; from its title: {value}").format(value=fact_value("", sheet.from_title, language))
        if sheet.made_for:
            line += t("; made for: {level}").format(level=spell_code("made_for", sheet.made_for))
        if sheet.unused:
            line += t("; columns not used: {columns}").format(columns=_some(sheet.unused))
        yield line + "."
    for hidden in reading.hidden:
        place = {"file": hidden.file, "sheet": hidden.sheet}
        if hidden.whole:
            yield t("The sheet “{sheet}” of {file} is hidden; it is read too.").format(**place)
        if hidden.rows:
            yield t("The sheet “{sheet}” of {file} has hidden rows ({what}); they are read too.").format(
                what=_some(hidden.rows), **place
            )
        if hidden.columns:
            yield t("The sheet “{sheet}” of {file} has hidden columns ({what}); they are read too.").format(
                what=_some(hidden.columns), **place
            )
    for reason, count in Counter(row.reason for row in reading.left_out).items():
        rows = [row.row for row in reading.left_out if row.reason == reason]
        yield t("{count} rows are left out, {reason}: rows {rows}.").format(
            count=count, reason=t(reason), rows=_some(rows)
        )
    for file, name in reading.skipped_sheets:
        yield t("The sheet “{sheet}” of {file} has no known layout and is left out.").format(sheet=name, file=file)
    if plan.skipped:
        yield t("{count} rows about people who are not known are left out: {who}.").format(
            count=len(plan.skipped), who=_some([fault.value for fault in plan.skipped])
        )
    if plan.could_erase:
        yield t("Empty cells take nothing away: {what} keep what is known.").format(what=_counted(plan.could_erase))
    if plan.erased:
        yield t("Empty cells take away what is known: {what}.").format(what=_counted(plan.erased))
    if plan.overruled:
        yield t(
            "{count} facts are told differently by two sources; the system's export counts, the other is kept beside it."
        ).format(count=plan.overruled)
    yield from _people_notes(plan, language, with_matches)
    if not plan.says_something:
        yield t("The files say nothing new; nothing was changed.")


def _people_notes(plan: ImportPlan, language: Language, with_matches: bool) -> Iterator[str]:
    t = translator(language)
    if plan.written_otherwise:
        yield t("{count} names are written otherwise than known, and taken for the same people: {who}.").format(
            count=len(plan.written_otherwise),
            who=_some([f"{match.name} = {match.known_name}" for match in plan.written_otherwise]),
        )
    if plan.twice:
        yield t("{count} people may stand there twice: {who}.").format(
            count=len(plan.twice), who=_some([f"{name} ({one}, {other})" for name, one, other in plan.twice])
        )
    if plan.gone_back and with_matches:
        yield t(
            "{count} people would hold another post, since an earlier day than is known (an older file?): {who}."
        ).format(count=len(plan.gone_back), who=_some([name for _, name in plan.gone_back]))
    if plan.not_in_export and with_matches:
        yield t("{count} people who are known are not in this export any more and stay as they are: {who}.").format(
            count=len(plan.not_in_export), who=_some([name for _, name in plan.not_in_export])
        )
    if plan.matched_by_name and with_matches:
        yield t("{count} rows without a NIP were matched to people by name:").format(count=len(plan.matched_by_name))
        for match in plan.matched_by_name[:_NAMED]:
            yield f"  {match.name} ({match.place}) -> {match.nip} {match.known_name}"
        if len(plan.matched_by_name) > _NAMED:
            yield t("  … and {count} more; the page Data lists all.").format(count=len(plan.matched_by_name) - _NAMED)


def _counted(columns: Counter[str]) -> str:
    return ", ".join(f"{_header(column)} ({count})" for column, count in columns.most_common())


def _header(column: str) -> str:
    kind = next((kind.name for kind in KINDS.values() if column in kind.columns), "")
    return field_header(kind, column)


def _some(items: Sequence[object]) -> str:
    named = ", ".join(str(item) for item in items[:_NAMED])
    return f"{named}, … ({len(items)})" if len(items) > _NAMED else named


def tabulate_sheets(plan: ImportPlan, language: Language) -> pd.DataFrame:
    """How each sheet was understood, a row each: which column fills which field, and which are not used."""
    t = translator(language)
    return pd.DataFrame(
        [
            {
                t("File"): sheet.file,
                t("Sheet"): sheet.sheet,
                t("Layout"): sheet.layout.title[language],
                t("Header row"): sheet.header_row,
                t("From the title"): "" if sheet.from_title is None else fact_value("", sheet.from_title, language),
                t("Columns used"): ", ".join(
                    f"{field_header(sheet.layout.kind, field)} ← {place}" for field, place in sheet.columns.items()
                ),
                t("Columns not used"): ", ".join(sheet.unused),
            }
            for sheet in plan.reading.sheets
        ]
    )


def tabulate_left_out(plan: ImportPlan, language: Language) -> pd.DataFrame:
    """Rows that are no people, and rows about nobody known that were to be left out."""
    t = translator(language)
    rows = [(row.file, row.sheet, row.row, t(row.reason), row.text) for row in plan.reading.left_out]
    rows += [
        (fault.file, fault.sheet, fault.row or 0, t("a person who is not known"), fault.value) for fault in plan.skipped
    ]
    return pd.DataFrame(rows, columns=[t("File"), t("Sheet"), t("Row"), t("Why"), t("What it says")])


def tabulate_changes(plan: ImportPlan, language: Language) -> pd.DataFrame:
    """Values of known facts that would change, old and new, the hundred most telling first."""
    t = translator(language)
    order = {column: at for at, column in enumerate(_TELLING)}
    rows = []
    for change in plan.changes:
        if change.before is None or change.overruled:
            continue
        kind = change.record.kind
        for column, value in change.values.items():
            before = change.before.get(column)
            if before == value:
                continue
            nip = str(change.record.values["nip"])
            rows.append((order.get(column, len(order)), plan.names[nip], nip, kind, column, before, value))
    rows.sort(key=lambda row: (row[0], row[1]))
    return pd.DataFrame(
        [
            {
                t("Name"): name,
                "NIP": nip,
                t("Column"): field_header(kind, column),
                t("Until now"): "–" if before is None else fact_value(column, before, language),
                t("From now on"): "–" if value is None else fact_value(column, value, language),
            }
            for _, name, nip, kind, column, before, value in rows[:_CHANGES]
        ]
    )
