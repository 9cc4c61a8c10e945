"""Frames as people read them: translated headers, numbers written in the session's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from core.imports.plan import ImportPlan
from core.store.accounts import Account
from core.ui.language import language, show_day, show_number, t
from core.ui.words import answer_name, fact_name, scores_or_intervals


def ranked_table(ranked: pd.DataFrame) -> pd.DataFrame:
    """A ranking for screen and download."""
    return pd.DataFrame(
        {
            t("Rank"): ranked["rank"],
            t("Name"): ranked["name"],
            "NIP": ranked["nip"],
            t("Unit"): ranked["unit"],
            t("Score"): scores_or_intervals(ranked["score"], ranked["score_low"], ranked["score_high"]),
            t("Box"): ranked["box"],
            t("Eligibility"): ranked["eligibility"].map(answer_name),
        }
    )


def shortlist(ranked: pd.DataFrame, count: int = 3) -> str:
    """The first ranks in one line: ``1. Nama (93,61)``; ties at the last place are all named."""
    placed = ranked[ranked["rank"].notna()].iloc[: count + 5]
    placed = placed[placed["rank"] <= count]
    return "   ".join(
        f"{rank}. {name} ({show_number(score, 2)})"
        for rank, name, score in placed[["rank", "name", "score"]].itertuples(index=False)
    )


def people_table(people: pd.DataFrame) -> pd.DataFrame:
    """People with both axes and the box; an empty axis shows its interval."""
    return pd.DataFrame(
        {
            t("Name"): people["full_name"],
            t("Box"): [str(box) if box else "–" for box in people["box"]],
            t("Performance"): _axis(people, "performance"),
            t("Potential"): _axis(people, "potential"),
            t("Unit"): people["unit"],
        }
    )


def _axis(people: pd.DataFrame, axis: str) -> list[str]:
    return scores_or_intervals(people[axis], people[f"{axis}_low"], people[f"{axis}_high"])


def board_table(board: pd.DataFrame) -> pd.DataFrame:
    """Posts with incumbent, retirement, ready candidates and risk in words."""
    risks = {"high": t("high"), "medium": t("medium"), "low": t("low")}
    return pd.DataFrame(
        {
            t("Post"): board["title"],
            t("Incumbent"): board["incumbent"].fillna(t("– vacant –")),
            t("Retires on"): ["–" if pd.isna(day) else show_day(day) for day in board["retires_on"]],
            t("Ready now"): board["ready_now"],
            t("Risk"): board["risk"].map(risks),
            t("Unit"): board["unit"],
        }
    )


def plan_table(plan: ImportPlan) -> pd.DataFrame:
    """What an import would do, by file and kind of fact."""
    return pd.DataFrame(
        [
            {
                t("File"): plan.reading.files[number].name,
                t("Layout"): plan.reading.layout_names(number, language()),
                t("Fact"): fact_name(kind),
                t("new"): counter["new"],
                t("changed"): counter["changed"],
                t("unchanged"): counter["unchanged"],
            }
            for (number, kind), counter in sorted(plan.counts.items())
        ]
    )


def history_table(history: pd.DataFrame) -> pd.DataFrame:
    """Attempts to import; times in western Indonesian time."""
    when = pd.to_datetime(history["attempted_at"]).dt.tz_localize("UTC").dt.tz_convert("Asia/Jakarta")
    return pd.DataFrame(
        {
            t("When (WIB)"): when.dt.strftime("%d-%m-%Y %H:%M"),
            t("Who"): history["username"],
            t("Result"): [
                t("refused, {count} faults", count=faults)
                if pd.isna(batch)
                else t("{new} new, {changed} changed", new=int(new), changed=int(changed))
                for faults, batch, new, changed in history[
                    ["faults", "batch_id", "new_facts", "changed_facts"]
                ].itertuples(index=False)
            ],
            t("Files"): history["files"],
        }
    )


def stock_table(counts: Mapping[str, int]) -> pd.DataFrame:
    """How many facts there are of each kind."""
    return pd.DataFrame({t("Fact"): [fact_name(kind) for kind in counts], t("Count"): list(counts.values())})


def accounts_table(users: Sequence[Account]) -> pd.DataFrame:
    """Users, their roles and whether they may sign in."""
    return pd.DataFrame(
        {
            t("User name"): [user.username for user in users],
            t("Full name"): [user.full_name for user in users],
            t("Role"): [t(user.role) for user in users],
            t("Active"): [user.active for user in users],
        }
    )
