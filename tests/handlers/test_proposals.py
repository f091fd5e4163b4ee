"""Payment terms from the card to the paragraph; what is wrong is said at its field."""

from typing import Any

import pytest

from bot.rendering import ids
from bot.rendering.proposals import AS_TYPED
from tests.handlers.conftest import ANNE, Stage
from tests.handlers.test_sales import shown_card


async def opened(stage: Stage) -> str:
    """Open the form on an order of 4,000; return the window's id."""
    await stage.slack.click(ANNE, await shown_card(stage, "4000"), ids.PREPARE_TERMS)
    return str(stage.window(ANNE)["id"])


async def test_the_form_starts_from_the_order(stage: Stage) -> None:
    await opened(stage)

    assert "4000" in str(stage.window(ANNE))


async def test_a_schedule_comes_with_its_paragraph_in_two_languages(stage: Stage) -> None:
    values: dict[str, Any] = {
        ids.PARTS: "deposit_30",
        ids.TOTAL: "4000",
        ids.FINAL_ON: "2027-01-15",
    }
    await stage.slack.submit(ANNE, await opened(stage), values)
    shown = str(stage.window(ANNE))

    assert "payable comme suit" in shown
    assert "payable as follows" in shown


async def test_typed_shares_and_a_discount_are_taken(stage: Stage) -> None:
    values: dict[str, Any] = {
        ids.PARTS: AS_TYPED,
        ids.TOTAL: "4000",
        ids.PART_ORDER: "50 %",
        ids.PART_FINAL: "50%",
        ids.DISCOUNT_PERCENT: "2",
        ids.DISCOUNT_DAYS: "8",
    }
    await stage.slack.submit(ANNE, await opened(stage), values)

    assert "par an" in str(stage.window(ANNE))


@pytest.mark.parametrize(
    "wrong",
    [
        {ids.TERMS_DAYS: "soon"},
        {ids.TOTAL: "0"},
        {ids.TERMS_DAYS: "90"},
        {ids.PARTS: AS_TYPED, ids.PART_ORDER: "50 %", ids.PART_FINAL: "40 %"},
        {ids.PARTS: AS_TYPED, ids.PART_ORDER: "a bit"},
        {ids.DISCOUNT_PERCENT: "lots", ids.DISCOUNT_DAYS: "8"},
        {ids.DISCOUNT_PERCENT: "2", ids.DISCOUNT_DAYS: "soon"},
    ],
)
async def test_what_is_wrong_stays_in_the_form(stage: Stage, wrong: dict[str, Any]) -> None:
    await stage.slack.submit(ANNE, await opened(stage), wrong)

    assert stage.window(ANNE)["callback_id"] == ids.TERMS_FORM
