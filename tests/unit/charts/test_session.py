"""Pictures of a session are valid and say what they are given."""

import pandas as pd

from core.charts.session import agreement_matrix, orders_chart, weights_chart

WORDS = {
    word: word for word in ("weight", "member", "criterion", "official", "group", "place", "name", "column", "alike")
}


def test_weights_have_a_line_a_criterion_and_a_dot_a_member():
    table = pd.DataFrame(
        [("kinerja", "A", 60.0, 50.0, 1), ("kinerja", "B", 30.0, 50.0, 2), ("potensi", "A", 40.0, 50.0, 1)],
        columns=["criterion", "member", "weight", "official", "group"],
    )
    spec = weights_chart(table, ["kinerja", "potensi"], WORDS).to_dict(validate=True)
    assert spec["layer"][2]["encoding"]["color"]["legend"]["title"] == "group"
    of_one_mind = weights_chart(table.assign(group=1), ["kinerja", "potensi"], WORDS).to_dict(validate=True)
    assert of_one_mind["layer"][2]["encoding"]["color"]["legend"] is None


def test_orders_end_in_the_consensus_with_the_names():
    table = pd.DataFrame(
        [("A", "Ani", 1, False), ("B", "Ani", 2, False), ("C", "Ani", 1, False), ("C", "Budi", 2, True)],
        columns=["column", "name", "place", "contested"],
    )
    spec = orders_chart(table, ["A", "B", "C"], 4, WORDS).to_dict(validate=True)
    names = spec["layer"][2]["data"]["name"]
    assert {row["name"] for row in spec["datasets"][names]} == {"Ani", "Budi"}


def test_the_matrix_writes_each_figure():
    table = pd.DataFrame(
        [(one, other, 100.0 if one == other else 40.0) for one in "AB" for other in "AB"],
        columns=["one", "other", "alike"],
    )
    spec = agreement_matrix(table, ["A", "B"], WORDS).to_dict(validate=True)
    assert spec["layer"][1]["encoding"]["text"]["field"] == "alike"
