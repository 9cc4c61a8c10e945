import pandas as pd

from core.talent.grid.search import filter_people
from tests.factories import NIP, OTHER_NIP

PEOPLE = pd.DataFrame(
    {
        "full_name": ["Budi Contoh, S.E.", "Ani D'Ogan"],
        "position_title": ["Camat", None],
        "unit": ["Kecamatan A", "Dinas B"],
        "parent_unit": [None, "Dinas B"],
        "level": ["administrator", "unknown"],
        "family": ["government", "health"],
        "grade": ["IV/a", None],
    },
    index=[NIP, OTHER_NIP],
)


def test_filters_combine_and_empty_ones_let_everybody_through():
    assert list(filter_people(PEOPLE).index) == [NIP, OTHER_NIP]
    assert list(filter_people(PEOPLE, units=["Dinas B"], levels=["unknown"]).index) == [OTHER_NIP]
    assert filter_people(PEOPLE, units=["Dinas B"], levels=["administrator"]).empty
    assert list(filter_people(PEOPLE, grades=["IV/a"], families=["government"]).index) == [NIP]


def test_text_is_found_in_name_nip_post_and_unit():
    for text in ("budi", NIP[:10], "camat", "kecamatan contoh"):
        assert list(filter_people(PEOPLE, text=text).index) == [NIP]
    assert list(filter_people(PEOPLE, text="dogan").index) == [OTHER_NIP]
    assert filter_people(PEOPLE, text="budi dinas").empty
