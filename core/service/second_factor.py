"""The second factor: a code of six digits that changes every half minute (TOTP, RFC 6238), and codes for its loss."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import secrets

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.service.installation import read_cookie_key

#: Under which name the code stands in somebody's telephone.
_ISSUER = "Mantel"
_SECONDS = 30
#: Half minutes by which a telephone's clock may be wrong.
_WINDOW = 1
_CODES = 10


def make_secret() -> str:
    """A new secret, base32, 160 bits."""
    return pyotp.random_base32()


def encrypt_secret(secret: str) -> str:
    """A secret as the store keeps it: whoever reads the database alone makes no codes of it."""
    return _cipher().encrypt(secret.encode()).decode()


def decrypt_secret(kept: str) -> str | None:
    """The secret that the store keeps; None where it was written under another key."""
    try:
        return _cipher().decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


def _cipher() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"mantel second factor").derive(read_cookie_key().encode())
    return Fernet(base64.urlsafe_b64encode(key))


def write_address(secret: str, username: str) -> str:
    """What a telephone reads from the picture: ``otpauth://totp/…``."""
    return pyotp.TOTP(secret, interval=_SECONDS).provisioning_uri(name=username, issuer_name=_ISSUER)


def find_step(secret: str, code: str, time: dt.datetime, after: int) -> int | None:
    """The half minute whose code this is, None where it is none or not later than one taken already.

    Parameters
    ----------
    time
        UTC without zone.
    after
        The half minute of the last code taken; no code is taken twice (RFC 6238, 5.2).
    """
    if not re.fullmatch(r"[A-Z2-7]{32}", secret):
        return None
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    current = int(time.replace(tzinfo=dt.UTC).timestamp()) // _SECONDS
    totp = pyotp.TOTP(secret, interval=_SECONDS)
    for step in range(current - _WINDOW, current + _WINDOW + 1):
        if step > after and secrets.compare_digest(totp.generate_otp(step), digits):
            return step
    return None


def make_recovery_codes() -> list[str]:
    """Ten codes of 80 bits, each good once in place of the telephone."""
    return [
        "-".join(re.findall("....", base64.b32encode(secrets.token_bytes(10)).decode().lower())) for _ in range(_CODES)
    ]


def hash_recovery_code(code: str) -> str:
    """What the store keeps of a recovery code, however it is typed."""
    return hashlib.sha256(re.sub(r"[\s-]", "", code.casefold()).encode(errors="replace")).hexdigest()
