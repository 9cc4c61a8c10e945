"""Views of a page kept by name, for everybody."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from core.service.accounts import Account, require
from core.service.clock import now
from core.store import committee as store
from core.store.database import reading, writing
from core.talent.errors import MantelError


class ViewProblem(MantelError):
    """A view that cannot be kept or removed as asked."""


@dataclass(frozen=True)
class View:
    """A kept view: its number, name, the query of its link, who kept it."""

    id: int
    name: str
    query: str
    username: str


def all_of(engine: sa.Engine, page: str) -> list[View]:
    """The kept views of a page, by name."""
    with reading(engine) as connection:
        return [View(row["id"], row["name"], row["query"], row["username"]) for row in store.views_of(connection, page)]


def keep(engine: sa.Engine, page: str, name: str, query: str, by: Account) -> None:
    """Keep a view under a name of its own.

    Raises
    ------
    NotAllowed, ViewProblem
    """
    require(by, "weigh")
    name = name.strip()
    if not name or len(name) > 100:
        raise ViewProblem("a view needs a name of 1 to 100 characters; this one has {count}", count=len(name))
    if not query:
        raise ViewProblem("nothing is filtered; choose a filter first")
    with writing(engine) as connection:
        if any(row["name"].casefold() == name.casefold() for row in store.views_of(connection, page)):
            raise ViewProblem("there is already a view “{name}”; give this one another name", name=name)
        store.add_view(connection, page=page, name=name, query=query, username=by.username, saved_at=now())


def remove(engine: sa.Engine, page: str, number: int, by: Account) -> None:
    """Remove a view; only who kept it or an administrator may.

    Raises
    ------
    NotAllowed, ViewProblem
    """
    kept = next((one for one in all_of(engine, page) if one.id == number), None)
    if kept is None:
        raise ViewProblem("this view has been removed already")
    require(by, "weigh" if kept.username == by.username else "administer")
    with writing(engine) as connection:
        store.remove_view(connection, number, now())
