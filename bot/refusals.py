"""Every "no" a person can get, as a kind with facts; `chat/sentences.py` turns it into words."""

from enum import StrEnum


class No(StrEnum):
    """Why something was not done."""

    STRANGER = "stranger"
    NOT_ALLOWED = "not_allowed"
    NOT_FOUND = "not_found"
    STALE = "stale"
    WRONG_STATE = "wrong_state"
    ALREADY_DONE = "already_done"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_DEADLINE_READ = "no_deadline_read"
    DEADLINE_PAST = "deadline_past"
    NO_EFFORT_READ = "no_effort_read"
    NO_PERSON_READ = "no_person_read"
    PERSON_LEFT = "person_left"
    NO_PERCENT_READ = "no_percent_read"
    INCOMPLETE = "incomplete"
    SECRET = "secret"  # noqa: S105 - a kind of refusal, not a password
    BAD_INVITATION = "bad_invitation"
    INVITATION_USED = "invitation_used"
    ACCOUNT_TAKEN = "account_taken"
    NAMED_IN_SETTINGS = "named_in_settings"
    BAD_FILE = "bad_file"
    FILE_TOO_LARGE = "file_too_large"
    FILE_KIND = "file_kind"
    FILE_GONE = "file_gone"
    FILE_LOST = "file_lost"
    NO_EVIDENCE = "no_evidence"
    REQUEST_OPEN = "request_open"
    PAST_PARENT = "past_parent"
    PART_LATER = "part_later"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_MANY_TASKS = "too_many_tasks"
    TOO_MANY_STEPS = "too_many_steps"
    SAME_PERSON = "same_person"
    ACTED_SINCE = "acted_since"
    SAME = "same"
    UNDO_LATE = "undo_late"
    GRADED_LATE = "graded_late"
    NO_REMARK = "no_remark"
    NO_ENTRY_RIGHT = "no_entry_right"
    NO_FIGURE_READ = "no_figure_read"
    NO_REASON = "no_reason"
    NOTHING_TO_CORRECT = "nothing_to_correct"
    CORRECTION_OPEN = "correction_open"
    PARTS_OWED = "parts_owed"
    NO_DAYS_READ = "no_days_read"
    NO_CALENDAR_DAY = "no_calendar_day"
    NO_HOUR = "no_hour"
    SNOOZE_LATE = "snooze_late"
    DAYS_PAST = "days_past"
    AWAY_ALREADY = "away_already"
    AWAY_REVERSED = "away_reversed"
    OWN_DEPUTY = "own_deputy"
    DEPUTY_ELSEWHERE = "deputy_elsewhere"
    WORK_LEFT = "work_left"
    LAST_ADMIN = "last_admin"
    NO_DOCUMENT_READ = "no_document_read"
    DATES_CROSSED = "dates_crossed"
    DOCUMENT_KNOWN = "document_known"
    NO_DOCUMENT_RIGHT = "no_document_right"
    TOO_MANY_ITEMS = "too_many_items"
    ITEMS_WRONG = "items_wrong"
    WHICH_ITEM = "which_item"
    BAD_COLUMN = "bad_column"
    SERIES_OVER = "series_over"
    NO_CHANGE_READ = "no_change_read"
    NOT_YOURS = "not_yours"
    NOT_STARTED = "not_started"
    NOTHING_ASKED = "nothing_asked"
    NO_PRODUCT_READ = "no_product_read"
    UNIT_TAKEN = "unit_taken"
    UNIT_LOOP = "unit_loop"
    UNIT_GONE = "unit_gone"
    NO_UNIT_READ = "no_unit_read"
    NO_COUNT_READ = "no_count_read"
    MERGER_BLOCKED = "merger_blocked"
    MERGER_CHANGED = "merger_changed"
    MERGER_BUILT_ON = "merger_built_on"
    NO_COPY = "no_copy"
    NO_TASKS_READ = "no_tasks_read"
    ARCHIVED = "archived"
    NOTHING_TO_ARCHIVE = "nothing_to_archive"
    UNIT_LIVES = "unit_lives"
    NO_SUCH_UNIT = "no_such_unit"
    SAME_APPROVER = "same_approver"
    PROPOSER_LEFT = "proposer_left"
    OTHER_PACKAGE = "other_package"
    LIST_CHANGED = "list_changed"


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Rolls the transaction back and becomes one sentence for the person; no error in the log."""

    def __init__(self, kind: No, **facts: object) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.facts = facts


class NotNow(Exception):  # noqa: N818 - an outcome that the inbox decides on
    """Something outside the program stands in the way: what was asked is tried again later.

    `what` names the setting concerned, for whoever runs the program.
    """

    def __init__(self, what: str, cause: Exception) -> None:
        super().__init__(f"{what}: {type(cause).__name__}")
        self.what = what
        self.cause = cause
