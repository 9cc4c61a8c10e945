"""How a door looks: a plain page without script, in the language of the link, with the way to where one wanted to go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from core.locales import LANGUAGES, Language, sentence, translator
from core.talent.errors import MantelError
from core.talent.messages import N_
from core.ui.sign_in import SIGN_IN
from core.web.browser import quote_digest, split_address
from core.web.forms import pick_language


@dataclass(frozen=True)
class Field:
    """A line to fill in."""

    name: str
    label: str
    kind: str = "text"
    complete: str = "off"


@dataclass(frozen=True)
class Door:
    """What a page of the way in shows; all texts are translated."""

    title: str
    text: str
    fields: tuple[Field, ...] = ()
    button: str = ""
    note: str = ""
    error: str = ""
    picture: str = ""
    secret: str = ""
    codes: tuple[str, ...] = ()
    hidden: dict[str, str] = field(default_factory=dict)
    onward: str = ""
    beside: tuple[str, str] | None = None


def draw_nothing_there(scope: Scope) -> Response:
    """The page for an address that is none."""
    title = N_("There is nothing at this address")
    return _draw_dead_end(scope, title, N_("The link is wrong, or what it led to is gone."), 404)


def draw_not_yours(scope: Scope) -> Response:
    """The page for an address that the role may not see."""
    title = N_("This page is not for your role")
    return _draw_dead_end(scope, title, N_("If you need it, ask the administrator."), 403)


def _draw_dead_end(scope: Scope, title: str, text: str, status: int) -> Response:
    request = Request(scope)
    words = choose_words(request)
    return draw(request, Door(words(title), words(text), onward="/", button=words(N_("To the first page"))), status)


def come_again(request: Request) -> Response:
    """A link on another site was followed, and a strict cookie does not come along: the page asks once more from here."""
    again = f"{SIGN_IN}?{urlencode({'to': find_target(request)})}"
    return HTMLResponse(_template("again.html").render(address=again), headers=_own_policy())


def find_target(request: Request) -> str:
    """Where one wanted to go: the page of the link, or the one that was open; always one of ours."""
    asked = request.query_params.get("to", "")
    if not asked and request.method == "GET":
        came_from = split_address(request.headers.get("referer", ""))
        if came_from is not None and came_from.netloc == request.headers.get("host"):
            asked = came_from.path + (f"?{came_from.query}" if came_from.query else "")
    parts = split_address(asked)
    if parts is None:
        return "/"
    safe = asked.startswith("/") and not asked.startswith(("//", "/\\")) and not parts.netloc and asked.isprintable()
    return asked if safe and not parts.path.startswith(SIGN_IN) else "/"


def add_target(address: str, request: Request) -> str:
    """An address with where one wanted to go, and in which language."""
    more = {
        name: value
        for name, value in (("to", find_target(request)), ("language", _chosen(request)))
        if value not in ("", "/")
    }
    return f"{address}?{urlencode(more)}" if more else address


def _chosen(request: Request) -> str:
    """The language that the link asks for, or that of the page one wanted; empty where neither says so."""
    asked = (
        request.query_params.get("language") or parse_qs(urlsplit(find_target(request)).query).get("language", [""])[0]
    )
    return asked if asked in LANGUAGES else ""


def _language(request: Request) -> Language:
    return pick_language(_chosen(request))


def choose_words(request: Request) -> Callable[[str], str]:
    """What translates into the language of a request."""
    return translator(_language(request))


def say(request: Request, refusal: MantelError) -> str:
    """A refusal as one sentence in the language of a request."""
    return sentence(refusal, choose_words(request))


@lru_cache
def _template(name: str) -> jinja2.Template:
    folder = Path(__file__).parent / "templates"
    return jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True).get_template(name)


@lru_cache(maxsize=1)
def _style() -> str:
    return (Path(__file__).parent / "templates" / "door.css").read_text(encoding="utf-8")


def _own_policy() -> dict[str, str]:
    style = quote_digest(_style())
    policy = f"default-src 'none'; style-src {style}; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    return {"content-security-policy": policy}


def draw(request: Request, door: Door, status: int = 200) -> Response:
    """The page of a door."""
    language = _language(request)
    text = _template("door.html").render(
        door=door,
        language=language,
        languages=[(key, _in_language(request, key)) for key in LANGUAGES],
        action=add_target(request.url.path, request),
        style=jinja2.utils.markupsafe.Markup(_style()),
    )
    return HTMLResponse(text, status, headers=_own_policy())


def _in_language(request: Request, language: str) -> str:
    target = find_target(request)
    return f"{request.url.path}?{urlencode({'to': target, 'language': language} if target != '/' else {'language': language})}"
