"""Passwords: made for somebody, or chosen by somebody and then looked at.

What is asked of a chosen one is length and not being among those that are tried first, as NIST SP 800-63B (5.1.1.2) and
OWASP ASVS 5 (6.2) have it; no rules of composition.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache

from core.service.authenticator import MOST_BYTES
from core.settings import ROOT
from core.talent.errors import MantelError
from core.talent.messages import N_

SHORTEST = 12
#: Of a made password: 16 letters and digits without look-alikes, 92 bits.
_ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
#: What is put in the place of letters.
_DISGUISES = str.maketrans("013457@$!", "oieastasi")
#: Rows along which fingers walk.
_ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")


class PasswordRefused(MantelError):
    """A password that somebody chose and that others would guess."""


def make_password() -> str:
    """A random password."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(16))


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    lines = (ROOT / "data" / "common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in map(str.strip, lines) if line and not line.startswith("#"))


def check_new_password(password: str, *own_words: str) -> None:
    """Refuse a password that is too short, too long, or among the first that others try.

    Parameters
    ----------
    own_words
        Words of its owner (user name, full name), which are no secret.

    Raises
    ------
    PasswordRefused
    """
    if len(password) < SHORTEST:
        raise PasswordRefused(N_("the password is too short; expected at least {count} characters"), count=SHORTEST)
    if len(password.encode(errors="replace")) > MOST_BYTES:
        raise PasswordRefused(N_("the password is too long; expected at most {count} characters"), count=MOST_BYTES)
    if _is_common(password.casefold(), own_words):
        raise PasswordRefused(
            N_("this password is among the first that others try; expected some words that do not belong together")
        )


def _is_common(password: str, own_words: tuple[str, ...]) -> bool:
    words = _common_words().union(*(re.findall(r"\w{3,}", own.casefold()) for own in own_words))
    # Known words in a row, whatever stands in place of their letters, with anything but letters between and around them.
    row = re.compile("(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")+")
    readings = {re.sub(r"[\W\d_]", "", password), re.sub(r"[\W_]", "", password.translate(_DISGUISES))}
    return (
        password in words
        or any(not reading or row.fullmatch(reading) for reading in readings)
        or len(set(password)) < 4
        or any(password in line or password[::-1] in line for line in _ROWS)
        or any(password == password[:length] * (len(password) // length) for length in range(1, len(password) // 2 + 1))
    )
