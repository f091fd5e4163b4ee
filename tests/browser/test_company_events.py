"""A published proceeding: finance decides, the owner reads it, the claim is ready; both tongues."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.slack_page import ANNE, FIONA, KARIM, SlackPage

pytestmark = pytest.mark.browser
HERSENT = "Verrerie Hersent (douteux) (991860933)"
VAUCLAIR = "Imprimerie Vauclair SAS (998989156)"


@pytest_asyncio.fixture
async def slack(browser: Browser, demo: str) -> AsyncIterator[SlackPage]:
    """A page on the demo, as Fiona of finance."""
    page = await browser.new_page()
    opened = SlackPage(page, demo)
    await opened.be(FIONA)
    yield opened
    await page.close()


async def test_the_claim_sheet_lists_what_to_declare(slack: SlackPage) -> None:
    await slack.sees(HERSENT)
    await slack.press(HERSENT, "Déclaration de créance")
    sheet = await slack.sees("en principal")
    await expect(sheet).to_contain_text("Créances à déclarer")


async def test_finance_decides_and_the_owner_reads_it(slack: SlackPage) -> None:
    await slack.sees(HERSENT)
    await slack.press(HERSENT, "Sous conditions")
    await slack.pick("course", "Sous conditions")
    await slack.fill("conditions", "paiement avant livraison")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(ANNE)
    told = await slack.sees("a décidé pour Verrerie Hersent")
    await expect(told).to_contain_text("paiement avant livraison")


async def test_tomorrow_s_proceeding_reaches_its_owner_in_english(slack: SlackPage) -> None:
    await slack.next_morning("25/11")
    await slack.be(KARIM)
    told = await slack.sees(VAUCLAIR)
    await expect(told).to_contain_text("receivership opened")
    await expect(told).to_contain_text("Claims to be declared by")
    await expect(told.get_by_role("button", name="Stop selling")).to_be_visible()
