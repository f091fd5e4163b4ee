"""`/solvency` whole: typed, answered in a window when registers must be asked, at once after."""

import asyncio

from bot.demo.ledger import siren_for
from tests.handlers.conftest import ANNE, CHANNEL, STRANGER, Stage

SIREN = siren_for("C0412")


async def shown_in_window(stage: Stage, user: str, word: str) -> str:
    """Return the window's words once one of them appears."""
    for _ in range(200):
        shown = str(stage.slack.modal_of(user))
        if word in shown:
            return shown
        await asyncio.sleep(0.02)
    raise AssertionError(f"{word} never appeared: {shown}")


async def test_a_first_question_opens_a_window_that_fills_in(stage: Stage) -> None:
    await stage.slack.type_command(ANNE, CHANNEL, f"/solvency {SIREN}")

    assert "Note *" in await shown_in_window(stage, ANNE, "confiance")


async def test_the_same_question_again_is_answered_at_once(stage: Stage) -> None:
    await stage.slack.type_command(ANNE, CHANNEL, f"/solvency {SIREN}")
    await shown_in_window(stage, ANNE, "confiance")
    answer = await stage.slack.type_command(ANNE, CHANNEL, f"/solvabilite {SIREN} 5000")

    assert answer.body["response_type"] == "ephemeral"
    assert "5 000 €" in answer.body["text"].replace("\u202f", " ").replace("\u00a0", " ")


async def test_a_name_shows_a_choice_whose_button_shows_the_company(stage: Stage) -> None:
    await stage.slack.type_command(ANNE, CHANNEL, "/solvency Peinture")
    await shown_in_window(stage, ANNE, "Plusieurs")

    assert "Celle-ci" in str(stage.slack.modal_of(ANNE))


async def test_a_source_that_hangs_is_completed_in_place(stage: Stage) -> None:
    stage.open_data.faults["vies"] = "0.05"
    await stage.slack.type_command(ANNE, CHANNEL, f"/solvency {SIREN}")

    assert "confiance" in await shown_in_window(stage, ANNE, "confiance")


async def test_nothing_typed_says_what_to_type(stage: Stage) -> None:
    answer = await stage.slack.type_command(ANNE, CHANNEL, "/solvency")

    assert "SIREN" in answer.body["text"]


async def test_an_amount_nobody_can_read_is_refused(stage: Stage) -> None:
    answer = await stage.slack.type_command(ANNE, CHANNEL, f"/solvency {SIREN} 1.234")

    assert "1234.50" in str(answer.body) or "1234,50" in str(answer.body)


async def test_a_stranger_learns_nothing(stage: Stage) -> None:
    answer = await stage.slack.type_command(STRANGER, CHANNEL, f"/solvency {SIREN}")

    assert "confiance" not in str(answer.body)
