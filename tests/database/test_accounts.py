"""Accounts, roles and sign-ins on SQLite and on PostgreSQL."""

import pytest
import sqlalchemy as sa

from core.service import accounts, importing, sign_ins
from core.service.accounts import AccountProblem, NotAllowed
from core.service.installation import read_cookie_key, set_up
from core.store.accounts import Account, find_account
from core.store.database import reading
from core.store.tables import AuditEvent
from tests.factories import siasn, siasn_row
from tests.signed_in import OWN_PASSWORD, add_signed_in


def of_role(role: str) -> Account:
    return Account("x", "X", role, True)


def test_the_first_administrator_gets_a_random_password_once(engine):
    password = set_up(engine)
    assert len(password) == 16
    assert set_up(engine) is None
    step = sign_ins.sign_in(engine, "admin", password)
    assert (step.account.role, step.stage) == ("administrator", "password")


@pytest.mark.parametrize("role", ["member", "viewer", "somebody"])
def test_who_may_not_import_is_refused_where_it_is_done(engine, role):
    for act in (importing.preview_import, importing.import_files):
        with pytest.raises(NotAllowed):
            act(engine, [siasn(siasn_row())], by=of_role(role))


@pytest.mark.parametrize("role", ["secretariat", "member", "viewer", "somebody"])
def test_who_may_not_administer_is_refused_where_it_is_done(engine, role):
    accounts.add_user(engine, "budi", "Budi", "member", by=accounts.COMMAND_LINE)
    by = of_role(role)
    for act in (
        lambda: accounts.add_user(engine, "ani", "Ani", "administrator", by=by),
        lambda: accounts.set_new_password(engine, "budi", by=by),
        lambda: accounts.set_active(engine, "budi", False, by=by),
        lambda: accounts.set_role(engine, "budi", "administrator", by=by),
        lambda: accounts.remove_second_factor(engine, "budi", by=by),
        lambda: sign_ins.end_sign_ins(engine, "budi", by=by),
        lambda: sign_ins.list_all_sign_ins(engine, by=by),
        lambda: accounts.list_users(engine, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_rights_of_the_roles():
    rights = {
        role: {right for right in ("read", "weigh", "import", "administer") if accounts.has_right(of_role(role), right)}
        for role in accounts.ROLES
    }
    assert rights == {
        "administrator": {"read", "weigh", "import", "administer"},
        "secretariat": {"read", "weigh", "import"},
        "member": {"read", "weigh"},
        "viewer": {"read"},
    }
    assert not accounts.has_right(of_role("somebody"), "read")


@pytest.mark.parametrize(
    ("name", "role", "words"),
    [("", "member", "cannot be used"), ("a b", "member", "cannot be used"), ("budi", "king", "unknown role")],
)
def test_an_account_that_cannot_be_made(engine, name, role, words):
    with pytest.raises(AccountProblem, match=words):
        accounts.add_user(engine, name, "", role, by=accounts.COMMAND_LINE)


def test_a_name_is_given_once(engine):
    accounts.add_user(engine, "budi", "Budi", "member", by=accounts.COMMAND_LINE)
    with pytest.raises(AccountProblem, match="already"):
        accounts.add_user(engine, "BUDI", "Budi", "member", by=accounts.COMMAND_LINE)
    with pytest.raises(AccountProblem, match="no user"):
        accounts.set_new_password(engine, "ani", by=accounts.COMMAND_LINE)


def test_what_is_done_to_accounts_is_in_the_audit_trail(engine):
    accounts.add_user(engine, "budi", "Budi", "member", by=accounts.COMMAND_LINE)
    with reading(engine) as connection:
        columns = (AuditEvent.username, AuditEvent.event, AuditEvent.subject, AuditEvent.after)
        event = connection.execute(sa.select(*columns)).one()
        assert find_account(connection, "budi").full_name == "Budi"
    assert tuple(event) == ("command line", "account:added", "budi", '"member"')


def test_the_cookie_key_is_made_once_and_readable_by_the_owner_only(installation_folder):
    key = read_cookie_key()
    assert len(key) == 64
    assert read_cookie_key() == key
    assert (installation_folder / "cookie_key").stat().st_mode & 0o077 == 0


def test_nobody_takes_the_own_access_or_role_away_by_a_careless_click(engine):
    admin = add_signed_in(engine, "administrator", "adi")
    for act in (
        lambda: accounts.set_new_password(engine, "adi", by=admin),
        lambda: accounts.set_active(engine, "adi", False, by=admin),
        lambda: accounts.set_role(engine, "adi", "viewer", by=admin),
    ):
        with pytest.raises(AccountProblem, match="own"):
            act()


def test_a_role_that_is_changed_counts_at_once_and_is_signed_in_with_anew(engine, configure):
    configure(second_factor_roles="administrator")
    member = add_signed_in(engine, "member", "budi")
    accounts.set_role(engine, "budi", "administrator", by=accounts.COMMAND_LINE)
    assert sign_ins.find_signed_in(engine, member.token) is None
    assert sign_ins.explain_end(engine, member.token) == "new role"
    # Nobody becomes an administrator without the second factor that one needs.
    assert sign_ins.sign_in(engine, "budi", OWN_PASSWORD).stage == "enrol"
    with pytest.raises(AccountProblem, match="unknown role"):
        accounts.set_role(engine, "budi", "king", by=accounts.COMMAND_LINE)
    with pytest.raises(AccountProblem, match="no user"):
        accounts.set_role(engine, "ani", "viewer", by=accounts.COMMAND_LINE)
