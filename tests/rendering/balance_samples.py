"""What a client owes, in each shape of the card."""

from dataclasses import replace
from datetime import date

from bot.domain.solvency.cover import CoverStep
from bot.rendering import messages
from bot.rendering.card_views import (
    ChoicesView,
    ChoiceView,
    GrantedView,
    HistoryView,
    RefusedView,
    SharedBalanceView,
)
from bot.rendering.views import (
    ClockView,
    CoverView,
    EventKind,
    MuteView,
)
from tests.rendering.sample import Sample
from tests.rendering.talk_samples import FRIDAY, an_event
from tests.rendering.views import (
    ANNE,
    BOOKS,
    DOLLARS,
    EUROS,
    KARIM,
    LATE_BY_HABIT,
    NOTE,
    STOPPED,
    TODAY,
    a_balance,
)

CLOCKS = {
    "others": ClockView(date(2026, 12, 8), owner="Karim"),
    "stopped": STOPPED,
    "others_stopped": replace(STOPPED, owner="Karim"),
}
GRANTED = (
    GrantedView(4_000_00, "EUR", date(2026, 12, 18), by="Anne"),
    GrantedView(120_00, "EUR", FRIDAY, is_offer=True),
)
CHOICES = ChoicesView(
    "dupond",
    (
        ChoiceView(201, "Dupont SARL", "C0101", "Lyon", "123456789"),
        ChoiceView(202, "Menuiserie Dupond", "C0102"),
    ),
)


HISTORY = HistoryView(
    201,
    "Menuiserie Roy",
    TODAY,
    (an_event(EventKind.PROMISED), an_event(EventKind.NOTED, note=NOTE)),
    older_before=77,
)


def a_cover(step: CoverStep = CoverStep.DECLARE) -> CoverView:
    """Return an insurer's clock that runs out on Friday."""
    return CoverView(step, FRIDAY, FRIDAY, 4_160_25, "EUR")


def balances() -> dict[str, Sample]:
    shared = SharedBalanceView("Menuiserie Roy", "C0412", ANNE, TODAY, (EUROS,), BOOKS)
    refused = RefusedView(KARIM, "Menuiserie Roy", (EUROS, DOLLARS))
    return {
        "balance": Sample(messages.balance, a_balance()),
        **{
            f"balance_{name}": Sample(
                messages.balance,
                a_balance(balances=(replace(EUROS, seen_minor=minor, seen_on=TODAY),)),
            )
            for name, minor in (("seen_at_bank", 120_000), ("rejected_by_bank", -120_000))
        },
        "balance_late_by_habit": Sample(messages.balance, a_balance(payer=LATE_BY_HABIT)),
        **{
            f"balance_clock_{name}": Sample(messages.balance, a_balance(clock=clock))
            for name, clock in CLOCKS.items()
        },
        "balance_granted": Sample(messages.balance, a_balance(granted=GRANTED)),
        "balance_for_finance": Sample(messages.balance, a_balance(may_mute=True)),
        "balance_frozen": Sample(
            messages.balance,
            a_balance(is_frozen=True, cover=a_cover(), may_mute=True, may_open_file=True),
        ),
        **{
            f"balance_cover_{step.value}": Sample(messages.balance, a_balance(cover=a_cover(step)))
            for step in (CoverStep.INTERVENTION, CoverStep.LOST, CoverStep.CANCELLED)
        },
        "balance_muted": Sample(
            messages.balance,
            a_balance(may_mute=True, mute=MuteView(date(2026, 12, 24), "procès", "Fiona")),
        ),
        "balance_choices": Sample(messages.balance_choices, CHOICES),
        "balance_one_choice": Sample(
            messages.balance_choices, ChoicesView("dupond", CHOICES.choices[:1])
        ),
        "balance_nothing": Sample(messages.balance_choices, ChoicesView("zzz")),
        "balance_no_query": Sample(messages.balance_choices, ChoicesView("")),
        "balance_refused": Sample(messages.balance_refused, RefusedView(KARIM)),
        "balance_totals": Sample(messages.balance_refused, refused),
        "shared_balance": Sample(messages.shared_balance, shared),
        "history": Sample(messages.history, HISTORY),
        "history_modal": Sample(messages.history_modal, HISTORY),
    }
