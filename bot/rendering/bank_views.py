"""What finance reads of a bank movement: whose is it, and what was taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.bank.matching import Tie
from bot.rendering import formats, ids
from bot.rendering.answers import answer_buttons
from bot.rendering.escaping import Mrkdwn, dotted
from bot.rendering.parts import Block, Message, actions, button, context, message, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import N_

_ITEMS_SHOWN, _PROPOSALS_SHOWN = 6, 5
_TIES = {
    Tie.REFERENCE: N_("it names the invoice"),
    Tie.AMOUNT: N_("the very amount of one invoice"),
    Tie.SEVERAL: N_("the very amount of several invoices"),
    Tie.NETTED: N_("the amount less a credit note"),
    Tie.PROMISE: N_("the amount promised"),
    Tie.PART: N_("less than the invoice"),
    Tie.MORE: N_("more than the invoice"),
    Tie.SAME_NAME: N_("same name"),
    Tie.CLOSE_NAME: N_("name that resembles"),
}


@dataclass(frozen=True, slots=True)
class PaidView:
    """An item a movement pays, and how much of it; without a number, money on account."""

    number: str
    minor: int


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A client whose payment it may be, with what it would pay, and why."""

    client_id: int
    client: str
    paid: tuple[PaidView, ...]
    ties: frozenset[Tie]


@dataclass(frozen=True, slots=True)
class BankLineView:
    """A movement as it stands; `by` is who decided whose it is."""

    line_id: int
    minor: int
    currency: str
    day: date
    payer: str = ""
    text: str = ""
    client_id: int | None = None
    client: str = ""
    paid: tuple[PaidView, ...] = ()
    proposals: tuple[ProposalView, ...] = ()
    is_open: bool = False
    by: str = ""
    reject_code: str = ""
    in_books: bool = False


def payment_question(view: BankLineView, voice: Voice) -> Message:
    """Draw a receipt nobody could place, with whose it may be; once answered, the answer."""
    said = speech(voice)
    headline = said.say(
        "{amount} came in on {day} from {payer}: whose payment is it?", **_named(view, said)
    )
    if not view.is_open:
        return _answered(view, said)
    rows = [
        block for one in view.proposals[:_PROPOSALS_SHOWN] for block in _proposed(one, view, said)
    ]
    none = button(
        said.words("None of these clients"), ids.PAYMENT_NONE, ids.value(line_id=view.line_id)
    )
    written = context(said.say("The bank writes: “{text}”", text=view.text)) if view.text else None
    return message(headline, [section(headline), written, *rows, actions([none])])


def payment_rejected(view: BankLineView, voice: Voice) -> Message:
    """Draw that the bank took a payment back, and what is owed again."""
    said, named = speech(voice), _named(view, speech(voice))
    if view.client_id is None:
        headline = said.say(
            "The bank took back {amount} on {day} ({payer}): no client of the books is named.",
            **named,
        )
        return message(headline, [section(headline)])
    headline = (
        said.say("Payment rejected: {client} owes {amount} again in the books.", **named)
        if view.in_books
        else said.say(
            "Payment rejected: the bank took back {amount} from {client} on {day}.", **named
        )
    )
    again = said.say(
        "Owed again, at the first due date: {items}.",
        items=paid_items(view.paid, view.currency, said),
    )
    code = said.say("Reason given by the bank: {code}.", code=view.reject_code)
    shown = answer_buttons((ids.BALANCE, ids.NOTE), None, view.client_id, voice)
    return message(
        headline,
        [
            section(headline),
            context(again) if view.paid else None,
            context(code) if view.reject_code else None,
            actions(shown),
        ],
    )


def _answered(view: BankLineView, said: Speech) -> Message:
    named = _named(view, said)
    if view.client_id is None:
        text = said.say("{amount} of {day} from {payer}: none of the clients proposed.", **named)
    else:
        text = said.say("{amount} of {day} from {payer}: paid by {client}.", **named)
    by = context(said.say("Answered by {by}.", by=view.by)) if view.by else None
    return message(text, [section(text), by])


def _proposed(one: ProposalView, view: BankLineView, said: Speech) -> list[Block | None]:
    carried = ids.value(line_id=view.line_id, client_id=one.client_id)
    buttons = [
        button(said.words("It is theirs"), ids.PAYMENT_OF, carried),
        button(said.words("Choose the invoices"), ids.PAYMENT_ITEMS, carried),
    ]
    return [section(_proposal(one, view.currency, said)), actions(buttons)]


def _proposal(one: ProposalView, currency: str, said: Speech) -> Mrkdwn:
    why = dotted([said.say(_TIES[tie]) for tie in Tie if tie in one.ties])
    return said.say(
        "*{client}*: {items}\n{why}",
        client=one.client,
        items=paid_items(one.paid, currency, said),
        why=why,
    )


def paid_items(paid: Iterable[PaidView], currency: str, said: Speech) -> str:
    """Return items with their amounts, the first of them."""
    loose = said.words("on account")
    named = [
        f"{one.number or loose} ({formats.exact(one.minor, currency, said.language)})"
        for one in paid
    ]
    left = len(named) - _ITEMS_SHOWN
    return ", ".join(named[:_ITEMS_SHOWN]) + (f" +{left}" if left > 0 else "")


def _named(view: BankLineView, said: Speech) -> dict[str, object]:
    return {
        "amount": formats.exact(view.minor, view.currency, said.language),
        "day": formats.day(view.day, said.language),
        "payer": view.payer or said.words("an unnamed payer"),
        "client": view.client,
    }
