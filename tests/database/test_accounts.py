"""Accounts, roles and sign-ins on SQLite and on PostgreSQL."""

import datetime as dt

import pytest
import sqlalchemy as sa

from core.service import accounts, importing
from core.service.accounts import AccountProblem, NotAllowed, SignInRefused
from core.service.installation import read_cookie_key, set_up
from core.store.accounts import Account, find_account
from core.store.database import reading
from core.store.tables import AuditEvent, SignIn, UserAccount
from tests.factories import siasn, siasn_row


def of_role(role: str) -> Account:
    return Account("x", "X", role, True)


def test_the_first_administrator_gets_a_random_password_once(engine):
    password = set_up(engine)
    assert len(password) == 16
    assert set_up(engine) is None
    account, _ = accounts.sign_in(engine, "admin", password)
    assert account.role == "administrator"


def test_passwords_and_tokens_are_stored_as_hashes_only(engine):
    password = accounts.add_user(engine, "budi", "Budi", "member", by=accounts.COMMAND_LINE)
    _, token = accounts.sign_in(engine, "Budi ", password)
    with reading(engine) as connection:
        password_hash = connection.execute(sa.select(UserAccount.password_hash)).scalar_one()
        token_hash = connection.execute(sa.select(SignIn.token_hash)).scalar_one()
    assert password_hash.startswith("$2")
    assert password not in password_hash
    assert token not in token_hash


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(engine):
    accounts.add_user(engine, "budi", "Budi", "member", by=accounts.COMMAND_LINE)
    sentences = set()
    for name, password in (("budi", "salah"), ("nobody", "salah"), ("budi", ""), ("budi", "x" * 5000)):
        with pytest.raises(SignInRefused) as refusal:
            accounts.sign_in(engine, name, password)
        sentences.add(str(refusal.value))
    assert len(sentences) == 1


def test_an_account_is_locked_after_too_many_attempts(engine, configure):
    password = accounts.add_user(engine, "budi", "Budi", "member", by=accounts.COMMAND_LINE)
    for _ in range(5):
        with pytest.raises(SignInRefused, match="wrong"):
            accounts.sign_in(engine, "budi", "salah")
    with pytest.raises(SignInRefused, match="too many attempts"):
        accounts.sign_in(engine, "budi", password)


def test_signing_out_and_a_new_password_end_every_use_of_a_token(engine):
    password = accounts.add_user(engine, "budi", "Budi", "member", by=accounts.COMMAND_LINE)
    _, account = accounts.sign_in(engine, "budi", password)
    _, two = accounts.sign_in(engine, "budi", password)
    accounts.sign_out(engine, account)
    assert accounts.find_signed_in(engine, account) is None
    assert accounts.find_signed_in(engine, two).username == "budi"
    accounts.set_new_password(engine, "budi", by=accounts.COMMAND_LINE)
    assert accounts.find_signed_in(engine, two) is None


def test_a_sign_in_expires(engine, monkeypatch):
    password = accounts.add_user(engine, "budi", "Budi", "member", by=accounts.COMMAND_LINE)
    _, token = accounts.sign_in(engine, "budi", password)
    later = accounts.now() + dt.timedelta(hours=12, seconds=1)
    monkeypatch.setattr(accounts, "now", lambda: later)
    assert accounts.find_signed_in(engine, token) is None


def test_a_deactivated_account_is_out_at_once(engine):
    password = accounts.add_user(engine, "budi", "Budi", "member", by=accounts.COMMAND_LINE)
    _, token = accounts.sign_in(engine, "budi", password)
    accounts.set_active(engine, "budi", False, by=accounts.COMMAND_LINE)
    assert accounts.find_signed_in(engine, token) is None
    with pytest.raises(SignInRefused):
        accounts.sign_in(engine, "budi", password)


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
        event = connection.execute(sa.select(AuditEvent.username, AuditEvent.action, AuditEvent.detail)).one()
        assert find_account(connection, "budi").full_name == "Budi"
    assert tuple(event) == ("command line", "user added", "budi member")


def test_the_cookie_key_is_made_once_and_readable_by_the_owner_only(installation_folder):
    key = read_cookie_key()
    assert len(key) == 64
    assert read_cookie_key() == key
    assert (installation_folder / "cookie_key").stat().st_mode & 0o077 == 0
