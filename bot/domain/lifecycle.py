"""The words for the states things go through; one place, used by rules, tables and texts."""

from enum import StrEnum


class AlertState(StrEnum):
    """Where an alert stands (every state but the last two has an end date)."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    PROMISED = "promised"
    DISPUTED = "disputed"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"
    TAKEN = "taken"
    RETURNED = "returned"
    RESOLVED = "resolved"
    WRITTEN_OFF = "written_off"

    @property
    def is_closed(self) -> bool:
        """Say whether the episode is over."""
        return self in (AlertState.RESOLVED, AlertState.WRITTEN_OFF)

    @property
    def is_with_finance(self) -> bool:
        """Say whether finance has been given the file."""
        return self in (AlertState.HANDED_OVER, AlertState.TAKEN)


class Outcome(StrEnum):
    """What came out of an exchange with a client (MESSAGES: the note modal)."""

    PROMISES = "promises"
    SAYS_PAID = "says_paid"
    NO_INVOICE = "no_invoice"
    WAITS_DOCUMENT = "waits_document"
    DISPUTES = "disputes"
    CASH_TROUBLE = "cash_trouble"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class Means(StrEnum):
    """How somebody was reached."""

    PHONE = "phone"
    VISIT = "visit"
    EMAIL = "email"
    MESSAGE = "message"


class PromiseState(StrEnum):
    """A promise to pay is live until the ledger or the calendar judges it."""

    LIVE = "live"
    KEPT = "kept"
    KEPT_IN_PART = "kept_in_part"
    BROKEN = "broken"
    REPLACED = "replaced"


class DisputeState(StrEnum):
    """A dispute stays open until it is settled or withdrawn."""

    OPEN = "open"
    RESOLVED = "resolved"


class DisputeOutcome(StrEnum):
    """Who was right: then the items are due again, or a credit note is awaited."""

    COMPANY_RIGHT = "company_right"
    CLIENT_RIGHT = "client_right"
    PARTLY = "partly"


class HandoverState(StrEnum):
    """A transfer to finance: offered, then accepted, returned or taken back."""

    OFFERED = "offered"
    TAKEN = "taken"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"
    CLOSED = "closed"


class HoldKind(StrEnum):
    """Why reminders or alerts about a client wait."""

    MANUAL = "manual"
    SNOOZE = "snooze"
    WINDOW = "window"
    PROCEEDING = "proceeding"


class MessageState(StrEnum):
    """Where an outgoing message stands; only PENDING and UNKNOWN ones still have work to do."""

    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    DEAD = "dead"
    REPLACED = "replaced"


class Role(StrEnum):
    """What a person may do."""

    SALES = "sales"
    FINANCE = "finance"
    MANAGER = "manager"
    ADMIN = "admin"


class TaskOwner(StrEnum):
    """Which side a task without a named owner belongs to."""

    FINANCE = "finance"
    SALES = "sales"


class SolvencyRequestState(StrEnum):
    """A question to finance about a sale: open until decided; a grant ends at its date."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ConcessionKind(StrEnum):
    """What is given to a client: more time, or a part of the price."""

    EXTENSION = "extension"
    GESTURE = "gesture"


class ConcessionState(StrEnum):
    """A concession is asked of finance, or granted at once within the mandate."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class LinkState(StrEnum):
    """A suggested SIREN waits for finance's yes or no."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class SentListState(StrEnum):
    """A list of companies sent in Slack: taken, under way, rated, or not to be used."""

    WAITING = "waiting"
    RATING = "rating"
    RATED = "rated"
    REFUSED = "refused"
