"""Finance's file of a client in Slack: parts set apart, deliveries held."""

from bot.playground.choices import Entered
from bot.rendering import ids
from tests.handlers.conftest import ANNE, CHANNEL, FIONA, Stage


async def test_the_balance_offers_the_file_to_finance_alone(stage: Stage) -> None:
    for_fiona = await stage.slack.type_command(FIONA, CHANNEL, "/balance roy")
    for_anne = await stage.slack.type_command(ANNE, CHANNEL, "/balance roy")
    assert "Dossier financier" in str(for_fiona.body)
    assert "Dossier financier" not in str(for_anne.body)


async def test_finance_sets_retention_money_apart_and_puts_it_back(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.SET_APART)
    item_id = stage.rows("open_item")[0]["id"]
    typed: dict[str, Entered] = {
        ids.ITEM: str(item_id),
        ids.AMOUNT: "100",
        ids.DUE_ON: "2027-11-24",
    }
    answer = await stage.slack.submit(FIONA, window["id"], typed)
    assert answer.ok
    assert [row["minor"] for row in stage.rows("item_state")] == [100_00]

    opened = await stage.open(FIONA, ids.FINANCE_FILE)
    await stage.slack.click(FIONA, opened["id"], ids.PUT_BACK)
    assert [row["ended_at"] is None for row in stage.rows("item_state")] == [False]


async def test_an_amount_above_what_is_open_keeps_the_window_with_its_error(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.SET_APART)
    item_id = stage.rows("open_item")[0]["id"]
    typed: dict[str, Entered] = {
        ids.ITEM: str(item_id),
        ids.AMOUNT: "9999999",
        ids.DUE_ON: "2027-11-24",
    }
    await stage.slack.submit(FIONA, window["id"], typed)
    assert list(stage.window(FIONA)["errors"]) == [ids.AMOUNT]


async def test_finance_holds_deliveries_and_frees_them(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.HOLD_DELIVERIES)
    answer = await stage.slack.submit(FIONA, window["id"], {ids.REASON: "trois relances"})
    assert answer.ok
    for_anne = await stage.slack.type_command(ANNE, CHANNEL, "/balance roy")
    assert "nouvelles commandes suspendues" in str(for_anne.body)

    opened = await stage.open(FIONA, ids.FINANCE_FILE)
    await stage.slack.click(FIONA, opened["id"], ids.FREE_DELIVERIES)
    assert [row["lifted_how"] for row in stage.rows("delivery_hold")] == ["finance"]


async def test_a_salesperson_is_not_shown_the_file(stage: Stage) -> None:
    await stage.slack.click(ANNE, await stage.post(ids.FINANCE_FILE), ids.FINANCE_FILE)
    assert stage.said_to(ANNE)


async def test_finance_pauses_reminders_and_resumes_them(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.PAUSE_REMINDERS)
    typed: dict[str, Entered] = {ids.UNTIL_ON: "2026-12-01", ids.REASON: "accord verbal"}
    assert (await stage.slack.submit(FIONA, window["id"], typed)).ok
    assert [row["kind"] for row in stage.rows("hold")] == ["manual"]

    opened = await stage.open(FIONA, ids.FINANCE_FILE)
    assert "« accord verbal » (Fiona)" in str(opened["blocks"]).replace("\\xa0", " ")
    await stage.slack.click(FIONA, opened["id"], ids.RESUME_REMINDERS)
    assert [row["lifted_at"] is None for row in stage.rows("hold")] == [False]


async def test_a_pause_until_a_day_gone_by_keeps_the_window_with_its_error(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.PAUSE_REMINDERS)
    typed: dict[str, Entered] = {ids.UNTIL_ON: "2026-11-01", ids.REASON: "accord verbal"}
    await stage.slack.submit(FIONA, window["id"], typed)
    assert list(stage.window(FIONA)["errors"]) == [ids.UNTIL_ON]
