"""Public verification: whether a paper is the office's. No sign-in, no cookie, no page of Streamlit.

Wrong guesses at a number are few for an address and for all together, so that nobody lists the register; a code or the
digest of a file cannot be guessed, so both are still answered then.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from core.locales import LANGUAGES, sentence, translator
from core.papers.standing import Answer
from core.reports.verification import ASSETS, draw_page, read_asset, read_day
from core.service.papers import verification
from core.store.database import DatabaseProblem
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.web.allowance import Allowance, group_address
from core.web.browser import find_address
from core.web.connections import open_engine_once
from core.web.forms import pick_language, read_form

VERIFY = "/periksa"
#: The largest question, in bytes.
_LARGEST = 8_192
_MINUTES = 15
#: Questions of an address, wrong numbers of an address, wrong numbers of all, each in a quarter of an hour.
ASKED, WRONG, WRONG_OF_ALL = (Allowance(most, _MINUTES * 60) for most in (200, 12, 300))
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


class TooMany(MantelError):
    """More questions than one may ask."""


class UnusableQuestion(MantelError):
    """A question with neither a code nor a digest nor number and day."""


def is_public(path: str) -> bool:
    """Whether an address is one of public verification."""
    return path == VERIFY or path.removeprefix(f"{VERIFY}/") in ASSETS


def make_routes() -> list[Route]:
    """The routes of public verification."""
    return [
        Route(VERIFY, _serve, methods=["GET", "POST"]),
        *(Route(f"{VERIFY}/{name}", partial(_serve_asset, name), methods=["GET"]) for name in ASSETS),
    ]


async def _serve_asset(name: str, _: Request) -> Response:
    return Response(read_asset(name), media_type=ASSETS[name])


async def _serve(request: Request) -> Response:
    form = await _read_question(request) if request.method == "POST" else {}
    language = pick_language(form.get("language") or request.query_params.get("language", ""))
    answer, refusal, status = None, "", 200
    try:
        if request.method == "POST":
            answer = await to_thread.run_sync(_answer, form, group_address(find_address(request.scope)))
    except (TooMany, UnusableQuestion, DatabaseProblem) as problem:
        refusal = sentence(problem, translator(language))
        status = {TooMany: 429, UnusableQuestion: 422}.get(type(problem), 503)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"refusal": refusal} if answer is None else _as_data(answer), status)
    try:
        keys = await to_thread.run_sync(verification.list_keys, open_engine_once())
    except DatabaseProblem:
        keys = {}
    other = next(each for each in LANGUAGES if each != language)
    page = draw_page(
        language,
        keys,
        ask=VERIFY,
        other=f"{VERIFY}?language={other}",
        answer=answer,
        refusal=refusal,
        folder=f"{VERIFY}/",
    )
    return HTMLResponse(page, status, headers={"content-security-policy": _POLICY})


def _as_data(answer: Answer) -> dict[str, str]:
    return {
        "standing": answer.standing,
        "way": answer.way,
        "since": answer.since.isoformat() if answer.since else "",
    }


def _answer(form: dict[str, str], address: str) -> Answer:
    """The answer to a question.

    Raises
    ------
    TooMany, UnusableQuestion, DatabaseProblem
    """
    if not ASKED.take(address):
        raise _refuse(N_("too many questions from this address; try again in {minutes} minutes"))
    engine, digest, code = open_engine_once(), form.get("digest", ""), form.get("code", "")
    number, day = form.get("number", "").strip(), read_day(form.get("day", ""))
    guessed = number if day is not None and (digest or not code) else ""
    if not digest and code:
        return verification.verify_code(engine, code)
    if not digest and not guessed:
        raise UnusableQuestion(N_("enter the number as printed and the day of the paper"))
    if digest:
        answer = verification.verify_file(engine, digest, code)
        if answer.standing != "unknown" or not guessed:
            return answer
    assert day is not None
    return _guess(number, day, digest, address)


def _guess(number: str, day: dt.date, digest: str, address: str) -> Answer:
    """The answer about a number, which may be a guess: counted before it is looked at, given back where it was none."""
    if not WRONG.take(address):
        raise _refuse_guess()
    if not WRONG_OF_ALL.take(""):
        WRONG.give_back(address)
        raise _refuse_guess()
    engine = open_engine_once()
    answer = (
        verification.verify_file(engine, digest, "", number, day)
        if digest
        else verification.verify_number(engine, number, day)
    )
    if answer.standing != "unknown":
        WRONG.give_back(address)
        WRONG_OF_ALL.give_back("")
    return answer


def _refuse(message: str) -> TooMany:
    return TooMany(message, minutes=_MINUTES)


def _refuse_guess() -> TooMany:
    return _refuse(
        N_("too many numbers that are none of ours; try again in {minutes} minutes, or use the QR code or the PDF")
    )


async def _read_question(request: Request) -> dict[str, str]:
    kind = request.headers.get("content-type", "")
    return await read_form(request, _LARGEST) if kind.startswith("application/x-www-form-urlencoded") else {}
