"""Who was inaugurated before the imported facts show it: beside the facts, until an export confirms it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Appointment:
    """An inauguration: the post by key, the NIP, the day, the number of its letter."""

    post: str
    nip: str
    day: dt.date
    number: str


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """An inauguration that the facts do not show; ``other`` is whom they have in the post since that day or later ("" for none)."""

    appointment: Appointment
    other: str = ""


def place_appointed(
    holders: Mapping[str, str], appointments: Sequence[Appointment], people: pd.DataFrame
) -> tuple[dict[str, str], tuple[Unconfirmed, ...]]:
    """Holders with those who were inaugurated since the facts, and which inaugurations the facts do not confirm.

    The facts speak as soon as they are of the inauguration's day or later: then they have confirmed it, or somebody has moved
    on since. Where they have somebody else in the post since that day, they stand, and the difference is told.

    Parameters
    ----------
    holders
        NIP by the key of the post, as the facts have them.
    people
        ``position_since`` by NIP, of those in active service.
    """
    placed, unconfirmed = dict(holders), []
    for each in sorted(appointments, key=lambda one: one.day):
        if each.nip not in people.index or holders.get(each.post) == each.nip or _is_news(people, each.nip, each.day):
            continue
        other = holders.get(each.post, "")
        if other and _is_news(people, other, each.day):
            unconfirmed.append(Unconfirmed(each, other))
            continue
        placed = {post: nip for post, nip in placed.items() if nip != each.nip}
        placed[each.post] = each.nip
        unconfirmed = [kept for kept in unconfirmed if kept.appointment.post != each.post]
        unconfirmed.append(Unconfirmed(each))
    return placed, tuple(unconfirmed)


def _is_news(people: pd.DataFrame, nip: str, day: dt.date) -> bool:
    """Whether the facts of somebody's present post are of a day or later."""
    return nip in people.index and bool(people["position_since"].get(nip, pd.NaT) >= pd.Timestamp(day))
