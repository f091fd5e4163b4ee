"""What goes wrong: a file sent back, taken back, a dispute, a promise that is not kept."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.slack_page import ANNE, FIONA, PATIENCE_MS, SlackPage

pytestmark = pytest.mark.browser
ROY, DUPONT = "Menuiserie Roy SARL a", "Dupont Charpente SAS a"
QUESTION = "Le bon de commande est-il signé ?"


@pytest_asyncio.fixture
async def slack(browser: Browser, demo: str) -> AsyncIterator[SlackPage]:
    """A page on the demo, as Anne."""
    page = await browser.new_page(viewport={"width": 1280, "height": 1000})
    opened = SlackPage(page, demo)
    await opened.be(ANNE)
    yield opened
    await page.close()


async def hand_over_dupont(slack: SlackPage) -> None:
    """Pass a file to finance."""
    await slack.choose(DUPONT, "Transmettre")
    await slack.fill("opinion", "un échéancier passerait")
    await slack.submit()
    await slack.modal_closes()


async def test_a_file_is_taken_back_until_finance_takes_it(slack: SlackPage) -> None:
    await slack.sees(DUPONT)
    await hand_over_dupont(slack)
    await slack.press(DUPONT, "Reprendre le dossier")
    await expect(
        slack.message(DUPONT).get_by_role("button", name="Noter l’échange")
    ).to_be_visible()
    await slack.be(FIONA)
    withdrawn = await slack.sees("Anne Delorme a repris Dupont Charpente SAS")
    await expect(withdrawn.get_by_role("button", name="Prendre en charge")).to_have_count(0)


async def test_a_question_from_finance_comes_to_the_owners_thread(slack: SlackPage) -> None:
    await slack.sees(DUPONT)
    await hand_over_dupont(slack)
    await slack.be(FIONA)
    await slack.sees("Anne Delorme transmet Dupont Charpente")
    await slack.press("Anne Delorme transmet Dupont Charpente", "Renvoyer une question")
    await slack.fill("question", QUESTION)
    await slack.submit()
    await slack.modal_closes()
    await slack.be(ANNE)
    thread = await slack.thread_of(DUPONT)
    await expect(thread).to_contain_text(QUESTION)
    await expect(thread).to_contain_text("Fiona")


async def test_a_dispute_is_said_on_the_alert(slack: SlackPage) -> None:
    await slack.sees(ROY)
    await slack.press(ROY, "Litige")
    await slack.fill("reason", "deux fenêtres rayées")
    await slack.page.locator('.modal label:has-text("FA-261617") input').check()
    await slack.submit()
    await slack.modal_closes()
    await expect(slack.message(ROY)).to_contain_text("Litige : « deux fenêtres rayées »")


async def test_a_promise_not_kept_is_said_to_its_owner_and_to_finance(slack: SlackPage) -> None:
    name = "Scierie Moulinet SASU a"
    await slack.sees(name)
    await slack.press(name, "Promesse de paiement")
    await slack.fill("promised_on", "2026-11-25")
    await slack.submit()
    await slack.modal_closes()
    for day in ("25/11", "26/11", "27/11", "30/11"):
        await slack.next_morning(day)
    thread = await slack.thread_of(name)
    await expect(thread).to_contain_text("n’a pas payé les 581 € promis", timeout=PATIENCE_MS)
    await slack.be(FIONA)
    await slack.sees("Scierie Moulinet SASU n’a pas payé les 581 € promis")
