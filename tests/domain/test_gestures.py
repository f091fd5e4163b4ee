"""A gesture: an amount or a percentage of what is owed, within an authority."""

from dataclasses import replace

import pytest

from bot.domain.errors import InvalidInput
from bot.domain.extensions import MANDATES
from bot.domain.gestures import GestureForm, may_agree, read_gesture
from bot.domain.lifecycle import Role

FORM = GestureForm("k", 1, "100,50", reason="livraison incomplète")


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("100,50", 100_50), ("5 %", 50_00), ("2,5%", 25_00), ("100 %", 1_000_00)],
)
def test_a_gesture_is_an_amount_or_a_percentage_of_what_is_owed(typed: str, minor: int) -> None:
    assert read_gesture(replace(FORM, amount_text=typed), 1_000_00) == minor


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (replace(FORM, amount_text="0 %"), "gesture"),
        (replace(FORM, amount_text="101 %"), "gesture"),
        (replace(FORM, amount_text="1 000,01"), "gesture"),
        (replace(FORM, amount_text="beaucoup"), "gesture"),
        (replace(FORM, reason=" "), "reason"),
        (replace(FORM, reason="x" * 1001), "reason"),
    ],
)
def test_a_gesture_that_makes_no_sense_names_its_field(form: GestureForm, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_gesture(form, 1_000_00)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("role", "minor", "expected"),
    [
        (Role.SALES, 1, False),
        (Role.FINANCE, 5_000_00, True),
        (Role.FINANCE, 5_000_01, False),
        (Role.ADMIN, 5_000_01, True),
    ],
)
def test_a_gesture_needs_the_authority_of_its_amount(
    role: Role, minor: int, expected: bool
) -> None:
    assert may_agree(minor, {role}, MANDATES) is expected
