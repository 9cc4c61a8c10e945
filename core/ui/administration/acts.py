"""What an administrator can do to another's account."""

from __future__ import annotations

from core.service import accounts, sign_ins
from core.store.accounts import Account
from core.ui.language import plain, t, tn
from core.ui.shared import engine
from core.ui.terms import role_name


def name_acts() -> dict[str, str]:
    """The acts by their keys, as they are chosen and asked for."""
    return {
        "password": t("new password"),
        "role": t("other role"),
        "end": t("end all sign-ins"),
        "factor": t("take the second factor away"),
        "deactivate": t("deactivate"),
        "activate": t("activate again"),
    }


def carry_out(act: str, username: str, role: str, by: Account) -> tuple[str, str]:
    """Do it; what was done in a sentence, and the password that was made, if one was."""
    user = plain(username)
    match act:
        case "password":
            password = accounts.set_new_password(engine(), username, by=by)
            return t("{user} has a new password.", user=user), password
        case "role":
            accounts.set_role(engine(), username, role, by=by)
            return t("{user} is now {role}.", user=user, role=role_name(role)), ""
        case "end":
            ended = sign_ins.end_sign_ins(engine(), username, by=by)
            return tn(
                "{count} sign-in of {user} has ended.", "{count} sign-ins of {user} have ended.", ended, user=user
            ), ""
        case "factor":
            accounts.remove_second_factor(engine(), username, by=by)
            return t("{user} has no second factor any more.", user=user), ""
        case "activate":
            accounts.set_active(engine(), username, True, by=by)
            return t("{user} may sign in again.", user=user), ""
        case "deactivate":
            accounts.set_active(engine(), username, False, by=by)
            return t("{user} may no longer sign in.", user=user), ""
    raise ValueError(act)
