"""Every action_id, block_id and callback_id, and the small JSON that buttons carry."""

import json
from collections.abc import Sequence

from bot.domain.ledger import ClientKind

# Buttons and menus (action_id).
NOTE = "note"
PROMISE = "promise"
DISPUTE = "dispute"
CLOSE_DISPUTE = "close_dispute"
ACKNOWLEDGE = "acknowledge"
SNOOZE = "snooze"
HAND_OVER = "hand_over"
NOT_MINE = "not_mine"
BALANCE = "balance"
HISTORY = "history"
HISTORY_OLDER = "history_older"
SHARE = "share"
TAKE = "take"
RETURN = "return"
TAKE_BACK = "take_back"
EXTEND = "extend"
MUTE = "mute"
UNMUTE = "unmute"
KINDS = "kinds"
COVER_DECLARED = "cover_declared"
FINANCE_FILE = "finance_file"
SET_APART = "set_apart"
PUT_BACK = "put_back"
HOLD_DELIVERIES = "hold_deliveries"
FREE_DELIVERIES = "free_deliveries"
NOTICE = "formal_notice"
STATEMENT = "statement"
CASE_FILE = "case_file"
LATE_PAYMENT = "late_payment"
WAIVE = "waive"  # offer to give fees and interest up
WITHDRAW_WAIVER = "withdraw_waiver"
INTERRUPT = "interrupt"  # an act that interrupts the limitation
POST = "post"  # registered post of a letter
CONSENT = "consent"
TAKE_CONSENT_BACK = "take_consent_back"
ASSIGN = "assign"
ASSIGN_TO = "assign_to"
TASK_DONE = "task_done"
ACTIVATE = "activate"
ACTIVATE_PERSON = "activate_person"
UNDO_IMPORT = "undo_import"
SETTINGS = "settings"
UNOWNED = "unowned"
PREVIEW = "preview"
GIVE_TIME = "give_time"
ASK_GESTURE = "ask_gesture"
GRANT_CONCESSION = "grant_concession"
REFUSE_CONCESSION = "refuse_concession"
INSIST = "insist"  # what a form carries once it said what goes beyond
CHOOSE_CLIENT = "choose_client"
STEP = "step"  # a reminder of the day, to see to
SKIP_STEP = "skip_step"
PAUSE_REMINDERS = "pause_reminders"
RESUME_REMINDERS = "resume_reminders"
# Selling to a company.
SOLVENCY = "solvency"
WATCH = "watch"
UNWATCH = "unwatch"
FLAG = "flag"
UNFLAG = "unflag"
RESUME_SALES = "resume_sales"
PREPARE_TERMS = "prepare_terms"
ASK_FINANCE = "ask_finance"
WITHDRAW_REQUEST = "withdraw_request"
GRANT = "grant"
REFUSE = "refuse"
COURSE_CONTINUE = "course_continue"  # after a published event
COURSE_CONDITIONS = "course_conditions"
COURSE_STOP = "course_stop"
CLAIM_SHEET = "claim_sheet"
CLAIM_DECLARED = "claim_declared"
LINKS = "links"
LINK = "link"
LINK_NONE = "link_none"
PAYMENT_OF = "payment_of"  # a bank receipt is this client's
PAYMENT_ITEMS = "payment_items"
PAYMENT_NONE = "payment_none"
EMAIL_ARRIVED = "email_arrived"  # an e-mail whose fate nobody knew
EMAIL_AGAIN = "email_again"
PROSPECT_LIST = "prospect_list"
PROSPECT = "prospect"  # the menu of a prospect: its card, or `priority`
SOLVENCY_MORE = "solvency_more"  # an overflow menu like MORE, about a company
# An overflow menu: the option's value holds `do`, one of the action ids above.
MORE = "more"
# Inside the note form: another outcome, or CONTACT set to NEW_CONTACT, redraws it.
OUTCOME = "outcome"

# Modals (callback_id).
NOTE_FORM = "note_form"
PROMISE_FORM = "promise_form"
DISPUTE_FORM = "dispute_form"
CLOSE_DISPUTE_FORM = "close_dispute_form"
SNOOZE_FORM = "snooze_form"
HAND_OVER_FORM = "hand_over_form"
RETURN_FORM = "return_form"
EXTEND_FORM = "extend_form"
MUTE_FORM = "mute_form"
ABSENCE = "absence"
ABSENCE_FORM = "absence_form"
KINDS_FORM = "kinds_form"
SET_APART_FORM = "set_apart_form"
HOLD_DELIVERIES_FORM = "hold_deliveries_form"
NOTICE_FORM = "notice_form"
POST_FORM = "post_form"
WAIVE_FORM = "waive_form"
INTERRUPT_FORM = "interrupt_form"
LATE_PAYMENT_VIEW = "late_payment_view"  # only shows, nothing to submit
PAYMENT_ITEMS_FORM = "payment_items_form"
FINANCE_FILE_VIEW = "finance_file_view"  # buttons only, nothing to submit
GIVE_TIME_FORM = "give_time_form"
GESTURE_FORM = "gesture_form"
REFUSE_CONCESSION_FORM = "refuse_concession_form"
ASSIGN_FORM = "assign_form"
STEP_FORM = "step_form"
STEP_MAIL_FORM = "step_mail_form"
SKIP_STEP_FORM = "skip_step_form"
PAUSE_REMINDERS_FORM = "pause_reminders_form"
SETTINGS_FORM = "settings_form"
SHARE_FORM = "share_form"
PICK_CLIENT_FORM = "pick_client_form"
ASK_FINANCE_FORM = "ask_finance_form"
GRANT_FORM = "grant_form"
REFUSE_FORM = "refuse_form"
FLAG_FORM = "flag_form"
COURSE_FORM = "course_form"
TERMS_FORM = "terms_form"
PROSPECT_LIST_FORM = "prospect_list_form"
LINKS_VIEW = "links_view"  # buttons only, nothing to submit
PROPOSAL_VIEW = "proposal_view"  # only shows, nothing to submit
HISTORY_VIEW = "history_view"  # only shows, nothing to submit
# The message shortcut "log as note".
LOG_AS_NOTE = "log_as_note"

# Fields of the forms about a company to sell to.
ORDER = "order"
GRANTED = "granted"
TERMS_DAYS = "terms"
CONDITION = "condition"
CONDITIONS = "conditions"
COURSE = "course"
EXPIRES_ON = "expires_on"
TOTAL = "total"
PARTS = "parts"
PART_ORDER = "part_order"
PART_INTERIM = "part_interim"
PART_FINAL = "part_final"
INTERIM_ON = "interim_on"
FINAL_ON = "final_on"
FAMILY = "family"
PROSPECT_FILE = "prospect_file"
DIRECT_DEBIT = "direct_debit"
DISCOUNT_PERCENT = "discount_percent"
DISCOUNT_DAYS = "discount_days"

# Fields (block_id); an error of the same name sits at them. The element has the same action_id,
# the outcome apart.
OUTCOME_FIELD = "outcome_field"
CONTACT = "contact"
CONTACT_NAME = "contact_name"
CONTACT_FUNCTION = "contact_function"
CONTACT_PHONE = "contact_phone"
MEANS = "means"
AMOUNT = "amount"
PROMISED_ON = "promised_on"
TIMES = "times"
OPEN_DISPUTE = "open_dispute"
WHO_IS_RIGHT = "who_is_right"
PAID_ON = "paid_on"
PAID_MEANS = "paid_means"
PAID_REFERENCE = "paid_reference"
SEND_TO = "send_to"
DOCUMENT = "document"
REASON = "reason"
ITEMS = "items"
SAID = "said"
NEXT_TRY_ON = "next_try_on"
DEADLINE = "deadline"
WITH_INTEREST = "with_interest"
ACT = "act"
INTERRUPTED_ON = "interrupted_on"
POSTED_ON = "posted_on"
TRACKING = "tracking"
RECEIVED_ON = "received_on"
CAME_BACK = "came_back"
ITEM = "item"
STATE_KIND = "state_kind"
DUE_ON = "due_on"
NOTE_TEXT = "note_text"
ORDERS = "orders"
GESTURE = "gesture"
TEXT = "text"
SUBJECT = "subject"
UNTIL = "until"
UNTIL_ON = "until_on"
OPINION = "opinion"
QUESTION = "question"
CLIENT = "client"
CLIENTS = "clients"
PERSON = "person"
STAND_IN = "stand_in"
FINANCE_CHANNEL = "finance_channel"
FINANCE_NAME = "finance_name"
CURRENCY = "currency"
LOCALE = "locale"
TIME_ZONE = "time_zone"
DIGEST_AT = "digest_at"
FORMAL = "formal"
SALES_SEE_TOTALS = "sales_see_totals"


KIND_TILL = "kind_till"
KIND_COLLECTIVE = "kind_collective"
KIND_INTRA_GROUP = "kind_intra_group"
KIND_STAFF = "kind_staff"
KIND_DOUBTFUL = "kind_doubtful"
KIND_FIELDS = {
    ClientKind.TILL: KIND_TILL,
    ClientKind.COLLECTIVE: KIND_COLLECTIVE,
    ClientKind.INTRA_GROUP: KIND_INTRA_GROUP,
    ClientKind.STAFF: KIND_STAFF,
    ClientKind.DOUBTFUL: KIND_DOUBTFUL,
}

# The value of "somebody else" in the list of contacts.
NEW_CONTACT = "new"


def payment_fields(count: int, number: int) -> tuple[str, str]:
    """Return the fields of a plan's payment: its day, its amount; other counts, other names."""
    return f"payment_{count}_{number}_on", f"payment_{count}_{number}_amount"


_written = json.JSONEncoder(separators=(",", ":")).encode


def value(
    *,
    do: str | None = None,
    client_id: int | None = None,
    alert_id: int | None = None,
    handover_id: int | None = None,
    task_id: int | None = None,
    person_id: int | None = None,
    run_id: int | None = None,
    before: int | None = None,
    channel: str | None = None,
    form: str | None = None,
    client_ids: Sequence[int] | None = None,
    siren: str | None = None,
    order: int | None = None,
    request_id: int | None = None,
    priority: int | None = None,
    decision_id: int | None = None,
    state_id: int | None = None,
    paper_id: int | None = None,
    line_id: int | None = None,
    email_id: int | None = None,
    concession_id: int | None = None,
    waiver_id: int | None = None,
    step_id: int | None = None,
    hold_id: int | None = None,
    profile: str | None = None,
    version: int | None = None,
    key: str | None = None,
    language: str | None = None,
) -> str:
    """Return the small JSON of ids that a button, an option or a modal carries.

    Two ids stay under the 150 characters of an option's value. `do` is an overflow option's
    action id, `form` the callback of the modal to go on with.
    """
    given = locals() | {
        "client_ids": list(client_ids) if client_ids else None,
        "siren": siren or None,
    }
    present = {name: held for name, held in given.items() if held is not None}
    return _written(present)
