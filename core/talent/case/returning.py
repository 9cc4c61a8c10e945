"""What BKN would send a submission back for, each with its article and what mends it.

Sources: PP 11/2017 jo PP 17/2020 articles 107(1)c, 127 and 132 [S, M]; what BKN found in submissions of a year: time in post,
no need of the organisation, qualification [M]; a file that came back because nine values were missing [M].
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.talent.eligibility.rules import ELIGIBLE, REVIEW, Gate
from core.talent.messages import N_
from core.talent.posts import Post
from core.talent.review import TalentReview

#: Fewest names that are proposed, and fewest applicants among whom they were chosen.
NAMES, APPLICANTS = 3, 4
_LAW, _PRACTICE = "PP 11/2017 jo PP 17/2020", "Praktik BKN [M]"
#: The gate that says that somebody moves on too soon.
_TIME_IN_POST = "tenure"
#: Gates of qualification.
_QUALIFICATION = frozenset({"education", "study_field"})


@dataclass(frozen=True)
class ReturnFault:
    """Something a submission would come back for.

    ``key`` names it for the reason that is written; ``post`` is a key, ``nip`` empty where it is about no one person; ``about``
    is the gate it rests on with its answer and detail; ``message`` and ``remedy`` are templates filled from ``values``.
    """

    key: str
    post: str
    nip: str
    message: str
    article: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)
    about: tuple[Gate, int, str] | None = None


def find_return_faults(
    review: TalentReview,
    now: TalentReview,
    posts: Mapping[str, Sequence[str]],
    candidates: Mapping[str, Sequence[str]],
    elsewhere: Mapping[str, Collection[str]],
) -> list[ReturnFault]:
    """Everything that is wrong with a submission, post by post.

    Parameters
    ----------
    review
        By which the committee judged.
    now
        Of the data of now: by it a post is vacant, and people are in service.
    posts
        Whom the committee named (NIP) for each post (key).
    candidates
        Everybody among whom it chose, by post.
    elsewhere
        The names of other submissions under way in which somebody (NIP) stands.
    """
    faults: list[ReturnFault] = []
    titles = {each.key: each.title for each in now.posts}
    for post, named in posts.items():
        faults += _check_need(now, post)
        faults += _check_counts(post, named, candidates.get(post, ()))
        for nip in named:
            faults += _check_person(review, now, post, nip, elsewhere)
            faults += [
                ReturnFault(
                    f"{post}/{nip}/twice/{other}",
                    post,
                    nip,
                    N_("is proposed for “{other}” as well; BKN decides on one (NIP, post) a person"),
                    _PRACTICE,
                    N_("name somebody else for one of the two posts"),
                    {"other": titles.get(other, other)},
                )
                for other in posts
                if other != post and nip in posts[other]
            ]
        faults += _check_values(review, post, candidates.get(post, ()))
    return faults


def _check_need(now: TalentReview, post: str) -> list[ReturnFault]:
    """The need of the organisation: the post exists, and is vacant."""
    known: Post | None = next((each for each in now.posts if each.key == post), None)
    if known is None:
        return [
            ReturnFault(
                f"{post}/unknown",
                post,
                "",
                N_("the post is not among the posts of the regency any more"),
                f"{_LAW} ps 107",
                N_("enter the post with its legal basis, or withdraw the submission"),
            )
        ]
    holder = now.holders.get(post)
    if holder is None:
        return []
    return [
        ReturnFault(
            f"{post}/held",
            post,
            "",
            N_("the post is not vacant: the data of now have {name} in it"),
            f"{_LAW} ps 107, 132",
            N_("attach what makes it vacant (retirement, transfer, death), or import the data that show it"),
            {"name": str(now.people["full_name"].get(holder, holder))},
        )
    ]


def _check_counts(post: str, named: Sequence[str], candidates: Sequence[str]) -> list[ReturnFault]:
    faults = []
    if len(named) < NAMES:
        faults.append(
            ReturnFault(
                f"{post}/names",
                post,
                "",
                N_("{count} names are proposed; expected {least}"),
                f"{_LAW} ps 127(2)",
                N_("name more, or attach why there are no more who pass"),
                {"count": len(named), "least": NAMES},
            )
        )
    if len(candidates) < APPLICANTS:
        faults.append(
            ReturnFault(
                f"{post}/applicants",
                post,
                "",
                N_("{count} stood for the post; expected at least {least}"),
                f"{_LAW} ps 120; {_PRACTICE}",
                N_("extend the call, or attach the extensions that were made"),
                {"count": len(candidates), "least": APPLICANTS},
            )
        )
    return faults


def _check_person(
    review: TalentReview, now: TalentReview, post: str, nip: str, elsewhere: Mapping[str, Collection[str]]
) -> list[ReturnFault]:
    """Who is proposed: in service, in no other submission, passing every gate, long enough in post."""
    faults = []
    if nip not in now.people.index:
        faults.append(
            ReturnFault(
                f"{post}/{nip}/left",
                post,
                nip,
                N_("is not in active service by the data of now"),
                "UU 20/2023",
                N_("name somebody else"),
            )
        )
    faults += [
        ReturnFault(
            f"{post}/{nip}/elsewhere/{other}",
            post,
            nip,
            N_("stands in another submission under way: {other}"),
            _PRACTICE,
            N_("withdraw the name from one of the two"),
            {"other": other},
        )
        for other in sorted(elsewhere.get(nip, ()))
    ]
    eligibility = review.eligibility_for(post)
    for gate in eligibility.gates:
        if gate.effect != "gate" and gate.function != _TIME_IN_POST:
            continue
        said = eligibility.answers[gate.key]
        answer, detail = int(str(said.at[nip, "answer"])), str(said.at[nip, "detail"])
        if answer == ELIGIBLE:
            continue
        faults.append(
            ReturnFault(
                f"{post}/{nip}/gate/{gate.key}",
                post,
                nip,
                _say_gate(gate, answer),
                f"{gate.article} [{gate.standing}]",
                _remedy(gate, answer),
                about=(gate, answer, detail),
            )
        )
    return faults


def _say_gate(gate: Gate, answer: int) -> str:
    if gate.function == _TIME_IN_POST:
        return N_("has not been long enough in the present post: {found}")
    if answer == REVIEW:
        return N_("a paper is missing for “{gate}”: {found}")
    if gate.function in _QUALIFICATION:
        return N_("does not have the qualification “{gate}”: {found}")
    return N_("does not pass “{gate}”: {found}")


def _remedy(gate: Gate, answer: int) -> str:
    if gate.function == _TIME_IN_POST:
        return N_("wait for the day, or attach the approval to move earlier")
    if answer == REVIEW:
        return N_("bring the paper, enter it, and take the data over in a reopened session")
    return N_("name somebody else, or mend the record at its source if it is wrong")


def _check_values(review: TalentReview, post: str, candidates: Sequence[str]) -> list[ReturnFault]:
    """Every component value of every candidate is there: a file came back because nine were missing."""
    rows = review.people.index.get_indexer(pd.Index(candidates))
    known = [nip for nip, row in zip(candidates, rows, strict=True) if row >= 0]
    empty = np.isnan(review.scores.value[rows[rows >= 0]])
    criteria = review.rubric.criterion_keys
    return [
        ReturnFault(
            f"{post}/{nip}/values/{'+'.join(str(criteria[at]) for at in np.flatnonzero(empty[row]))}",
            post,
            nip,
            N_("{count} values are missing: {criteria}"),
            "Keputusan Kepala BKN 411/2025 [M]",
            N_("import the records that are missing, and take the data over in a reopened session"),
            {
                "count": int(empty[row].sum()),
                "criteria": tuple(review.rubric.criteria[at].name for at in np.flatnonzero(empty[row])),
            },
        )
        for row, nip in enumerate(known)
        if empty[row].any()
    ]
