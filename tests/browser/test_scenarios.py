"""Finance changes a step of a scenario in its windows, and puts it into force."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.slack_page import FIONA, SlackPage

pytestmark = pytest.mark.browser


async def test_a_step_is_changed_refused_kept_and_activated(browser: Browser, demo: str) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    modal = page.locator(".modal")
    await slack.be(FIONA, "home")
    await page.get_by_role("button", name="Scénarios", exact=True).click()
    await expect(modal).to_contain_text("Nouveaux payeurs")
    await modal.get_by_role("button", name="Ouvrir", exact=True).first.click()
    await expect(modal).to_contain_text("J+4")
    await modal.get_by_role("button", name="Modifier", exact=True).nth(1).click()
    await slack.fill("offset_days", "0")
    await slack.submit()
    await expect(modal).to_contain_text("on ne relance pas le jour de l’échéance")
    await slack.fill("offset_days", "6")
    await slack.submit()
    await expect(modal).to_contain_text("J+6")
    await expect(modal).to_contain_text("brouillon de Fiona")
    await modal.get_by_role("button", name="Activer", exact=True).click()
    await expect(modal).to_contain_text("en vigueur, écrit par Fiona")
    await page.locator(".modal .x").click()
    await expect(modal).to_contain_text("Nouveaux payeurs")
    await slack.close_modal()
    await page.close()


async def test_a_scenario_is_tried_on_a_client_and_made_longer(browser: Browser, demo: str) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    modal = page.locator(".modal")
    await slack.be(FIONA, "home")
    await page.get_by_role("button", name="Scénarios", exact=True).click()
    await modal.get_by_role("button", name="Ouvrir", exact=True).first.click()
    await modal.get_by_role("button", name="Ajouter une étape", exact=True).click()
    await slack.fill("offset_days", "120")
    await slack.submit()
    await expect(modal).to_contain_text("J+120")
    await modal.get_by_role("button", name="Essayer sur un client", exact=True).click()
    await modal.locator('input[type="search"]').fill("roy")
    await slack.pick("client", "Menuiserie Roy SARL (C0412), Nantes")
    await slack.submit()
    await expect(modal).to_contain_text("Le premier e-mail, avec les chiffres du jour")
    await page.close()
