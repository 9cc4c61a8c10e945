"""The command line: ``python -m core …``. Exit 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Annotated, cast

import numpy as np
import pandas as pd
import sqlalchemy as sa
import typer

from core.commands import audit, papers, replay, sessions, upkeep
from core.commands.shown import Format, show_rows
from core.imports.faults import RefusedImport
from core.imports.parse import Source
from core.imports.plan import ImportPlan
from core.locales import sentence, translator
from core.reports.explanation import as_data, explanation_lines, plain_number
from core.reports.faults import fault_frame
from core.reports.imports import import_notes
from core.reports.workbook import frame_csv
from core.service import accounts, importing, installation
from core.service import explanation as explaining
from core.service import placement as placement_service
from core.service import review as reviewing
from core.service import robustness as robustness_service
from core.service import rubrics as rubric_service
from core.settings import settings
from core.store.database import check_version
from core.talent.eligibility.order_rule import ORDER_RULES, OrderRule
from core.talent.eligibility.rules import ANSWERS
from core.talent.employee import parse_nip
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.talent.placement.limits import Limits
from core.talent.posts import ALL_PEOPLE
from core.talent.ranking.of_post import rank_post
from core.talent.ranking.order import complete_weights
from core.talent.review import BASES, Basis, TalentReview
from core.talent.succession.table import tabulate_succession

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Mantel: manajemen talenta."
)
user_app = typer.Typer(no_args_is_help=True, help="Accounts.")
app.add_typer(user_app, name="user")
app.add_typer(audit.app, name="audit")
app.add_typer(sessions.app, name="session")
app.add_typer(papers.app, name="register")
app.command()(papers.verify)
app.add_typer(replay.app)
app.add_typer(upkeep.app)


Rubric = Annotated[str, typer.Option("--rubric", help="key, key@version or digest; the official one")]
AsOf = Annotated[
    str, typer.Option("--as-of", help="YYYY-MM-DD: reference date, and only what was recorded by its evening")
]


def _review(rubric: str = "", as_of: str = "") -> TalentReview:
    engine = installation.open_configured_engine()
    check_version(engine)
    return reviewing.load_review(engine, rubric, _day(as_of))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date YYYY-MM-DD") from None


@app.command()
def setup(
    demo: Annotated[bool, typer.Option("--demo", help="load an invented regency into an empty database")] = False,
    people: Annotated[int, typer.Option(help="how many people to invent", min=50, max=100_000)] = 650,
) -> None:
    """Create or migrate the database and, once, a first administrator."""
    engine = installation.open_configured_engine()
    password = installation.set_up(engine)
    if password:
        typer.echo(f"First administrator: user name “admin”, password “{password}” (shown only now).")
    if demo and installation.is_empty(engine):
        folder, facts = installation.load_demo(engine, people)
        typer.echo(f"Demo data: {people} invented people, {facts} facts, from the files in {folder}.")


@app.command("demo-files")
def demo_files(
    folder: Annotated[Path, typer.Argument(help="where to write them")],
    people: Annotated[int, typer.Option(help="how many people to invent", min=50, max=100_000)] = 650,
) -> None:
    """Write the files of an invented regency, in the layouts that really arrive."""
    written = installation.write_demo_files(folder, people)
    typer.echo(f"{len(written)} files of {people} invented people in {folder}.")


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="workbooks or csv, in any order")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would happen")] = False,
    reason: Annotated[str, typer.Option(help="why known facts change; kept with them")] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="the people matched by name, or missing in an export of everybody, are right")
    ] = False,
    skip_unknown: Annotated[
        bool, typer.Option("--skip-unknown", help="leave rows about people who are not known out, and list them")
    ] = False,
    erase: Annotated[
        list[str] | None, typer.Option(help="FIELD: empty cells of this field take away what is known; may be repeated")
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="FIELD=HEADER or FIELD=LETTERS: the column meant; may be repeated")
    ] = None,
) -> None:
    """Import files together, all or nothing."""
    wrong = [pair for pair in column or [] if "=" not in pair]
    if wrong:
        raise typer.BadParameter(f"{wrong[0]!r} is not FIELD=HEADER")
    chosen = dict(pair.split("=", 1) for pair in column or [])
    options = importing.Options(chosen, skip_unknown, frozenset(erase or []))
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise typer.BadParameter(f"there is no file {missing[0]}")
    engine = installation.open_configured_engine()
    check_version(engine)
    sources = [Source(file.name, file.read_bytes()) for file in files]
    if dry_run:
        plan = importing.preview_import(engine, sources, by=accounts.COMMAND_LINE, options=options)
    else:
        plan = _import(engine, sources, reason, options, yes)
    _tell(plan)
    rows = [
        {
            "file": sources[number].name,
            "fact": kind,
            **{state: counter[state] for state in ("new", "changed", "unchanged")},
        }
        for (number, kind), counter in sorted(plan.counts.items())
    ]
    show_rows(pd.DataFrame(rows, columns=["file", "fact", "new", "changed", "unchanged"]), "table")


def _import(
    engine: sa.Engine, sources: list[Source], reason: str, options: importing.Options, confirmed: bool
) -> ImportPlan:
    """Import, after a question where people were found by name or are missing; without anybody to ask it is refused."""
    try:
        return importing.import_files(
            engine, sources, by=accounts.COMMAND_LINE, reason=reason, confirmed=confirmed, options=options
        )
    except importing.UnconfirmedPeople as refusal:
        _tell(refusal.plan)
        if not sys.stdin.isatty():
            typer.echo(translator(settings().language)(N_("Look at the list; then import with --yes.")), err=True)
            raise
        typer.confirm(f"{sentence(refusal, translator(settings().language))} OK?", abort=True, err=True)
        return _import(engine, sources, reason, options, True)


def _tell(plan: ImportPlan) -> None:
    """What a person should know about the files, on standard error."""
    for line in import_notes(plan, settings().language):
        typer.echo(line, err=True)


@app.command()
def undo(
    number: Annotated[int, typer.Argument(help="number of the import, see “history”")],
    reason: Annotated[str, typer.Option(help="why; kept with it")],
) -> None:
    """Undo an import as a whole, while nothing newer rests on it."""
    engine = installation.open_configured_engine()
    check_version(engine)
    importing.undo_import(engine, number, reason, by=accounts.COMMAND_LINE)
    typer.echo(f"Import {number} is undone.")


@app.command()
def history(form: Format = "table") -> None:
    """Imports, undoings and refusals, the newest first."""
    engine = installation.open_configured_engine()
    check_version(engine)
    show_rows(importing.list_attempts(engine).rename(columns={"batch_id": "number"}), form)


@app.command()
def rubrics(form: Format = "table") -> None:
    """The rubrics there are."""
    engine = installation.open_configured_engine()
    check_version(engine)
    rows = [
        {
            "rubric": f"{rubric.key}@{rubric.version}",
            "name": rubric.name,
            "digest": rubric.digest[:12],
            "shipped": rubric.shipped,
            "kept_by": rubric.username,
        }
        for rubric in rubric_service.list_rubrics(engine)
    ]
    show_rows(pd.DataFrame(rows), form)


@app.command()
def grid(form: Format = "table", rubric: Rubric = "", as_of: AsOf = "") -> None:
    """Everyone with both axes and the box; box empty where not assessed."""
    people = _review(rubric, as_of).people
    show_rows(
        pd.DataFrame(
            {
                "nip": people.index,
                "name": people["full_name"],
                "unit": people["unit"],
                "performance": people["performance"],
                "potential": people["potential"],
                **{
                    f"{axis}_{end}": people[f"{axis}_{end}"]
                    for axis in ("performance", "potential")
                    for end in ("low", "high")
                },
                "box": people["box"].astype("Int64").replace(0, pd.NA),
            }
        ),
        form,
    )


@app.command()
def rank(
    post: Annotated[str, typer.Argument(help="a post's short name or title, or “semua” for everyone")],
    weights: Annotated[str, typer.Option(help="key=percent,…; criteria not named share the rest")] = "",
    order: Annotated[
        str, typer.Option(help="box: eligible, box, score; eligible: eligible, score; score: score alone")
    ] = "",
    basis: Annotated[str, typer.Option(help="talent: the talent value; fit: the fit for the post")] = "talent",
    form: Format = "table",
    rubric: Rubric = "",
    as_of: AsOf = "",
) -> None:
    """Rank the candidates of a post."""
    review, shares, rule, by = _asked(weights, order, basis, rubric, as_of)
    frame = rank_post(review, post, shares, rule, by)
    frame["eligible"] = frame.pop("eligibility").map(dict(enumerate(ANSWERS)))
    columns = ["rank", "nip", "name", "unit", "score", "score_low", "score_high", "inseparable", "box", "eligible"]
    more = [column for column in ("fit", "technical", "field_fit", "family_years") if column in frame]
    show_rows(frame[columns + more], form)


@app.command()
def robustness(
    post: Annotated[str, typer.Argument(help="a post's short name or title, or “semua” for everyone")],
    weights: Annotated[str, typer.Option(help="key=percent,…; criteria not named share the rest")] = "",
    order: Annotated[
        str, typer.Option(help="box: eligible, box, score; eligible: eligible, score; score: score alone")
    ] = "",
    basis: Annotated[str, typer.Option(help="talent: the talent value; fit: the fit for the post")] = "talent",
    radius: Annotated[float, typer.Option(help="share of the weight given out anew at random; as set", min=0)] = 0,
    form: Format = "table",
    rubric: Rubric = "",
    as_of: AsOf = "",
) -> None:
    """How firm the order of a post's candidates is; smallest_change in percentage points."""
    if radius > 1:
        raise typer.BadParameter(f"{radius} is not a share from 0 to 1")
    review, shares, rule, by = _asked(weights, order, basis, rubric, as_of)
    frame, warning = robustness_service.assess_post(review, post, shares, rule, radius, by)
    if warning:
        typer.echo(warning, err=True)
    show_rows(frame, form)


def _asked(
    weights: str, order: str, basis: str, rubric: str, as_of: str
) -> tuple[TalentReview, np.ndarray, OrderRule, Basis]:
    """The review, weights, order rule and basis that a command's options name."""
    for given, known in ((order, ("", *ORDER_RULES)), (basis, BASES)):
        if given not in known:
            raise typer.BadParameter(f"{given!r} is not one of {', '.join(filter(None, known))}")
    by = cast(Basis, basis)
    given = _parse_weights(weights)
    review = _review(rubric, as_of)
    used = review.rubric_of(by)
    shares = complete_weights(used.criterion_keys, used.weights, given) if given else np.array(used.weights)
    rule = cast(OrderRule, order) if order else review.rules.order if by == "talent" else "eligible"
    return review, shares, rule, by


def _parse_weights(text: str) -> dict[str, float]:
    given = {}
    for pair in filter(None, (piece.strip() for piece in text.split(","))):
        key, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"{pair!r} is not key=percent")
        try:
            given[key.strip()] = float(value)
        except ValueError:
            given[key.strip()] = float("nan")  # refused by complete_weights, in its one sentence
    return given


@app.command()
def succession(form: Format = "table", rubric: Rubric = "", as_of: AsOf = "") -> None:
    """Every post: who holds it, until when, how many are ready now."""
    table = tabulate_succession(_review(rubric, as_of))
    frame = table[["post", "title", "incumbent", "retires_on", "ready_now", "risk"]].copy()
    frame["retires_on"] = [None if pd.isna(day) else day.date().isoformat() for day in table["retires_on"]]
    show_rows(frame, form)


@app.command()
def place(
    horizon: Annotated[int, typer.Option(help="months ahead within which retirements count as vacancies", min=0)] = 0,
    pin: Annotated[list[str] | None, typer.Option(help="POST=NIP that must be; may be repeated")] = None,
    ban: Annotated[list[str] | None, typer.Option(help="POST=NIP that must not be; may be repeated")] = None,
    moves: Annotated[int, typer.Option(help="most people moved; 0 for any number", min=0)] = 0,
    chains: Annotated[bool, typer.Option(help="whether holders of posts may be moved as well")] = True,
    form: Format = "table",
    rubric: Rubric = "",
    as_of: AsOf = "",
) -> None:
    """Plans that fill all vacancies at once, each the best for a goal; proposals, never decisions."""
    limits = Limits(
        horizon=horizon, chains=chains, most_moves=moves or None, pins=_pairs(pin or []), bans=_pairs(ban or [])
    )
    show_rows(placement_service.tabulate_plans(placement_service.find_placement(_review(rubric, as_of), limits)), form)


def _pairs(texts: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for text in texts:
        post, equals, nip = text.rpartition("=")
        if not equals or not post.strip():
            raise typer.BadParameter(f"{text!r} is not POST=NIP")
        pairs.append((post.strip(), parse_nip(nip.strip()).digits))
    return tuple(pairs)


@app.command()
def explain(
    nip: Annotated[str, typer.Argument(help="18 digits")],
    post: Annotated[str, typer.Option(help="a post's short name or title")] = ALL_PEOPLE,
    rubric: Rubric = "",
    as_of: AsOf = "",
    form: Annotated[str, typer.Option("--format", help="table or json")] = "table",
) -> None:
    """Where a person's numbers come from: criterion, measure, fact, file, sheet, row and column."""
    if form not in ("table", "json"):
        raise typer.BadParameter(f"{form!r} is not one of table, json")
    review = _review(rubric, as_of)
    language = settings().language
    explanation, origins = explaining.explain_person(
        installation.open_configured_engine(), review, parse_nip(nip).digits, post
    )
    place = explaining.find_rank(review, explanation.nip, post)
    if form == "json":
        used = review.rubric
        data = {
            **as_data(explanation, origins, language),
            "rank": place,
            "as_of": review.as_of.isoformat(),
            "data_version": review.data_version,
            "rubric": {"key": used.key, "name": used.name, "version": used.version, "digest": used.digest},
        }
        typer.echo(json.dumps(data, ensure_ascii=False, default=plain_number, indent=1))
        return
    for line in explanation_lines(explanation, origins, place, review, language):
        typer.echo(line)


@user_app.command("add")
def user_add(
    name: Annotated[str, typer.Argument(help="user name")],
    role: Annotated[str, typer.Option(help=", ".join(accounts.ROLES))],
    full_name: Annotated[str, typer.Option(help="name as shown on screen")] = "",
) -> None:
    """Add a user; prints the password once."""
    engine = installation.open_configured_engine()
    check_version(engine)
    typer.echo(f"Password of “{name}”: {accounts.add_user(engine, name, full_name, role, by=accounts.COMMAND_LINE)}")


@user_app.command("password")
def user_password(name: Annotated[str, typer.Argument(help="user name")]) -> None:
    """Set a new random password; prints it once and signs the user out everywhere."""
    engine = installation.open_configured_engine()
    check_version(engine)
    typer.echo(f"Password of “{name}”: {accounts.set_new_password(engine, name, by=accounts.COMMAND_LINE)}")


def main() -> None:
    """Run a command; a refusal is one sentence (and the report of an import) on standard error."""
    try:
        translate = translator(settings().language)
    except MantelError as error:
        sys.exit(sentence(error, str))
    installation.guard_new_files()
    try:
        app()
    except RefusedImport as refusal:
        typer.echo(sentence(refusal, translate), err=True)
        typer.echo(frame_csv(fault_frame(refusal.faults, translate)), err=True, nl=False)
        sys.exit(1)
    except MantelError as error:
        typer.echo(sentence(error, translate), err=True)
        sys.exit(1)
    except OSError as error:  # a file that is not there or not ours
        typer.echo(f"{error.filename}: {error.strerror}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
