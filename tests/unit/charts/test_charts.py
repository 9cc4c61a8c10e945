"""Charts are tested by their data and their specification, not by pixels."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy.spatial import cKDTree

from core.charts.dots import Groups
from core.charts.nine_box import DOTS, DOTS_IN_BOX, dot_places, nine_box_chart
from core.charts.profile import bars_against, posts_held
from core.charts.robustness import rank_strip
from core.charts.scenarios import slope_chart
from core.charts.succession import chains, fit_matrix, organisation, outlook_map, risk_map
from core.charts.vacancies import vacancy_timeline
from core.reports.pictures import picture_png, picture_svg
from core.talent.grid.calibration import lay_box_decisions
from core.talent.scoring.nine_box import Thresholds, assign_boxes
from tests.conftest import TODAY

TEXT = {
    "performance": "Kinerja",
    "potential": "Potensial",
    "not_assessed": "belum dinilai",
    "person": "Nama",
    "unit": "Unit",
    "people": "orang",
    "computed": "Hitungan",
    "names": {box: f"Kotak {box}" for box in range(10)},
    "number": lambda value: f"{value:.2f}",
}


def people(count: int) -> pd.DataFrame:
    generator = np.random.default_rng(count)
    performance, potential = generator.uniform(0, 100, (2, count))
    performance[: count // 10] = np.nan
    frame = pd.DataFrame(
        {
            "full_name": [f"Orang {n}" for n in range(count)],
            "unit": "Unit",
            "performance": performance,
            "potential": potential,
        },
        index=[f"{n:018d}" for n in range(count)],
    )
    return frame.assign(box=assign_boxes(performance, potential, Thresholds()))


def rows(spec: dict, layer: int) -> list[dict]:
    data = spec["layer"][layer].get("data") or spec["data"]  # alike in all layers, it stands above them
    return spec["datasets"][data["name"]]


def test_what_missing_records_leave_open_is_drawn_as_an_area():
    bounds = {"performance_low": 70.0, "performance_high": 100.0, "potential_low": 64.0, "potential_high": 64.0}
    opened = pd.Series({"full_name": "Orang", **bounds})
    spec = nine_box_chart(people(10), Thresholds(), [], TEXT, 400, opened).to_dict(validate=True)
    (area,) = rows(spec, 2)
    assert (area["y"], area["y2"]) == (pytest.approx(1.46), 3)  # half of the middle row, all of the high one
    assert area["x2"] - area["x"] == pytest.approx(0.08)  # known: a line
    assert area["performance"] == "70.00 – 100.00"


@pytest.mark.parametrize("count", [0, 10, DOTS, 3 * DOTS])
def test_the_counts_add_up_and_the_specification_is_valid(count):
    spec = nine_box_chart(people(count), Thresholds(), [9], TEXT, 400).to_dict(validate=True)
    counted = {row["box"]: row["count"] for row in rows(spec, 0)}
    assert sorted(counted) == list(range(10))
    assert sum(counted.values()) == count
    assert [row["box"] for row in rows(spec, 0) if row["selected"]] == [9]
    assert "box" in {parameter["name"] for parameter in spec["params"]}


@pytest.mark.parametrize("exact", [False, True])
def test_every_dot_lies_in_its_box(exact):
    frame = people(DOTS)
    spec = nine_box_chart(frame, Thresholds(), [], TEXT, 400, exact=exact).to_dict()
    grounds = {row["box"]: row for row in rows(spec, 0)}
    dots = rows(spec, 1)
    assert len(dots) == (frame["box"] > 0).sum()
    for dot in dots:
        ground = grounds[dot["box"]]
        assert ground["left"] - 0.02 <= dot["x"] <= ground["right"] + 0.02
        assert ground["bottom"] - 0.02 <= dot["y"] <= ground["top"] + 0.02


def drawn_diameter(cell: str, width: float, height: float) -> float:
    """The dot's diameter in pixels, by the expression the browser evaluates."""
    expression = re.fullmatch(r"pow\((min\(.*\) \* [\d.]+), 2\)", cell)
    return float(eval(expression[1], {"width": width, "height": height, "min": min}))  # our own text


@pytest.mark.parametrize("seed", range(12))
def test_dots_never_overlap_at_any_width(seed):
    generator = np.random.default_rng(seed)
    count = int(generator.choice([2, 30, 300, DOTS]))
    frame = people(count)
    if seed % 3 == 0:  # everyone at one place: as many as may be in a box
        frame = people(min(count, DOTS_IN_BOX)).assign(performance=70.0, potential=75.0, box=5)
    near = int(frame["box"].value_counts().drop(0, errors="ignore").idxmax()) if seed % 2 else 0
    spec = nine_box_chart(frame, Thresholds(), [], TEXT, 460, near=near).to_dict()
    dots = pd.DataFrame(rows(spec, 1))
    assert len(dots) == ((frame["box"] == near) if near else (frame["box"] > 0)).sum()
    across, upward = (1, 1) if near else (3, 3.52)
    for width, height in ((330, 400), (640, 400), (1100, 390)):
        pixels = dots[["x", "y"]].to_numpy() * [width / across, height / upward]
        nearest = cKDTree(pixels).query(pixels, k=2)[0][:, 1].min()
        size = spec["layer"][1]["mark"]["size"]["expr"]
        assert nearest >= drawn_diameter(size, width, height), (width, len(dots))


def test_few_dots_stay_near_their_place():
    frame = people(60)
    places = dot_places(frame, Thresholds())
    way = np.hypot(places["x"] - places["real_x"], places["y"] - places["real_y"])
    assert way.median() < 0.06  # of a box; the label's corner moves some
    assert way.max() < 0.6


def test_one_box_enlarged_shows_everyone_of_thousands():
    frame = people(3 * DOTS).assign(performance=70.0, potential=75.0, box=5)
    spec = nine_box_chart(frame, Thresholds(), [], TEXT, 460, near=5).to_dict(validate=True)
    assert len(rows(spec, 1)) == 3 * DOTS
    assert [row["box"] for row in rows(spec, 0)] == [5]


@pytest.mark.parametrize("count", [0, 1, 40, 3 * DOTS])
def test_colours_come_with_a_legend_and_lose_nobody(count):
    frame = people(count)
    of = pd.Series(np.where(np.arange(count) % 3 == 0, "a", "other"), index=frame.index, dtype=object)
    groups = Groups("Unit", of, {"a": "Dinas A", "other": "lain"})
    spec = nine_box_chart(frame, Thresholds(), [], TEXT, 400, groups=groups).to_dict(validate=True)
    assessed = int((frame["box"] > 0).sum())
    if count > DOTS:
        assert sum(bar["people"] for bar in rows(spec, 2)) == assessed
        assert spec["layer"][2]["encoding"]["color"]["legend"]["title"] == "Unit"
    elif count:
        assert spec["layer"][1]["encoding"]["shape"]["legend"]["title"] == "Unit"
        assert {dot["group"] for dot in rows(spec, 1)} <= {"Dinas A", "lain"}


def test_who_stands_where_a_decision_put_him_is_told_with_the_computed_box():
    frame = people(30).dropna(subset=["performance"])
    nip = frame.index[frame["box"] != 9][0]
    spec = nine_box_chart(lay_box_decisions(frame, {nip: 9}), Thresholds(), [], TEXT, 400).to_dict(validate=True)
    dots = {row["nip"]: row for row in rows(spec, 1)}
    assert dots[nip]["box"] == 9
    assert dots[nip]["decided"] == f"Hitungan: {frame.at[nip, 'box']}"
    assert 2 <= dots[nip]["x"] <= 3
    assert 2 <= dots[nip]["y"] <= 3
    assert sum(row["decided"] != "" for row in dots.values()) == 1


def test_a_way_over_the_years_is_a_line_in_order():
    way = pd.DataFrame({"period": ["2024", "kini"], "performance": [50.0, 90.0], "potential": [70.0, 90.0]})
    spec = nine_box_chart(people(5), Thresholds(), [], TEXT, 400, trail=way).to_dict(validate=True)
    line = rows(spec, 2)
    assert [point["period"] for point in line] == ["2024", "kini"]
    assert (line[1]["x"], line[1]["y"]) == (2.5, 2.5)


def test_a_chart_becomes_a_picture_without_a_browser():
    chart = nine_box_chart(people(40), Thresholds(), [], TEXT, 400)
    assert picture_svg(chart).startswith("<svg")
    assert "Kotak 9" in picture_svg(chart)
    assert picture_png(chart)[:8] == b"\x89PNG\r\n\x1a\n"


def test_many_people_are_grouped_without_losing_any():
    frame = people(3 * DOTS)
    squares = rows(nine_box_chart(frame, Thresholds(), [], TEXT, 400).to_dict(), 1)
    assert sum(square["size"] for square in squares) == (frame["box"] > 0).sum()


def test_names_with_html_are_text():
    frame = people(10).assign(full_name="<script>alert(1)</script>")
    spec = nine_box_chart(frame, Thresholds(), [], TEXT, 400).to_dict()
    assert rows(spec, 1)[0]["name"] == "<script>alert(1)</script>"


def test_vacancies_stand_at_the_reference_date_and_the_others_at_their_own():
    board = pd.DataFrame(
        {
            "title": ["A", "B"],
            "retires_on": [pd.NaT, pd.Timestamp("2028-03-01")],
            "ready_now": [0, 2],
            "incumbent": [None, "Budi"],
        }
    )
    text = {
        "title": "t",
        "ready": "r",
        "none": "tidak ada",
        "some": "ada",
        "post": "p",
        "date": "d",
        "incumbent": "i",
        "years": ["1", "3", "5"],
    }
    spec = vacancy_timeline(board, TODAY, (1, 3, 5), text).to_dict(validate=True)
    points = rows(spec, 2)
    assert [point["falls_vacant_on"][:10] for point in points] == ["2026-11-24", "2028-03-01"]
    assert [point["state"] for point in points] == ["tidak ada", "ada"]
    assert len(rows(spec, 0)) == 3


def test_slopes_join_each_name_and_write_names_that_share_a_place_in_one_line():
    table = pd.DataFrame(
        [("A", "Satu", 1, True), ("A", "Dua", 4, False), ("B", "Satu", 2, True), ("B", "Dua", 2, False)],
        columns=["scenario", "name", "rank", "always"],
    )
    text = {"rank": "Peringkat", "scenario": "Skenario", "name": "Nama"}
    spec = slope_chart(table, ["A", "B"], text).to_dict(validate=True)
    assert len(rows(spec, 1)) == 4
    assert rows(spec, 3) == [{"rank": 2, "name": "Satu; Dua", "scenario": "B"}]
    assert spec["layer"][1]["encoding"]["y"]["scale"]["domain"] == [0.6, 4.4]


def test_the_strip_has_a_cell_for_each_name_and_place():
    table = pd.DataFrame({"name": ["Satu", "Satu"], "rank": [1, 2], "share": [80.0, 20.0]})
    text = {"rank": "Peringkat", "share": "Bagian", "name": "Nama"}
    spec = rank_strip(table, ["Satu"], text).to_dict(validate=True)
    (drawn,) = spec["datasets"].values()
    assert [row["share"] for row in drawn] == [80.0, 20.0]


def test_a_bar_below_its_mark_is_told_apart_and_an_open_one_is_an_interval():
    table = pd.DataFrame(
        {
            "name": ["A", "B", "C"],
            "value": [50.0, 90.0, np.nan],
            "low": [50.0, 90.0, 20.0],
            "high": [50.0, 90.0, 70.0],
            "mark": [60.0, 60.0, np.nan],
            "label": ["50", "90", "20–70"],
        }
    )
    spec = bars_against(table, 100, {"name": "n", "value": "v", "mark": "m"}).to_dict(validate=True)
    assert [row["below"] for row in rows(spec, 0)] == [True, False]
    assert [(row["low"], row["high"]) for row in rows(spec, 1)] == [(20.0, 70.0)]
    assert [row["end"] for row in rows(spec, 3)] == [60.0, 90.0, 70.0]


def test_posts_held_are_drawn_over_time():
    day = pd.Timestamp("2020-01-01")
    table = pd.DataFrame(
        {"title": ["Camat"], "unit": ["A"], "started_on": [day], "ended_on": [day], "acting": [False], "days": ["x"]}
    )
    spec = posts_held(table, {"post": "p", "unit": "u", "time": "t"}).to_dict(validate=True)
    assert spec["height"] == 72


WORDS = {
    "post": "Jabatan",
    "person": "Calon",
    "fit": "Kesesuaian",
    "gates": "Syarat",
    "criticality": "Kritis",
    "ready": "Siap",
    "levels": "rendah|sedang|tinggi",
    "counts": "tak ada|satu|dua",
    "state": "Keadaan",
    "year": "Tahun",
    "share": "Bagian",
    "name": "Nama",
    "vacant": "kosong",
    "near": "segera",
    "held": "terisi",
}


def test_the_matrix_has_a_mark_for_every_pair():
    cells = pd.DataFrame(
        {
            "post": ["A", "A", "B", "B"],
            "person": ["x", "y", "x", "y"],
            "fit": [80.0, np.nan, 60.0, 70.0],
            "gates": "memenuhi",
            "passed": [True, True, False, True],
        }
    )
    spec = fit_matrix(cells, ["A", "B"], ["x", "y"], WORDS).to_dict(validate=True)
    drawn = [row for layer in range(len(spec["layer"])) for row in rows(spec, layer)]
    assert sorted((row["post"], row["person"]) for row in drawn) == [("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")]
    kinds = [layer["mark"]["type"] for layer in spec["layer"]]
    assert kinds == ["rect", "rect", "point"]


@pytest.mark.parametrize("count", [0, 1, 41])
def test_the_risk_map_counts_every_post_once(count):
    rng = np.random.default_rng(count)
    posts = pd.DataFrame(
        {
            "title": [f"P{at}" for at in range(count)],
            "criticality": rng.integers(1, 4, count),
            "ready": rng.integers(0, 3, count),
            "near": rng.random(count) < 0.5,
            "state": "terisi",
        }
    )
    spec = risk_map(posts, WORDS).to_dict(validate=True)
    assert sum(cell["count"] for cell in rows(spec, 0)) == count
    if count:
        dots = pd.DataFrame(rows(spec, 2))
        assert len(dots) == count
        assert not dots.duplicated(["x", "y"]).any()
        assert (np.floor(dots["x"]) == dots["ready"]).all()
        assert (np.floor(dots["y"]) == dots["criticality"] - 1).all()


def test_the_outlook_has_a_number_for_every_year():
    cells = pd.DataFrame([{"name": name, "year": 2027 + at, "share": 10.0 * at} for name in "AB" for at in range(10)])
    spec = outlook_map(cells, ["A", "B"], WORDS).to_dict(validate=True)
    assert len(spec["datasets"][spec["data"]["name"]]) == 20


@pytest.mark.parametrize("highlighted", [False, True])
def test_the_organisation_joins_every_post_to_the_one_above(highlighted):
    tree = pd.DataFrame(
        {
            "title": ["A", "B", "C"],
            "depth": [0, 1, 2],
            "parent_row": [np.nan, 0, 1],
            "state_name": ["terisi", "kosong", "segera"],
            "words": "x",
            "label": ["A", "B", "C"],
            "match": [False, highlighted, False],
        }
    )
    chart = organisation(tree, WORDS)
    spec = chart.to_dict(validate=True)
    assert [(row["row"], row["y2"]) for row in rows(spec, 0)] == [(1, 0), (2, 1)]
    texts = [at for at, layer in enumerate(spec["layer"]) if layer["mark"]["type"] == "text"]
    written = [row["label"] for at in texts for row in rows(spec, at)]
    assert sorted(written) == ["A", "B", "C"]
    assert "<svg" in picture_svg(chart)


def test_a_chain_is_drawn_step_by_step():
    steps = pd.DataFrame(
        {
            "chain": [0, 0, 0, 1],
            "step": [0, 1, 2, 0],
            "post": ["A", "B", "Camat", "C"],
            "person": ["Ani", "Budi", "", ""],
            "kind": ["filled", "filled", "left", "empty"],
        }
    )
    words = WORDS | {"filled": "terisi", "empty": "kosong", "left": "ditinggalkan"}
    chart = chains(steps, words)
    spec = chart.to_dict(validate=True)
    assert [(row["chain"], row["post"], row["kind_name"]) for row in rows(spec, 0)] == [
        (0, "A", "terisi"),
        (0, "B", "terisi"),
        (0, "Camat", "ditinggalkan"),
        (1, "C", "kosong"),
    ]
    assert len(rows(spec, 3)) == 2
    assert "<svg" in picture_svg(chart)
