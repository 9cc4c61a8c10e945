"""Sign-ins as a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from core.locales import stamp
from core.store.sign_ins import SignInRecord, hash_token
from core.ui.language import t

_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def describe_browser(text: str) -> str:
    """What a browser says of itself, in two words; the text itself, cut, where it is none that is known."""
    browser = next((name for mark, name in _BROWSERS.items() if re.search(rf"{mark}\w*/", text)), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in text), "")
    return " · ".join(filter(None, (browser, system))) or text[:40] or "–"


def sign_ins_table(records: Sequence[SignInRecord], token: str, *, named: bool = False) -> pd.DataFrame:
    """Where somebody is signed in: since when, last used, from which address, by which browser.

    Parameters
    ----------
    token
        The token of whoever looks, marked as "here".
    named
        Whether the records are several people's.
    """
    here = hash_token(token)
    columns = {
        t("User name"): [record.username for record in records],
        t("Since (WIB)"): [stamp(record.opened_at) for record in records],
        t("Last used (WIB)"): [stamp(record.last_seen_at) for record in records],
        t("Address"): [record.address or "–" for record in records],
        t("Browser"): [describe_browser(record.browser) for record in records],
        t("Here"): [t("yes") if record.id == here else "" for record in records],
    }
    if not named:
        del columns[t("User name")]
    return pd.DataFrame(columns)
