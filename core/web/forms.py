"""What a form that was posted says, and in which language somebody asks."""

from __future__ import annotations

from starlette.requests import Request

from core.locales import LANGUAGES, Language
from core.settings import settings


async def read_form(request: Request, largest: int) -> dict[str, str]:
    """The texts of a form by name; empty for one that says no length or a greater one than ``largest`` bytes."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > largest:
        return {}
    async with request.form(max_files=0, max_fields=10) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def pick_language(asked: str) -> Language:
    """The language that is asked for; the installation's where it is none of ours."""
    return next((language for language in LANGUAGES if language == asked), settings().language)
