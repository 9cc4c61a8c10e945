"""How long people have held posts: by family, by level; overlapping periods count once."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from core.talent.context import Context
from core.talent.employee import DAYS_A_YEAR, derive_level
from core.talent.job_family import assign_unit_families
from core.talent.messages import N_


def list_service_periods(context: Context) -> pd.DataFrame:
    """Every period in a post up to the reference date, from the history and the present post.

    Columns: nip, id (of the history's fact; NA for the present post out of SIASN), title, unit,
    holding, family, level, started_on, ended_on. A period without an end lasts until the
    reference date.
    """
    return context.once("periods", lambda: _service_periods(context))


def _service_periods(context: Context) -> pd.DataFrame:
    history = context.known("position_history")
    people = context.people
    present = pd.DataFrame(
        {
            "nip": people.index,
            "title": people["position_title"].to_numpy(),
            "unit": people["unit"].to_numpy(),
            "echelon": people["echelon"].to_numpy(),
            "holding": "definitive",
            "started_on": people["position_since"].to_numpy(),
            "ended_on": pd.NaT,
        }
    )
    columns = ["nip", "title", "unit", "echelon", "holding", "started_on", "ended_on"]
    ids = ["id"] if "id" in history.columns else []
    periods = pd.concat([history[columns + ids], present], ignore_index=True)
    periods = periods[periods["started_on"].notna() & (periods["started_on"] <= context.as_of)]
    ended = periods["ended_on"].fillna(context.as_of)
    ended = ended.where(ended <= context.as_of, context.as_of)
    pairs = periods[["echelon", "title"]].astype(object).where(periods[["echelon", "title"]].notna(), "")
    codes, distinct = pd.factorize(pd.MultiIndex.from_frame(pairs))
    levels = [derive_level(echelon or None, title) for echelon, title in distinct]
    return periods.assign(
        ended_on=ended,
        family=assign_unit_families(periods["unit"], context.families).astype(object),
        level=[levels[code] for code in codes],
    )


def is_definitive(posts: pd.DataFrame) -> pd.Series:
    """Whether each post is held definitively; one without a word on it is, acting ones (Plt, Plh) are not."""
    return posts["holding"].fillna("definitive") == "definitive"


def has_history(context: Context) -> pd.Series:
    """Whether anything of a person's position history has been imported."""

    def compute() -> pd.Series:
        recorded = pd.Index(context.facts["position_history"]["nip"].unique())
        return pd.Series(recorded.get_indexer(context.nips) >= 0, index=context.nips)

    return context.once("with history", compute)


def count_years(periods: pd.DataFrame, nips: pd.Index) -> pd.Series:
    """Years covered by each person's periods; days that several cover count once; 0 without any."""
    if periods.empty:
        return pd.Series(0.0, index=nips)
    ordered = periods[["nip", "started_on", "ended_on"]].sort_values(["nip", "started_on"])
    start = ordered["started_on"].to_numpy("datetime64[D]").astype("int64")
    end = ordered["ended_on"].to_numpy("datetime64[D]").astype("int64")
    covered = pd.Series(end, index=ordered.index).groupby(ordered["nip"]).cummax().groupby(ordered["nip"]).shift()
    begin = pd.Series(start, index=ordered.index).clip(lower=covered.fillna(-(10**9)))
    days = (pd.Series(end, index=ordered.index) - begin).clip(lower=0)
    return (days.groupby(ordered["nip"]).sum() / DAYS_A_YEAR).reindex(nips).fillna(0.0)


def tabulate_years_by_family(context: Context, only_definitive: bool = False) -> pd.DataFrame:
    """Years of service of everyone in each family, and in ``any``; without acting assignments where so wanted."""

    def compute() -> pd.DataFrame:
        periods = list_service_periods(context)
        if only_definitive:
            periods = periods[is_definitive(periods)]
        # One pass: somebody's periods in a family are those of one holder.
        holder = periods["nip"].astype(object) + " " + periods["family"].fillna("").astype(object)
        held = count_years(periods.assign(nip=holder), pd.Index(holder.unique()))
        nip, family = held.index.str[:18], held.index.str[19:]
        table = pd.Series(held.to_numpy(), index=[nip, family]).unstack(fill_value=0)
        return table.reindex(
            index=context.nips, columns=[family.key for family in context.families], fill_value=0.0
        ).assign(any=count_years(periods, context.nips))

    return context.once(f"years by family{' definitive' if only_definitive else ''}", compute)


def count_years_held(context: Context, family: pd.Series | str) -> tuple[pd.Series, pd.DataFrame]:
    """Years of service in a job family, everyone's own or one for all, and the periods that count."""
    periods = list_service_periods(context)
    wanted = periods["nip"].map(family) if isinstance(family, pd.Series) else family
    fitting = periods[periods["family"] == wanted]
    return count_years(fitting, context.nips), fitting


def write_periods_step(
    context: Context,
    message: str,
    periods: pd.DataFrame,
    years: pd.Series,
    score: float | None = None,
    values: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Periods out of the history are facts of it; the present post rests on the SIASN row."""
    if context.trace is None:
        return
    present = periods["id"].isna() if "id" in periods.columns else pd.Series(True, index=periods.index)
    columns = ("started_on", "ended_on", "title", "unit", "holding")
    context.step(
        message,
        "position_history",
        periods[~present],
        columns,
        score=score,
        **{**values, "years": float(years.iloc[0])},
    )
    if present.any():
        here = context.facts["employee"].iloc[:1]
        context.step(N_("the present post"), "employee", here, ("position_since", "position_title", "unit", "echelon"))
