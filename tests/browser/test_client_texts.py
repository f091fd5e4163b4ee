"""Finance changes a text to clients: refused, tried on a client, kept."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.slack_page import FIONA, SlackPage

pytestmark = pytest.mark.browser


async def test_a_text_is_refused_tried_and_kept(browser: Browser, demo: str) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    modal = page.locator(".modal")
    await slack.be(FIONA, "home")
    await page.get_by_role("button", name="Textes aux clients", exact=True).click()
    await expect(modal).to_contain_text("Première relance")
    await modal.get_by_role("button", name="Ouvrir", exact=True).nth(2).click()
    await slack.fill("subject", "Facture de {{ marge }}")
    await slack.submit()
    await expect(modal).to_contain_text("marge")
    await slack.fill("subject", "Rappel pour {{ client }}")
    await modal.locator('input[type="search"]').fill("roy")
    await slack.pick("client", "Menuiserie Roy SARL (C0412), Nantes")
    await slack.modal_press("Essayer")
    await expect(modal).to_contain_text("Objet : Rappel pour Menuiserie Roy SARL")
    await slack.submit()
    await expect(modal).to_contain_text("écrit par Fiona")
    await slack.close_modal()
    await page.close()
