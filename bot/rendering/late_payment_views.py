"""What late payment costs a client, offers to give it up, acts that interrupt the limitation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.late_payment.allocation import Allocation, Claim, within
from bot.domain.late_payment.figures import CurrencyFigures
from bot.domain.late_payment.limitation import Interruption
from bot.domain.late_payment.waivers import WaiverState
from bot.domain.money import Money
from bot.rendering import ids
from bot.rendering.answers import answer_buttons
from bot.rendering.environment import sentences
from bot.rendering.fields import chosen, dated, modal, typed
from bot.rendering.form_views import ClientFormView
from bot.rendering.modals import about, carried_ids
from bot.rendering.parts import Block, Message, actions, button, lines, message, option, section
from bot.rendering.speech import speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import N_

_ITEMS_SHOWN, _CURRENCIES_SHOWN = 15, 4
_A_WEEK = timedelta(days=7)
_ACTS = {
    Interruption.ACKNOWLEDGEMENT: N_("The client acknowledged the debt in writing"),
    Interruption.COURT_CLAIM: N_("Claim before a court"),
    Interruption.ENFORCEMENT: N_("Enforcement measure"),
    Interruption.CLAIM_FILED: N_("Claim declared in a proceeding"),
}


@dataclass(frozen=True, slots=True)
class WaiverView:
    """An offer: what is given up if `principal_minor` is in by `until`, by whom (empty: us)."""

    waiver_id: int
    client_id: int
    client: str
    by: str
    state: WaiverState
    given_up_minor: int
    principal_minor: int
    currency: str
    until: date


@dataclass(frozen=True, slots=True)
class LatePaymentView:
    """What late payment costs a client, for finance; `agreed` is empty for the law's rate.

    `ceiling` is the law's limit on terms where the client's agreed ones go beyond it, in words.
    """

    about: ClientFormView
    figures: Sequence[CurrencyFigures]
    agreed: str = ""
    in_proceeding: bool = False
    waiver: WaiverView | None = None
    allocation: Allocation = Allocation.BY_LAW
    is_beyond_ceiling: bool = False


def late_payment_window(view: LatePaymentView, voice: Voice) -> Block:
    """Draw principal, interest and fees, invoice by invoice, then what finance can do."""
    said, tell, who = speech(voice), sentences("late", voice), view.about
    blocks: list[Block | None] = [about(who, voice)]
    if view.in_proceeding:
        blocks.append(section(tell.no_interest()))
    if view.is_beyond_ceiling:
        blocks.append(section(tell.beyond_ceiling()))
    for figures in view.figures[:_CURRENCIES_SHOWN]:
        rates = tell.rates(figures, view.agreed)
        payment = tell.payment(figures, _order(view, figures))
        blocks.append(section(lines(tell.late_payment(figures), rates, payment)))
        shown = figures.items[:_ITEMS_SHOWN]
        blocks += [section(tell.item(one, figures)) for one in shown]
        if left := len(figures.items) - len(shown):
            blocks.append(section(tell.others(left)))
    if view.waiver:
        back = button(
            said.words("Withdraw the offer"),
            ids.WITHDRAW_WAIVER,
            ids.value(waiver_id=view.waiver.waiver_id, client_id=who.client_id),
        )
        blocks.append(section(tell.waiver(view.waiver, who.today), back))
    may_waive = not view.waiver and not view.in_proceeding and figures_of(view) is not None
    offered = [ids.WAIVE, ids.INTERRUPT] if may_waive else [ids.INTERRUPT]
    blocks.append(actions(answer_buttons(offered, who.alert_id, who.client_id, voice)))
    title, close = said.words("Late payment"), said.words("Close")
    drawn = [block for block in blocks if block is not None]
    return modal(title, None, close, ids.LATE_PAYMENT_VIEW, carried_ids(who), drawn)


def figures_of(view: LatePaymentView) -> CurrencyFigures | None:
    """Return the figures an offer is made from: those of the currency owed most, if any."""
    return next((one for one in view.figures if one.principal_minor > 0), None)


def waive_form(view: LatePaymentView, voice: Voice) -> Block:
    """Draw how much is given up, all of it to begin with, and until when."""
    said, figures = speech(voice), figures_of(view)
    currency = figures.currency if figures else view.about.currency
    most = figures.interest_minor + figures.fee_minor if figures else 0
    prefilled = str(Money(most, currency).amount).replace(".", ",") if most else ""
    blocks = [
        about(view.about, voice),
        section(sentences("late", voice).waiving(figures)),
        typed(ids.AMOUNT, said.words("Amount ({currency})", currency=currency), initial=prefilled),
        dated(ids.UNTIL, said.words("To be paid by"), initial=view.about.today + _A_WEEK),
    ]
    title, save = said.words("Offer to give fees up"), said.words("Save")
    carried = carried_ids(view.about)
    return modal(title, save, said.words("Cancel"), ids.WAIVE_FORM, carried, blocks)


def interrupt_form(view: ClientFormView, voice: Voice) -> Block:
    """Draw what act it was, and of which day."""
    said = speech(voice)
    acts = [option(said.words(words), kind.value) for kind, words in _ACTS.items()]
    blocks = [
        about(view, voice),
        section(sentences("late", voice).interrupting()),
        chosen(
            ids.ACT, said.words("What happened"), acts, initial=Interruption.ACKNOWLEDGEMENT.value
        ),
        dated(ids.INTERRUPTED_ON, said.words("Day"), initial=view.today),
    ]
    title, save = said.words("Limitation interrupted"), said.words("Save")
    carried = carried_ids(view)
    return modal(title, save, said.words("Cancel"), ids.INTERRUPT_FORM, carried, blocks)


def waiver_news(view: WaiverView, today: date, voice: Voice) -> Message:
    """Draw an offer, or what became of it."""
    said = sentences("late", voice).waiver_news(view, today)
    shown = answer_buttons((ids.BALANCE,), None, view.client_id, voice)
    return message(said, [section(said), actions(shown)])


def _order(view: LatePaymentView, figures: CurrencyFigures) -> tuple[tuple[Claim, int], ...]:
    """Return to what a payment of the principal alone would go, in the house's order."""
    owed = {
        Claim.COSTS: figures.fee_minor,
        Claim.INTEREST: figures.interest_minor,
        Claim.PRINCIPAL: figures.principal_minor,
    }
    if not figures.principal_minor or figures.total_minor == figures.principal_minor:
        return ()
    shares = within(figures.principal_minor, owed, view.allocation.order)
    return tuple((claim, minor) for claim, minor in shares.items() if minor)
