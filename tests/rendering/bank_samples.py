"""What finance reads of the bank: a payment to place, the answer, a payment taken back."""

from dataclasses import replace
from datetime import date

from bot.domain.bank.matching import Tie
from bot.rendering import messages
from bot.rendering.bank_forms import PayableView, PaymentItemsView, payment_items_form
from bot.rendering.bank_lag_views import UnbookedRowView, UnbookedView
from bot.rendering.bank_views import BankLineView, PaidView, ProposalView
from bot.rendering.card_views import SharedBalanceView
from tests.rendering.sample import Sample
from tests.rendering.views import ANNE, EUROS, TODAY, an_alert

ITEMS = (PaidView("FA2026-0411", 120_000), PaidView("FA2026-0412", 80_000))
ASKED = BankLineView(
    901,
    190_000,
    "EUR",
    date(2026, 11, 16),
    payer="Holding Duval",
    text="VIR FA2026-0411 acompte",
    proposals=(
        ProposalView(201, "Menuiserie Duval", ITEMS, frozenset({Tie.REFERENCE, Tie.PART})),
        ProposalView(203, "Duval Frères", (PaidView("", 190_000),), frozenset({Tie.CLOSE_NAME})),
    ),
    is_open=True,
)
ANSWERED = replace(ASKED, is_open=False, by="Fiona")
PLACED = replace(ANSWERED, client_id=201, client="Menuiserie Duval")
MANY = tuple(PaidView(f"FA2026-05{n:02}", 10_000) for n in range(8))
REJECTED = BankLineView(
    902,
    200_000,
    "EUR",
    date(2026, 11, 18),
    client_id=201,
    client="Menuiserie Duval",
    paid=ITEMS,
    reject_code="AM04",
)

UNBOOKED = UnbookedRowView(201, "Menuiserie Duval", "EUR", date(2026, 11, 2), ITEMS)

CHOICE = PaymentItemsView(
    901,
    201,
    "Menuiserie Duval",
    190_000,
    "EUR",
    date(2026, 11, 16),
    "Holding Duval",
    (PayableView(301, "FA2026-0411", 120_000), PayableView(302, "", -10_000)),
    (301,),
)


def bank() -> dict[str, Sample]:
    """Return every drawing about bank movements."""
    question, rejected = messages.payment_question, messages.payment_rejected
    seen = an_alert(seen_minor=120_000, seen_on=TODAY)
    euros = replace(EUROS, seen_minor=-120_000, seen_on=TODAY)
    shared = SharedBalanceView("Menuiserie Duval", "C0201", ANNE, TODAY, (euros,))
    return {
        "alert_seen_at_bank": Sample(messages.alert, seen),
        "shared_balance_rejected": Sample(messages.shared_balance, shared),
        "payment_items_form": Sample(payment_items_form, CHOICE),
        "payment_items_form_unnamed": Sample(payment_items_form, replace(CHOICE, payer="")),
        "payments_unbooked": Sample(messages.payments_unbooked, UnbookedView((UNBOOKED,))),
        "payments_unbooked_many": Sample(
            messages.payments_unbooked, UnbookedView((UNBOOKED,) * 14)
        ),
        "payment_question": Sample(question, ASKED),
        "payment_question_unnamed": Sample(question, replace(ASKED, payer="", text="")),
        "payment_placed": Sample(question, PLACED),
        "payment_not_placed": Sample(question, replace(ANSWERED, by="")),
        "payment_rejected": Sample(rejected, REJECTED),
        "payment_rejected_many": Sample(rejected, replace(REJECTED, paid=MANY, reject_code="")),
        "payment_rejected_bare": Sample(rejected, replace(REJECTED, paid=(), reject_code="")),
        "payment_rejected_in_books": Sample(rejected, replace(REJECTED, in_books=True)),
        "payment_rejected_unknown": Sample(rejected, replace(REJECTED, client_id=None)),
    }
