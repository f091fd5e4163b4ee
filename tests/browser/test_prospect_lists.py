"""A list of companies sent from Home: its verdicts come back to who sent it, in their language."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.slack_page import FIONA, KARIM, PATIENCE_MS, SETTLE_MS, SlackPage

pytestmark = pytest.mark.browser
KERVADEC, GRAVELLE = "995366283", "994783397"
LIST = f"siren;nom\n{KERVADEC};Brasserie Kervadec\n{GRAVELLE};Cuisines Gravelle\n12;Faute\n"


@pytest_asyncio.fixture
async def slack(browser: Browser, demo: str) -> AsyncIterator[SlackPage]:
    page = await browser.new_page()
    yield SlackPage(page, demo)
    await page.close()


async def send(slack: SlackPage, button: str, name: str = "prospects.csv") -> None:
    """Send a list from Home."""
    await slack.page.get_by_role("button", name=button, exact=True).click()
    file = slack.page.locator('.modal input[type="file"]')
    await file.wait_for()
    await slack.page.wait_for_timeout(SETTLE_MS)
    await file.set_input_files({"name": name, "mimeType": "text/csv", "buffer": LIST.encode()})


async def test_karim_sends_a_list_and_reads_its_verdicts(slack: SlackPage) -> None:
    await slack.be(KARIM, "home")
    await send(slack, "Rate a list")
    await expect(slack.page.locator(".modal output")).to_have_text("prospects.csv")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(KARIM)
    said = await slack.sees("prospects.csv: 2 companies rated.")
    await expect(said).to_contain_text("BRASSERIE KERVADEC SAS")
    await expect(said).to_contain_text("Line 4, siren: not a SIREN 12")


async def test_fiona_reads_the_same_in_french(slack: SlackPage) -> None:
    await slack.be(FIONA, "home")
    await send(slack, "Noter une liste", "liste.csv")
    await expect(slack.page.locator(".modal output")).to_have_text("liste.csv")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(FIONA, "D0FIONA")
    await slack.sees("liste.csv : 2 sociétés notées.")


async def test_another_kind_of_file_is_refused_in_the_window(slack: SlackPage) -> None:
    await slack.be(FIONA, "home")
    await send(slack, "Noter une liste", "photo.png")
    refused = slack.page.locator(".modal output")
    await expect(refused).to_contain_text("n’est pas accepté", timeout=PATIENCE_MS)
