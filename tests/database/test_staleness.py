"""What was kept and rests on old data says so with the next import, and with the reason."""

import datetime as dt

import pytest

from core.service import decisions, importing, placement, pools, scenarios, staleness
from core.service.accounts import COMMAND_LINE
from core.service.review import load_review
from core.talent.placement.limits import Limits
from core.talent.succession.readiness import classify_readiness
from tests.conftest import TODAY
from tests.factories import SIASN_HEADERS, sheet, siasn, siasn_row
from tests.sitting import POSTS, Sitting

DISCIPLINE = ["NIP", "Nama", "Tingkat Hukuman", "Tanggal SK"]


class Kept:
    """One of each kind that can become stale."""

    def __init__(self, engine):
        self.engine = engine
        self.sitting = Sitting(engine)
        self.review = load_review(engine)
        self.by = self.sitting.secretariat
        self.scenario = scenarios.save_scenario(
            engine, self.review, POSTS[0], "eligible", None, "Skenario A", "", by=self.by
        )
        self.pool = pools.propose_pool(engine, self.review, "Kelompok A", "semua", range(1, 10), by=self.by)
        found = placement.find_placement(self.review, Limits())
        self.plan = placement.save_plan(engine, found, found.plans[0], "Rencana A", by=self.by)
        self.first = self.kept_scenario().first
        self.ready = next(nip for nip in self.first if classify_readiness(self.review, POSTS[0]).classes[nip] != "soon")
        reason = "mengikuti diklat tahun ini"
        decisions.decide_readiness(engine, self.review, self.ready, POSTS[0], "soon", reason, by=self.by)

    def kept_scenario(self):
        return scenarios.find_scenario(self.engine, str(self.scenario)).scenario

    def name(self, nip):
        return self.review.people["name"][nip]

    def stale(self, as_of=None, by=None):
        return {
            each.kind: each
            for each in staleness.find_stale(self.engine, load_review(self.engine, as_of=as_of), by=by or self.by)
        }

    def bring(self, *sources):
        importing.import_files(self.engine, list(sources), by=COMMAND_LINE, confirmed=True, reason="mutasi")


@pytest.fixture
def kept(engine):
    return Kept(engine)


def said(stale, nip=None):
    return [reason.message for reason in stale.reasons if nip in (None, reason.nip)]


def test_nothing_is_stale_while_nothing_has_changed(kept):
    assert kept.stale() == {}


def test_somebody_who_has_moved_is_named_wherever_something_rests_on_them(kept):
    candidate = kept.sitting.posts[0].candidates[0]
    member = pools.list_pools(kept.engine)[0].members[0][0]
    elsewhere = {"UNOR NAMA": "Dinas Lain", "JABATAN NAMA": "Kepala Bidang Lain"}
    kept.bring(siasn(*(siasn_row(nip, NAMA=kept.name(nip), **elsewhere) for nip in {candidate, member})))
    found = kept.stale()
    assert "has moved" in said(found["session"], candidate)
    assert "has moved" in said(found["pool"], member)


def test_somebody_who_was_punished_makes_scenario_plan_and_readiness_stale(kept):
    rows = [[nip, kept.name(nip), "Berat", f"{TODAY:%d-%m-%Y}"] for nip in kept.first]
    kept.bring(sheet("hukuman.xlsx", DISCIPLINE, *rows))
    found = kept.stale()
    for kind in ("scenario", "readiness", "pool"):
        assert "was punished, or a punishment was corrected" in said(found[kind], kept.ready), kind
    assert any("order has changed" in message for message in said(found["scenario"]))


def test_the_place_at_which_an_order_has_changed_is_told(kept):
    nip = kept.first[0]
    kept.bring(sheet("hukuman.xlsx", DISCIPLINE, [nip, kept.name(nip), "Berat", f"{TODAY:%d-%m-%Y}"]))
    (place,) = [reason.values["place"] for reason in kept.stale()["scenario"].reasons if "place" in reason.values]
    now = scenarios.rank_scenario(kept.kept_scenario(), load_review(kept.engine))
    first = list(now.loc[now["rank"].le(3).fillna(False), "nip"])
    assert first[: place - 1] == list(kept.first[: place - 1])
    assert first[place - 1] != kept.first[place - 1]


def test_an_assessment_that_expires_is_told_without_any_import(kept):
    later = TODAY + dt.timedelta(days=4 * 366)
    found = kept.stale(as_of=None)
    assert found == {}
    review = load_review(kept.engine, as_of=later)
    reasons = [each for each in staleness.find_stale(kept.engine, review, by=kept.by) if each.kind == "pool"]
    assert "an assessment has expired" in said(reasons[0])


def test_somebody_who_has_left_is_told(kept):
    nip = kept.first[0]
    headers, row = [*SIASN_HEADERS, "KEDUDUKAN HUKUM NAMA"], [*siasn_row(nip, NAMA=kept.name(nip)), "Pensiun"]
    kept.bring(sheet("siasn.xlsx", headers, row))
    for kind in ("scenario", "pool"):
        assert "is not in active service any more" in said(kept.stale()[kind], nip), kind


def test_a_vacant_post_that_has_a_holder_now_makes_the_session_stale(kept):
    (post,) = [each for each in kept.review.posts if each.key == POSTS[0]]
    nip = kept.sitting.posts[1].candidates[-1]
    cells = {
        "JABATAN NAMA": post.title,
        "UNOR NAMA": post.unit,
        "ESELON NAMA": "II.b",
        "TMT JABATAN": f"{TODAY:%d-%m-%Y}",
    }
    kept.bring(siasn(siasn_row(nip, NAMA=kept.name(nip), **cells)))
    review = load_review(kept.engine)
    assert review.holders.get(POSTS[0]) == nip  # the import made it so
    assert "now holds {post}" in said(kept.stale()["session"], nip)


def test_nothing_is_told_of_what_a_conflict_of_interest_keeps_from_somebody(kept):
    nip = kept.sitting.posts[0].candidates[1]
    only = next(each for each in kept.sitting.posts[0].candidates if each not in kept.sitting.posts[1].candidates)
    kept.sitting.declare("eko", nip)
    kept.bring(siasn(siasn_row(only, NAMA=kept.name(only), **{"UNOR NAMA": "Dinas Lain"})))
    assert "session" not in kept.stale(by=kept.sitting.people["eko"])
    assert said(kept.stale()["session"], only)


def test_what_is_shared_is_named_anew_when_something_comes_or_goes(kept):
    before = staleness.name_kept(kept.engine)
    scenarios.remove_scenario(kept.engine, kept.scenario, by=kept.by)
    after = staleness.name_kept(kept.engine)
    assert before != after
    assert after == staleness.name_kept(kept.engine)
