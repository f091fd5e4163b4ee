"""The trade's words for our states, marked for translation."""

import re

from bot.domain.ageing import AgeingBucket
from bot.domain.follow_ups import AwaitedDocument
from bot.domain.ledger import ClientKind
from bot.domain.lifecycle import DisputeOutcome, Means, Outcome
from bot.domain.reasons import Why


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate this later"
    """Mark a text for the catalogues; it is translated where it is shown."""
    return text


def pattern_of(sentence: str) -> re.Pattern[str]:
    """Return what recognises a sentence whose braces were filled with figures."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(sentence)))


MEANS = {
    Means.PHONE: N_("phone"),
    Means.VISIT: N_("visit"),
    Means.EMAIL: N_("e-mail"),
    Means.MESSAGE: N_("message"),
}
OUTCOMES = {
    Outcome.PROMISES: N_("promises to pay"),
    Outcome.SAYS_PAID: N_("says it is already paid"),
    Outcome.NO_INVOICE: N_("has not received the invoice"),
    Outcome.WAITS_DOCUMENT: N_("is waiting for a document"),
    Outcome.DISPUTES: N_("disputes it"),
    Outcome.CASH_TROUBLE: N_("is short of cash"),
    Outcome.NO_ANSWER: N_("does not answer"),
    Outcome.OTHER: N_("something else"),
}
WHO_IS_RIGHT = {
    DisputeOutcome.COMPANY_RIGHT: N_("We are: the items are due"),
    DisputeOutcome.CLIENT_RIGHT: N_("The client: a credit note is awaited"),
    DisputeOutcome.PARTLY: N_("The client, in part"),
}
# The same with whoever did it: after the name of who wrote the note, only the client can be meant.
CAME_OUT = {
    Outcome.PROMISES: N_("the client promises to pay"),
    Outcome.SAYS_PAID: N_("the client says it is already paid"),
    Outcome.NO_INVOICE: N_("the client has not received the invoice"),
    Outcome.WAITS_DOCUMENT: N_("the client is waiting for a document"),
    Outcome.DISPUTES: N_("the client disputes it"),
    Outcome.CASH_TROUBLE: N_("the client is short of cash"),
    Outcome.NO_ANSWER: N_("the client does not answer"),
    Outcome.OTHER: N_("another exchange"),
}
DOCUMENTS = {
    AwaitedDocument.CREDIT_NOTE: N_("a credit note"),
    AwaitedDocument.PURCHASE_ORDER: N_("a purchase order"),
    AwaitedDocument.ACCEPTANCE_REPORT: N_("an acceptance report"),
    AwaitedDocument.BANK_DETAILS: N_("our bank details"),
}
BUCKETS = {
    AgeingBucket.NOT_DUE: N_("Not due"),
    AgeingBucket.DAYS_1_30: N_("1 to 30 d"),
    AgeingBucket.DAYS_31_60: N_("31 to 60 d"),
    AgeingBucket.DAYS_61_90: N_("61 to 90 d"),
    AgeingBucket.DAYS_OVER_90: N_("over 90 d"),
}
KINDS = {
    ClientKind.ORDINARY: N_("ordinary"),
    ClientKind.TILL: N_("till"),
    ClientKind.COLLECTIVE: N_("collective"),
    ClientKind.INTRA_GROUP: N_("intra-group"),
    ClientKind.STAFF: N_("staff"),
    ClientKind.DOUBTFUL: N_("doubtful"),
}
WHY_HELD = {
    Why.KIND: N_("this account never alerts"),
    Why.MUTED: N_("kept out of alerts"),
    Why.CURRENCY: N_("no thresholds in this currency"),
    Why.SNOOZED: N_("its alert is paused"),
    Why.STALE_BOOKS: N_("the last import is too old"),
    Why.RECEIPTS_LAG: N_("bank receipts are posted too far behind sales"),
    Why.NOT_ACTIVE: N_("alerts are not activated"),
    Why.NO_FINANCE_CHANNEL: N_("no finance channel is set"),
}
FUNCTIONS = {
    "accounts": N_("accounts"),
    "purchasing": N_("purchasing"),
    "management": N_("management"),
    "technical": N_("technical"),
}
