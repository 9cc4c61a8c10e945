"""The ranking in the browser and the ranking on the server name the same order, to the last bit."""

import json

import numpy as np
import pytest
from playwright.sync_api import Page

from core.talent.eligibility.order_rule import assign_groups, mask_meeting
from core.talent.ranking.order import count_inseparable, rank_rows
from core.ui.ranking.panel.join import join_scripts

CASES = 1000


@pytest.fixture
def twin(page: Page) -> Page:
    """A blank page that knows the browser's ranking."""
    page.goto("about:blank")
    page.add_script_tag(content=join_scripts("ranking", "format", "state"))
    return page


def _case(rng: np.random.Generator) -> dict:
    people, criteria = int(rng.integers(1, 40)), int(rng.integers(1, 9))
    matrix = rng.uniform(0, 100, (people, criteria))
    if rng.random() < 0.6:  # few distinct values make ties
        matrix = np.round(matrix / 20) * 20
    if rng.random() < 0.5:
        matrix[rng.random(matrix.shape) < 0.15] = np.nan
    tenths = rng.multinomial(1000, rng.dirichlet(np.ones(criteria)))
    if criteria > 1 and rng.random() < 0.5:  # weights of zero
        tenths[0] += tenths[-1]
        tenths[-1] = 0
    return {
        "matrix": matrix,
        "weights": tenths / 1000,
        "eligibility": rng.integers(0, 3, people),
        "box": rng.integers(0, 10, people),
        "rule": rng.choice(["box", "eligible", "score"]),
    }


_RUN = """
cases => cases.map(({columns, weights, eligibility, box, rule}) => {
  const criteria = columns.map(column => Float64Array.from(column, value => value === null ? NaN : value));
  const {order, rank, score} = makeRanker(criteria, orderGroups(rule, eligibility, box))(weights);
  return {order: [...order], rank: [...rank], score: [...score].map(value => Number.isNaN(value) ? null : value)};
})
"""


def test_a_thousand_random_cases_with_ties_missing_values_and_zero_weights(twin):
    rng = np.random.default_rng(411)
    cases = [_case(rng) for _ in range(CASES)]
    sent = [
        {
            "columns": [[None if np.isnan(value) else value for value in column] for column in case["matrix"].T],
            "weights": case["weights"].tolist(),
            "eligibility": case["eligibility"].tolist(),
            "box": case["box"].tolist(),
            "rule": case["rule"],
        }
        for case in cases
    ]
    answers = twin.evaluate(_RUN, json.loads(json.dumps(sent)))
    ties = missing = 0
    for case, answer in zip(cases, answers, strict=True):
        groups = assign_groups(case["rule"], case["eligibility"], case["box"])
        ranking = rank_rows(case["matrix"], case["weights"], groups)
        assert answer["order"] == ranking.order.tolist()
        assert answer["rank"] == ranking.rank.tolist()
        assert answer["score"] == [None if np.isnan(value) else value for value in ranking.score]
        placed = ranking.rank[ranking.rank > 0]
        ties += len(set(placed.tolist())) < len(placed)
        missing += len(placed) < len(ranking.rank)
    assert ties > 100
    assert missing > 100


def test_weights_always_sum_to_a_hundred_and_locks_hold(twin):
    failures = twin.evaluate(
        """
        () => {
          let state = 7;
          const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
          const failures = [];
          for (let n = 0; n < 5000; n++) {
            const criteria = 1 + Math.floor(random() * 8);
            const before = toTenths(Array.from({length: criteria}, () => (random() < 0.2 ? 0 : random())));
            const locked = before.map(() => random() < 0.3);
            const index = Math.floor(random() * criteria);
            const after = redistribute(before, index, Math.floor(random() * 1400) - 200, locked);
            const sum = after.reduce((a, b) => a + b, 0);
            const kept = after.every((value, i) => !locked[i] || i === index || value === before[i]);
            const whole = after.every((value) => Number.isInteger(value) && value >= 0);
            if (sum !== 1000 || !kept || !whole) failures.push({before, locked, index, after});
          }
          return failures;
        }
        """
    )
    assert failures == []


def test_the_others_follow_in_proportion(twin):
    assert twin.evaluate("() => redistribute([500, 300, 200], 0, 0, [false, false, false])") == [0, 600, 400]
    assert twin.evaluate("() => redistribute([500, 300, 200], 0, 700, [false, true, false])") == [700, 300, 0]
    assert twin.evaluate("() => redistribute([1000, 0, 0], 0, 400, [false, false, false])") == [400, 300, 300]
    assert twin.evaluate("() => redistribute([500, 500], 0, 900, [false, true])") == [500, 500]


def test_both_count_alike_who_cannot_be_told_apart(twin):
    rng = np.random.default_rng(5)
    cases, places = [], []
    for _ in range(200):
        low = rng.integers(0, 20, 12).astype(float)
        is_open = rng.random(12) < 0.4
        high = np.where(is_open, low + rng.integers(0, 8, 12), low)
        rule = str(rng.choice(["box", "eligible", "score"]))
        eligibility, possible = rng.integers(0, 3, 12), rng.integers(1, 512, 12)
        meeting = mask_meeting(rule, eligibility, possible)
        places.append({"rule": rule, "eligibility": eligibility.tolist(), "possible": possible.tolist()})
        cases.append((np.where(is_open, np.nan, low), low, high, meeting))
    sent = [
        {
            "score": [None if np.isnan(value) else value for value in score],
            "open": [[int(i), [low[i], high[i]]] for i in np.flatnonzero(np.isnan(score))],
            **place,
        }
        for (score, low, high, _), place in zip(cases, places, strict=True)
    ]
    counted = twin.evaluate(
        "cases => cases.map(({score, open, rule, eligibility, possible}) => { const known = score.map(v => v === null ? NaN : v);"
        " const meeting = meetingGroups(rule, eligibility, possible);"
        " return known.map((_, i) => inseparable(known, new Map(open), meeting, i)); })",
        sent,
    )
    assert counted == [count_inseparable(*case).tolist() for case in cases]


def test_a_border_trades_between_its_two_neighbours_only(twin):
    no = [False, False, False]
    assert twin.evaluate("all => trade(...all)", [[500, 300, 200], 0, 50, no]) == [550, 250, 200]
    assert twin.evaluate("all => trade(...all)", [[500, 300, 200], 1, -500, no]) == [500, 0, 500]
    assert twin.evaluate("all => trade(...all)", [[500, 300, 200], 0, 999, no]) == [800, 0, 200]
    assert twin.evaluate("all => trade(...all)", [[500, 300, 200], 0, 50, [False, True, False]]) == [500, 300, 200]


@pytest.mark.parametrize(
    ("call", "answer"),
    [
        ("formatter(true)(79.996, 2)", "79,99"),
        ("formatter(false)(80, 2)", "80.00"),
        ("formatter(true)(0.3 * 3 * 100, 1)", "90,0"),
        ("percent(0, formatter(true))", "0 %"),
        ("percent(0.0001, formatter(true))", "< 1 %"),
        ("percent(0.9999, formatter(true))", "> 99 %"),
        ("percent(1, formatter(true))", "100 %"),
        ("percent(0.557, formatter(true))", "55 %"),
        ("readPercent(' 12,5 % ')", 125),
        ("readPercent('100')", 1000),
        ("readPercent('100,1')", None),
        ("readPercent('-1')", None),
        ("readPercent('1.234,5')", None),
        ("readPercent('')", None),
        ("fill('{name}: {count} of {count}', {name: '{count}', count: 2})", "{count}: 2 of 2"),
        ("arrow(3) + arrow(-2) + arrow(0)", "▲3▼2"),
        ("[...decodeColumn([1, 0, 1], [9, 5, 7.25], 1)]", [7.25, 5, 7.25]),
    ],
)
def test_the_panels_helpers(twin, call, answer):
    result = twin.evaluate(f"() => {{ const value = {call}; return Number.isNaN(value) ? null : value; }}")
    assert result == answer


def test_what_missing_criteria_leave_open_is_told_only_where_they_carry_weight(twin):
    result = twin.evaluate(
        """() => {
          const table = { criteria: [[80, NaN], [60, 50]], open: new Map([[1, { 0: [40, 90] }]]) };
          return [[...openBounds(table, [70, NaN], [0.5, 0.5])], [...openBounds(table, [60, 50], [0, 1])]];
        }"""
    )
    assert result == [[[1, [45, 70]]], []]


def test_the_history_goes_back_and_forth_and_forgets_what_was_ahead(twin):
    result = twin.evaluate(
        """() => {
          const history = makeHistory();
          history.start(null);
          const steps = [history.canUndo(), history.canRedo()];
          history.add([1]); history.add([1]); history.add([2]);
          steps.push(history.undo(), history.undo(), history.undo(), history.redo());
          history.add([3]);
          steps.push(history.canRedo(), history.redo());
          for (let n = 0; n < 300; n++) history.add([n]);
          let back = 0;
          while (history.canUndo()) { history.undo(); back++; }
          return [...steps, back];
        }"""
    )
    assert result == [False, False, [1], None, None, [1], False, [3], 99]


def test_what_is_drawn_follows_from_the_state_alone(twin):
    derived = twin.evaluate(
        """() => {
          const criteria = [Float64Array.from([90, 50]), Float64Array.from([40, 70])];
          const state = {
            meta: { official: [0.5, 0.5] }, table: { criteria, open: new Map() },
            ranker: makeRanker(criteria, new Float64Array(2)), tenths: [200, 800],
            robustness: { weights: [0.5, 0.5] },
          };
          const first = derive(state);
          const simulated = [first.simulated, first.stale, [...first.ranking.rank]];
          const official = derive({ ...state, tenths: null, robustness: null });
          return [simulated, [official.simulated, official.stale, [...official.ranking.rank]]];
        }"""
    )
    assert derived == [[True, True, [2, 1]], [False, False, [1, 2]]]


def test_the_first_three_of_the_map_are_those_of_the_order_in_every_cell(twin):
    rng = np.random.default_rng(15)
    cells = 10
    compared = 0
    for _ in range(60):
        people, criteria = int(rng.integers(1, 30)), int(rng.integers(3, 7))
        matrix = rng.integers(0, 101, (people, criteria)) / 1.0
        matrix[rng.random(matrix.shape) < 0.05] = np.nan
        eligibility, box = rng.integers(0, 3, people), rng.integers(0, 10, people)
        rule = str(rng.choice(["box", "eligible", "score"]))
        x, y = (int(k) for k in rng.choice(criteria, 2, replace=False))
        rest = [k for k in range(criteria) if k not in (x, y)]
        held = np.zeros(criteria)
        if rng.random() < 0.3 and len(rest) > 1:
            held[rest.pop()] = 200
        shares = np.zeros(criteria)
        shares[rest] = rng.integers(1, 9, len(rest))
        made = twin.evaluate(
            """
            ({columns, eligibility, box, rule, map}) => {
              const criteria = columns.map((column) => Float64Array.from(column, (v) => (v === null ? NaN : v)));
              const table = { count: box.length, criteria };
              const { at, sets } = readFirstThree(table, orderGroups(rule, eligibility, box), map);
              return { at: [...at], sets };
            }
            """,
            {
                "columns": [[None if np.isnan(value) else value for value in column] for column in matrix.T],
                "eligibility": eligibility.tolist(),
                "box": box.tolist(),
                "rule": rule,
                "map": {"x": x, "y": y, "shares": shares.tolist(), "held": held.tolist(), "cells": cells},
            },
        )
        room = 1 - held.sum() / 1000
        groups = assign_groups(rule, eligibility, box)
        for i in range(1, cells):
            for j in range(1, cells - i):
                rest_of_all = room - (i + j) / cells
                if rest_of_all < -1e-9:
                    assert made["at"][i * (cells + 1) + j] == -1
                    continue
                if rest_of_all < 1e-9:
                    continue  # on this edge the others weigh nothing: who lacks them has a score and no cell
                weights = held / 1000 + shares / shares.sum() * rest_of_all
                weights[x], weights[y] = i / cells, j / cells
                ranking = rank_rows(matrix, weights, groups)
                placed = [int(row) for row in ranking.order if ranking.rank[row]]
                three = placed[:3]
                if len(placed) > 3 and ranking.rank[placed[3]] == ranking.rank[placed[2]]:
                    continue  # a tie at the last place: either is right
                assert set(made["sets"][made["at"][i * (cells + 1) + j]]) == set(three)
                compared += 1
    assert compared > 1000


def test_two_weights_set_at_once_leave_the_sum_and_the_locks(twin):
    failures = twin.evaluate(
        """
        () => {
          let state = 11;
          const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
          const failures = [];
          for (let n = 0; n < 5000; n++) {
            const criteria = 2 + Math.floor(random() * 7);
            const before = toTenths(Array.from({length: criteria}, () => (random() < 0.2 ? 0 : random())));
            const locked = before.map(() => random() < 0.2);
            const x = Math.floor(random() * criteria);
            const y = Math.floor(random() * criteria);
            const after = spread(before, before, x, Math.floor(random() * 1400) - 200, y, Math.floor(random() * 1400) - 200, locked);
            const sum = after.reduce((a, b) => a + b, 0);
            const kept = after.every((value, i) => !locked[i] || value === before[i]);
            const whole = after.every((value) => Number.isInteger(value) && value >= 0);
            if (sum !== 1000 || !kept || !whole) failures.push({before, locked, x, y, after});
          }
          return failures;
        }
        """
    )
    assert failures == []
    assert twin.evaluate("() => spread([500, 300, 200, 0], [0, 0, 200, 0], 0, 100, 1, 100, [])") == [100, 100, 800, 0]
