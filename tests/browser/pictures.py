"""Take the README's pictures again: `make pictures`."""

import asyncio
import io
import shutil
import tempfile
import zipfile
from pathlib import Path

from playwright.async_api import Browser, Locator, async_playwright

from bot.demo.companies import SELLER_NAME
from bot.rendering.case_files import Piece, contents_letter
from bot.rendering.formal_notices import formal_notice
from bot.rendering.letters import pictures_of
from tests.browser.conftest import FLAGS
from tests.browser.slack_page import ANNE, FIONA, KARIM, SETTLE_MS, SlackPage
from tests.demo_process import running_demo
from tests.rendering.test_letters import a_notice

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"


async def take(browser: Browser, address: str) -> None:
    """Walk the story and keep a picture at each stop."""
    page = await browser.new_page(viewport={"width": 1180, "height": 860})
    slack = SlackPage(page, address)
    await slack.be(ANNE)
    await slack.sees(
        "Relances et pénalités sont gelées"
    )  # the morning's last message: nothing moves after it
    await _keep(slack, "alert-fr", await slack.sees("Menuiserie Roy SARL a"))
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
    await slack.sees("Imprimerie Vauclair SAS owes")
    await _keep(slack, "alert-en", slack.message("Imprimerie Vauclair SAS owes"))
    await take_solvency(slack)
    await take_step(slack)
    await take_case_file(slack)
    await page.set_viewport_size({"width": 390, "height": 780})
    await slack.be(ANNE)
    await _keep(slack, "phone-fr", await slack.sees("Menuiserie Roy SARL a"))


async def take_solvency(slack: SlackPage) -> None:
    """Ask whether one may sell, in both languages, and finance for the rest."""
    await slack.be(KARIM)
    await slack.type("/solvency 995366283")
    await slack.page.locator(".modal").get_by_text("sell up to").wait_for()
    await _keep(slack, "solvency-en")
    await slack.close_modal()
    await slack.be(ANNE)
    await slack.type("/solvency Menuiserie Roy 12000")
    await slack.page.locator(".modal").get_by_text("voyez d’abord").wait_for()
    await _keep(slack, "solvency-fr")
    await slack.page.locator(".modal").get_by_role("button", name="Demander à la finance").click()
    await slack.fill("question", "commande ferme, livraison en décembre")
    await slack.submit()
    await slack.page.locator(".modal").get_by_text("a reçu la question").wait_for()
    await slack.page.locator(".modal .x").last.click()
    await slack.page.wait_for_timeout(SETTLE_MS)
    await slack.close_modal()
    await slack.be(FIONA)
    await _keep(slack, "request-fr", await slack.sees("peut-on vendre"))


async def take_step(slack: SlackPage) -> None:
    """Read a reminder over, send it, and see it where the client has it."""
    await slack.be(ANNE, "home")
    await slack.prepare("Clinique du Parc SA")
    await _keep(slack, "draft-fr")
    await slack.submit()
    await slack.modal_closes()
    await slack.be(ANNE, "mail")
    await slack.mail("Hélène Tessier").wait_for()
    await _keep(slack, "mail-fr")


async def take_case_file(slack: SlackPage) -> None:
    """Have the lawyer's file made; draw the table of contents that it has."""
    await slack.be(FIONA)
    await slack.type("/balance C0330")
    await slack.sees("(C0330)")
    await slack.choose("(C0330)", "Dossier financier")
    await slack.modal_press("Mise en demeure")
    await slack.submit()
    await slack.modal_closes()
    await slack.choose("(C0330)", "Dossier financier")
    await slack.modal_press("Dossier pour l’avocat")
    await slack.page.locator(".modal .x").click()
    await slack.page.wait_for_timeout(SETTLE_MS)
    await slack.close_modal()
    saved = await slack.save("DOS-2026-0001")
    with zipfile.ZipFile(io.BytesIO(saved)) as file:
        listed = file.read("0-sommaire.txt").decode().splitlines()[2:]
    named = (line.partition(": ") for line in listed)
    pieces = [Piece(name, what, b"") for name, _, what in named]
    contents = contents_letter(
        SELLER_NAME, "Imprimerie Vauclair SAS", "DOS-2026-0001", "24/11/2026", pieces, "fr"
    )
    (FOLDER / "case-file-fr.png").write_bytes(pictures_of(contents)[0])


async def _keep(slack: SlackPage, name: str, shown: Locator | None = None) -> None:
    """Keep a picture once nothing moves any more, with a message at its top when one is named."""
    await slack.page.wait_for_timeout(1200)
    if shown:
        await shown.evaluate("message => message.scrollIntoView({block: 'start'})")
        await slack.page.wait_for_timeout(SETTLE_MS)
    await slack.page.screenshot(path=FOLDER / f"{name}.png")


async def main() -> None:
    """Start a demo and a browser, and take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    letter = formal_notice(a_notice(), "fr")
    (FOLDER / "formal-notice-fr.png").write_bytes(pictures_of(letter)[0])
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as address:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            await take(browser, address)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
