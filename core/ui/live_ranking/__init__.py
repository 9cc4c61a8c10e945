"""The live ranking: a weight panel whose order changes while the thumb moves.

A Streamlit component without a build step. The browser ranks with the twin of
``core.talent.ranking`` and hands the weights back on release, as whole tenths of a percent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

_FOLDER = Path(__file__).parent
RANKING_JS = (_FOLDER / "ranking.js").read_text(encoding="utf-8")
_PANEL_JS = (_FOLDER / "panel.js").read_text(encoding="utf-8")

#: One colour a criterion, the same on every page; Okabe and Ito's palette, safe for colour-blind
#: eyes, with its light yellow darkened to stand out on white.
PART_COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C7A00", "#666666")

_component = st.components.v2.component(
    "mantel.live_ranking",
    html=(_FOLDER / "live_ranking.html").read_text(encoding="utf-8"),
    css=(_FOLDER / "live_ranking.css").read_text(encoding="utf-8"),
    js=f"{RANKING_JS}\n{_PANEL_JS}",
)


@dataclass(frozen=True)
class RankingRows:
    """What the panel shows: one entry a candidate, in the order in which ties stay.

    ``value``, ``low``, ``high`` are candidates x parts; ``reasons`` say in words why somebody is
    not plainly eligible.
    """

    names: Sequence[str]
    units: Sequence[str]
    reasons: Sequence[str]
    eligibility: np.ndarray
    box: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray


def payload(rows: RankingRows) -> dict[str, object]:
    """The rows as Arrow frames, with texts that repeat sent once."""
    unit_codes, units = pd.factorize(pd.Series(rows.units, dtype=object).fillna(""))
    reason_codes, reasons = pd.factorize(pd.Series(rows.reasons, dtype=object))
    frame = pd.DataFrame(
        {
            "name": list(rows.names),
            "eligibility": rows.eligibility.astype("int8"),
            "box": rows.box.astype("int8"),
            "unit": unit_codes.astype("int32"),
            "reason": reason_codes.astype("int32"),
            **{f"part{k}": rows.value[:, k] for k in range(rows.value.shape[1])},
        }
    )
    # Only people with a missing part have an open interval; the others need none.
    incomplete = np.flatnonzero(np.isnan(rows.value).any(axis=1))
    bounds = pd.DataFrame(
        {
            "row": incomplete.astype("int32"),
            **{f"low{k}": rows.low[incomplete, k].astype("float32") for k in range(rows.low.shape[1])},
            **{f"high{k}": rows.high[incomplete, k].astype("float32") for k in range(rows.high.shape[1])},
        }
    )
    return {"rows": frame, "open": bounds, "units": list(units), "reasons": list(reasons)}


def live_ranking(
    rows: dict[str, object],
    *,
    key: str,
    token: str,
    parts: Sequence[tuple[str, str]],
    official: Sequence[float],
    weights: Sequence[int] | None,
    rule: str,
    text: dict[str, object],
    decimal_comma: bool,
    readonly: bool,
    on_release: Callable[[], None],
) -> tuple[list[int] | None, int | None]:
    """Show the panel; return the weights last let go of (tenths of a percent; None for official)
    and the row (from 0) whose name was clicked just now.

    Parameters
    ----------
    rows
        From ``payload``.
    token
        Names the data shown; a new one makes the panel start anew.
    parts
        Key and shown name of each criterion.
    weights
        Weights to start from, e.g. of a link.
    """
    meta = {
        "token": token,
        "revision": f"{token}:{weights}",
        "parts": [
            {"key": part, "name": name, "color": color} for (part, name), color in zip(parts, PART_COLORS, strict=False)
        ],
        "official": list(official),
        "weights": list(weights) if weights is not None else None,
        "rule": rule,
        "text": text,
        "units": rows["units"],
        "reasons": rows["reasons"],
        "comma": decimal_comma,
        "readonly": readonly,
    }
    data = {"rows": rows["rows"], "open": rows["open"], "meta": meta}
    result = _component(
        key=key, data=data, default={"weights": weights}, on_weights_change=on_release, on_opened_change=on_release
    )
    return result.weights, result.opened
