"""Signing in step by step, out, and being kept out, on SQLite and on PostgreSQL."""

import datetime as dt
import threading

import pyotp
import pytest
import sqlalchemy as sa

from core.service import accounts, attempts, passwords, reads, second_factor, sign_ins
from core.service.accounts import COMMAND_LINE, NotAllowed
from core.service.passwords import PasswordRefused
from core.service.reads import READS
from core.service.sign_ins import SignInRefused
from core.store.database import reading
from core.store.tables import AuditEvent, RecoveryCode, SignIn, UserAccount
from tests.signed_in import OWN_PASSWORD, add_signed_in, add_user, sign_in


@pytest.fixture
def later(monkeypatch):
    """Let time pass."""

    def pass_time(**span):
        moment = sign_ins.now() + dt.timedelta(**span)
        for module in (sign_ins, accounts, attempts, reads):
            monkeypatch.setattr(module, "now", lambda: moment)

    return pass_time


def code_of(secret, ahead=0):
    return pyotp.TOTP(secret).at(sign_ins.now().replace(tzinfo=dt.UTC) + dt.timedelta(seconds=30 * ahead))


def refuse(engine, name, password, words, address=""):
    with pytest.raises(SignInRefused, match=words):
        sign_ins.sign_in(engine, name, password, address)


def test_the_first_sign_in_obliges_to_an_own_password(engine):
    made = accounts.add_user(engine, "budi", "Budi Contoh", "member", by=COMMAND_LINE)
    step = sign_ins.sign_in(engine, " Budi", made)
    assert step.stage == "password"
    assert sign_ins.find_signed_in(engine, step.token) is None
    for wrong in ("pendek", made, "budi contoh 2026", "Rahasia-2026-Rahasia", "x" * 73):
        with pytest.raises((PasswordRefused, SignInRefused)):
            sign_ins.choose_first_password(engine, step.token, wrong)
    opened = sign_ins.choose_first_password(engine, step.token, OWN_PASSWORD)
    assert opened.stage == "open"
    assert sign_ins.find_signed_in(engine, opened.token).username == "budi"
    # The step's token is used up, the made password is no more.
    assert sign_ins.find_step(engine, step.token) is None
    with pytest.raises(SignInRefused, match="ended"):
        sign_ins.choose_first_password(engine, step.token, "lima gajah naik becak")
    refuse(engine, "budi", made, "wrong")


def test_passwords_tokens_and_secrets_are_not_in_the_store(engine):
    add_user(engine, "budi", "member")
    account = sign_in(engine, "budi")
    secret = second_factor.make_secret()
    codes = sign_ins.add_second_factor(engine, OWN_PASSWORD, secret, code_of(secret), by=account)
    with reading(engine) as connection:
        stored = [
            str(value)
            for table in (UserAccount, SignIn, RecoveryCode)
            for row in connection.execute(sa.select(table.__table__))
            for value in row
        ]
    assert any(value.startswith("$2") for value in stored)
    assert not {OWN_PASSWORD, account.token, secret, *codes} & set(stored)
    assert not any(secret in value or account.token in value for value in stored)


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(engine):
    add_user(engine, "budi", "member")
    sentences = set()
    for name, password in (
        ("budi", "salah"),
        ("nobody", "salah"),
        ("budi", ""),
        ("nobody", "x" * 5000),
        ("", "\ud800"),
    ):
        with pytest.raises(SignInRefused) as refusal:
            sign_ins.sign_in(engine, name, password)
        sentences.add(str(refusal.value))
    assert len(sentences) == 1


def test_every_attempt_costs_one_check_of_a_hash(engine, monkeypatch):
    """The time an answer takes tells neither that a name exists nor that a password is long."""
    add_user(engine, "budi", "member")
    sign_ins._nobody_hash()
    checks = []
    library = type("Counting", (), {"check_pw": staticmethod(lambda password, hashed: checks.append(len(password)))})
    monkeypatch.setattr("core.service.authenticator._library", lambda: library)
    for name, password in (("budi", "salah"), ("nobody", "salah"), ("budi", "x" * 5000), ("nobody", "x" * 5000)):
        refuse(engine, name, password, "wrong")
    assert checks == [5, 5, 72, 72]


@pytest.mark.parametrize("name", ["budi", "nobody"])
def test_a_name_is_locked_after_too_many_attempts_whether_it_exists_or_not(engine, name, later):
    add_user(engine, "budi", "member")
    for _ in range(5):
        refuse(engine, name, "salah", "wrong")
    refuse(engine, name, OWN_PASSWORD, "too many attempts")
    later(minutes=16)
    if name == "budi":
        assert sign_in(engine, "budi").username == "budi"
    else:
        refuse(engine, name, "salah", "wrong")


def test_parallel_guesses_are_counted_before_they_are_checked(engine, monkeypatch):
    add_user(engine, "budi", "member")
    checked, answers = [], []
    together = threading.Barrier(20)
    monkeypatch.setattr(sign_ins, "check_password", lambda *_: bool(checked.append(1)))

    def guess():
        together.wait()
        try:
            sign_ins.sign_in(engine, "budi", "salah")
        except SignInRefused as refusal:
            answers.append(str(refusal))

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 20
    assert len(checked) == 5


def test_an_address_that_guesses_many_names_is_locked_and_others_are_not(engine, configure):
    configure(address_attempts=3)
    add_user(engine, "budi", "member")
    for number in range(3):
        refuse(engine, f"name{number}", "salah", "wrong", "10.0.0.9")
    refuse(engine, "budi", OWN_PASSWORD, "too many attempts", "10.0.0.9")
    # Right passwords are no attempts: a whole office behind one address signs in.
    for _ in range(5):
        assert sign_ins.sign_in(engine, "budi", OWN_PASSWORD, "10.0.0.1").stage == "open"


def test_a_sign_in_lies_idle_and_expires_and_says_which(engine, later, configure):
    configure(idle_minutes=30, session_hours=12)
    account = add_signed_in(engine, "member")
    later(minutes=29)
    assert sign_ins.find_signed_in(engine, account.token, active=True) is not None
    assert READS.wait(30)
    later(minutes=29)  # from the last use, not from the beginning
    assert sign_ins.find_signed_in(engine, account.token) is not None
    later(minutes=2)
    assert sign_ins.find_signed_in(engine, account.token) is None
    assert sign_ins.explain_end(engine, account.token) == "idle"

    busy = sign_in(engine, "rina")
    for _ in range(25):
        later(minutes=29)
        alive = sign_ins.find_signed_in(engine, busy.token, active=True)
        assert READS.wait(30)
    assert alive is None
    assert sign_ins.explain_end(engine, busy.token) == "expired"


def test_looking_on_keeps_no_sign_in_from_lying_idle(engine, later, configure):
    configure(idle_minutes=30)
    account = add_signed_in(engine, "member")
    later(minutes=20)
    assert sign_ins.find_signed_in(engine, account.token) is not None
    later(minutes=11)
    assert sign_ins.find_signed_in(engine, account.token) is None


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (lambda engine, account: sign_ins.sign_out(engine, account.token), "signed out"),
        (lambda engine, account: accounts.set_new_password(engine, "rina", by=COMMAND_LINE), "new password"),
        (lambda engine, account: accounts.set_active(engine, "rina", False, by=COMMAND_LINE), "deactivated"),
        (lambda engine, account: sign_ins.end_sign_ins(engine, "rina", by=COMMAND_LINE), "ended by administrator"),
    ],
    ids=["out", "password", "deactivated", "administrator"],
)
def test_the_end_of_a_sign_in_has_its_reason(engine, end, reason):
    account = add_signed_in(engine, "member")
    end(engine, account)
    assert sign_ins.find_signed_in(engine, account.token) is None
    assert sign_ins.explain_end(engine, account.token) == reason
    assert sign_ins.explain_end(engine, "made up") == ""


def test_one_sees_and_ends_the_own_other_sign_ins_only(engine):
    add_user(engine, "budi", "member")
    here = sign_ins.sign_in(engine, "budi", OWN_PASSWORD, "10.0.0.1", "Firefox").account
    there = sign_ins.sign_in(engine, "budi", OWN_PASSWORD, "10.0.0.2", "Chrome").account
    other = add_signed_in(engine, "member", "ani")
    assert {record.address for record in sign_ins.list_own_sign_ins(engine, by=here)} == {"10.0.0.1", "10.0.0.2"}
    assert sign_ins.end_other_sign_ins(engine, by=here) == 1
    assert sign_ins.find_signed_in(engine, there.token) is None
    assert sign_ins.explain_end(engine, there.token) == "ended"
    assert sign_ins.find_signed_in(engine, here.token) is not None
    assert sign_ins.find_signed_in(engine, other.token) is not None
    with pytest.raises(NotAllowed):
        sign_ins.end_other_sign_ins(engine, by=there)


def test_the_own_password_is_changed_and_ends_the_other_sign_ins(engine):
    add_user(engine, "budi", "member")
    here, there = sign_in(engine, "budi"), sign_in(engine, "budi")
    new = "lima gajah naik becak"
    with pytest.raises(SignInRefused, match="present password"):
        sign_ins.change_own_password(engine, "salah", new, by=here)
    with pytest.raises(PasswordRefused, match="too short"):
        sign_ins.change_own_password(engine, OWN_PASSWORD, "pendek", by=here)
    sign_ins.change_own_password(engine, OWN_PASSWORD, new, by=here)
    assert sign_ins.find_signed_in(engine, here.token) is not None
    assert sign_ins.explain_end(engine, there.token) == "new password"
    refuse(engine, "budi", OWN_PASSWORD, "wrong")
    assert sign_in(engine, "budi", new)


def test_the_present_password_cannot_be_guessed_from_an_open_tab(engine):
    add_user(engine, "budi", "member")
    account = sign_in(engine, "budi")
    for _ in range(5):
        with pytest.raises(SignInRefused, match="present password"):
            sign_ins.change_own_password(engine, "salah", "lima gajah naik becak", by=account)
    with pytest.raises(SignInRefused, match="too many attempts"):
        sign_ins.change_own_password(engine, OWN_PASSWORD, "lima gajah naik becak", by=account)


def test_an_open_tab_alone_sets_up_no_second_factor(engine):
    account = add_signed_in(engine, "administrator", "adi")
    secret = second_factor.make_secret()
    with pytest.raises(SignInRefused, match="present password"):
        sign_ins.add_second_factor(engine, "salah", secret, code_of(secret), by=account)
    assert sign_ins.has_second_factor(engine, by=account) == (False, 0)


def test_a_password_that_was_made_is_good_for_some_days(engine, later, configure):
    configure(made_password_days=7)
    made = accounts.add_user(engine, "budi", "Budi", "member", by=COMMAND_LINE)
    add_user(engine, "ani", "member")
    later(days=7, minutes=1)
    refuse(engine, "budi", made, "older than 7 days")
    assert sign_in(engine, "ani")  # one's own stays
    again = accounts.set_new_password(engine, "budi", by=COMMAND_LINE)
    assert sign_ins.sign_in(engine, "budi", again).stage == "password"


def with_second_factor(engine, later):
    account = add_signed_in(engine, "administrator", "adi")
    secret = second_factor.make_secret()
    codes = sign_ins.add_second_factor(engine, OWN_PASSWORD, secret, code_of(secret), by=account)
    later(seconds=60)
    return secret, codes


def test_a_second_factor_is_asked_for_and_each_code_taken_once(engine, later):
    secret, _ = with_second_factor(engine, later)
    step = sign_ins.sign_in(engine, "adi", OWN_PASSWORD)
    assert step.stage == "code"
    assert sign_ins.find_signed_in(engine, step.token) is None
    for wrong in ("000000", "", "１２３４５６", code_of(secret, 9), "x" * 5000):
        with pytest.raises(SignInRefused):
            sign_ins.give_code(engine, step.token, wrong)
    later(minutes=16)
    step = sign_ins.sign_in(engine, "adi", OWN_PASSWORD)
    code = code_of(secret)
    assert sign_ins.give_code(engine, step.token, f" {code[:3]} {code[3:]}").stage == "open"
    again = sign_ins.sign_in(engine, "adi", OWN_PASSWORD)
    with pytest.raises(SignInRefused, match="used before"):
        sign_ins.give_code(engine, again.token, code)


def test_codes_of_a_second_factor_cannot_be_guessed_by_signing_in_anew(engine, later):
    secret, _ = with_second_factor(engine, later)
    for _ in range(5):
        step = sign_ins.sign_in(engine, "adi", OWN_PASSWORD)
        with pytest.raises(SignInRefused, match="code is wrong"):
            sign_ins.give_code(engine, step.token, "000000")
    step = sign_ins.sign_in(engine, "adi", OWN_PASSWORD)
    with pytest.raises(SignInRefused, match="too many attempts"):
        sign_ins.give_code(engine, step.token, code_of(secret))


def test_a_recovery_code_opens_once_however_it_is_typed(engine, later):
    _, codes = with_second_factor(engine, later)
    assert len(set(codes)) == 10
    step = sign_ins.sign_in(engine, "adi", OWN_PASSWORD)
    opened = sign_ins.give_code(engine, step.token, codes[3].upper().replace("-", " "))
    assert opened.stage == "open"
    assert sign_ins.has_second_factor(engine, by=opened.account) == (True, 9)
    step = sign_ins.sign_in(engine, "adi", OWN_PASSWORD)
    with pytest.raises(SignInRefused):
        sign_ins.give_code(engine, step.token, codes[3])


def test_a_role_that_needs_a_second_factor_sets_one_up_on_the_way_in(engine, configure, later):
    configure(second_factor_roles="administrator")
    made = accounts.add_user(engine, "adi", "Adi", "administrator", by=COMMAND_LINE)
    step = sign_ins.choose_first_password(engine, sign_ins.sign_in(engine, "adi", made).token, OWN_PASSWORD)
    assert step.stage == "enrol"
    secret = second_factor.make_secret()
    with pytest.raises(SignInRefused, match="code is wrong"):
        sign_ins.set_up_second_factor(engine, step.token, secret, "000000")
    opened, codes = sign_ins.set_up_second_factor(engine, step.token, secret, code_of(secret))
    assert (opened.stage, len(codes)) == ("open", 10)
    # The telephone is lost: the administrator takes the factor away, and the way begins anew.
    accounts.remove_second_factor(engine, "adi", by=COMMAND_LINE)
    assert sign_ins.find_signed_in(engine, opened.token) is None
    assert sign_ins.sign_in(engine, "adi", OWN_PASSWORD).stage == "enrol"
    add_user(engine, "budi", "member")
    assert sign_ins.sign_in(engine, "budi", OWN_PASSWORD).stage == "open"


def test_a_second_factor_written_under_another_key_lets_nobody_in_by_a_code(engine, later, configure, tmp_path):
    secret, codes = with_second_factor(engine, later)
    (tmp_path / "cookie_key").unlink()
    step = sign_ins.sign_in(engine, "adi", OWN_PASSWORD)
    with pytest.raises(SignInRefused, match="code is wrong"):
        sign_ins.give_code(engine, step.token, code_of(secret))
    assert sign_ins.give_code(engine, step.token, codes[0]).stage == "open"


def test_a_step_on_the_way_is_gone_after_a_quarter_of_an_hour(engine, later):
    made = accounts.add_user(engine, "budi", "Budi", "member", by=COMMAND_LINE)
    step = sign_ins.sign_in(engine, "budi", made)
    later(minutes=16)
    assert sign_ins.find_step(engine, step.token) is None
    with pytest.raises(SignInRefused, match="ended"):
        sign_ins.choose_first_password(engine, step.token, OWN_PASSWORD)


def test_refused_attempts_are_in_the_trail_also_of_names_that_do_not_exist(engine):
    refuse(engine, "siapa", "salah", "wrong", "10.0.0.9")
    with reading(engine) as connection:
        told = connection.execute(sa.select(AuditEvent.username, AuditEvent.event, AuditEvent.address)).all()
    assert [tuple(row) for row in told] == [("siapa", "sign-in:refused", "10.0.0.9")]


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "Password123456", "p4ssw0rd-p4ssw0rd", "123456789012", "210987654321", "qwertyuiop[]", "aaaaaaaaaaaa",
        "abcabcabcabc", "bismillah1234", "Indonesia2026!", "bupati-oki-2026", "kayuagung2026", "AdminMantel2026",
        "rina.hartati.1990", "correct horse battery staple", "1qaz2wsx3edc", "..............", "2026-11-26-2026",
    ],
)  # fmt: skip
def test_what_others_try_first_is_refused(password):
    with pytest.raises(PasswordRefused, match="first that others try"):
        passwords.check_new_password(password, "rina", "Rina Hartati")


@pytest.mark.parametrize(
    "password",
    [
        OWN_PASSWORD,
        "lima gajah naik becak",
        "qQBcnT8BFC9HWGxY",
        "sandiwara di tepi rawa",
        "ありがとうございます友よ",
    ],
)
def test_what_nobody_would_try_is_taken_without_rules_of_composition(password):
    passwords.check_new_password(password, "rina", "Rina Hartati")


def test_a_password_changed_while_it_was_being_checked_opens_nothing(engine, monkeypatch):
    add_user(engine, "budi", "member")
    check = sign_ins.check_password

    def check_and_meanwhile(password, hashed):
        matches = check(password, hashed)
        accounts.set_new_password(engine, "budi", by=COMMAND_LINE)
        return matches

    monkeypatch.setattr(sign_ins, "check_password", check_and_meanwhile)
    refuse(engine, "budi", OWN_PASSWORD, "wrong")


def test_a_second_factor_set_up_meanwhile_is_not_overwritten_from_another_step(engine, configure):
    configure(second_factor_roles="administrator")
    add_user(engine, "adi", "viewer")
    accounts.set_role(engine, "adi", "administrator", by=COMMAND_LINE)
    owner, thief = (sign_ins.sign_in(engine, "adi", OWN_PASSWORD) for _ in range(2))
    assert (owner.stage, thief.stage) == ("enrol", "enrol")
    mine, his = second_factor.make_secret(), second_factor.make_secret()
    sign_ins.set_up_second_factor(engine, owner.token, mine, code_of(mine))
    with pytest.raises(SignInRefused, match="ended"):
        sign_ins.set_up_second_factor(engine, thief.token, his, code_of(his))


@pytest.mark.parametrize("secret", ["", "AAAA", "x" * 5000, "\x00"])
def test_a_secret_that_is_none_is_a_refused_code(engine, configure, secret):
    configure(second_factor_roles="administrator")
    made = accounts.add_user(engine, "adi", "Adi", "administrator", by=COMMAND_LINE)
    step = sign_ins.choose_first_password(engine, sign_ins.sign_in(engine, "adi", made).token, OWN_PASSWORD)
    with pytest.raises(SignInRefused, match="code is wrong"):
        sign_ins.set_up_second_factor(engine, step.token, secret, "123456")


def test_codes_while_setting_up_are_counted_and_told(engine):
    account = add_signed_in(engine, "administrator", "adi")
    secret = second_factor.make_secret()
    for _ in range(5):
        with pytest.raises(SignInRefused, match="code is wrong"):
            sign_ins.add_second_factor(engine, OWN_PASSWORD, secret, "000000", by=account)
    with pytest.raises(SignInRefused, match="too many attempts"):
        sign_ins.add_second_factor(engine, OWN_PASSWORD, secret, code_of(secret), by=account)
    with reading(engine) as connection:
        events = connection.execute(sa.select(AuditEvent.event).where(AuditEvent.username == "adi")).scalars().all()
    assert events.count("sign-in:refused") == 5
    assert events.count("sign-in:locked") == 1


def test_a_lock_is_one_entry_however_often_somebody_tries_on(engine):
    for _ in range(20):
        with pytest.raises(SignInRefused):
            sign_ins.sign_in(engine, "siapa", "salah", "10.0.0.9")
    with reading(engine) as connection:
        events = connection.execute(sa.select(AuditEvent.event)).scalars().all()
    assert events == ["sign-in:refused"] * 5 + ["sign-in:locked"]
