"""Entries of the trail as a table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.locales import stamp
from core.trail.entry import Entry
from core.ui.language import t
from core.ui.terms import role_name
from core.ui.trail.event_names import event_name


def entries_table(entries: Sequence[Entry]) -> pd.DataFrame:
    """Number, time, who, from where, what, to whom, and what was before and after; texts from data stay plain."""
    return pd.DataFrame(
        {
            t("Number"): [entry.number for entry in entries],
            t("Time (WIB)"): [stamp(entry.happened_at) for entry in entries],
            t("User name"): [entry.username for entry in entries],
            t("Role"): [role_name(entry.role) if entry.role else "–" for entry in entries],
            t("What"): [event_name(entry.event) for entry in entries],
            t("Subject"): [entry.subject for entry in entries],
            t("Detail"): [entry.detail for entry in entries],
            t("Before"): [entry.before for entry in entries],
            t("After"): [entry.after for entry in entries],
            t("Address"): [entry.address for entry in entries],
            t("Sign-in"): [entry.session for entry in entries],
        }
    )
