"""Confirming that people have no disciplinary punishment, without a file: who looked, when, for whom.

What is confirmed goes in by the same door as every file, so that it has a history, can be undone, and is named in every
explanation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import sqlalchemy as sa

from core.imports.layouts import BY_KEY
from core.imports.parse import Source
from core.reports.workbook import Table, workbook
from core.service.accounts import require_right
from core.service.clock import local_day, now
from core.service.importing import import_files
from core.store.accounts import Account
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.review import PostView, TalentReview


class CheckProblem(MantelError):
    """A confirmation that cannot be."""


def list_unchecked(review: TalentReview, post: str) -> pd.DataFrame:
    """Candidates of a post of whom it is not known whether they have been punished: nip, name, unit, last (what the gate says)."""
    view: PostView = review.view(post)
    keys = [gate.key for gate in view.eligibility.gates if gate.function == "discipline"]
    if not keys:
        return pd.DataFrame(columns=["nip", "name", "unit", "last"])
    answers = view.eligibility.answers[keys[0]].iloc[view.rows]
    people = review.people.iloc[view.rows]
    open_ = (answers["answer"] == 1).to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "nip": people.index[open_],
            "name": people["full_name"].to_numpy()[open_],
            "unit": people["unit"].to_numpy()[open_],
            "last": answers["detail"].to_numpy()[open_],
        }
    )


def confirm_no_punishment(
    engine: sa.Engine, people: Sequence[tuple[str, str]], checked_on: dt.date, note: str, *, by: Account
) -> int:
    """Record that somebody has looked and found no punishment of some people (NIP, name); returns how many are new.

    Raises
    ------
    NotAllowed, CheckProblem, RefusedImport
        Nothing was recorded then.
    """
    require_right(by, "import")
    if not people:
        raise CheckProblem(N_("nobody is chosen; choose who was checked"))
    if checked_on > local_day(now()):
        raise CheckProblem(
            N_("the check is dated {day}, which is to come; expected today or before"), day=f"{checked_on:%d-%m-%Y}"
        )
    if not note.strip():
        raise CheckProblem(N_("say where was looked: e.g. the register of BKPSDM and a letter of the Inspektorat"))
    layout = BY_KEY["bebas_hukuman"]
    rows: list[list[object]] = [
        [nip, name, f"{checked_on:%d-%m-%Y}", by.full_name or by.username] for nip, name in people
    ]
    headers = [column.headers[0] for column in layout.columns]
    name = f"pemeriksaan_hukuman_{now():%Y%m%d_%H%M%S}.xlsx"
    source = Source(name, workbook([Table("Data", headers, rows, [layout.title["id"].upper()])]))
    plan = import_files(engine, [source], by=by, reason=note, confirmed=True)
    return plan.total("new")
