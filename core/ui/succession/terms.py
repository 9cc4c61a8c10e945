"""Terms of succession in words."""

from __future__ import annotations

from core.ui.language import t


def class_name(key: str) -> str:
    """A class of readiness in words."""
    return {
        "now": t("ready now"),
        "soon": t("ready in 1–2 years"),
        "later": t("ready in 3–5 years"),
        "not": t("not ready"),
    }[key]
