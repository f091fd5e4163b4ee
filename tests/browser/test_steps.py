"""A reminder of the day: opened from Home, left out with a reason."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.slack_page import ANNE, SlackPage

pytestmark = pytest.mark.browser


async def test_a_step_is_opened_from_home_and_skipped(browser: Browser, demo: str) -> None:
    page = await browser.new_page()
    slack = SlackPage(page, demo)
    await slack.be(ANNE, "home")
    prepare = page.get_by_role("button", name="Préparer", exact=True)
    await expect(prepare.first).to_be_visible()
    waiting = await prepare.count()
    await prepare.first.click()
    await page.locator(".modal").get_by_role("button", name="Passer", exact=True).click()
    await slack.fill("reason", "vu hier avec eux")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(ANNE, "home")
    await expect(prepare).to_have_count(waiting - 1)
    await page.close()
