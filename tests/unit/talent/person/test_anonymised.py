"""Tests of core/talent/person/anonymised.py."""

import pandas as pd

from core.talent.person.anonymised import number_anonymously


def test_blind_numbers_tell_nothing_of_the_order():
    nips = [f"{at:018d}" for at in range(200)]
    numbers = number_anonymously(nips, "post")
    assert sorted(numbers.values()) == list(range(1, 201))
    assert numbers == number_anonymously(list(reversed(nips)), "post")
    assert numbers != number_anonymously(nips, "other")
    order = pd.Series([numbers[nip] for nip in nips])
    assert abs(order.corr(pd.Series(range(200)))) < 0.3
