"""Frames as people read them: translated headers, numbers written in the session's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from core.imports.plan import ImportPlan, NameMatch
from core.locales import stamp
from core.reports.wording import fact_value, field_header, shown
from core.store.accounts import Account
from core.store.rubrics import KeptRubric
from core.talent.eligibility.rules import Eligibility
from core.talent.oversight.quality import Suspicion
from core.talent.review import TalentReview
from core.talent.scoring.score_table import ScoreTable
from core.ui.language import language, named, show_day, show_number, t
from core.ui.terms import answer_name, fact_name, level_name, scores_or_intervals


def ranked_table(ranked: pd.DataFrame) -> pd.DataFrame:
    """A ranking for screen and download."""
    return pd.DataFrame(
        {
            t("Rank"): ranked["rank"],
            t("Name"): ranked["name"],
            "NIP": ranked["nip"],
            t("Unit"): ranked["unit"],
            t("Score"): scores_or_intervals(ranked["score"], ranked["score_low"], ranked["score_high"]),
            t("Not separable from"): ranked["inseparable"],
            t("Box"): ranked["box"],
            t("Eligibility"): ranked["eligibility"].map(answer_name),
        }
    )


def fit_table(ranked: pd.DataFrame) -> pd.DataFrame:
    """Candidates of a post by fit, the best known first."""
    fields = {"same_family": t("of the family"), "general": t("general"), "other": t("other")}
    best = ranked.sort_values("fit", ascending=False, na_position="last", kind="stable")
    return pd.DataFrame(
        {
            t("Name"): best["name"],
            t("Fit"): scores_or_intervals(best["fit"], best["fit_low"], best["fit_high"]),
            t("Technical competence"): [
                "–" if pd.isna(value) else show_number(value, 2) for value in best["technical"]
            ],
            t("Field of study"): best["field_fit"].map(fields).fillna("–"),
            t("Years in the family"): [show_number(value, 1) for value in best["family_years"]],
            t("Eligibility"): best["eligibility"].map(answer_name),
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
            t("Box"): _boxes(people),
            t("Performance"): _axis(people, "performance"),
            t("Potential"): _axis(people, "potential"),
            t("Unit"): people["unit"],
        }
    )


def _boxes(people: pd.DataFrame) -> list[str]:
    """The box, or the one decided on with the computed one beside it."""
    computed = people["computed_box"] if "computed_box" in people else people["box"]
    return [
        (str(box) if box else "–") + ("" if box == was else f" ({t('computed: {box}', box=was or '–')})")
        for box, was in zip(people["box"], computed, strict=True)
    ]


def grid_workbook_table(people: pd.DataFrame) -> pd.DataFrame:
    """The people of the grid for a file: scores as numbers, nothing where not assessed."""
    computed = people["computed_box"] if "computed_box" in people else people["box"]
    return pd.DataFrame(
        {
            t("Name"): people["full_name"],
            "NIP": people.index,
            t("Unit"): people["unit"],
            t("Post"): people["position_title"],
            t("Level"): people["level"].map({level: level_name(level) for level in set(people["level"])}),
            t("Grade"): people["grade"],
            t("Box"): people["box"].astype("Int64").replace(0, pd.NA),
            t("Computed box"): computed.astype("Int64").replace(0, pd.NA),
            t("Performance"): people["performance"],
            t("Potential"): people["potential"],
            t("Talent value"): people["talent"],
            t("Eligibility"): people["eligibility"].map({answer: answer_name(answer) for answer in range(3)}),
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


def matches_table(matches: Sequence[NameMatch]) -> pd.DataFrame:
    """Rows without a NIP and the person each was taken for."""
    return pd.DataFrame(
        {
            t("Name in the file"): [match.name for match in matches],
            t("Unit or birth date in the file"): [match.place for match in matches],
            t("Taken for"): [match.known_name for match in matches],
            "NIP": [match.nip for match in matches],
            t("Unit"): [match.known_unit for match in matches],
            t("File"): [match.file for match in matches],
            t("Row"): [match.row for match in matches],
        }
    )


def history_table(history: pd.DataFrame) -> pd.DataFrame:
    """Attempts to import; times in western Indonesian time."""
    return pd.DataFrame(
        {
            t("When (WIB)"): [stamp(time) for time in history["attempted_at"]],
            t("Who"): history["username"],
            t("No."): history["batch_id"].astype("Int64"),
            t("Result"): [_result(row) for row in history.itertuples()],
            t("Reason"): history["reason"].fillna(""),
            t("Files"): history["files"],
        }
    )


def _result(attempt: Any) -> str:
    """How an attempt to import ended."""
    if attempt.faults:
        return t("refused, {count} faults", count=attempt.faults)
    if pd.isna(attempt.batch_id):
        return t("nothing new")
    if pd.notna(attempt.undoes):
        return t("undoes number {number}", number=int(attempt.undoes))
    words = t("{new} new, {changed} changed", new=int(attempt.new_facts), changed=int(attempt.changed_facts))
    return words if pd.isna(attempt.undone_by) else f"{words} ({t('undone')})"


def stock_table(counts: Mapping[str, int]) -> pd.DataFrame:
    """How many facts there are of each kind."""
    return pd.DataFrame({t("Fact"): [fact_name(kind) for kind in counts], t("Count"): list(counts.values())})


def worklist_table(work: pd.DataFrame, measures: Mapping[str, str]) -> pd.DataFrame:
    """What is missing of whom."""
    return pd.DataFrame(
        {
            t("Name"): work["name"],
            "NIP": work["nip"],
            t("Unit"): work["unit"],
            t("Missing"): work["measure"].map(measures),
            t("State"): [t("expired") if expired else t("not there") for expired in work["expired"]],
            t("Open points"): [show_number(points, 2) for points in work["open_points"]],
        }
    )


def conflicts_table(conflicts: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Facts that two sources tell differently."""
    words = language()

    def told(column: str) -> list[str]:
        return [
            fact_value(field, value, words) for field, value in zip(conflicts["column"], conflicts[column], strict=True)
        ]

    return pd.DataFrame(
        {
            t("Name"): people["full_name"].reindex(conflicts["nip"]).fillna("–").to_numpy(),
            "NIP": conflicts["nip"],
            t("Fact"): [
                f"{fact_name(kind)} {key}" for kind, key in zip(conflicts["kind"], conflicts["key"], strict=True)
            ],
            t("Column"): [
                field_header(kind, field) for kind, field in zip(conflicts["kind"], conflicts["column"], strict=True)
            ],
            t("Counts"): told("counts"),
            t("From"): conflicts["counts_from"],
            t("Otherwise"): told("other"),
            t("Told by"): conflicts["other_from"],
        }
    )


def suspicions_table(suspicions: Sequence[Suspicion], people: pd.DataFrame) -> pd.DataFrame:
    """Values that can hardly be right."""
    words = language()
    return pd.DataFrame(
        {
            t("Name"): [people["full_name"].get(one.nip, "–") for one in suspicions],
            "NIP": [one.nip for one in suspicions],
            t("Unit"): [people["unit"].get(one.nip, "–") for one in suspicions],
            t("What is hardly right"): [
                t(one.message, **{key: shown(value, words) for key, value in one.values.items()}) for one in suspicions
            ],
        }
    )


def official_table(both: pd.DataFrame) -> pd.DataFrame:
    """Official results beside ours, with what makes the difference."""
    axes = {
        "performance": t("performance"),
        "potential": t("potential"),
        "both": t("performance and potential"),
        "open": t("ours is not assessed"),
        "": "",
    }
    settings = {
        "rating_a": t("rating table A"),
        "rating_b": t("rating table B"),
        "rating_c": t("rating table C"),
        "mean": t("mean of the years"),
        "last": t("last year only"),
        "worst": t("worst year"),
    }

    def reason(row: Any) -> str:
        words = [axes[row.axis]] if row.axis else []
        if row.possible:
            words.append(t("among the boxes our missing records leave open"))
        same = [settings.get(name, name) for name in row.settings.split(", ") if name]
        if same:
            words.append(t("the same with: {settings}", settings=", ".join(same)))
        return "; ".join(words)

    def number(values: pd.Series) -> list[str]:
        return ["–" if pd.isna(value) else show_number(value, 2) for value in values]

    return pd.DataFrame(
        {
            t("Name"): both["name"],
            t("Ours"): [str(box) if box else "–" for box in both["box"]],
            "SIMATA": both["official_box"].astype(str),
            t("What makes the difference"): [reason(row) for row in both.itertuples()],
            t("Performance"): number(both["performance"]),
            t("Potential"): number(both["potential"]),
            "ProASN": [
                " / ".join(number(pd.Series([a, b, c])))
                for a, b, c in both[["managerial", "sociocultural", "potential_score"]].itertuples(index=False)
            ],
            t("Unit"): both["unit"],
        }
    )


def rubrics_table(known: Sequence[KeptRubric], in_force: str) -> pd.DataFrame:
    """The rubrics there are."""
    return pd.DataFrame(
        {
            t("Rubric"): [one.name for one in known],
            t("Key"): [f"{one.key}@{one.version}" for one in known],
            t("In force"): [one.digest == in_force for one in known],
            t("Shipped"): [one.shipped for one in known],
            t("Kept by"): [one.username for one in known],
            t("Note"): [one.note for one in known],
            t("Content hash"): [one.digest[:12] for one in known],
        }
    )


def differences_table(differences: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """What differs between two rubrics."""
    return pd.DataFrame(differences, columns=[t("Entry"), t("In force"), t("Other")])


def moved_table(review: TalentReview, other: ScoreTable) -> pd.DataFrame:
    """People whose box is another one under another rubric."""
    people, boxes = review.people, other.axes["box"]
    moved = people[people["box"] != boxes]
    return pd.DataFrame(
        {
            t("Name"): moved["full_name"],
            t("In force"): [str(box) if box else "–" for box in moved["box"]],
            t("Other"): [str(box) if box else "–" for box in boxes.loc[moved.index]],
            t("Unit"): moved["unit"],
        }
    )


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


def compared_table(review: TalentReview, figures: pd.DataFrame, eligibility: Eligibility) -> pd.DataFrame:
    """Figures of several people side by side (from ``side_by_side``), with box, gates and who they are."""
    nips = figures.columns
    people = review.people.loc[nips]
    names = {f"part:{part.key}": named(part.name) for part in review.rubric.parts}
    names |= {f"axis:{axis}": named(words) for axis, words in review.rubric.axes.items()}
    names["axis:talent"] = t("Talent value")
    rows: dict[str, list[str]] = {
        t("Post"): people["position_title"].fillna("–").astype(str).tolist(),
        t("Unit"): people["unit"].fillna("–").astype(str).tolist(),
        t("Box"): [str(box) if box else "–" for box in people["box"]],
        t("Eligibility"): [answer_name(int(eligibility.overall.at[nip])) for nip in nips],
    }
    for key, line in figures.iterrows():
        apart = line.max() - line.min() >= 3
        rows[names[str(key)]] = [
            "–"
            if pd.isna(value)
            else ("▲ " if apart and value == line.max() else "▼ " if apart and value == line.min() else "")
            + show_number(value, 2)
            for value in line
        ]
    return pd.DataFrame.from_dict(rows, orient="index", columns=people["full_name"].tolist())


def movement_table(moved: pd.DataFrame, before: str, after: str) -> pd.DataFrame:
    """People in another box (from ``movements``), with what moved them; ``before`` and ``after`` head their boxes."""
    kinds = {
        "rose": t("rose"),
        "fell": t("fell"),
        "moved": t("another box of equal standing"),
        "assessed": t("newly assessed"),
        "lost": t("no longer assessed"),
        "new": t("new"),
        "gone": t("gone"),
    }

    def boxes(values: pd.Series) -> list[str]:
        return ["–" if pd.isna(box) or box == 0 else str(box) for box in values]

    def changes(values: pd.Series) -> list[str]:
        return [
            "–" if pd.isna(value) else ("+" if value > 0 else "−" if value < 0 else "") + show_number(abs(value), 1)
            for value in values
        ]

    return pd.DataFrame(
        {
            t("Name"): moved["full_name"],
            t("Unit"): moved["unit"],
            before: boxes(moved["box_before"]),
            after: boxes(moved["box_after"]),
            t("What"): moved["kind"].map(kinds),
            t("Performance"): changes(moved["performance_change"]),
            t("Potential"): changes(moved["potential_change"]),
        }
    )
