"""The story a new user walks: alert, balance, note, handover, payment; French, then English."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.slack_page import ANNE, FIONA, KARIM, SlackPage

pytestmark = pytest.mark.browser
ROY, DUPONT = "Menuiserie Roy SARL a", "Dupont Charpente SAS a"


@pytest_asyncio.fixture
async def slack(browser: Browser, demo: str) -> AsyncIterator[SlackPage]:
    """A page on the demo, as Anne."""
    page = await browser.new_page(viewport={"width": 1280, "height": 1000})
    opened = SlackPage(page, demo)
    await opened.be(ANNE)
    yield opened
    await page.close()


async def test_the_alert_says_who_how_much_how_late_and_why(slack: SlackPage) -> None:
    alert = await slack.sees(ROY)
    await expect(alert).to_contain_text("11 480 € de factures échues")
    await expect(alert).to_contain_text("depuis 31 jours")
    await expect(alert).to_contain_text("Pourquoi")
    await expect(alert.get_by_role("button", name="Noter l’échange")).to_be_visible()


async def test_a_balance_is_found_with_a_typo_and_shown_to_the_asker_alone(
    slack: SlackPage,
) -> None:
    await slack.type("/balance dupnot charpente")
    answer = await slack.sees("Dupont Charpente SAS (C0157)")
    await expect(answer.locator(".eye")).to_be_visible()
    await expect(answer).to_contain_text("Non échu")
    await expect(answer.get_by_role("button", name="Partager ici")).to_be_visible()


async def test_near_names_are_a_choice_never_a_guess(slack: SlackPage) -> None:
    await slack.be(KARIM)
    await slack.type("/balance lefevbre peinture")
    answer = await slack.sees("Lefebvre Peinture EURL")
    await expect(answer).to_contain_text("Lefèvre Peinture SARL")


async def test_a_colleagues_client_is_refused(slack: SlackPage) -> None:
    await slack.be(KARIM)
    await slack.type("/balance C0412")
    answer = await slack.sees("Anne")
    await expect(answer).not_to_contain_text("11 480")


async def test_a_promise_is_noted_with_its_mistake_mended_in_the_modal(slack: SlackPage) -> None:
    await slack.press(ROY, "Noter l’échange")
    await slack.pick("outcome_field", "promet de payer")
    await slack.pick("means", "téléphone")
    await slack.fill("promised_on", "2026-11-02")
    await slack.fill("text", "virement promis")
    await slack.submit()
    await expect(slack.page.locator(".modal .error").first).to_be_visible()
    await slack.fill("promised_on", "2026-11-30")
    await slack.submit()
    await slack.modal_closes()
    await expect(slack.message(ROY)).to_contain_text("virement promis")
    thread = await slack.thread_of(ROY)
    await expect(thread).to_contain_text("virement promis")


async def test_a_file_is_handed_over_taken_and_told(slack: SlackPage) -> None:
    await slack.choose(DUPONT, "Transmettre")
    await slack.fill("opinion", "bonne relation, un échéancier passerait")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(FIONA)
    handover = await slack.sees("transmet Dupont Charpente")
    await expect(handover).to_contain_text("un échéancier passerait")
    await slack.press("transmet Dupont Charpente", "Prendre en charge")
    await slack.sees("a pris en charge Dupont Charpente")
    await slack.be(ANNE)
    thread = await slack.thread_of("Dupont Charpente SAS")
    await expect(thread).to_contain_text("Fiona")


async def test_a_payment_resolves_the_alert_in_place(slack: SlackPage) -> None:
    await slack.control("Un paiement arrive · a payment")
    await slack.sees("Menuiserie Roy SARL a réglé")
    await expect(slack.page.locator("article.message").filter(has_text=ROY)).not_to_contain_text(
        "de factures échues"
    )


async def test_the_next_morning_brings_a_digest(slack: SlackPage) -> None:
    await slack.control("Demain matin · next morning")
    digest = await slack.sees("Mercredi 25 novembre")
    await expect(digest).to_contain_text("encaissé")
