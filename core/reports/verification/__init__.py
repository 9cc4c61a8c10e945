"""The page on which anybody verifies a paper: served by Mantel, and written into a folder for the regency's web site.

One page, one script, two sources of answers: the server it came from, or the published part of the register beside it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import jinja2

from core.locales import LANGUAGES, Language, day, translator
from core.papers.standing import Answer
from core.papers.statement import MARK
from core.talent.messages import N_

#: The files that the page needs beside it, and what they are.
ASSETS = {"verify.js": "text/javascript", "ed25519.js": "text/javascript", "verify.css": "text/css"}

#: What is said, by standing and by what was held against the register. ``{day}`` is that of ``since``.
_SENTENCES: dict[str, str] = {
    "valid/number": N_(
        "On record: a paper of ours has this number and this day, and it holds. Whether yours says the same, only its QR code or its PDF can prove."
    ),
    "valid/code": N_(
        "Genuine: we signed this code, and the paper holds. Compare number, day, subject and digest below with what is printed."
    ),
    "valid/file": N_("Genuine: this file is byte for byte the one we issued, and it holds."),
    "changed/file": N_("Changed: the paper is ours, but this file is not as we issued it. Do not trust what it says."),
    "replaced/number": N_(
        "Replaced: the paper is ours, but since {day} another stands in its place. Ask for the new one."
    ),
    "replaced/code": N_(
        "Replaced: the paper is ours, but since {day} another stands in its place. Ask for the new one."
    ),
    "replaced/file": N_(
        "Replaced: the paper is ours, but since {day} another stands in its place. Ask for the new one."
    ),
    "revoked/number": N_("Revoked: the paper was ours, but since {day} it does not hold any more."),
    "revoked/code": N_("Revoked: the paper was ours, but since {day} it does not hold any more."),
    "revoked/file": N_("Revoked: the paper was ours, but since {day} it does not hold any more."),
    "unkept/file": N_(
        "On record: a paper of ours has this number and this day, but its file was never entered; whether yours says the same, only the office can tell."
    ),
    "unknown/number": N_("Not from us: we issued no paper with this number on this day."),
    "unknown/code": N_("Not from us: we did not sign this code."),
    "unknown/file": N_(
        "Not from us: no file like this stands in our register. A scan or photograph is never the file itself; verify its number and day."
    ),
}
_WORDS: dict[str, str] = {
    "title": N_("Verify a paper"),
    "office": N_("Regency of Ogan Komering Ilir · talent management"),
    "intro": N_("Scan the QR code on the paper with your phone, or choose one of these."),
    "number": N_("Number, as printed"),
    "short": N_("Number"),
    "day": N_("Day of the paper"),
    "check": N_("Verify"),
    "file": N_("Choose the PDF"),
    "file_note": N_("The file stays on your device; only its digest is compared."),
    "subject": N_("Concerning"),
    "digest": N_("Digest"),
    "typed": N_("Number and day"),
    "signed_only": N_(
        "The signature is genuine, but whether the paper still holds cannot be asked just now. Try again in a moment."
    ),
    "signed_later": N_(
        "The signature is genuine, but the paper is not in the register as published on {day}. Ask the office if it is newer."
    ),
    "no_answer": N_("There is no answer just now; try again in a moment."),
    "unsafe": N_("This page must be opened by https to compare files."),
    "too_large": N_("The file is larger than {count} MB."),
    "published": N_("By the register as published on {day}"),
    "forged": N_("The published register was changed on its way; it answers nothing. Tell the office."),
}


def choose_sentence(answer: Answer, language: Language) -> str:
    """The one sentence that an answer is."""
    text = translator(language)(_SENTENCES[f"{answer.standing}/{answer.way}"])
    return text.format(day=day(answer.since, language) if answer.since else "")


@lru_cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True)


def read_asset(name: str) -> bytes:
    """A file of ``ASSETS``."""
    return (Path(__file__).parent / name).read_bytes()


def draw_page(
    language: Language,
    keys: Mapping[str, bytes],
    *,
    ask: str,
    other: str,
    answer: Answer | None = None,
    refusal: str = "",
    folder: str = "",
) -> str:
    """The page.

    Parameters
    ----------
    keys
        The office's public keys by name.
    ask
        The address that answers, empty where the published register beside the page does.
    other
        The address of the page in the other language.
    answer, refusal
        What is said at once, for whoever has no script.
    folder
        Where the assets stand, with a slash at its end.
    """
    translate = translator(language)
    texts = {name: translate(text) for name, text in _WORDS.items()}
    config = {
        "ask": ask,
        "keys": {name: public.hex() for name, public in keys.items()},
        "mark": MARK,
        "language": language,
        "words": texts,
        "sentences": {name: translate(text) for name, text in _SENTENCES.items()},
    }
    return (
        _environment()
        .get_template("verify.html")
        .render(
            language=language,
            other_language=next(each for each in LANGUAGES if each != language),
            other=other,
            words=texts,
            # Inside a script element nothing ends it but "</"; what JSON escapes anyway stays JSON.
            config=jinja2.utils.markupsafe.Markup(json.dumps(config).replace("<", "\\u003c")),
            answer=answer,
            sentence=refusal or (choose_sentence(answer, language) if answer else ""),
            ask=ask,
            folder=folder,
        )
    )


def read_day(text: str) -> dt.date | None:
    """A day as a form sends it (``YYYY-MM-DD``) or as people write it (``DD-MM-YYYY``); None for what is none."""
    for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip()[:20], pattern).date()
        except ValueError:
            continue
    return None
