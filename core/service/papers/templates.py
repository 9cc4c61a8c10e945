"""The office's own template of papers as Word files; the shipped one until somebody keeps another."""

from __future__ import annotations

import sqlalchemy as sa

from core.reports.papers.word import SHIPPED, check_template
from core.service.accounts import ask_anew, require_right
from core.service.clock import now
from core.service.trail import digest_content, record, writing
from core.store import papers as store
from core.store.accounts import Account
from core.store.database import reading
from core.trail.events import Event


def load_template(engine: sa.Engine) -> bytes:
    """The template in use."""
    with reading(engine) as connection:
        return store.load_template(connection) or SHIPPED.read_bytes()


def keep_template(engine: sa.Engine, content: bytes, *, by: Account) -> None:
    """Use another template from now on.

    Raises
    ------
    NotAllowed, TemplateProblem
    """
    require_right(by, "import")
    check_template(content)
    with writing(engine) as connection:
        by = ask_anew(connection, by, "import")
        store.add_template(connection, content=content, username=by.username, saved_at=now())
        record(connection, Event.PAPER_TEMPLATE_KEPT, by, after=digest_content(content))
