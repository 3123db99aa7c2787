"""What is audited, and which facts each action declares; a missing or an extra fact is an error."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """Everything that leaves a line."""

    QUESTIONNAIRE_PUBLISHED = "questionnaire_published"
    RESPONSE_RECEIVED = "response_received"
    RESPONSE_WITHDRAWN = "response_withdrawn"
    CODES_ISSUED = "codes_issued"
    RELEASE_COMPUTED = "release_computed"
    PERSON_ADDED = "person_added"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - what happened
    ROLES_CHANGED = "roles_changed"
    PERSON_STARTED_ANEW = "person_started_anew"
    PERSON_DEACTIVATED = "person_deactivated"
    SECOND_FACTOR_SET = "second_factor_set"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    ACCESS_REFUSED = "access_refused"
    WORDS_OPENED = "words_opened"
    COMMENT_READ = "comment_read"
    COMMENT_TRANSLATED = "comment_translated"
    READING_CORRECTED = "reading_corrected"
    HELP_ASKED = "help_asked"
    HELP_REQUEST_OPENED = "help_request_opened"
    HELP_REQUEST_FINISHED = "help_request_finished"
    OPENING_ASKED = "opening_asked"
    OPENING_DECIDED = "opening_decided"
    LINK_OPENED = "link_opened"
    LINKS_FORGOTTEN = "links_forgotten"
    ALERT_OPENED = "alert_opened"
    ALERT_MOVED = "alert_moved"
    ACTION_SAVED = "action_saved"
    OWNER_REMINDED = "owner_reminded"
    NOT_FIXED_TAPPED = "not_fixed_tapped"
    SUBSCRIPTION_CHANGED = "subscription_changed"
    REPORT_ANNOUNCED = "report_announced"
    EVENT_ADDED = "event_added"
    EVENTS_IMPORTED = "events_imported"
    PARTICIPATION_RECORDED = "participation_recorded"
    PARTICIPATION_RELEASED = "participation_released"
    SETTING_CHANGED = "setting_changed"
    LEARNING_ASKED = "learning_asked"
    THEMES_LEARNT = "themes_learnt"
    THEME_MODEL_CHOSEN = "theme_model_chosen"
    AUDIT_PURGED = "audit_purged"
    KEYS_ROTATED = "keys_rotated"
    DEMONSTRATION_FILLED = "demonstration_filled"
    DEMONSTRATION_WIPED = "demonstration_wiped"


FACTS: dict[Action, frozenset[str]] = {
    Action.QUESTIONNAIRE_PUBLISHED: frozenset({"questionnaire", "number", "digest"}),
    Action.RESPONSE_RECEIVED: frozenset({"response", "quarter", "screened", "alerts"}),
    Action.RESPONSE_WITHDRAWN: frozenset({"response", "quarter"}),
    Action.CODES_ISSUED: frozenset({"event", "number"}),
    Action.RELEASE_COMPUTED: frozenset({"quarter", "base", "digest", "frozen"}),
    Action.PERSON_ADDED: frozenset({"person", "roles"}),
    Action.PASSWORD_CHANGED: frozenset({"person"}),
    Action.ROLES_CHANGED: frozenset({"person", "roles", "services"}),
    Action.PERSON_STARTED_ANEW: frozenset({"person"}),
    Action.PERSON_DEACTIVATED: frozenset({"person"}),
    Action.SECOND_FACTOR_SET: frozenset({"person"}),
    Action.RECOVERY_CODES_MADE: frozenset({"person"}),
    Action.SIGNED_IN: frozenset({"person"}),
    Action.SIGN_IN_REFUSED: frozenset({"reason"}),
    Action.SIGNED_OUT: frozenset({"person"}),
    Action.ACCESS_REFUSED: frozenset({"endpoint"}),
    Action.WORDS_OPENED: frozenset({"comment"}),
    Action.COMMENT_READ: frozenset({"comment", "level", "is_second"}),
    Action.COMMENT_TRANSLATED: frozenset({"comment", "interpreter"}),
    Action.READING_CORRECTED: frozenset({"comment", "level"}),
    Action.HELP_ASKED: frozenset({"kind"}),
    Action.HELP_REQUEST_OPENED: frozenset({"request"}),
    Action.HELP_REQUEST_FINISHED: frozenset({"request", "kind"}),
    Action.OPENING_ASKED: frozenset({"opening", "reason", "at_once"}),
    Action.OPENING_DECIDED: frozenset({"opening", "is_agreed", "is_review"}),
    Action.LINK_OPENED: frozenset({"opening", "shown"}),
    Action.LINKS_FORGOTTEN: frozenset({"number"}),
    Action.ALERT_OPENED: frozenset({"alert"}),
    Action.ALERT_MOVED: frozenset({"alert", "before", "after", "reason"}),
    Action.ACTION_SAVED: frozenset({"improvement", "fields"}),
    Action.OWNER_REMINDED: frozenset({"improvement", "step"}),
    Action.NOT_FIXED_TAPPED: frozenset({"improvement", "quarter"}),
    Action.SUBSCRIPTION_CHANGED: frozenset({"person", "rhythm"}),
    Action.REPORT_ANNOUNCED: frozenset({"person", "period"}),
    Action.EVENT_ADDED: frozenset({"event"}),
    Action.EVENTS_IMPORTED: frozenset({"number"}),
    Action.PARTICIPATION_RECORDED: frozenset({"event", "number"}),
    Action.PARTICIPATION_RELEASED: frozenset({"quarter", "digest"}),
    Action.SETTING_CHANGED: frozenset({"name"}),
    Action.LEARNING_ASKED: frozenset({"version"}),
    Action.THEMES_LEARNT: frozenset({"version", "state"}),
    Action.THEME_MODEL_CHOSEN: frozenset({"version"}),
    Action.AUDIT_PURGED: frozenset({"number"}),
    Action.KEYS_ROTATED: frozenset(),
    Action.DEMONSTRATION_FILLED: frozenset({"responses"}),
    Action.DEMONSTRATION_WIPED: frozenset({"responses"}),
}

WITHOUT_MOMENT = frozenset(
    {Action.RESPONSE_RECEIVED, Action.RESPONSE_WITHDRAWN, Action.HELP_ASKED, Action.NOT_FIXED_TAPPED}
)
"""Actions of families: their line holds the quarter, never the moment (practice 3.3)."""
