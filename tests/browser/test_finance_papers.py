"""Finance makes a formal notice and the lawyer's file; both are saved and opened."""

import io
import zipfile

import pytest
from playwright.async_api import Browser, expect
from pypdf import PdfReader

from tests.browser.slack_page import FIONA, SETTLE_MS, SlackPage

pytestmark = pytest.mark.browser
CLIENT = "Imprimerie Vauclair SAS"


async def file_window(browser: Browser, demo: str) -> SlackPage:
    """Open finance's file of a client."""
    slack = SlackPage(await browser.new_page(viewport={"width": 1280, "height": 1000}), demo)
    await slack.be(FIONA)
    answers = slack.page.locator("#stream article.message").filter(has_text="(C0330)")
    known = await answers.count()
    await slack.type("/balance C0330")
    await expect(answers).to_have_count(known + 1)
    await slack.page.wait_for_timeout(SETTLE_MS)
    await slack.choose("(C0330)", "Dossier financier")
    await slack.page.locator(".modal").wait_for()
    return slack


async def test_a_formal_notice_is_made_and_read(browser: Browser, demo: str) -> None:
    slack = await file_window(browser, demo)
    await slack.modal_press("Mise en demeure")
    await slack.pick("with_interest", "Non")
    await slack.submit()
    await slack.modal_closes()
    letter = PdfReader(io.BytesIO(await slack.save(f"MD-2026-0001 · {CLIENT}")))
    text = "\n".join(page.extract_text() for page in letter.pages)
    assert CLIENT in text
    assert "18 050,75" in text.replace("\u202f", " ").replace("\xa0", " ")
    await slack.page.close()


async def test_the_lawyers_file_has_the_notice_and_a_table_of_contents(
    browser: Browser, demo: str
) -> None:
    slack = await file_window(browser, demo)
    await slack.modal_press("Dossier pour l’avocat")
    await slack.page.locator(".modal").get_by_text("arrive dans le canal").wait_for()
    await slack.page.locator(".modal .x").click()
    await slack.page.locator(".modal").get_by_text("Dossier financier").wait_for()
    await slack.close_modal()
    saved = await slack.save(f"DOS-2026-0001 · {CLIENT}")
    with zipfile.ZipFile(io.BytesIO(saved)) as file:
        contents = PdfReader(io.BytesIO(file.read("0-sommaire.pdf"))).pages[0].extract_text()
        names = file.namelist()
    assert {"1-releve.pdf", "3-penalites.csv", "7-courriers/MD-2026-0001.pdf"} <= set(names)
    assert "MD-2026-0001" in contents
    await slack.page.close()
