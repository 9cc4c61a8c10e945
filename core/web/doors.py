"""The doors: signing in, step by step, as plain pages without script.

Nothing of Streamlit is sent before somebody is known. Each step is a form that is posted; its token travels in the
cookie, out of reach of scripts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from core.reports.qr import draw_code
from core.service import second_factor, sign_ins
from core.service.sign_ins import Step
from core.settings import settings
from core.store.database import DatabaseProblem
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.ui.sign_in import SIGN_IN
from core.web import provider
from core.web.browser import ROUTE_COOKIE, find_address, make_cookie, make_route_cookie, read_token
from core.web.connections import open_engine_once
from core.web.door_page import Door, Field, add_target, choose_words, come_again, draw, find_target, say
from core.web.forms import read_form

_P = ParamSpec("_P")
_R = TypeVar("_R")

#: The steps after the password stand under the address where one signs in.
_STEPS = {"code": f"{SIGN_IN}/code", "password": f"{SIGN_IN}/password", "enrol": f"{SIGN_IN}/second-factor"}
#: Where the way to the office's identity provider begins.
_OFFICE = f"{SIGN_IN}/office"
#: The largest form that a door takes, in bytes.
_LARGEST = 16_384

#: What is said to whoever was signed in and is no longer.
_ENDS = {
    "signed out": N_("You have signed out."),
    "idle": N_("You were signed out because nothing was done for {minutes} minutes. What you had let go of is saved."),
    "expired": N_("You were signed out because a sign-in lasts {hours} hours. What you had let go of is saved."),
    "new role": N_("You were signed out because your role was changed; sign in again."),
    "new password": N_("You were signed out because your password was changed."),
    "deactivated": N_("You were signed out because your access was ended; ask the administrator."),
    "ended": N_("You were signed out from another device of yours."),
    "ended by administrator": N_("You were signed out by the administrator."),
}


def is_door(path: str) -> bool:
    """Whether an address is one of a door."""
    return path in (SIGN_IN, _OFFICE, *_STEPS.values())


def make_routes() -> list[Route]:
    """The routes of the doors."""
    return [
        Route(SIGN_IN, _while_there_is_a_database(_sign_in), methods=["GET", "POST"]),
        Route(_OFFICE, _go_to_provider, methods=["GET"]),
        Route(_STEPS["code"], _step("code", _code_door, _give_code), methods=["GET", "POST"]),
        Route(_STEPS["password"], _step("password", _password_door, _choose_password), methods=["GET", "POST"]),
        Route(_STEPS["enrol"], _step("enrol", _enrol_door, _enrol), methods=["GET", "POST"]),
    ]


# --- the first door ---------------------------------------------------------------------------------------------------


async def _sign_in(request: Request) -> Response:
    if request.method == "POST":
        return await _check_password(request)
    token = read_token(request.scope)
    if token is None and request.headers.get("sec-fetch-site") == "cross-site":
        return come_again(request)
    account = await _ask(sign_ins.find_signed_in, token) if token else None
    if account is not None:
        response: Response = RedirectResponse(find_target(request), 303)
        provider.forget_answer(response, request.cookies)  # else it would open the next sign-in by itself
        return response
    step = await _ask(sign_ins.find_step, token) if token else None
    if step is not None:
        return _go(request, step)
    if provider.is_configured() and (username := provider.read_username(request.cookies)):
        return await _take_answer(request, username)
    reason = await _ask(sign_ins.explain_end, token) if token else ""
    response = draw(request, _first_door(request, note=_why(request, reason)))
    if token is not None:
        response.headers.append("set-cookie", make_cookie(request.scope, ""))
        response.headers["clear-site-data"] = '"cache"'
    return response


async def _take_answer(request: Request, username: str) -> Response:
    """Turn the identity provider's answer into a sign-in."""
    try:
        step = await _ask(sign_ins.sign_in_by_provider, username, *_where_from(request))
        response = _go(request, step)
    except MantelError as refusal:
        response = draw(request, _first_door(request, error=say(request, refusal)), 422)
    provider.forget_answer(response, request.cookies)
    return response


async def _go_to_provider(request: Request) -> Response:
    """On to the identity provider."""
    return RedirectResponse(provider.make_way() if provider.is_configured() else SIGN_IN, 303)


def _why(request: Request, reason: str) -> str:
    if reason not in _ENDS:
        return ""
    return choose_words(request)(_ENDS[reason]).format(minutes=settings().idle_minutes, hours=settings().session_hours)


def _first_door(request: Request, note: str = "", error: str = "") -> Door:
    words = choose_words(request)
    return Door(
        "Mantel",
        words(N_("Talent management of the Regency of Ogan Komering Ilir. Please sign in.")),
        (
            Field("username", words(N_("User name")), complete="username"),
            Field("password", words(N_("Password")), "password", "current-password"),
        ),
        words(N_("Sign in")),
        note,
        error,
        beside=(_OFFICE, words(N_("Sign in with the office account"))) if provider.is_configured() else None,
    )


async def _check_password(request: Request) -> Response:
    form = await read_form(request, _LARGEST)
    try:
        step = await _ask(sign_ins.sign_in, form.get("username", ""), form.get("password", ""), *_where_from(request))
    except MantelError as refusal:
        return draw(request, _first_door(request, error=say(request, refusal)), 422)
    return _go(request, step)


# --- the steps after it -----------------------------------------------------------------------------------------------

_MakeDoor = Callable[[Request, Step, str], Door]
_Take = Callable[[Request, Step, dict[str, str]], "Step | tuple[Step, list[str]]"]


def _step(stage: str, make_door: _MakeDoor, take: _Take) -> Callable[[Request], Awaitable[Response]]:
    """A step of the way in: its form, and what is done with it."""

    async def serve(request: Request) -> Response:
        token = read_token(request.scope)
        step = await _ask(sign_ins.find_step, token) if token else None
        if step is None:
            return RedirectResponse(add_target(SIGN_IN, request), 303)
        if step.stage != stage:
            return RedirectResponse(add_target(_STEPS[step.stage], request), 303)
        if request.method != "POST":
            return draw(request, make_door(request, step, ""))
        form = await read_form(request, _LARGEST)
        request.state.form = form
        try:
            taken = await to_thread.run_sync(take, request, step, form)
        except MantelError as refusal:
            return draw(request, make_door(request, step, say(request, refusal)), 422)
        if isinstance(taken, tuple):
            return _show_codes(request, *taken)
        return _go(request, taken)

    return _while_there_is_a_database(serve)


def _code_door(request: Request, step: Step, error: str) -> Door:
    words = choose_words(request)
    return Door(
        words(N_("Second step")),
        words(N_("Enter the six digits that your telephone shows now for Mantel, or one of your recovery codes.")),
        (Field("code", words(N_("Code")), complete="one-time-code"),),
        words(N_("Continue")),
        error=error,
    )


def _give_code(_: Request, step: Step, form: dict[str, str]) -> Step:
    return sign_ins.give_code(open_engine_once(), step.token, form.get("code", ""))


def _password_door(request: Request, step: Step, error: str) -> Door:
    words = choose_words(request)
    return Door(
        words(N_("A password of your own")),
        words(
            N_(
                "The password you were given is known to whoever gave it. Choose one of at least 12 characters, for instance four words that do not belong together."
            )
        ),
        (
            Field("new", words(N_("New password")), "password", "new-password"),
            Field("again", words(N_("The same once more")), "password", "new-password"),
        ),
        words(N_("Continue")),
        error=error,
    )


def _choose_password(_: Request, step: Step, form: dict[str, str]) -> Step:
    if form.get("new", "") != form.get("again", ""):
        raise MantelError(N_("the two passwords are not the same"))
    return sign_ins.choose_first_password(open_engine_once(), step.token, form.get("new", ""))


def _enrol_door(request: Request, step: Step, error: str) -> Door:
    words = choose_words(request)
    given = getattr(request.state, "form", {}).get("secret", "")  # after a wrong code the picture read is the same one
    secret = second_factor.decrypt_secret(given) or second_factor.make_secret()
    return Door(
        words(N_("A second factor")),
        words(
            N_(
                "Your role signs in with a code of your telephone as well. Read the picture with an authenticator app, then enter the six digits it shows."
            )
        ),
        (Field("code", words(N_("Code")), complete="one-time-code"),),
        words(N_("Continue")),
        error=error,
        picture=draw_code(second_factor.write_address(secret, step.account.username)),
        secret=secret,
        hidden={"secret": second_factor.encrypt_secret(secret)},
    )


def _enrol(_: Request, step: Step, form: dict[str, str]) -> tuple[Step, list[str]]:
    secret = second_factor.decrypt_secret(form.get("secret", "")) or ""
    return sign_ins.set_up_second_factor(open_engine_once(), step.token, secret, form.get("code", ""))


def _show_codes(request: Request, step: Step, codes: list[str]) -> Response:
    words = choose_words(request)
    door = Door(
        words(N_("Recovery codes")),
        words(
            N_(
                "Each of these opens Mantel once in place of your telephone. Write them down and keep them apart from it; they are shown only now."
            )
        ),
        codes=tuple(codes),
        onward=find_target(request),
        button=words(N_("They are written down; continue")),
    )
    response = draw(request, door)
    response.headers.append("set-cookie", make_cookie(request.scope, step.token))
    return response


def _go(request: Request, step: Step) -> Response:
    """To what comes next, with the cookie of this step."""
    address = find_target(request) if step.stage == "open" else add_target(_STEPS[step.stage], request)
    response = RedirectResponse(address, 303)
    response.headers.append("set-cookie", make_cookie(request.scope, step.token))
    if ROUTE_COOKIE not in request.cookies:
        response.headers.append("set-cookie", make_route_cookie(request.scope))
    return response


# --- what all doors do ------------------------------------------------------------------------------------------------


async def _ask(function: Callable[Concatenate[sa.Engine, _P], _R], *args: _P.args, **more: _P.kwargs) -> _R:
    """What a service answers, asked outside the loop that serves everybody."""
    return await to_thread.run_sync(partial(function, open_engine_once(), *args, **more))


def _where_from(request: Request) -> tuple[str, str]:
    """Address and browser of whoever signs in."""
    return find_address(request.scope), request.headers.get("user-agent", "")


def _while_there_is_a_database(
    serve: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """A door that says so where the database cannot be asked, and takes nobody's cookie for it."""

    async def safe(request: Request) -> Response:
        try:
            return await serve(request)
        except DatabaseProblem as problem:
            return draw(request, _first_door(request, error=say(request, problem)), 503)

    return safe
