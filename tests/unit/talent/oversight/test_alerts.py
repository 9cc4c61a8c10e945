"""Tests of core/talent/oversight/alerts.py: the figures of the start page, counted another way."""

from core.talent.oversight.alerts import Alerts, find_alerts
from core.talent.succession.table import tabulate_succession


def test_the_figures_are_those_of_the_table_and_the_people(current):
    table = tabulate_succession(current)
    alerts = find_alerts(current, table)
    rows = table.to_dict("records")
    assert alerts.vacant == sum(1 for row in rows if row["vacant"]) > 0
    assert alerts.vacant_without_ready == tuple(row["title"] for row in rows if row["vacant"] and not row["ready_now"])
    assert alerts.retiring_soon == tuple(row["title"] for row in rows if row["near"] and not row["vacant"])
    assert alerts.retiring_soon
    states = current.assessments.to_dict("index").values()
    assert alerts.expired == sum(1 for state in states if "expired" in state.values()) > 0
    assert alerts.missing == sum(1 for state in states if "missing" in state.values()) > 0
    assert alerts.people == len(current.people)
    boxes = current.people["box"].tolist()
    assert alerts.on_grid == len(boxes) - boxes.count(0) > 0
    assert alerts.share_on_grid == 100 * alerts.on_grid / alerts.people


def test_nobody_known_is_no_share():
    assert Alerts(0, (), (), 0, 0, 0, 0).share_on_grid == 0.0
