"""Placement and the look ahead on the server: whole processes' memory, times, and scipy beside the pure case."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright
from scipy.optimize import linear_sum_assignment

from core.settings import ROOT
from core.talent.placement.goals import GOALS
from core.talent.placement.plans import find_best_plan, find_plans
from core.talent.placement.problem import PlacementProblem
from core.talent.succession.look_ahead import SupplyModel, forecast_supply
from tests.benchmarks.timing import report
from tests.browser.conftest import CHROMIUM, LAPTOP, environment, go, running_server, settled, sign_in
from tests.conftest import PYTHON


def _seats(vacant: int, held: int, people: int, density: float, seed: int) -> PlacementProblem:
    """Invented problem: holders come first among the people; a share of all pairs is allowed."""
    rng = np.random.default_rng(seed)
    posts = vacant + held
    fit = rng.uniform(40, 100, (posts, people))
    fit[rng.random((posts, people)) > density] = np.nan
    fit[vacant + np.arange(held), np.arange(held)] = np.nan
    return PlacementProblem(
        posts=tuple(f"p{at}" for at in range(posts)),
        nips=tuple(f"n{at}" for at in range(people)),
        vacant=vacant,
        fit=fit,
        holder=np.array([-1] * vacant + list(range(held)), dtype=np.intp),
        own=np.concatenate([rng.uniform(40, 100, held), np.zeros(people - held)]),
        box=rng.integers(1, 10, people),
        suits=rng.random((posts, people)),
    )


def solving() -> None:
    """Fifty vacancies with chains, every goal; three hundred among fifteen thousand."""
    small = _seats(50, 40, 700, 0.5, 1)
    for goal in GOALS:
        took = []
        for _ in range(5):
            start = time.perf_counter()
            plan = find_best_plan(small, goal)
            took.append(1000 * (time.perf_counter() - start))
        report(f"50 vacancies, 40 holders, 700 people: {goal}, gap {plan.gap:g}", took, "ms")
    start = time.perf_counter()
    plans = find_plans(small)
    print(f"  all goals and {len(plans)} plans: {time.perf_counter() - start:.2f} s")
    large = _seats(300, 200, 15_000, 0.3, 2)
    start = time.perf_counter()
    plan = find_best_plan(large)
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"300 vacancies, 200 holders, 15,000 people: {seconds:.1f} s, gap {plan.gap:g}, {plan.filled} filled, {memory:.0f} MB"
    )


def pure() -> None:
    """Without holders and limits, in turn with scipy's assignment of the same matrix."""
    for posts, people in ((50, 700), (300, 15_000)):
        equal = replace(_seats(posts, 0, people, 1.0, 3), suits=np.zeros((posts, people)))
        ours, theirs = [], []
        for _ in range(7):
            start = time.perf_counter()
            plan = find_best_plan(equal)
            ours.append(1000 * (time.perf_counter() - start))
            start = time.perf_counter()
            rows, columns = linear_sum_assignment(equal.fit, maximize=True)
            theirs.append(1000 * (time.perf_counter() - start))
        same = abs(plan.gain - equal.fit[rows, columns].sum()) < 1e-3
        report(f"pure case {posts} x {people}, same value: {same}", ours, "ms")
        report("  scipy.optimize.linear_sum_assignment", theirs, "ms")
        print(f"  ratio of medians {np.median(ours) / np.median(theirs):.1f}")


def ahead() -> None:
    """A thousand futures of ten years: 2,000 posts in twelve families with the benches of 15,000 people."""
    rng = np.random.default_rng(4)
    families = tuple(f"f{at}" for at in range(12))
    field = SupplyModel(
        tuple(f"p{at}" for at in range(2000)),
        tuple(families[at % 12] for at in range(2000)),
        rng.integers(0, 25, 2000),
        families[0],
        {family: rng.choice([0, 2, 4], 300) for family in families},
        {family: rng.integers(2, 30, 300) for family in families},
    )
    start = time.perf_counter()
    forecast_supply(field, 1)
    print(f"1,000 futures of ten years, 2,000 posts, 3,600 people on benches: {time.perf_counter() - start:.1f} s")


def drawing(browser: Browser, folder: Path) -> None:
    """The views of succession in a browser: 15,000 people, then with 2,000 posts; click to rest, five turns each."""
    with running_server(folder) as server:
        page = browser.new_page(viewport=LAPTOP)
        go(page, server, "succession?matrix_posts=all&matrix_people=700&language=en")
        sign_in(page, *server.password("member"))
        settled(page)
        for name in ("Best placement", "Posts and candidates", "Organisation", "Ten years ahead"):
            report(f"{name}, 41 posts, 15,000 people", _turns(page, name), "ms")
        page.close()
    _many_posts(folder, 2000)
    with running_server(folder) as server:
        page = browser.new_page(viewport=LAPTOP)
        go(page, server, "succession?language=en&org_depth=4")
        sign_in(page, *server.password("member"))
        settled(page)
        report("Organisation, 2,000 posts, 15,000 people", _turns(page, "Organisation"), "ms")
        page.close()


def _turns(page: Page, name: str) -> list[float]:
    took = []
    for _ in range(6):
        page.get_by_role("radio", name="Posts", exact=True).click()
        page.get_by_role("heading", name="All posts").wait_for()
        settled(page)
        start = time.perf_counter()
        page.get_by_role("radio", name=name, exact=True).click()
        page.get_by_role("heading", name="All posts").wait_for(state="detached")
        settled(page)
        if name != "Best placement":
            page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first.wait_for()
        took.append(1000 * (time.perf_counter() - start))
    return took[1:]


def _many_posts(folder: Path, count: int) -> None:
    """Invented posts below those there are, five below each."""
    code = (
        "from dataclasses import replace; from core.service import accounts, installation, posts\n"
        "e = installation.open_configured_engine(); there = list(posts.list_posts(e)); more = []\n"
        f"for at in range({count} - len(there)):\n"
        "    above = (there + more)[at // 5 + 1]\n"
        "    more.append(replace(above, key=f'bagian-{at}', title=f'Kepala Bagian {at}', parent=above.key, echelon='III.b'))\n"
        "posts.edit_posts(e, [*there, *more], 'ukuran', by=accounts.COMMAND_LINE)"
    )
    subprocess.run([*PYTHON, "-c", code], check=True, env=environment(folder), cwd=ROOT)


def main() -> None:
    """Everything."""
    solving()
    pure()
    ahead()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        subprocess.run(
            [*PYTHON, "-m", "core", "setup", "--demo", "--people", "15000"],
            check=True,
            env=environment(folder),
            capture_output=True,
        )
        browser = playwright.chromium.launch(**CHROMIUM)
        drawing(browser, folder)
        browser.close()


if __name__ == "__main__":
    main()
