"""A reminder of the day, from Home: sent as edited to the mailbox of the demo, or left out."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.slack_page import ANNE, KARIM, SlackPage

pytestmark = pytest.mark.browser
CLINIC, PLUMBER = "Clinique du Parc SA", "Plomberie Kervadec SAS"


async def test_a_step_is_edited_sent_and_seen_in_the_mailbox(browser: Browser, demo: str) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    await slack.be(ANNE, "home")
    await slack.prepare(CLINIC)
    await slack.fill("text", "Bonjour Hélène, tout est-il en ordre pour le 27 ?")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(ANNE, "mail")
    mail = slack.mail("tout est-il en ordre pour le 27 ?")
    await expect(mail).to_contain_text("compta@c0203.example")
    await expect(mail).to_contain_text("anne@deuxrives.example")
    await page.close()


async def test_a_step_is_opened_from_home_and_skipped(browser: Browser, demo: str) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    await slack.be(ANNE, "home")
    waiting = page.locator(".home .section").filter(has_text="Préparer")
    await expect(waiting.filter(has_text=PLUMBER)).to_have_count(1)
    await slack.prepare(PLUMBER)
    await page.locator(".modal").get_by_role("button", name="Passer", exact=True).click()
    await slack.fill("reason", "vu hier avec eux")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(ANNE, "home")
    await expect(waiting.first).to_be_visible()
    await expect(waiting.filter(has_text=PLUMBER)).to_have_count(0)
    await page.close()


async def test_an_english_reader_edits_and_sends_a_step(browser: Browser, demo: str) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    await slack.be(KARIM, "home")
    await slack.prepare("Peinture Bressac EURL", "Prepare")
    await expect(page.locator(".modal")).to_contain_text("Read this e-mail over")
    await slack.fill("subject", "Votre facture du mois")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(KARIM, "mail")
    mail = slack.mail("Votre facture du mois")
    await expect(mail).to_contain_text("Reply to")
    await expect(mail).to_contain_text("karim@deuxrives.example")
    await page.close()


async def test_the_next_morning_brings_a_reminder_that_can_be_sent(
    browser: Browser, demo: str
) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    await slack.be(ANNE)
    await slack.next_morning("25/11/2026")
    await slack.be(ANNE, "home")
    await slack.prepare("Atelier Baudry SAS : relance")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(ANNE, "mail")
    await expect(slack.mail("compta@c0500.example")).to_contain_text("8 200,00 €")
    await page.close()
