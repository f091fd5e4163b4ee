"""Take the README's pictures again: `make pictures`."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import FLAGS
from tests.browser.slack_page import ANNE, FIONA, KARIM, SlackPage
from tests.demo_process import running_demo

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"


async def take(browser: Browser, address: str) -> None:
    """Walk the story and keep a picture at each stop."""
    page = await browser.new_page(viewport={"width": 1180, "height": 860})
    slack = SlackPage(page, address)
    await slack.be(ANNE)
    alert = await slack.sees("Menuiserie Roy SARL a")
    await alert.scroll_into_view_if_needed()
    await _keep(slack, "alert-fr")
    await slack.press("Menuiserie Roy SARL a", "Noter l’échange")
    await slack.pick("outcome_field", "promet de payer")
    await slack.fill("promised_on", "2026-11-30")
    await _keep(slack, "note-fr")
    await page.locator(".modal .x").click()
    await slack.modal_closes()
    await slack.type("/balance dupont")
    await slack.sees("Dupont Charpente SAS (C0157)")
    await _keep(slack, "balance-fr")
    await slack.choose("Dupont Charpente SAS a", "Transmettre")
    await slack.fill("opinion", "bonne relation, trésorerie tendue, un échéancier passerait")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(FIONA)
    await slack.sees("transmet Dupont Charpente")
    await _keep(slack, "handover-fr")
    await slack.be(KARIM)
    await slack.sees("Imprimerie Vauclair")
    await slack.message("Imprimerie Vauclair SAS").scroll_into_view_if_needed()
    await _keep(slack, "alert-en")
    await page.set_viewport_size({"width": 390, "height": 780})
    await slack.be(ANNE)
    await slack.sees("Menuiserie Roy SARL a")
    await _keep(slack, "phone-fr")


async def _keep(slack: SlackPage, name: str) -> None:
    await slack.page.wait_for_timeout(1200)
    await slack.page.screenshot(path=FOLDER / f"{name}.png")


async def main() -> None:
    """Start a demo and a browser, and take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as address:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            await take(browser, address)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
