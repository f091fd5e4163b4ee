"""The first day: finance sees what would go out, presses « Activer », and everyone gets theirs."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize, expect

from tests.browser.slack_page import ANNE, FIONA, KARIM, SETTLE_MS, SlackPage

pytestmark = pytest.mark.browser
PREVIEW, NOBODYS = "ont dépassé un seuil", "de commercial. Qui les suit"
PHONE = ViewportSize(width=390, height=844)


@pytest_asyncio.fixture
async def slack(browser: Browser, first_day: str) -> AsyncIterator[SlackPage]:
    """A page on a demo in which nothing was sent yet."""
    page = await browser.new_page(viewport={"width": 1280, "height": 1000})
    yield SlackPage(page, first_day)
    await page.close()


@pytest_asyncio.fixture
async def phone(browser: Browser, first_day: str) -> AsyncIterator[SlackPage]:
    """The same on a phone."""
    page = await browser.new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    yield SlackPage(page, first_day)
    await page.close()


async def test_nothing_is_sent_before_activation(slack: SlackPage) -> None:
    await slack.be(FIONA)
    preview = await slack.sees(PREVIEW)
    await expect(preview).to_contain_text("Rien n’est encore envoyé")
    await expect(preview).to_contain_text("Anne Delorme : 3 alertes")
    await slack.be(ANNE)
    await expect(slack.page.locator("#stream article.message")).to_have_count(0)


async def test_fiona_activates_after_a_second_thought(slack: SlackPage) -> None:
    await slack.be(FIONA)
    await slack.sees(PREVIEW)
    await slack.press(PREVIEW, "Activer pour tous")
    await slack.page.locator("#confirm .no").click()
    await expect(slack.message(PREVIEW)).to_contain_text("Rien n’est encore envoyé")
    await slack.press(PREVIEW, "Activer pour tous")
    await slack.confirm()
    await slack.sees("Les alertes sont actives")
    await slack.be(ANNE)
    await slack.sees("Menuiserie Roy SARL a 11")


async def test_more_than_a_day_may_bring_comes_as_one_list_in_english(slack: SlackPage) -> None:
    await slack.be(KARIM)
    listed = await slack.sees("6 decisions")
    await expect(listed).to_contain_text("Paysages Vauclair SARL: €842")
    alert = await slack.sees("Imprimerie Vauclair SAS owes")
    await expect(alert).to_contain_text("€18,051")
    await expect(alert.get_by_role("button", name="Promise to pay")).to_be_visible()


async def test_an_english_note_is_asked_and_kept_in_english(slack: SlackPage) -> None:
    await slack.be(KARIM)
    await slack.sees("Lefebvre Peinture EURL owes")
    await slack.press("Lefebvre Peinture EURL owes", "Promise to pay")
    await slack.fill("promised_on", "2026-11-30")
    await slack.submit()
    await slack.modal_closes()
    await expect(slack.message("Lefebvre Peinture EURL owes")).to_contain_text("Karim")
    thread = await slack.thread_of("Lefebvre Peinture EURL owes")
    await expect(thread).to_contain_text("30 November")


async def test_the_clients_of_nobody_leave_the_list_as_they_are_assigned(slack: SlackPage) -> None:
    await slack.be(FIONA)
    unowned = await slack.sees(NOBODYS)
    await unowned.locator("select").first.select_option(label="Anne Delorme")
    await expect(slack.message(NOBODYS)).not_to_contain_text("Fonderie Orsini SA")
    await slack.page.wait_for_timeout(SETTLE_MS)
    await slack.message(NOBODYS).locator("select").last.select_option(label="Karim Benali")
    await slack.sees("Chaque client en alerte a maintenant son commercial")


async def test_a_phone_shows_and_notes_without_scrolling_sideways(phone: SlackPage) -> None:
    await phone.be(ANNE)
    alert = await phone.sees("Menuiserie Roy SARL a 11")
    await alert.scroll_into_view_if_needed()
    await expect(alert.get_by_role("button", name="Noter l’échange")).to_be_in_viewport()
    await phone.press("Menuiserie Roy SARL a 11", "Noter l’échange")
    await phone.pick("outcome_field", "ne répond pas")
    width = await phone.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    await phone.submit()
    await phone.modal_closes()
    await expect(phone.message("Menuiserie Roy SARL a")).to_contain_text("ne répond pas")
