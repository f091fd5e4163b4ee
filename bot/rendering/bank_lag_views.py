"""What finance reads once about money of the bank that the books still lack."""

from dataclasses import dataclass
from datetime import date

from bot.rendering import formats
from bot.rendering.bank_views import PaidView, paid_items
from bot.rendering.escaping import Mrkdwn
from bot.rendering.parts import Message, context, message, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice

_ROWS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class UnbookedRowView:
    """A client's payments since a day, and what they were matched with."""

    client_id: int
    client: str
    currency: str
    since: date
    paid: tuple[PaidView, ...]


@dataclass(frozen=True, slots=True)
class UnbookedView:
    """Payments seen at the bank that books entered since then still lack."""

    rows: tuple[UnbookedRowView, ...]


def payments_unbooked(view: UnbookedView, voice: Voice) -> Message:
    """Draw the payments that the bank shows and the books lack, by client."""
    said = speech(voice)
    headline = said.say("The books still lack payments that the bank has shown for long.")
    left = len(view.rows) - _ROWS_SHOWN
    more = context(said.say_count("and {n} other", "and {n} others", left)) if left > 0 else None
    why = said.say(
        "Not entered yet, entered elsewhere, or matched here by mistake. Each is said only once."
    )
    rows = [section(_row(row, said)) for row in view.rows[:_ROWS_SHOWN]]
    return message(headline, [section(headline), *rows, more, context(why)])


def _row(row: UnbookedRowView, said: Speech) -> Mrkdwn:
    total = sum(one.minor for one in row.paid)
    return said.say(
        "*{client}*: {amount} since {day}, for {items}",
        client=row.client,
        amount=formats.exact(total, row.currency, said.language),
        day=formats.day(row.since, said.language),
        items=paid_items(row.paid, row.currency, said),
    )
