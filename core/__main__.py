"""The command line: ``python -m core …``. Exit 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
import typer

from core.imports.faults import RefusedImport
from core.imports.parse import Source
from core.locales import sentence, translator
from core.reports.faults import fault_frame
from core.reports.workbook import frame_csv
from core.service import accounts, importing, installation, reviewing
from core.settings import settings
from core.store.database import check_version
from core.talent.eligibility import ANSWERS
from core.talent.errors import MantelError
from core.talent.ranking import ORDER_RULES, complete_weights
from core.talent.review import TalentReview, rank_post

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Mantel: manajemen talenta."
)
user_app = typer.Typer(no_args_is_help=True, help="Accounts.")
app.add_typer(user_app, name="user")

Format = Annotated[str, typer.Option("--format", help="table, csv or json")]


def _review() -> TalentReview:
    engine = installation.engine()
    check_version(engine)
    return reviewing.current_review(engine)


def _show(frame: pd.DataFrame, form: str) -> None:
    if form not in ("table", "csv", "json"):
        raise typer.BadParameter(f"{form!r} is not one of table, csv, json")
    if form == "csv":
        typer.echo(frame_csv(frame), nl=False)
    elif form == "json":
        plain = frame.astype(object).where(frame.notna(), None)
        typer.echo(json.dumps(plain.to_dict("records"), ensure_ascii=False, default=str, indent=1))
    else:
        typer.echo(frame.astype(object).where(frame.notna(), "–").to_string(index=False) if len(frame) else "(0)")


@app.command()
def setup(
    demo: Annotated[bool, typer.Option("--demo", help="load an invented regency into an empty database")] = False,
    people: Annotated[int, typer.Option(help="how many people to invent", min=50, max=30_000)] = 650,
) -> None:
    """Create or migrate the database and, once, a first administrator."""
    engine = installation.engine()
    password = installation.set_up(engine)
    if password:
        typer.echo(f"First administrator: user name “admin”, password “{password}” (shown only now).")
    if demo and installation.is_empty(engine):
        folder, facts = installation.load_demo(engine, people)
        typer.echo(f"Demo data: {people} invented people, {facts} facts, from the files in {folder}.")


@app.command("demo-files")
def demo_files(
    folder: Annotated[Path, typer.Argument(help="where to write them")],
    people: Annotated[int, typer.Option(help="how many people to invent", min=50, max=30_000)] = 650,
) -> None:
    """Write the files of an invented regency, in the layouts that really arrive."""
    written = installation.write_demo_files(folder, people)
    typer.echo(f"{len(written)} files of {people} invented people in {folder}.")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="workbooks or csv, in any order")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would happen")] = False,
) -> None:
    """Import files together, all or nothing."""
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise typer.BadParameter(f"there is no file {missing[0]}")
    engine = installation.engine()
    check_version(engine)
    sources = [Source(file.name, file.read_bytes()) for file in files]
    work = importing.preview if dry_run else importing.import_files
    plan = work(engine, sources, accounts.COMMAND_LINE)
    rows = [
        {
            "file": sources[number].name,
            "fact": kind,
            **{state: counter[state] for state in ("new", "changed", "unchanged")},
        }
        for (number, kind), counter in sorted(plan.counts.items())
    ]
    _show(pd.DataFrame(rows, columns=["file", "fact", "new", "changed", "unchanged"]), "table")


@app.command()
def grid(form: Format = "table") -> None:
    """Everyone with both axes and the box; box empty where not assessed."""
    people = _review().people
    _show(
        pd.DataFrame(
            {
                "nip": people.index,
                "name": people["full_name"],
                "unit": people["unit"],
                "performance": people["performance"],
                "potential": people["potential"],
                "box": people["box"].astype("Int64").replace(0, pd.NA),
            }
        ),
        form,
    )


@app.command()
def rank(
    post: Annotated[str, typer.Argument(help="a post's short name or title, or “semua” for everyone")],
    weights: Annotated[str, typer.Option(help="key=percent,…; criteria not named share the rest")] = "",
    order: Annotated[str, typer.Option(help="box: eligible, box, score; score: score alone")] = "box",
    form: Format = "table",
) -> None:
    """Rank the candidates of a post."""
    if order not in ORDER_RULES:
        raise typer.BadParameter(f"{order!r} is not one of {', '.join(ORDER_RULES)}")
    given = _parse_weights(weights)
    review = _review()
    rubric = review.rubric
    shares = complete_weights(rubric.part_keys, rubric.weights, given) if given else np.array(rubric.weights)
    frame = rank_post(review, post, shares, "score" if order == "score" else "box")
    frame["eligible"] = frame.pop("eligibility").map(dict(enumerate(ANSWERS)))
    _show(frame[["rank", "nip", "name", "unit", "score", "score_low", "score_high", "box", "eligible"]], form)


def _parse_weights(text: str) -> dict[str, float]:
    given = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"{pair!r} is not key=percent")
        try:
            given[key.strip()] = float(value)
        except ValueError:
            given[key.strip()] = float("nan")  # refused by complete_weights, in its one sentence
    return given


@app.command()
def succession(form: Format = "table") -> None:
    """Every post: who holds it, until when, how many are ready now."""
    board = _review().board
    frame = board[["post", "title", "incumbent", "retires_on", "ready_now", "risk"]].copy()
    frame["retires_on"] = [None if pd.isna(day) else day.date().isoformat() for day in board["retires_on"]]
    _show(frame, form)


@user_app.command("add")
def user_add(
    name: Annotated[str, typer.Argument(help="user name")],
    role: Annotated[str, typer.Option(help=", ".join(accounts.ROLES))],
    full_name: Annotated[str, typer.Option(help="name as shown on screen")] = "",
) -> None:
    """Add a user; prints the password once."""
    engine = installation.engine()
    check_version(engine)
    typer.echo(f"Password of “{name}”: {accounts.add_user(engine, name, full_name, role)}")


@user_app.command("password")
def user_password(name: Annotated[str, typer.Argument(help="user name")]) -> None:
    """Set a new random password; prints it once and signs the user out everywhere."""
    engine = installation.engine()
    check_version(engine)
    typer.echo(f"Password of “{name}”: {accounts.new_password(engine, name)}")


def main() -> None:
    """Run a command; a refusal is one sentence (and the report of an import) on standard error."""
    translate = translator(settings().language)
    try:
        app()
    except RefusedImport as refusal:
        typer.echo(sentence(refusal, translate), err=True)
        typer.echo(frame_csv(fault_frame(refusal.faults, translate)), err=True, nl=False)
        sys.exit(1)
    except MantelError as error:
        typer.echo(sentence(error, translate), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
