"""Users as a table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from core.store.accounts import Account
from core.ui.language import t
from core.ui.terms import role_name


def accounts_table(users: Sequence[Account]) -> pd.DataFrame:
    """Users, their roles and whether they may sign in."""
    return pd.DataFrame(
        {
            t("User name"): [user.username for user in users],
            t("Full name"): [user.full_name for user in users],
            t("Role"): [role_name(user.role) for user in users],
            t("Active"): [user.active for user in users],
        }
    )
