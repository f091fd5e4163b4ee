"""Somebody the register masks: no automatic refusal, finance is asked, in two languages."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.demo.ledger import siren_for
from tests.browser.slack_page import ANNE, FIONA, KARIM, PATIENCE_MS, SETTLE_MS, SlackPage

pytestmark = pytest.mark.browser
MASKED = siren_for("P-MASK")


@pytest_asyncio.fixture
async def slack(browser: Browser, demo: str) -> AsyncIterator[SlackPage]:
    page = await browser.new_page()
    yield SlackPage(page, demo)
    await page.close()


async def card(slack: SlackPage, person: str) -> Locator:
    """Ask about the company; return its card."""
    await slack.be(person)
    await slack.type(f"/solvency {MASKED}")
    shown = slack.page.locator(".modal, #stream article.message").filter(has_text=MASKED).last
    await expect(shown).to_contain_text("D", timeout=PATIENCE_MS)
    return shown


async def test_karim_reads_that_finance_is_to_be_asked(slack: SlackPage) -> None:
    shown = await card(slack, KARIM)
    await expect(shown).to_contain_text("ask the finance team before you sell")
    await expect(shown).not_to_contain_text("do not sell")


async def test_anne_reads_it_in_french_and_asks(slack: SlackPage) -> None:
    shown = await card(slack, ANNE)
    await expect(shown).to_contain_text("voyez avec le service financier avant de vendre")
    await expect(shown).not_to_contain_text("ne vendez pas")
    await expect(shown).not_to_contain_text("Réponse attendue", timeout=PATIENCE_MS)
    await slack.page.wait_for_timeout(SETTLE_MS)
    await shown.get_by_role("button", name="Demander à la finance").first.click()
    await slack.fill("question", "première commande, payée à la livraison ?")
    await slack.submit()
    await slack.be(FIONA)
    asked = await slack.sees("première commande, payée à la livraison ?")
    await expect(asked).to_contain_text(MASKED)
