"""A bank statement before the books: a promise is kept, one receipt waits for finance."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.slack_page import ANNE, FIONA, SlackPage

pytestmark = pytest.mark.browser
ROY, ASKED = "Menuiserie Roy SARL a", "de quel client est ce paiement ?"


async def test_a_promise_is_kept_by_what_the_bank_shows(browser: Browser, demo: str) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    await slack.be(ANNE)
    await slack.press(ROY, "Noter l’échange")
    await slack.pick("outcome_field", "promet de payer")
    await slack.fill("promised_on", "2026-11-30")
    await slack.submit()
    await slack.modal_closes()
    await slack.control("Un relevé bancaire · bank statement")
    await slack.sees("Menuiserie Roy SARL a réglé")
    thread = await slack.thread_of("Menuiserie Roy SARL")
    await expect(thread).to_contain_text("vus en banque avant les comptes")
    await page.close()


async def test_finance_says_whose_a_receipt_is(browser: Browser, demo: str) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    await slack.be(FIONA)
    await expect(await slack.sees(ASKED)).to_contain_text("Lefebvre Peinture EURL")
    await slack.press(ASKED, "C’est le leur")
    await expect(slack.message("LEFEBVRE")).not_to_contain_text(ASKED)
    await expect(slack.message("LEFEBVRE")).to_contain_text("Lefebvre Peinture EURL")
    await page.close()


async def test_the_books_bring_the_same_money_without_counting_it_twice(
    browser: Browser, demo: str
) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    await slack.be(ANNE)
    await slack.next_morning("25/11/2026")
    await slack.type("/balance C0412")
    answer = await slack.sees("Menuiserie Roy SARL (C0412)")
    await expect(answer).not_to_contain_text("banque")
    await page.close()
