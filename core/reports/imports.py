"""What a person should know about files before or after importing them, one line each."""

from __future__ import annotations

from collections.abc import Iterator

from core.imports.plan import ImportPlan
from core.locales import Language, translator

#: Rows and columns named before the rest is only counted.
_NAMED = 12


def import_notes(plan: ImportPlan, language: Language, with_matches: bool = True) -> Iterator[str]:
    """Hidden rows and columns, left-out sheets and rows, contradictions, people matched by name, nothing new."""
    t = translator(language)
    reading = plan.reading
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
    if reading.skipped_rows:
        yield t("{count} rows outside the tables (remarks, signatures) are left out.").format(
            count=reading.skipped_rows
        )
    for file, sheet in reading.skipped_sheets:
        yield t("The sheet “{sheet}” of {file} has no known layout and is left out.").format(sheet=sheet, file=file)
    if plan.overruled:
        yield t(
            "{count} facts are told differently by two sources; the system's export counts, the other is kept beside it."
        ).format(count=plan.overruled)
    if plan.matched_by_name and with_matches:
        yield t("{count} rows without a NIP were matched to people by name:").format(count=len(plan.matched_by_name))
        for match in plan.matched_by_name[:_NAMED]:
            yield f"  {match.name} ({match.place}) -> {match.nip} {match.known_name}"
        if len(plan.matched_by_name) > _NAMED:
            yield t("  … and {count} more; the page Data lists all.").format(count=len(plan.matched_by_name) - _NAMED)
    if not plan.says_something:
        yield t("The files say nothing new; nothing was changed.")


def _some(items: tuple[object, ...]) -> str:
    named = ", ".join(str(item) for item in items[:_NAMED])
    return f"{named}, … ({len(items)})" if len(items) > _NAMED else named
