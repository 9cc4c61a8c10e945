"""How firm an order is, in words: changes of weights, proofs, the alarm."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.locales import Language, number, translator
from core.talent.arrays import FloatArray
from core.talent.ranking.smallest_change import Change
from core.talent.ranking.tailoring import AlarmLimits, Tailoring

#: Movements of a weight smaller than this many percentage points are not told.
_TOLD = 0.05


def percent(share: float, language: Language, digits: int = 0) -> str:
    """A share in percent. Never 0 for what happened, never 100 for what did not always."""
    least = 10.0**-digits
    value = 100 * share
    if 0 < value < least:
        return f"< {number(least, digits, language)} %"
    if 100 - least < value < 100 - 1e-9:
        return f"> {number(100 - least, digits, language)} %"
    return f"{number(value, digits, language)} %"


def moves(change: Change, weights: FloatArray, names: Sequence[str], language: Language) -> str:
    """The movements of a change in percentage points, the largest first: “Pengalaman +7,0, Pendidikan −7,0”."""
    assert change.weights is not None
    t = translator(language)
    moved = 100 * (change.weights - weights)
    mentioned = [k for k in np.argsort(-np.abs(moved), kind="stable") if abs(moved[k]) >= _TOLD]
    if not mentioned:
        return t("less than 0.1 percentage points")
    words = [(names[k], "+" if moved[k] > 0 else "−", number(abs(moved[k]) + 0.05, 1, language)) for k in mentioned]
    return ", ".join(f"{name} {sign}{size}" for name, sign, size in words)


def change_words(
    change: Change, weights: FloatArray, criterion_names: Sequence[str], people: Sequence[str], language: Language
) -> str:
    """What brings a person forward, or why nothing does, in one phrase."""
    t = translator(language)
    if change.state == "there":
        return t("is there already")
    if change.state == "possible":
        return moves(change, weights, criterion_names, language)
    if change.state == "not_assessed":
        return t("a criterion is not assessed")
    names = [people[row] for row, _ in change.proof]
    if change.state == "group":
        return t("no weighting: people of a higher box or gate come first: {names}").format(names=_listed(names, t))
    if change.state == "beaten":
        return t("no weighting: too many are ahead under every one (searched completely)")
    shares = [share for _, share in change.proof]
    if change.places == 1 and len(names) > 1 and abs(sum(shares) - 1) < 1e-3:
        mixed = ", ".join(f"{name} {percent(share, language)}" for name, share in zip(names, shares, strict=True))
        return t("no weighting: a mixture is better in every criterion: {names}").format(names=mixed)
    return t("no weighting: better in every criterion: {names}").format(names=_listed(names, t))


def _listed(names: Sequence[str], t: object, most: int = 4) -> str:
    return "; ".join(names[:most]) + ("; …" if len(names) > most else "")


def alarm_words(tailoring: Tailoring, name: str, limits: AlarmLimits, count: int, language: Language) -> list[str]:
    """The signs that weights were made for a person, each a calm sentence with its figures."""
    t = translator(language)
    sentences = []
    if tailoring.small_region:
        sentences.append(
            t(
                "Only {share} of {count} weightings drawn at random put {name} first (told below {limit}); these weights are among the few that do."
            ).format(
                share=percent(tailoring.share, language, 2),
                count=number(count, 0, language),
                name=name,
                limit=percent(limits.smallest_share, language, 1),
            )
        )
    if tailoring.lifts:
        sentences.append(
            t(
                "They are {distance} percentage points away from the official ones, and {least} of these are the least it takes to put {name} first: hardly anything else was moved (told from {limit})."
            ).format(
                distance=number(100 * tailoring.distance, 1, language),
                least=number(100 * tailoring.least, 1, language),
                name=name,
                limit=percent(limits.needed, language),
            )
        )
    return sentences
