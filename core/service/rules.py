"""The rules in force: those that come with Mantel, overlaid by edited ones, with their history."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import lru_cache

import sqlalchemy as sa

from core.service import reference
from core.service.accounts import ask_anew, require_right
from core.service.clock import now
from core.service.toml_text import build_from_text
from core.service.trail import digest_content, record, writing
from core.settings import settings
from core.store import rules as store
from core.store.accounts import Account
from core.store.database import reading
from core.store.rules import SavedRules
from core.talent.eligibility.rules import RuleBook, Rules, build_rule_book, build_rules
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.events import Event


class RulesProblem(MantelError):
    """Rules that cannot be kept or retired as asked."""


@lru_cache(maxsize=64)
def parse_rules(text: str, name: str) -> Rules:
    """Rules from their text.

    Raises
    ------
    InvalidRubricFile
        With line and remedy.
    """
    return build_from_text(text, name, build_rules)


def read_texts(engine: sa.Engine, until: dt.datetime | None = None) -> dict[str, str]:
    """The text in force of each level's rules by key, now or as it was known at a time."""
    with reading(engine) as connection:
        return read_texts_known(connection, until)


def read_texts_known(connection: sa.Connection, until: dt.datetime | None = None) -> dict[str, str]:
    """``read_texts`` within a transaction."""
    texts = reference.read_shipped_rules()
    for saved in store.load_rules(connection):
        if saved.holds_at(until):
            texts[saved.key] = saved.content
    return texts


def load_rule_book(engine: sa.Engine, until: dt.datetime | None = None) -> RuleBook:
    """The rules of all levels in force, now or as known at a time; those of the setting hold without a post in view.

    Raises
    ------
    InvalidRubric, InvalidRubricFile
    """
    texts = read_texts(engine, until)
    return build_rule_book([parse_rules(text, f"{key}.toml") for key, text in texts.items()], settings().rules)


def list_edits(engine: sa.Engine) -> list[SavedRules]:
    """All edited versions, the newest first, retired ones too."""
    with reading(engine) as connection:
        return store.load_rules(connection)[::-1]


def save_rules(engine: sa.Engine, key: str, shown: str, text: str, note: str, *, by: Account) -> Rules:
    """Keep an edited text as the rules of its key, in force from now.

    ``shown`` is the text that the form showed: where another is in force by now, theirs would be lost, so nothing is kept.

    Raises
    ------
    NotAllowed, InvalidRubricFile, InvalidRubric, RulesProblem
    """
    require_right(by, "administer")
    note = note.strip()
    if not note or len(note) > 2000:
        raise RulesProblem(N_("say what the rules change and why, in 1 to 2000 characters"))
    rules = parse_rules(text, f"{key}.toml")
    if rules.key != key:
        raise RulesProblem(
            N_("the key of the rules is “{value}”; expected “{key}”, it stays as it is"), value=rules.key, key=key
        )
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        texts = read_texts_known(connection)
        if texts.get(key) != shown:
            raise RulesProblem(N_("the rules have just been changed by somebody else; nothing was kept, look again"))
        if tomllib.loads(text) == tomllib.loads(shown):
            raise RulesProblem(N_("the rules say nothing new; nothing was kept"))
        others = [parse_rules(other, f"{name}.toml") for name, other in texts.items() if name != key]
        build_rule_book([*others, rules], settings().rules)  # refuses two rules for the same posts
        store.add_rules(connection, key, text, note, by.username, now())
        record(
            connection,
            Event.RULES_CHANGED,
            by,
            key,
            note,
            before=digest_content(shown.encode()),
            after=digest_content(text.encode()),
        )
    return rules


def retire_rules(engine: sa.Engine, number: int, *, by: Account) -> None:
    """Retire an edited version: what was in force before it is so again; it stays in the history.

    Raises
    ------
    NotAllowed, RulesProblem
    """
    require_right(by, "administer")
    with writing(engine) as connection:
        by = ask_anew(connection, by, "administer")
        if not store.retire_rules(connection, number, by.username, now()):
            raise RulesProblem(
                N_("there is no version number {value} in force; it may have been retired"), value=number
            )
        record(connection, Event.RULES_RETIRED, by, str(number))
