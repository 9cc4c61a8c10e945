"""Tests of core/talent/oversight/alerts.py: the figures of the start page, counted another way."""

from core.talent.oversight.alerts import Alerts, PostAlert, find_alerts
from core.talent.succession.table import tabulate_succession


def test_the_figures_are_those_of_the_table_and_the_people(current):
    table = tabulate_succession(current)
    alerts = find_alerts(current, table)

    def posts(wanted):
        return tuple(PostAlert(row["post"], row["title"]) for row in table.to_dict("records") if wanted(row))

    assert alerts.uncovered == posts(lambda row: row["vacant"] and not row["ready_now"])
    assert alerts.waiting == posts(lambda row: row["vacant"] and row["ready_now"])
    assert alerts.retiring == posts(lambda row: row["near"] and not row["vacant"])
    assert alerts.uncovered
    assert alerts.waiting
    assert alerts.retiring
    states = current.assessments.to_dict("index").values()
    assert alerts.expired == sum(1 for state in states if "expired" in state.values()) > 0
    assert alerts.missing == sum(1 for state in states if "missing" in state.values()) > 0
    assert alerts.people == len(current.people)
    boxes = current.people["box"].tolist()
    assert alerts.on_grid == len(boxes) - boxes.count(0) > 0


def test_only_what_calls_for_somebody_is_anything():
    fine = Alerts((), (), (), 0, 0, 650, 650)
    assert not fine.anything
    assert Alerts((), (PostAlert("a", "A"),), (), 0, 0, 650, 650).anything
    assert Alerts((), (), (), 1, 0, 650, 650).anything
    assert Alerts((), (), (), 0, 0, 650, 649).anything
