"""The documents a person says a receipt pays, instead of those proposed."""

from collections.abc import Collection, Sequence

from bot.domain.bank.matching import Debt, spread
from bot.domain.errors import InvalidInput

_FIELD = "items"


def pay_chosen(
    minor: int, items: Sequence[Debt], ids: Collection[int]
) -> tuple[tuple[str, int], ...]:
    """Return what a receipt gives to each chosen item: credit notes used whole, oldest debt first.

    What is left over stays on account. Raises InvalidInput at the field `items` when nothing owed
    is chosen, when an item is open no longer, or when the money does not reach them all.
    """
    if not ids:
        raise InvalidInput("Choose an invoice.", field=_FIELD)
    chosen = [item for item in items if item.id in ids]
    if len(chosen) != len(set(ids)):
        raise InvalidInput("One of these is paid meanwhile: open the list again.", field=_FIELD)
    debts = [item for item in chosen if item.open_minor > 0]
    credits = [item for item in chosen if item.open_minor < 0]
    if not debts:
        raise InvalidInput("Choose an invoice, not credit notes alone.", field=_FIELD)
    parts = spread(minor - sum(item.open_minor for item in credits), debts)
    if {item.key for item in debts} - {key for key, _ in parts}:
        raise InvalidInput("The payment does not reach all of these: choose fewer.", field=_FIELD)
    return (*((item.key, item.open_minor) for item in credits), *parts)
