"""Finance's file of a client, its forms, and what the owner reads of deliveries on hold."""

from dataclasses import replace
from datetime import date

from bot.domain.delivery_holds import Scope
from bot.domain.item_states import StateKind
from bot.rendering import file_views
from bot.rendering.balance_messages import balance
from bot.rendering.delivery_messages import deliveries_freed, deliveries_held
from bot.rendering.file_views import ApartView, FinanceFileView, PausedView
from bot.rendering.views import HeldView, Voice
from tests.rendering.sample import Drawn, Sample
from tests.rendering.views import TODAY, a_balance, a_form

HELD = HeldView(Scope.DELIVERIES, "trois relances sans réponse", "Fiona", TODAY)
ORDERS_HELD = replace(HELD, scope=Scope.NEW_ORDERS, by="")
APART = (
    ApartView(
        4,
        "FA-118",
        StateKind.RETENTION,
        624_00,
        "EUR",
        date(2027, 11, 24),
        "PV de réception signé",
    ),
    ApartView(5, "FA-121", StateKind.BILL, 2_000_00, "EUR", date(2026, 12, 31)),
    ApartView(6, "FA-122", StateKind.FACTORED, 900_00, "EUR", date(2027, 1, 15)),
)
PAUSED = PausedView(7, "accord verbal", date(2026, 12, 1), "Fiona")
FULL = FinanceFileView(a_form(), APART, HELD, may_declare=True, paused=(PAUSED,))


def _held(view: HeldView, voice: Voice) -> Drawn:
    return deliveries_held(203, "Garage Lemoine", view, voice)


def _freed(by: str, voice: Voice) -> Drawn:
    return deliveries_freed("Garage Lemoine", by, voice)


def files() -> dict[str, Sample]:
    """Return every sample of the room."""
    bare = FinanceFileView(replace(a_form(), items=()))
    return {
        "finance_file": Sample(file_views.finance_file_window, FULL),
        "finance_file_bare": Sample(file_views.finance_file_window, bare),
        "finance_file_orders": Sample(
            file_views.finance_file_window, replace(FULL, held=ORDERS_HELD, apart=())
        ),
        "pause_reminders_form": Sample(file_views.pause_reminders_form, a_form()),
        "set_apart_form": Sample(file_views.set_apart_form, a_form()),
        "hold_deliveries_form": Sample(file_views.hold_deliveries_form, a_form()),
        "deliveries_held": Sample(_held, HELD),
        "orders_held": Sample(_held, ORDERS_HELD),
        "deliveries_freed": Sample(_freed, "Fiona"),
        "deliveries_paid": Sample(_freed, ""),
        "balance_held": Sample(balance, a_balance(held=HELD, may_open_file=True)),
        "balance_orders_held": Sample(balance, a_balance(held=ORDERS_HELD)),
    }
