"""How a dispute ends: who was right, and what the company then owes the client."""

from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import Calendar
from bot.domain.errors import InvalidInput
from bot.domain.follow_ups import AwaitedDocument, NewTask, TaskKind
from bot.domain.lifecycle import DisputeOutcome, TaskOwner
from bot.domain.typed_amounts import read_amount

CREDIT_NOTE_DAYS = 5


@dataclass(frozen=True, slots=True)
class Closing:
    """What a dispute becomes. `task` is the credit note it waits for; None: it is over.

    `minor` is what stays contested until then, which is what will be credited.
    """

    outcome: DisputeOutcome
    minor: int
    task: NewTask | None = None


def close(
    outcome: DisputeOutcome,
    contested_minor: int,
    amount_text: str,
    currency: str,
    today: date,
    calendar: Calendar,
) -> Closing:
    """Return what follows from a settled dispute; raise `InvalidInput` at the amount.

    The client right, in full or in part: reminders of that part stay stopped until finance has
    made the credit note, within five business days. The company right: items are due as before.
    """
    if outcome is DisputeOutcome.COMPANY_RIGHT:
        return Closing(outcome, 0)
    minor = contested_minor
    if outcome is DisputeOutcome.PARTLY:
        minor = read_amount(amount_text, currency)
        if contested_minor and minor >= contested_minor:
            raise InvalidInput("Enter less than what is contested.", field="amount")
    due_on = calendar.add_business_days(today, CREDIT_NOTE_DAYS)
    document = AwaitedDocument.CREDIT_NOTE.value
    task = NewTask(TaskKind.PROVIDE_DOCUMENT, TaskOwner.FINANCE, document, due_on)
    return Closing(outcome, minor, task)
