"""Rubrics: the shipped ones, those kept in the database, copying, editing, comparing.

A rubric's text is kept by its content for ever. Nothing here touches the shipped files: an edit is
a new version in the database.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache

import sqlalchemy as sa
import tomlkit

from core.service import reference
from core.service.accounts import ask_anew, require_right
from core.service.clock import now
from core.service.toml_text import build_from_text, edit_text
from core.service.trail import record, writing
from core.settings import settings
from core.store.accounts import Account
from core.store.database import reading
from core.store.rubrics import SavedRubric, add_rubric, load_rubrics
from core.store.rubrics import retire_rubric as store_retire_rubric
from core.talent.errors import MantelError, UnknownRubric
from core.talent.grid.modified_rubric import list_yearly_ratings
from core.talent.messages import N_
from core.talent.scoring.rubric import Rubric, build_rubric
from core.trail.events import Event


class RubricProblem(MantelError):
    """A rubric that cannot be kept as asked."""


@lru_cache(maxsize=64)
def parse_rubric(text: str, name: str) -> Rubric:
    """A rubric from its text.

    Raises
    ------
    InvalidRubricFile
        With line and remedy.
    """
    return build_from_text(text, name, build_rubric)


def list_rubrics(engine: sa.Engine) -> list[SavedRubric]:
    """All rubrics, shipped and own, the newest version of each key first; also before set-up."""
    with reading(engine) as connection:
        stored = load_rubrics(connection)
    digests = {rubric.digest for rubric in stored}
    shipped = [_shipped(key, text) for key, text in reference.read_shipped_rubrics().items()]
    return sorted(
        [*stored, *(rubric for rubric in shipped if rubric.digest not in digests)],
        key=lambda rubric: (not rubric.shipped, rubric.key, -rubric.version),
    )


def find_text(connection: sa.Connection, digest: str) -> str:
    """The text of a rubric by its whole digest.

    Raises
    ------
    UnknownRubric
    """
    for stored in load_rubrics(connection):
        if stored.digest == digest:
            return stored.content
    for key, text in reference.read_shipped_rubrics().items():
        if _shipped(key, text).digest == digest:
            return text
    raise UnknownRubric(N_("there is no rubric “{value}”; known: {known}"), value=digest, known="–")


def _shipped(key: str, text: str) -> SavedRubric:
    rubric = parse_rubric(text, f"{key}.toml")
    return SavedRubric(rubric.digest, rubric.key, rubric.version, rubric.name, text, True, "Mantel", now(), "")


def find_rubric(engine: sa.Engine, wanted: str) -> Rubric:
    """A rubric by key, key@version or the beginning (8 digits or more) of its digest; empty: the one in force.

    Raises
    ------
    UnknownRubric, InvalidRubricFile
    """
    # A shipped file in force is read from its file, so that commands work on any version of it.
    wanted, shipped = wanted or settings().rubric, reference.read_shipped_rubrics()
    if wanted in shipped:
        return parse_rubric(shipped[wanted], f"{wanted}.toml")
    rubrics = list_rubrics(engine)
    key, _, version = wanted.partition("@")
    for rubric in rubrics:
        by_digest = len(wanted) >= 8 and rubric.digest.startswith(wanted.lower())
        if by_digest or (rubric.key == key and version in ("", str(rubric.version))):
            return parse_rubric(rubric.content, f"{rubric.key}@{rubric.version}")
    raise UnknownRubric(
        N_("there is no rubric “{value}”; known: {known}"),
        value=wanted,
        known=", ".join(dict.fromkeys(f"{rubric.key}@{rubric.version}" for rubric in rubrics)),
    )


def keep_shipped(engine: sa.Engine) -> None:
    """Keep the texts of the shipped rubrics, so that an update of the program loses none."""
    with writing(engine) as connection:
        for key, text in reference.read_shipped_rubrics().items():
            add_rubric(connection, _shipped(key, text))


def save_rubric(engine: sa.Engine, text: str, note: str, *, by: Account) -> Rubric:
    """Keep an own rubric: a new key, or the next version of one.

    Raises
    ------
    NotAllowed, InvalidRubricFile, RubricProblem
        When it is refused, says nothing new, or takes a shipped rubric's key.
    """
    require_right(by, "administer")
    rubric = parse_rubric(text, "rubric")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,60}", rubric.key):
        raise RubricProblem(
            N_("the key “{value}” cannot be used; expected small letters, digits and dashes"), value=rubric.key
        )
    if rubric.key in reference.read_shipped_rubrics():
        raise RubricProblem(
            N_("“{value}” is shipped with Mantel and stays as it is; give the copy a key of its own"), value=rubric.key
        )
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        same_key = [stored for stored in load_rubrics(connection) if stored.key == rubric.key]
        if any(stored.digest == rubric.digest for stored in same_key):
            raise RubricProblem(N_("the rubric says nothing new; nothing was kept"))
        newest = max((stored.version for stored in same_key), default=0)
        if rubric.version < newest:
            raise RubricProblem(
                N_(
                    "version {newest} of “{key}” was kept since this one (version {version}) was opened; nothing was kept, look at the newest first"
                ),
                newest=newest,
                key=rubric.key,
                version=rubric.version,
            )
        if rubric.version == newest:
            # The version counts edits; whoever edits need not.
            text = edit_text(text, {("version",): newest + 1})
            rubric = parse_rubric(text, "rubric")
        add_rubric(
            connection,
            SavedRubric(
                rubric.digest, rubric.key, rubric.version, rubric.name, text, False, by.username, now(), note.strip()
            ),
        )
        record(connection, Event.RUBRIC_KEPT, by, f"{rubric.key}@{rubric.version}", note.strip(), after=rubric.digest)
    return rubric


def retire_rubric(engine: sa.Engine, digest: str, *, by: Account) -> None:
    """Retire an own version: it is offered no more, and stays for all that was decided by it.

    Raises
    ------
    NotAllowed, RubricProblem
        For a shipped one, one in force, or one retired already.
    """
    require_right(by, "administer")
    if find_rubric(engine, "").digest == digest:
        raise RubricProblem(N_("the rubric is in force; put another in force before this one is retired"))
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        if not store_retire_rubric(connection, digest, now()):
            raise RubricProblem(N_("only own rubrics that are not retired can be retired"))
        record(connection, Event.RUBRIC_RETIRED, by, digest)


def copy_rubric(rubric: SavedRubric, key: str, name: str) -> str:
    """The text of a copy under another key and name, as its first version."""
    return edit_text(rubric.content, {("key",): _plain(key), ("name",): _plain(name), ("version",): 1})


def choose_settings(text: str, tables: Mapping[str, str], combine: str = "") -> str:
    """The text with value tables chosen (name -> one of its options) and years combined otherwise.

    ``combine`` is mean, last or worst; empty leaves it.
    """
    document = tomlkit.parse(text)
    for name, option in tables.items():
        if document["tables"][name] != option:
            document["tables"][name] = option
    for measure in list_yearly_ratings(document):
        if combine:
            measure["combine"] = combine
    return tomlkit.dumps(document)


def get_combination(text: str) -> str:
    """How a rubric's text combines years; empty where it does not say."""
    ratings = list_yearly_ratings(tomllib.loads(text))
    return str(ratings[0].get("combine", "")) if ratings else ""


def _plain(text: str) -> str:
    return re.sub(r'["\\\x00-\x1f]', "", text)[:100]


def compare_texts(before: str, after: str) -> list[tuple[str, str, str]]:
    """What differs between two texts: entry, value in the first, value in the second."""
    left, right = (_flat(tomllib.loads(text)) for text in (before, after))
    entries = [*left, *(entry for entry in right if entry not in left)]
    return [
        (entry, left.get(entry, "–"), right.get(entry, "–"))
        for entry in entries
        if left.get(entry) != right.get(entry) and entry not in ("key", "name", "version")
    ]


def _flat(value: object, path: str = "") -> dict[str, str]:
    """Every leaf with its path; rows of tables are named by their key, so that order does not matter."""
    if isinstance(value, dict):
        return {k: v for key, inner in value.items() for k, v in _flat(inner, f"{path}.{key}" if path else key).items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return {k: v for row in value for k, v in _flat(row, f"{path}[{row.get('key', '?')}]").items()}
    return {path: str(value)}
