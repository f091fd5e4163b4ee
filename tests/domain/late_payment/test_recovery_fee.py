"""The 40 EUR of an invoice paid late, and when they may not be asked."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.late_payment.recovery_fee import FeeFacts, NoFee, no_fee

DUE, LATE = date(2026, 10, 1), date(2026, 10, 2)
INVOICE = FeeFacts("invoice", "ordinary", 100_00, DUE, "EUR")


def test_it_is_due_by_right_the_day_after_the_due_date() -> None:
    assert no_fee(INVOICE, LATE, "EUR") is None
    assert no_fee(INVOICE, DUE, "EUR") is NoFee.NOT_LATE


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"minor": -1}, NoFee.NOT_AN_INVOICE),
        ({"item_kind": "opening"}, NoFee.NOT_AN_INVOICE),
        ({"client_kind": "staff"}, NoFee.NOT_A_COMPANY),
        ({"in_proceeding": True}, NoFee.PROCEEDING),
        ({"item_kind": "factored"}, NoFee.SOLD),
        ({"is_disputed": True}, NoFee.DISPUTED),
        ({"currency": "USD"}, NoFee.OTHER_CURRENCY),
        ({"is_waived": True}, NoFee.WAIVED),
    ],
)
def test_there_are_invoices_that_bear_none(changed: dict[str, Any], reason: NoFee) -> None:
    assert no_fee(replace(INVOICE, **changed), LATE, "EUR") is reason
