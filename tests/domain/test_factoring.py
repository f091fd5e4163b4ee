"""Which invoices may be offered to a factor."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.factoring import NotEligible, Receivable, why_not

TODAY = date(2026, 11, 24)
SOUND = Receivable(
    siren="552032534",
    client_code="C0412",
    client="Menuiserie Roy",
    client_kind="ordinary",
    number="FA-1",
    item_kind="invoice",
    issued_on=date(2026, 11, 10),
    due_on=date(2026, 12, 10),
    minor=12_480_00,
    currency="EUR",
    is_disputed=False,
    in_proceeding=False,
)


def test_a_sound_invoice_that_is_not_due_may_be_offered() -> None:
    assert why_not(SOUND, TODAY) is None
    assert why_not(replace(SOUND, due_on=TODAY), TODAY) is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"client_kind": "till"}, NotEligible.NOT_A_CLIENT),
        ({"siren": ""}, NotEligible.NO_SIREN),
        ({"in_proceeding": True}, NotEligible.IN_PROCEEDING),
        ({"item_kind": "retention"}, NotEligible.SET_APART),
        ({"item_kind": "opening"}, NotEligible.OPENING),
        ({"is_disputed": True}, NotEligible.DISPUTED),
        ({"due_on": TODAY - timedelta(days=1)}, NotEligible.OVERDUE),
        ({"due_on": TODAY + timedelta(days=91)}, NotEligible.TOO_LONG),
    ],
)
def test_the_others_say_why_not(changed: dict[str, Any], reason: NotEligible) -> None:
    assert why_not(replace(SOUND, **changed), TODAY) is reason
