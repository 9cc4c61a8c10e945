"""The live ranking: a weight panel whose order changes while the thumb moves.

A Streamlit component without a build step. The browser ranks with the twin of
``core.talent.ranking.order`` and hands the weights back on release, as whole tenths of a percent.

- ``panel.js``: the actions: what a release, a lock, a pin or a step back does to the state, and when Python hears of it
- ``state.js``: what the panel knows, and what follows from it
- ``controls.js``: the weights: sliders, fields, locks, the bar; a click here calls an action
- ``list.js``, ``row.js``, ``tip.js``, ``pins.js``: the ranked names, one of them, the tip over it, the watched ones
- ``map.js``: two weights at once, as a map with the region where the first three stay
- ``ranking.js``: the twin of ``core.talent.ranking.order``
- ``robustness.js``: what Python says of the order
- ``format.js``, ``dom.js``: numbers and sentences; elements
- ``join``, ``rows``, ``text``: the script for Streamlit, the rows, the words
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from core.talent.ranking.influence import Influence
from core.ui.ranking.panel.join import join_scripts

_FOLDER = Path(__file__).parent
PANEL_HTML = (_FOLDER / "panel.html").read_text(encoding="utf-8")
PANEL_CSS = (_FOLDER / "panel.css").read_text(encoding="utf-8")

#: One colour a criterion, the same on every page; Okabe and Ito's palette, safe for colour-blind
#: eyes, with its light yellow darkened to stand out on white.
CRITERION_COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C7A00", "#666666")
#: What is written on each, with a contrast of 4.5 or more.
CRITERION_INKS = ("#fff", "#000", "#000", "#000", "#000", "#000", "#000", "#fff")

_panel = st.components.v2.component("mantel.ranking_panel", html=PANEL_HTML, css=PANEL_CSS, js=join_scripts("panel"))
_robustness = st.components.v2.component("mantel.robustness", js=join_scripts("robustness"))


@dataclass(frozen=True)
class RankingRows:
    """What the panel shows: one entry a candidate, in the order in which ties stay.

    ``value``, ``low``, ``high`` are candidates x criteria, ``measures`` candidates x all measures of the
    rubric in order; ``possible`` are boxes as of ``mask_possible_boxes``; ``reasons`` say in words why somebody is not plainly eligible, of who is why they cannot take the post now.
    """

    names: Sequence[str]
    units: Sequence[str]
    reasons: Sequence[str]
    eligibility: np.ndarray
    box: np.ndarray
    possible: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    measures: np.ndarray


@dataclass(frozen=True)
class Release:
    """What somebody last let go of, as the browser says: tenths of a percent a criterion, None for the official weights, and the locks."""

    tenths: list[Any] | None
    locked: tuple[bool, ...]


def _coded(columns: Mapping[str, np.ndarray]) -> tuple[dict[str, np.ndarray], pd.DataFrame, dict[str, int]]:
    """Columns as codes into one list of values, to the last bit: scores have few different values."""
    codes, values, offsets, start = {}, [], {}, 0
    for key, column in columns.items():
        different, code = np.unique(column, return_inverse=True)
        codes[key] = code.astype(np.min_scalar_type(max(len(different) - 1, 0)))
        values.append(different)
        offsets[key] = start
        start += len(different)
    return codes, pd.DataFrame({"value": np.concatenate(values)}), offsets


def _in_words(texts: Mapping[str, Sequence[str]]) -> tuple[dict[str, pa.Array], pa.Table]:
    """Texts as lists of codes into one list of words: names and reasons are made of the same few again and again."""
    split = {key: [text.split(" ") for text in column] for key, column in texts.items()}
    codes, words = pd.factorize(pd.Series([word for column in split.values() for text in column for word in text]))
    codes = codes.astype(np.min_scalar_type(max(len(words) - 1, 0)))
    columns, start = {}, 0
    for key, column in split.items():
        ends = np.cumsum([0, *map(len, column)], dtype=np.int32)
        columns[key] = pa.ListArray.from_arrays(pa.array(ends), pa.array(codes[start : start + ends[-1]]))
        start += ends[-1]
    return columns, pa.table({"text": pa.array(list(words), pa.string())})


def build_payload(rows: RankingRows) -> dict[str, object]:
    """The rows as Arrow frames, with what repeats sent once."""
    unit_codes, units = pd.factorize(pd.Series(rows.units, dtype=object).fillna(""))
    reason_codes, reasons = pd.factorize(pd.Series(rows.reasons, dtype=object))
    criteria = {f"criterion{k}": rows.value[:, k] for k in range(rows.value.shape[1])}
    measures = {f"measure{k}": rows.measures[:, k] for k in range(rows.measures.shape[1])}
    codes, values, offsets = _coded(criteria | measures)
    frame = pd.DataFrame(
        {
            "eligibility": rows.eligibility.astype("int8"),
            "box": rows.box.astype("int8"),
            "possible": rows.possible.astype("int16"),
            "unit": unit_codes.astype(np.min_scalar_type(len(units))),
            "reason": reason_codes.astype(np.min_scalar_type(len(reasons))),
            **codes,
        }
    )
    # Only a missing criterion has an open interval; the others need none.
    row, criterion = np.nonzero(np.isnan(rows.value))
    bounds = pd.DataFrame(
        {
            "row": row.astype(np.min_scalar_type(max(len(rows.value) - 1, 0))),
            "criterion": criterion.astype("uint8"),
            "low": rows.low[row, criterion].astype("float32"),
            "high": rows.high[row, criterion].astype("float32"),
        }
    )
    # Arrow from here on: Streamlit would convert frames again at each release.
    frames = {"rows": frame, "values": values, "open": bounds}
    tables = {name: pa.Table.from_pandas(made, preserve_index=False) for name, made in frames.items()}
    texts, words = _in_words({"names": rows.names, "units": list(units), "reasons": list(reasons)})
    tables |= {name: pa.table({"text": column}) for name, column in texts.items()}
    return {"frames": {**tables, "words": words}, "meta": {"offsets": offsets}}


def read_release(key: str, start_id: str, start: Release) -> Release:
    """What the panel of this key last let go of, if it started from this very start; else where it starts."""
    state = st.session_state.get(key)
    release = state.get("weights") if state else None
    # What a browser sends may be anything; whether they are weights is the caller's to check.
    if not isinstance(release, Mapping) or release.get("start_id") != start_id:
        return start
    tenths, locked = release.get("tenths"), release.get("locked")
    return Release(
        tenths if isinstance(tenths, list) else None, tuple(map(bool, locked)) if isinstance(locked, list) else ()
    )


def live_ranking(
    rows: Mapping[str, Any],
    *,
    key: str,
    cache_key: str,
    criteria: Sequence[Mapping[str, Any]],
    official: Sequence[float],
    weights: Sequence[int] | None,
    locked: Sequence[bool],
    start_id: str,
    rule: str,
    text: Mapping[str, object],
    decimal_comma: bool,
    readonly: bool,
) -> int | None:
    """Show the panel; return the row (from 0) whose name was clicked just now.

    Parameters
    ----------
    rows
        From ``build_payload``.
    cache_key
        Names the data shown; a new one makes the panel start anew.
    criteria
        Key, name and measures (name, share) of each criterion.
    weights, locked, start_id
        Weights and locks to start from, e.g. of a link or a scenario, and a name for this start: the panel
        takes them over when the name is a new one. What is let go of is read by ``read_release``.
    """
    column = iter(range(10_000))
    meta = {
        **rows["meta"],
        "cache_key": cache_key,
        "start_id": start_id,
        "criteria": [
            {
                "key": criterion["key"],
                "name": criterion["name"],
                "color": color,
                "ink": ink,
                "column": f"criterion{k}",
                "measures": [{**measure, "column": f"measure{next(column)}"} for measure in criterion["measures"]],
            }
            for k, (criterion, color, ink) in enumerate(zip(criteria, CRITERION_COLORS, CRITERION_INKS, strict=False))
        ],
        "official": list(official),
        "weights": list(weights) if weights is not None else None,
        "locked": list(locked),
        "rule": rule,
        "text": dict(text),
        "comma": decimal_comma,
        "readonly": readonly,
    }
    result = _panel(
        key=key,
        data={**rows["frames"], "meta": meta},
        default={"weights": None},
        on_weights_change=_heard,
        on_opened_change=_heard,
    )
    return result.opened


def _heard() -> None:
    """Streamlit tells of a change only where somebody listens."""


def tell_robustness(
    key: str,
    cache_key: str,
    weights: Iterable[float],
    first: np.ndarray,
    three: np.ndarray,
    intervals: Sequence[tuple[float, float]],
    influence: Influence,
    verdict: Sequence[str],
) -> None:
    """Hand the panel of a cache key how robust the order under some weights (shares) is.

    ``first`` and ``three`` are the shares of random weightings that put each row first and within
    the first three; ``intervals`` the weights of each criterion for which the first three stay; ``influence``
    what each criterion decides; ``verdict`` the same in words: in bold, plainly, and what calls for a second look.
    """
    rows = np.flatnonzero(three > 0)
    shares = pa.table(
        {
            "row": rows.astype("int32"),
            "first": first[rows].astype("float32"),
            "three": three[rows].astype("float32"),
        }
    )
    meta = {
        "cache_key": cache_key,
        "weights": list(weights),
        "intervals": [list(pair) for pair in intervals],
        "influence": {"rank": influence.of_rank.tolist(), "first": influence.of_first.tolist()},
        "by_group": influence.by_group,
        "pairs": influence.pairs,
        "verdict": list(verdict),
    }
    _robustness(key=key, data={"shares": shares, "meta": meta})
