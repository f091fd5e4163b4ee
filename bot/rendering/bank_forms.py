"""The form in which finance chooses what a bank receipt pays."""

from dataclasses import dataclass
from datetime import date

from bot.rendering import formats, ids
from bot.rendering.fields import modal, ticked
from bot.rendering.parts import Block, Element, context, option, section
from bot.rendering.speech import Speech, speech
from bot.rendering.views import Voice

_OPTION_MAX = 75


@dataclass(frozen=True, slots=True)
class PayableView:
    """A document of the client's account; `open_minor` of a credit note is negative."""

    id: int
    number: str
    open_minor: int


@dataclass(frozen=True, slots=True)
class PaymentItemsView:
    """A receipt, a client whose payment it is, and its open documents; some are proposed."""

    line_id: int
    client_id: int
    client: str
    minor: int
    currency: str
    day: date
    payer: str
    items: tuple[PayableView, ...]
    proposed: tuple[int, ...] = ()


def payment_items_form(view: PaymentItemsView, voice: Voice) -> Block:
    """Draw the choice of the documents that a receipt pays."""
    said = speech(voice)
    about = said.say(
        "{amount} of {day} from {payer}: paid by {client}.",
        amount=formats.exact(view.minor, view.currency, said.language),
        day=formats.day(view.day, said.language),
        payer=view.payer or said.words("an unnamed payer"),
        client=view.client,
    )
    rest = said.say("The oldest is paid first; what is left over stays on the client's account.")
    options = [_option(item, view.currency, said) for item in view.items]
    initial = [str(id) for id in view.proposed]
    field = ticked(ids.ITEMS, said.words("Which invoices?"), options, initial=initial)
    carried = ids.value(line_id=view.line_id, client_id=view.client_id)
    return modal(
        said.words("Choose the invoices"),
        said.words("Save"),
        said.words("Cancel"),
        ids.PAYMENT_ITEMS_FORM,
        carried,
        [block for block in (section(about), field, context(rest)) if block],
    )


def _option(item: PayableView, currency: str, said: Speech) -> Element:
    amount = formats.exact(item.open_minor, currency, said.language)
    room = _OPTION_MAX - len(amount) - 3
    number = item.number or said.words("on account")
    return option(f"{number[:room]} · {amount}", str(item.id))
