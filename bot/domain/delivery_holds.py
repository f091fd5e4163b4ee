"""Advice to hold deliveries and new orders of a client that does not pay."""

from enum import StrEnum


class Scope(StrEnum):
    """What is to be held."""

    DELIVERIES = "deliveries"
    NEW_ORDERS = "new_orders"


class Lifted(StrEnum):
    """What ended a hold."""

    FINANCE = "finance"
    PAID = "paid"


def scope_of(*, in_proceeding: bool) -> Scope:
    """Return what may be held: deliveries and new orders, or new orders alone.

    In a proceeding contracts under way go on, whatever was unpaid before its opening (Code de
    commerce, art. L622-13).
    """
    return Scope.NEW_ORDERS if in_proceeding else Scope.DELIVERIES
