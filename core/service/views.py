"""Views of a page saved by name, for everybody."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from core.service.saved import SavedKind, list_named, remove_named, save_named
from core.store.accounts import Account
from core.store.tables import SavedView
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.trail.events import Event


class ViewProblem(MantelError):
    """A view that cannot be saved or removed as asked."""


_VIEWS = SavedKind(SavedView, Event.VIEW_SAVED, Event.VIEW_REMOVED, ViewProblem, within="page")


@dataclass(frozen=True)
class View:
    """A saved view: its number, name, the query of its link, who saved it."""

    id: int
    name: str
    query: str
    username: str


def list_views(engine: sa.Engine, page: str) -> list[View]:
    """The saved views of a page, by name."""
    rows = list_named(engine, _VIEWS, page=page)
    return sorted(
        (View(row["id"], row["name"], row["query"], row["username"]) for row in rows), key=lambda view: view.name
    )


def save_view(engine: sa.Engine, page: str, name: str, query: str, *, by: Account) -> int:
    """Save a view under a name of its own on the page; returns its number.

    Raises
    ------
    NotAllowed, ViewProblem
    """
    if not query:
        raise ViewProblem(N_("nothing is filtered; choose a filter first"))
    return save_named(engine, _VIEWS, name, page, by=by, page=page, query=query)


def remove_view(engine: sa.Engine, number: int, *, by: Account) -> None:
    """Remove a view; only who saved it or an administrator may.

    Raises
    ------
    NotAllowed, ViewProblem
    """
    remove_named(engine, _VIEWS, number, by=by)
