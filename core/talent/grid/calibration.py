"""Boxes the committee decided on, laid beside the computed ones."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def lay_box_decisions(people: pd.DataFrame, decided: Mapping[str, int]) -> pd.DataFrame:
    """People with ``box`` as decided where there is a decision, and ``computed_box`` as computed for everyone.

    Parameters
    ----------
    people
        People of a review, indexed by NIP; not changed.
    decided
        Box by NIP; people not among ``people`` are left out.
    """
    known = {nip: box for nip, box in decided.items() if nip in people.index}
    changed = people.assign(computed_box=people["box"])
    changed.loc[list(known), "box"] = list(known.values())
    return changed
