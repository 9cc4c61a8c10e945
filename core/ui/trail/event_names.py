"""What can happen, in words."""

from __future__ import annotations

from core.talent.messages import N_
from core.trail.events import Event
from core.ui.language import t

_NAMES = {
    Event.SIGN_IN: N_("signed in"),
    Event.SIGN_IN_REFUSED: N_("sign-in refused"),
    Event.SIGN_IN_LOCKED: N_("locked after too many attempts"),
    Event.SIGN_OUT: N_("signed out"),
    Event.SIGN_INS_ENDED: N_("sign-ins ended"),
    Event.OWN_PASSWORD_CHANGED: N_("own password changed"),
    Event.SECOND_FACTOR_SET_UP: N_("second factor set up"),
    Event.RECOVERY_CODE_USED: N_("recovery code used"),
    Event.ACCOUNT_ADDED: N_("user added"),
    Event.ACCOUNT_PASSWORD_SET: N_("new password given"),
    Event.ACCOUNT_ACTIVATED: N_("user activated"),
    Event.ACCOUNT_DEACTIVATED: N_("user deactivated"),
    Event.ACCOUNT_ROLE_CHANGED: N_("role changed"),
    Event.ACCOUNT_SECOND_FACTOR_REMOVED: N_("second factor taken away"),
    Event.PERSON_READ: N_("person looked at"),
    Event.FILE_TAKEN: N_("file taken away"),
    Event.PAGE_PRINTED: N_("page printed"),
    Event.IMPORT_DONE: N_("files imported"),
    Event.IMPORT_REFUSED: N_("import refused"),
    Event.IMPORT_UNDONE: N_("import undone"),
    Event.COLUMNS_MAPPED: N_("columns explained"),
    Event.POSTS_CHANGED: N_("posts changed"),
    Event.STUDY_PLACED: N_("field of study placed"),
    Event.RUBRIC_KEPT: N_("rubric kept"),
    Event.RUBRIC_RETIRED: N_("rubric retired"),
    Event.RULES_CHANGED: N_("rules changed"),
    Event.RULES_RETIRED: N_("rules retired"),
    Event.BOX_DECIDED: N_("box decided"),
    Event.BOX_REVOKED: N_("decision on a box taken back"),
    Event.READINESS_DECIDED: N_("readiness decided"),
    Event.READINESS_REVOKED: N_("decision on readiness taken back"),
    Event.SCENARIO_SAVED: N_("scenario saved"),
    Event.SCENARIO_REMOVED: N_("scenario removed"),
    Event.VIEW_SAVED: N_("view saved"),
    Event.VIEW_REMOVED: N_("view removed"),
    Event.PLACEMENT_SAVED: N_("placement saved"),
    Event.PLACEMENT_REMOVED: N_("placement removed"),
    Event.GROUP_SAVED: N_("succession group saved"),
    Event.GROUP_REMOVED: N_("succession group removed"),
    Event.GROUP_MOVED_ON: N_("succession group moved on"),
    Event.DEVELOPMENT_PLANNED: N_("development planned"),
    Event.DEVELOPMENT_CLOSED: N_("development closed"),
    Event.SESSION_PREPARED: N_("session prepared"),
    Event.SESSION_REMOVED: N_("session removed"),
    Event.SESSION_OPENED: N_("session opened for judging"),
    Event.SESSION_DATA_TAKEN_OVER: N_("later data taken over"),
    Event.SESSION_CANDIDATE_WITHDRAWN: N_("candidate withdrawn"),
    Event.SESSION_PRESENCE_NOTED: N_("presence noted"),
    Event.SESSION_CONFLICT_DECLARED: N_("conflict of interest declared"),
    Event.SESSION_JUDGED: N_("own judgement kept"),
    Event.SESSION_SEALED: N_("own judgement sealed"),
    Event.SESSION_UNSEALED: N_("seal taken back"),
    Event.SESSION_PAPER_ENTERED: N_("paper entered"),
    Event.SESSION_PAPER_CONFIRMED: N_("paper confirmed"),
    Event.SESSION_REVEALED: N_("judgements opened"),
    Event.SESSION_MOVED_ON: N_("session moved on"),
    Event.SESSION_AGENDA_SET: N_("agenda set"),
    Event.SESSION_VOTED: N_("vote given"),
    Event.SESSION_DISSENTED: N_("dissent written"),
    Event.SESSION_DECIDED: N_("names put to the vote"),
    Event.SESSION_TASK_SET: N_("task given"),
    Event.SESSION_TASK_DONE: N_("task done"),
    Event.SESSION_CLOSED: N_("session closed"),
    Event.SESSION_REOPENED: N_("session reopened"),
    Event.WRITE_REFUSED: N_("write refused"),
    Event.ACCESS_REFUSED: N_("access refused"),
    Event.BACKUP_MADE: N_("backup made"),
    Event.DATABASE_MOVED: N_("database moved"),
    Event.DATABASE_RESTORED: N_("database restored"),
    Event.EARLIER: N_("before there was a trail"),
}


def event_name(event: str) -> str:
    """An event in words; one that this version does not know as it is written."""
    try:
        return t(_NAMES[Event(event)])
    except ValueError:
        return event
