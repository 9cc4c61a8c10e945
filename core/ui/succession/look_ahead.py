"""Ten years ahead, simulated: which posts stay uncovered, which families run dry, what training more people changes."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.charts.succession import outlook_map
from core.talent.review import TalentReview
from core.talent.succession.look_ahead import (
    FUTURES,
    YEARS,
    Forecast,
    SupplyModel,
    build_supply_model,
    count_uncovered_years,
    find_dry_families,
    forecast_supply,
    list_uncovered,
)
from core.ui.export import chart_with_files
from core.ui.language import show_number, t
from core.ui.links import choose_one
from core.ui.shared import shared_result
from core.ui.terms import family_name

_RATES, _TRAINED = ("0", "1", "2", "3", "5", "8"), ("0", "5", "10", "20")
_SEED = 2026


def ahead(current: TalentReview) -> None:
    """The choices, the outlook of posts and of families, and the assumptions."""
    families = list(dict.fromkeys(current.post_table["family"]))
    left, middle, right = st.columns([3, 3, 3], vertical_alignment="bottom")
    with left:
        rate = choose_one(
            st.segmented_control,
            t("Other departures a year"),
            _RATES,
            "rate",
            "3",
            required=True,
            format_func="{} %".format,
        )
    with middle:
        family = choose_one(
            st.selectbox,
            t("Train more people in"),
            families,
            "train_family",
            families[0],
            format_func=lambda key: family_name(current, key),
        )
    with right:
        count = choose_one(st.segmented_control, t("How many"), _TRAINED, "train", "0", required=True)
    base = _outlook(int(rate), family, 0, current)
    seen = _outlook(int(rate), family, int(count), current) if count != "0" else base
    titles = {post.key: post.title for post in current.posts}
    _told(current, base, seen, family, int(count))
    first = current.as_of.year
    posts = list_uncovered(seen)
    cells = pd.DataFrame(
        [
            {"name": titles[seen.posts[at]], "year": first + year + 1, "share": 100 * seen.uncovered[year, at]}
            for at in posts
            for year in range(YEARS)
        ]
    )
    title = t(
        "Share of {count} futures in which a post is uncovered at the end of a year, in percent",
        count=show_number(FUTURES),
    )
    text = {"year": t("Year"), "share": t("Share of futures in percent"), "name": t("Post")}
    rows = [titles[seen.posts[at]] for at in posts]
    chart_with_files("outlook", "mantel_proyeksi", outlook_map(cells, rows, text), cells, title)
    _families(current, seen, first, text)
    st.caption(
        t(
            "Assumptions: retirements are known; {rate} % of holders and of those ready leave each year for other reasons; a post that falls vacant "
            "is filled at the end of the year by the next ready person of its family, general posts by any family's; ready in 1–2 years counts after two, "
            "in 3–5 years after four, trained people after two. {count} futures, seed {seed}: the same figures every time.",
            rate=rate,
            count=show_number(FUTURES),
            seed=_SEED,
        )
    )


@shared_result(max_entries=32)
def _outlook(rate: int, family: str, more: int, current: TalentReview) -> Forecast:
    return forecast_supply(_supply_model(current), _SEED, rate=rate / 100, trained={family: more})


@shared_result(max_entries=4)
def _supply_model(current: TalentReview) -> SupplyModel:
    return build_supply_model(current)


def _told(current: TalentReview, base: Forecast, seen: Forecast, family: str, more: int) -> None:
    dry = find_dry_families(seen)
    if dry:
        names = "; ".join(f"{family_name(current, name)} ({current.as_of.year + year})" for name, year in dry)
        st.markdown(f"**{t('At times nobody is ready in most futures in: {names}', names=names)}**")
    else:
        st.markdown(f"**{t('No family runs dry in most futures.')}**")
    if more:
        model = _supply_model(current)
        before, after = (count_uncovered_years(model, forecast, family) for forecast in (base, seen))
        st.text(
            t(
                "{count} more people trained in {family}: its posts are uncovered {after} instead of {before} years of ten on average.",
                count=more,
                family=family_name(current, family),
                after=show_number(after, 2),
                before=show_number(before, 2),
            )
        )


def _families(current: TalentReview, seen: Forecast, first: int, text: dict[str, str]) -> None:
    cells = pd.DataFrame(
        [
            {"name": family_name(current, name), "year": first + year + 1, "share": 100 * seen.dry[year, at]}
            for at, name in enumerate(seen.families)
            for year in range(YEARS)
        ]
    )
    title = t("Share of futures in which nobody of a family is ready, in percent")
    rows = [family_name(current, name) for name in seen.families]
    chart_with_files("dry", "mantel_rumpun", outlook_map(cells, rows, text | {"name": t("Job family")}), cells, title)
