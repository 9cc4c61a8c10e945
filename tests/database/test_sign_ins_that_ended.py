"""Whatever has ended a sign-in ends every right that a tab left open still remembers."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa

from core.service import accounts, decisions, installation, rubrics, sign_ins, views
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.review import load_review
from core.store.tables import AuditEvent, SignIn, UserAccount
from tests.signed_in import add_signed_in


@pytest.fixture
def demo_engine(demo_installation):
    return installation.open_configured_engine()


REASON = "Rekam jejak memimpin tiga perangkat daerah."


def deactivated(engine, account):
    accounts.set_active(engine, account.username, False, by=COMMAND_LINE)


def new_password(engine, account):
    accounts.set_new_password(engine, account.username, by=COMMAND_LINE)


def signed_out(engine, account):
    sign_ins.sign_out(engine, account.token)


def expired(engine, account):
    with engine.begin() as connection:
        connection.execute(sa.update(SignIn).values(expires_at=dt.datetime(2020, 1, 1)))


def idle(engine, account):
    with engine.begin() as connection:
        connection.execute(sa.update(SignIn).values(last_seen_at=dt.datetime(2020, 1, 1)))


def ended_by_administrator(engine, account):
    sign_ins.end_sign_ins(engine, account.username, by=COMMAND_LINE)


def lesser_role(engine, account):
    with engine.begin() as connection:
        connection.execute(sa.update(UserAccount).where(UserAccount.username == account.username).values(role="viewer"))


ENDS = [deactivated, new_password, signed_out, expired, idle, ended_by_administrator, lesser_role]


def list_events(engine):
    with engine.begin() as connection:
        return connection.execute(sa.select(AuditEvent.event)).scalars().all()


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_a_tab_left_open_writes_nothing(end, demo_engine):
    account = add_signed_in(demo_engine, "secretariat")
    review = load_review(demo_engine)
    nip = str(review.people.index[review.people["box"] == 5][0])
    end(demo_engine, account)
    before = list_events(demo_engine)
    for act in (
        lambda: decisions.decide_box(demo_engine, review, nip, 8, "Sidang 1", REASON, by=account),
        lambda: views.save_view(demo_engine, "talent_grid", "Milik saya", "box=9", by=account),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert decisions.list_standing(demo_engine, "box") == {}
    assert views.list_views(demo_engine, "talent_grid") == []
    assert list_events(demo_engine) == [*before, "write:refused", "write:refused"]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_an_administrator_whose_access_ended_changes_no_account(end, demo_engine):
    account = add_signed_in(demo_engine, "administrator", "adi")
    accounts.add_user(demo_engine, "korban", "Korban", "member", by=COMMAND_LINE)
    end(demo_engine, account)
    text = rubrics.copy_rubric(rubrics.list_rubrics(demo_engine)[0], "oki", "Rubrik OKI")
    for act in (
        lambda: accounts.set_new_password(demo_engine, "korban", by=account),
        lambda: accounts.set_active(demo_engine, "korban", False, by=account),
        lambda: accounts.add_user(demo_engine, "baru", "Baru", "administrator", by=account),
        lambda: rubrics.save_rubric(demo_engine, text, "x", by=account),
    ):
        with pytest.raises(NotAllowed):
            act()
    names = {user.username: user.active for user in accounts.list_users(demo_engine, by=COMMAND_LINE)}
    assert names["korban"]
    assert "baru" not in names


def test_somebody_else_in_the_same_tab_is_not_taken_for_the_earlier_one(demo_engine):
    earlier = add_signed_in(demo_engine, "secretariat")
    sign_ins.sign_out(demo_engine, earlier.token)
    later = add_signed_in(demo_engine, "secretariat", "budi")
    with pytest.raises(NotAllowed):
        views.save_view(demo_engine, "talent_grid", "Milik Rina", "box=9", by=earlier)
    views.save_view(demo_engine, "talent_grid", "Milik Budi", "box=9", by=later)
    assert [view.username for view in views.list_views(demo_engine, "talent_grid")] == ["budi"]


def test_a_role_that_rose_counts_at_once_and_a_made_up_one_never(demo_engine):
    account = add_signed_in(demo_engine, "viewer")
    raised = replace(account, role="administrator")
    with pytest.raises(NotAllowed):
        views.save_view(demo_engine, "talent_grid", "x", "box=9", by=raised)
    with pytest.raises(NotAllowed):
        views.save_view(demo_engine, "talent_grid", "x", "box=9", by=replace(raised, token="made up"))
