"""Letters and late payment in Slack: what finance presses, fills in and reads."""

from datetime import date

import pytest

from bot.playground.choices import Entered
from bot.rendering import ids
from bot.services.late_payment.rates import RateService
from tests.follow_up_rows import Clock
from tests.handlers.conftest import ANNE, FIONA, Stage


def with_rates(stage: Stage) -> None:
    """Enter the rates of the half-year."""
    rates = RateService(stage.database, Clock())
    rates.add(stage.company.fiona, "2026-2", legal="2.62", ecb="2.15", source="arrêté")


async def a_notice(stage: Stage) -> None:
    """Make a formal notice, as Fiona."""
    with_rates(stage)
    window = await stage.open(FIONA, ids.NOTICE)
    typed: dict[str, Entered] = {ids.DEADLINE: "2026-12-02", ids.WITH_INTEREST: "yes"}
    assert (await stage.slack.submit(FIONA, window["id"], typed)).ok


async def test_finance_reads_what_late_payment_costs(stage: Stage) -> None:
    with_rates(stage)
    window = await stage.open(FIONA, ids.LATE_PAYMENT)
    assert "128,78" in str(window["blocks"])


async def test_a_formal_notice_is_made_from_its_form(stage: Stage) -> None:
    await a_notice(stage)
    [paper] = stage.rows("paper")
    assert (paper["reference"], paper["state"]) == ("MD-2026-0001", "drafted")
    assert stage.wakes


async def test_interest_without_its_rate_keeps_the_window_with_its_error(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.NOTICE)
    typed: dict[str, Entered] = {ids.DEADLINE: "2026-12-02", ids.WITH_INTEREST: "yes"}
    await stage.slack.submit(FIONA, window["id"], typed)
    assert list(stage.window(FIONA)["errors"]) == [ids.WITH_INTEREST]
    assert stage.rows("paper") == []


async def test_its_posting_is_taken_down_from_the_file(stage: Stage) -> None:
    await a_notice(stage)
    opened = await stage.open(FIONA, ids.FINANCE_FILE)
    await stage.slack.click(FIONA, opened["id"], ids.POST)
    typed: dict[str, Entered] = {
        ids.POSTED_ON: "2026-11-24",
        ids.TRACKING: "1A 234",
        ids.RECEIVED_ON: "2026-11-26",
    }
    assert (await stage.slack.submit(FIONA, stage.window(FIONA)["id"], typed)).ok
    [paper] = stage.rows("paper")
    assert (paper["state"], paper["posted_on"]) == ("received", date(2026, 11, 24))


@pytest.mark.parametrize(
    ("action", "reference"),
    [(ids.STATEMENT, "RC-2026-0001"), (ids.CASE_FILE, "DOS-2026-0001")],
)
async def test_a_click_has_a_document_made(stage: Stage, action: str, reference: str) -> None:
    await stage.slack.click(FIONA, await stage.post(action), action)
    assert [row["reference"] for row in stage.rows("paper")] == [reference]
    assert "arrive dans le canal du service financier" in stage.said_to(FIONA)


@pytest.mark.parametrize(
    "action", [ids.LATE_PAYMENT, ids.STATEMENT, ids.CASE_FILE, ids.NOTICE, ids.WAIVE, ids.INTERRUPT]
)
async def test_a_salesperson_is_told_it_is_for_finance(stage: Stage, action: str) -> None:
    await stage.slack.click(ANNE, await stage.post(action), action)
    assert stage.rows("paper") == []
    assert stage.said_to(ANNE)


async def test_finance_offers_fees_up_and_takes_the_offer_back(stage: Stage) -> None:
    with_rates(stage)
    window = await stage.open(FIONA, ids.WAIVE)
    assert (await stage.slack.submit(FIONA, window["id"], {ids.UNTIL: "2026-11-27"})).ok
    assert [row["given_up_minor"] for row in stage.rows("waiver")] == [168_78]
    opened = await stage.open(FIONA, ids.LATE_PAYMENT)
    await stage.slack.click(FIONA, opened["id"], ids.WITHDRAW_WAIVER)
    assert [row["state"] for row in stage.rows("waiver")] == ["withdrawn"]


async def test_an_offer_above_the_authority_keeps_the_window_with_its_error(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.WAIVE)
    await stage.slack.submit(FIONA, window["id"], {ids.AMOUNT: "501", ids.UNTIL: "2026-11-27"})
    assert list(stage.window(FIONA)["errors"]) == [ids.AMOUNT]


async def test_finance_takes_down_an_act_that_interrupts_the_limitation(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.INTERRUPT)
    typed: dict[str, Entered] = {ids.ACT: "court_claim", ids.INTERRUPTED_ON: "2026-11-20"}
    assert (await stage.slack.submit(FIONA, window["id"], typed)).ok
    assert [row["kind"] for row in stage.rows("interruption")] == ["court_claim"]


async def test_an_act_of_tomorrow_keeps_the_window_with_its_error(stage: Stage) -> None:
    window = await stage.open(FIONA, ids.INTERRUPT)
    typed: dict[str, Entered] = {ids.ACT: "court_claim", ids.INTERRUPTED_ON: "2027-11-20"}
    await stage.slack.submit(FIONA, window["id"], typed)
    assert list(stage.window(FIONA)["errors"]) == [ids.INTERRUPTED_ON]
