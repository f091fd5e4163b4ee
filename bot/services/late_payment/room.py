"""The services about late payment, together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.late_payment.acts import ActService
from bot.services.late_payment.offers import OfferService
from bot.services.late_payment.window import LatePaymentWindow
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class LatePaymentRoom:
    """What finance sees, offers and takes down."""

    window: LatePaymentWindow
    offers: OfferService
    acts: ActService


def late_payment_room(database: Database, clock: Callable[[], datetime]) -> LatePaymentRoom:
    """Return the room on a database."""
    return LatePaymentRoom(
        LatePaymentWindow(database), OfferService(database, clock), ActService(database, clock)
    )
