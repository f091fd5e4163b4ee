"""A commercial gesture: how much of what a client owes is asked for, and who may agree to it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.domain.errors import InvalidInput
from bot.domain.extensions import REASON_MAX, Mandate, mandate_of
from bot.domain.lifecycle import Role
from bot.domain.typed_amounts import read_amount

_PERCENT = re.compile(r"(?P<whole>\d{1,3})(?:[.,](?P<part>\d))?\s*%")


@dataclass(frozen=True, slots=True)
class GestureForm:
    """A gesture as asked: an amount or a percentage, of which items, why; `key`: safe twice.

    No `item_ids` for all that is overdue; `amount_text` as typed.
    """

    key: str
    client_id: int
    amount_text: str
    currency: str = "EUR"
    reason: str = ""
    item_ids: tuple[int, ...] = ()


def read_gesture(form: GestureForm, owed_minor: int) -> int:
    """Return what is asked for in minor units, a percentage being of `owed_minor`.

    Raise `InvalidInput` naming the field to mend; more than is owed is no gesture.
    """
    if not form.reason.strip() or len(form.reason) > REASON_MAX:
        raise InvalidInput("Give a reason.", field="reason")
    percent = _PERCENT.fullmatch(form.amount_text.strip())
    if percent:
        tenths = int(percent["whole"]) * 10 + int(percent["part"] or 0)
        minor = (owed_minor * tenths + 500) // 1000
    else:
        minor = read_amount(form.amount_text, form.currency, field="gesture")
    if not 0 < minor <= owed_minor:
        raise InvalidInput("Enter more than 0 and at most what is owed.", field="gesture")
    return minor


def may_agree(minor: int, roles: Collection[Role], mandates: Mapping[str, Mandate]) -> bool:
    """Say whether a person may agree to a gesture of that many minor units."""
    return minor <= mandate_of(roles, mandates).gesture_minor
