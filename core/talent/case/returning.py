"""What BKN would send a submission back for, each with its article and what mends it.

Sources: PP 11/2017 jo PP 17/2020 articles 107(1)c, 120, 127 and 132 [S, M]; what BKN found in submissions of a year: time in post,
no need of the organisation, qualification [M]; a file that came back because nine values were missing [M].
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.talent.eligibility.rules import ELIGIBLE, REVIEW, Gate
from core.talent.messages import N_
from core.talent.review import TalentReview
from core.talent.scoring.tenure import is_definitive
from core.talent.vocabulary import fold_text

_LAW, _PRACTICE = "PP 11/2017 jo PP 17/2020", "Praktik BKN [M]"
#: The gate that says that somebody moves on too soon.
_TIME_IN_POST = "tenure"
#: Gates of qualification.
_QUALIFICATION = frozenset({"education", "study_field"})


@dataclass(frozen=True)
class ReturnFault:
    """Something a submission would come back for.

    ``key`` names it with all it says, so that a reason written for it answers for nothing else; ``post`` is a key, ``nip`` empty
    where it is about no one person; ``about`` is the gate it rests on with its answer and detail, ``by_now`` whether by the data of
    now alone; ``message`` and ``remedy`` are templates filled from ``values``.
    """

    key: str
    post: str
    nip: str
    message: str
    article: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)
    about: tuple[Gate, int, str] | None = None
    by_now: bool = False


@dataclass(frozen=True, slots=True)
class Application:
    """A post of a submission: whom the committee named (NIP), all among whom it chose, how many had to stand for it at least, and which
    values that members gave are missing, as names by NIP.
    """

    post: str
    named: tuple[str, ...]
    stood: tuple[str, ...]
    least: int
    unscored: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another submission under way: its number, what it is called ("" where that is kept from whoever asks), its post and names (NIP)."""

    number: int
    name: str
    post: str
    nips: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """By which fact a post is vacant: who (a name) retired or left (``left``), was in it until a day (``ended``), or was inaugurated elsewhere
    (``moved``).
    """

    kind: str
    name: str
    day: pd.Timestamp | None = None


def _fault(
    post: str,
    nip: str,
    what: str,
    message: str,
    article: str,
    remedy: str,
    values: Mapping[str, object] | None = None,
    about: tuple[Gate, int, str] | None = None,
    by_now: bool = False,
) -> ReturnFault:
    values = values or {}
    # What another session is called differs by who asks; its number does not.
    values_said = sorted((name, str(value)) for name, value in values.items() if name != "session")
    said = (message, values_said, about and about[1:], by_now)
    key = f"{post}/{nip or '-'}/{what}/{hashlib.sha256(repr(said).encode()).hexdigest()[:16]}"
    return ReturnFault(key, post, nip, message, article, remedy, values, about, by_now)


def find_return_faults(
    review: TalentReview,
    current: TalentReview,
    applications: Sequence[Application],
    elsewhere: Sequence[Elsewhere],
) -> list[ReturnFault]:
    """Everything that is wrong with a submission, post by post.

    Parameters
    ----------
    review, current
        By which the committee judged, and of the data of now: by it a post is vacant, and people are in service.
    elsewhere
        The other submissions under way.
    """
    faults: list[ReturnFault] = []
    titles = {each.key: each.title for each in current.posts}
    for each in applications:
        faults += _check_need(current, each.post, elsewhere)
        faults += _check_counts(review, each)
        for nip in each.named:
            faults += _check_service(current, each.post, nip, elsewhere)
            faults += [
                _fault(
                    each.post,
                    nip,
                    "twice",
                    N_("is named for “{other}” as well; BKN decides on one (NIP, post) a person"),
                    _PRACTICE,
                    N_("name somebody else for one of the two posts"),
                    {"other": titles.get(other.post, other.post)},
                )
                for other in applications
                if other.post != each.post and nip in other.named
            ]
            faults += _check_gates(review, current, each.post, nip)
        faults += _check_values(review, each)
    return faults


def find_vacancy(current: TalentReview, post: str) -> Vacancy | None:
    """By which fact a post is vacant; None where no fact is known, or where several may be the last one.

    Whoever left service has no day in the facts: beside anybody else who was in the post nobody knows who was the last.
    """
    title = next((fold_text(each.title) for each in current.posts if each.key == post), "")
    people = current.people
    for each in current.unconfirmed:
        made, held = each.appointment, people["position_title"].get(each.appointment.nip)
        if each.why == "waits" and isinstance(held, str) and fold_text(held) == title:
            return Vacancy("moved", str(people["full_name"].get(made.nip, made.nip)), pd.Timestamp(made.day))
    gone = current.left["position_title"].dropna()
    gone = gone[gone.map(fold_text) == title]
    history = current.context.known("position_history")
    history = history[is_definitive(history) & (history["started_on"] <= pd.Timestamp(current.as_of))]
    history = history[history["title"].map(fold_text) == title]
    if len(gone) == 1 and history.empty:
        return Vacancy("left", str(current.left.at[gone.index[0], "full_name"]))
    if len(gone) or history.empty:
        return None
    last = history.sort_values("started_on").iloc[-1]
    nip, ended = str(last["nip"]), last["ended_on"]
    if pd.isna(ended) or ended > pd.Timestamp(current.as_of):
        return None
    return Vacancy("ended", str(people["full_name"].get(nip, nip)), pd.Timestamp(ended))


def _check_need(current: TalentReview, post: str, elsewhere: Sequence[Elsewhere]) -> list[ReturnFault]:
    """The need of the organisation: the post exists, is vacant by a fact, and is filled by nobody else's submission."""
    faults = [
        _fault(
            post,
            "",
            "post",
            N_("another submission for this post is under way: {session}"),
            _PRACTICE,
            N_("withdraw one of the two"),
            {"session": other.name, "number": other.number, "where": other.post},
        )
        for other in elsewhere
        if other.post == post
    ]
    if post not in [each.key for each in current.posts]:
        message = N_("the post is not among the posts of the regency any more")
        remedy = N_("enter the post with its legal basis, or withdraw the submission")
        return [*faults, _fault(post, "", "unknown", message, f"{_LAW} ps 107", remedy)]
    holder = current.holders.get(post)
    if holder is not None:
        message = N_("the post is not vacant: the data of now have {name} in it")
        remedy = N_("attach what makes it vacant (retirement, transfer, death), or import the data that show it")
        values = {"name": str(current.people["full_name"].get(holder, holder)), "nip": holder}
        faults.append(_fault(post, "", "held", message, f"{_LAW} ps 107, 132", remedy, values))
    elif find_vacancy(current, post) is None:
        message = N_("no fact in the data says since when and why the post is vacant")
        remedy = N_("write the fact (retirement, transfer, death) with its letter, or import it")
        faults.append(_fault(post, "", "vacancy", message, f"{_LAW} ps 107, 132", remedy))
    return faults


def _check_counts(review: TalentReview, asked: Application) -> list[ReturnFault]:
    faults, post = [], asked.post
    least = review.rule_book.find(review.post(post)).proposal
    if len(asked.named) < least:
        message, remedy = (
            N_("names: {count}; expected {least}"),
            N_("name more, or attach why there are no more who pass"),
        )
        values = {"count": len(asked.named), "least": least}
        faults.append(_fault(post, "", "names", message, f"{_LAW} ps 127(2)", remedy, values))
    if len(asked.stood) < asked.least:
        message = N_("candidates who stood for the post: {count}; expected at least {least}")
        remedy = N_("extend the call, or attach the extensions that were made")
        values = {"count": len(asked.stood), "least": asked.least}
        faults.append(_fault(post, "", "applicants", message, f"{_LAW} ps 120; {_PRACTICE}", remedy, values))
    return faults


def _check_service(current: TalentReview, post: str, nip: str, elsewhere: Sequence[Elsewhere]) -> list[ReturnFault]:
    """Whoever is named is in service, and in no other submission."""
    faults = [
        _fault(
            post,
            nip,
            "elsewhere",
            N_("stands in another submission under way: {session}"),
            _PRACTICE,
            N_("withdraw the name from one of the two"),
            {"session": other.name, "number": other.number, "where": other.post},
        )
        for other in elsewhere
        if nip in other.nips
    ]
    if nip not in current.people.index:
        message, remedy = N_("is not in active service by the data of now"), N_("name somebody else")
        faults.append(_fault(post, nip, "left", message, "UU 20/2023", remedy))
    return faults


def _check_gates(review: TalentReview, current: TalentReview, post: str, nip: str) -> list[ReturnFault]:
    """Gates that are not passed, by what the session judged by; and those that are not by the data of now alone."""
    judged = _list_answers(review, post, nip)
    faults = [_fault_of_gate(post, nip, gate, answer, detail) for gate, answer, detail in judged.values()]
    if post in [each.key for each in current.posts]:
        now = _list_answers(current, post, nip)
        faults += [
            _fault_of_gate(post, nip, gate, answer, detail, by_now=True)
            for key, (gate, answer, detail) in now.items()
            if key not in judged or judged[key][1] != answer
        ]
    return faults


def _list_answers(review: TalentReview, post: str, nip: str) -> dict[str, tuple[Gate, int, str]]:
    """The gates somebody does not pass, by key, with answer and detail; of cautions the time in post alone."""
    if nip not in review.people.index:
        return {}
    eligibility = review.eligibility_for(post)
    found = {}
    for gate in eligibility.gates:
        if gate.effect == "gate" or gate.function == _TIME_IN_POST:
            said = eligibility.answers[gate.key]
            answer = int(str(said.at[nip, "answer"]))
            if answer != ELIGIBLE:
                found[gate.key] = (gate, answer, str(said.at[nip, "detail"]))
    return found


def _fault_of_gate(post: str, nip: str, gate: Gate, answer: int, detail: str, *, by_now: bool = False) -> ReturnFault:
    said = _say_time(gate, detail) if gate.function == _TIME_IN_POST else _say_gate(gate, answer)
    article = f"{gate.article} [{gate.standing}]"
    return _fault(post, nip, f"gate-{gate.key}", said[0], article, said[1], about=(gate, answer, detail), by_now=by_now)


def _say_time(gate: Gate, detail: str) -> tuple[str, str]:
    """What is wrong with the time in the present post, and the remedy; ``detail`` is the years, or no number."""
    try:
        years = float(detail)
    except ValueError:
        years = float("nan")
    if np.isnan(years):
        return (
            N_("it is not known since when the present post is held"),
            N_("import the day, or attach the letter that says it"),
        )
    if years < gate.parameters["minimum_years"]:
        return (
            N_("has not been long enough in the present post: {found}"),
            N_("wait for the day, or attach the approval to move earlier"),
        )
    return N_("the evaluation after so many years in the post is due: {found}"), N_("attach the evaluation")


def _say_gate(gate: Gate, answer: int) -> tuple[str, str]:
    """What is wrong with a gate, and the remedy."""
    if answer == REVIEW:
        return (
            N_("a paper is missing for “{gate}”: {found}"),
            N_("bring the paper, enter it, and take the data over in a reopened session"),
        )
    remedy = N_("name somebody else, or mend the record at its source if it is wrong")
    if gate.function in _QUALIFICATION:
        return N_("does not have the qualification “{gate}”: {found}"), remedy
    return N_("does not pass “{gate}”: {found}"), remedy


def _check_values(review: TalentReview, asked: Application) -> list[ReturnFault]:
    """Every value of everybody who stood is there: a file came back because nine were missing."""
    rows = review.people.index.get_indexer(pd.Index(asked.stood))
    faults = []
    for nip, row in zip(asked.stood, rows, strict=True):
        empty = np.isnan(review.scores.value[row]) if row >= 0 else np.ones(len(review.rubric.criteria), dtype=bool)
        names: list[Mapping[str, str]] = [review.rubric.criteria[at].name for at in np.flatnonzero(empty)]
        names += [{"id": name, "en": name} for name in asked.unscored.get(nip, ())]
        if names:
            message = N_("missing values: {count} ({criteria})")
            remedy = N_("import or score what is missing, and take it over in a reopened session")
            values = {"count": len(names), "criteria": tuple(names)}
            faults.append(
                _fault(asked.post, nip, "values", message, "Keputusan Kepala BKN 411/2025 [M]", remedy, values)
            )
    return faults
