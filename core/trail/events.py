"""The closed vocabulary of what can happen, as ``subject:action``."""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """What can happen; whatever is not here is not written."""

    # Signing in and out
    SIGN_IN = "sign-in:opened"
    SIGN_IN_REFUSED = "sign-in:refused"
    SIGN_IN_LOCKED = "sign-in:locked"
    SIGN_OUT = "sign-in:closed"
    SIGN_INS_ENDED = "sign-in:ended"
    OWN_PASSWORD_CHANGED = "password:changed"
    SECOND_FACTOR_SET_UP = "second-factor:set-up"
    RECOVERY_CODE_USED = "second-factor:recovered"
    # Accounts
    ACCOUNT_ADDED = "account:added"
    ACCOUNT_PASSWORD_SET = "account:password-set"
    ACCOUNT_ACTIVATED = "account:activated"
    ACCOUNT_DEACTIVATED = "account:deactivated"
    ACCOUNT_ROLE_CHANGED = "account:role-changed"
    ACCOUNT_SECOND_FACTOR_REMOVED = "account:second-factor-removed"
    # What is looked at and taken away
    PERSON_READ = "person:read"
    FILE_TAKEN = "file:taken"
    PAGE_PRINTED = "page:printed"
    # Data
    IMPORT_DONE = "import:done"
    IMPORT_REFUSED = "import:refused"
    IMPORT_UNDONE = "import:undone"
    COLUMNS_MAPPED = "import:columns-mapped"
    POSTS_CHANGED = "posts:changed"
    STUDY_PLACED = "study:placed"
    # Rubrics and rules
    RUBRIC_KEPT = "rubric:kept"
    RUBRIC_RETIRED = "rubric:retired"
    RULES_CHANGED = "rules:changed"
    RULES_RETIRED = "rules:retired"
    # What the committee does
    BOX_DECIDED = "box:decided"
    BOX_REVOKED = "box:revoked"
    READINESS_DECIDED = "readiness:decided"
    READINESS_REVOKED = "readiness:revoked"
    SCENARIO_SAVED = "scenario:saved"
    SCENARIO_REMOVED = "scenario:removed"
    VIEW_SAVED = "view:saved"
    VIEW_REMOVED = "view:removed"
    PLACEMENT_SAVED = "placement:saved"
    PLACEMENT_REMOVED = "placement:removed"
    GROUP_SAVED = "succession-group:saved"
    GROUP_REMOVED = "succession-group:removed"
    GROUP_MOVED_ON = "succession-group:moved-on"
    DEVELOPMENT_PLANNED = "development:planned"
    DEVELOPMENT_CLOSED = "development:closed"
    # A session of the committee
    SESSION_PREPARED = "session:prepared"
    SESSION_REMOVED = "session:removed"
    SESSION_OPENED = "session:opened"
    SESSION_DATA_TAKEN_OVER = "session:data-taken-over"
    SESSION_CANDIDATE_WITHDRAWN = "session:candidate-withdrawn"
    SESSION_PRESENCE_NOTED = "session:presence-noted"
    SESSION_CONFLICT_DECLARED = "session:conflict-declared"
    SESSION_JUDGED = "session:judged"
    SESSION_SEALED = "session:sealed"
    SESSION_UNSEALED = "session:unsealed"
    SESSION_PAPER_ENTERED = "session:paper-entered"
    SESSION_PAPER_CONFIRMED = "session:paper-confirmed"
    SESSION_REVEALED = "session:revealed"
    SESSION_MOVED_ON = "session:moved-on"
    SESSION_AGENDA_SET = "session:agenda-set"
    SESSION_VOTED = "session:voted"
    SESSION_DISSENTED = "session:dissented"
    SESSION_DECIDED = "session:decided"
    SESSION_TASK_SET = "session:task-set"
    SESSION_TASK_DONE = "session:task-done"
    SESSION_CLOSED = "session:closed"
    SESSION_REOPENED = "session:reopened"
    # The house itself
    WRITE_REFUSED = "write:refused"
    ACCESS_REFUSED = "access:refused"
    BACKUP_MADE = "backup:made"
    DATABASE_MOVED = "database:moved"
    DATABASE_RESTORED = "database:restored"
    #: What was written before the trail had a vocabulary.
    EARLIER = "trail:earlier"
