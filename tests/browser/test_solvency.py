"""May we sell to them: cards, choices, finance's answer, terms, flags; English, then French."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.browser.slack_page import ANNE, FIONA, KARIM, PATIENCE_MS, SETTLE_MS, SlackPage

pytestmark = pytest.mark.browser
KERVADEC, GRAVELLE, LEFEVRE = "995366283", "994783397", "997765607"
ROY = "Menuiserie Roy SARL"
PHONE = {"width": 390, "height": 844}


@pytest_asyncio.fixture
async def slack(browser: Browser, demo: str) -> AsyncIterator[SlackPage]:
    """A phone on the demo, as Karim, who reads English."""
    page = await browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
    opened = SlackPage(page, demo)
    await opened.be(KARIM)
    yield opened
    await leave(opened)
    await page.close()


async def answer(slack: SlackPage, line: str, words: str) -> Locator:
    """Type a line; return the window or the message that says `words`, whichever comes."""
    await slack.type(line)
    said = slack.page.locator(".modal, #stream article.message").filter(has_text=words).last
    await expect(said).to_be_visible(timeout=PATIENCE_MS)
    return said


async def leave(slack: SlackPage) -> None:
    """Close every window that is open."""
    crosses = slack.page.locator(".modal .x")
    while await crosses.count():
        await crosses.last.click()
        await slack.page.wait_for_timeout(SETTLE_MS)


async def test_a_siren_is_answered_in_a_window_then_at_once(slack: SlackPage) -> None:
    line, verdict = f"/solvency {KERVADEC}", "sell up to €5,000, at 45 days"
    card = await answer(slack, line, verdict)
    await expect(card).to_contain_text("Rating B, confidence 59 %")
    await expect(card).to_contain_text("liquidity ratio 163 % (filed accounts, 31 December 2025)")
    await leave(slack)
    await slack.type(line)
    again = await slack.sees(verdict)
    await expect(again.locator(".eye")).to_be_visible()
    await expect(again.get_by_role("table")).to_contain_text("company register")


async def test_the_card_fits_a_phone_with_its_verdict_above_the_fold(slack: SlackPage) -> None:
    await slack.type("/solvency C1001")
    card = slack.page.locator(".modal")
    await expect(card).to_contain_text("Rating")
    await expect(card.get_by_role("button", name="Ask finance")).to_be_in_viewport()
    width = await slack.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


async def test_homonyms_are_a_choice_with_town_and_siren(slack: SlackPage) -> None:
    choice = await answer(slack, "/solvency scierie aubrac", "Which one?")
    await expect(choice).to_contain_text("Scierie Aubrac SARL · C0445 · 995472727 · Lyon")
    await expect(choice).to_contain_text("Scierie Aubrac SARL · C1034 · 995901477 · Troyes")
    await choice.get_by_role("button", name="This one").last.click()
    await expect(slack.page.locator(".modal").last).to_contain_text("C1034 · 995901477 · Troyes ·")


async def test_a_prospect_is_found_among_clients_of_that_name(slack: SlackPage) -> None:
    choice = await answer(slack, "/solvency kervadec", "Which one?")
    await expect(choice).to_contain_text("Garage Kervadec SASU · C1061 · 999089576 · Dijon")
    await expect(choice).to_contain_text(f"BRASSERIE KERVADEC SAS · {KERVADEC} · Quimper")


async def test_an_order_is_measured_against_the_limit(slack: SlackPage) -> None:
    card = await answer(slack, "/solvency C0330 12000", "€12,000: ask the finance team first")
    await expect(card).to_contain_text("With this order €30,051 would be owed, of a limit of €4,2")
    await expect(card).to_contain_text("No insurance covers it.")
    await expect(card).to_contain_text("latest year: a loss")


async def test_a_liquidation_is_an_e_although_the_register_says_in_business(
    slack: SlackPage,
) -> None:
    card = await answer(slack, "/solvency CDOUT", "do not sell to this company")
    await expect(card).to_contain_text("in business")
    await expect(card).to_contain_text("Rating E")
    await expect(card).to_contain_text("in compulsory liquidation (BODACC, 31 October)")
    await expect(card).to_contain_text("claims until Thursday 31 December")
    await expect(card).not_to_contain_text("For:")


async def test_a_receivership_is_for_finance(slack: SlackPage) -> None:
    card = await answer(slack, "/solvency Fonderie Orsini", "ask the finance team before you sell")
    await expect(card).to_contain_text("no credit, paid before delivery")
    await expect(card).to_contain_text("Against: in receivership (BODACC, 15 October)")


async def test_a_company_struck_off_is_not_sold_to(slack: SlackPage) -> None:
    card = await answer(slack, "/solvency C0445", "do not sell to this company")
    await expect(card).to_contain_text("closed since 26 August")
    await expect(card).to_contain_text("struck off")


async def test_accounts_hidden_in_part_are_said_to_be(slack: SlackPage) -> None:
    card = await answer(slack, "/solvency C0500", "sell up to")
    await expect(card).to_contain_text("accounts filed, kept confidential")
    await expect(card).to_contain_text("turnover and result kept confidential")


async def test_little_known_of_a_young_company_is_said(slack: SlackPage) -> None:
    card = await answer(slack, f"/solvency {GRAVELLE}", "ask the finance team before you sell")
    await expect(card).to_contain_text("Rating D: little is known of it (confidence 10 %)")
    await expect(card).to_contain_text("less than a year old")


async def test_finance_grants_with_a_condition_that_the_next_card_says(slack: SlackPage) -> None:
    condition = "acompte de 30 % à la commande"
    await slack.be(ANNE)
    card = await answer(slack, "/solvabilite Menuiserie Roy 12000", "12 000 € : voyez d’abord")
    await card.get_by_role("button", name="Demander à la finance").click()
    await slack.fill("question", "commande ferme, livraison en décembre")
    await slack.submit()
    await expect(slack.page.locator(".modal")).to_contain_text("a reçu la question")
    await leave(slack)
    await slack.be(FIONA)
    request = await slack.sees(f"peut-on vendre 12 000 € à {ROY}")
    await expect(request).to_contain_text("livraison en décembre")
    await expect(request).to_contain_text("pour un plafond de 5 000 €")
    await slack.press(f"vendre 12 000 € à {ROY}", "Accorder")
    await slack.fill("until", "2026-12-31")
    await slack.fill("condition", condition)
    await slack.submit()
    await slack.sees("Fiona Marchetti accorde")
    await slack.be(ANNE)
    told = await slack.sees("Fiona Marchetti accorde")
    await expect(told).to_contain_text("jusqu’au 31 décembre 2026")
    await slack.type("/solvency Menuiserie Roy 12000")
    await slack.sees("12 000 € : allez-y, à 30 jours, comme le service financier l’a accordé")
    await expect(slack.message("allez-y, à 30 jours")).to_contain_text(condition)


async def test_terms_refused_at_their_field_become_a_paragraph_in_two_languages(
    slack: SlackPage,
) -> None:
    await slack.be(ANNE)
    card = await answer(slack, f"/solvency {KERVADEC}", "vendez jusqu’à")
    await card.get_by_role("button", name="Conditions de paiement").click()
    form = slack.page.locator(".modal").last
    await slack.fill("total", "12000")
    await slack.pick("parts", "tout à la livraison")
    await slack.fill("terms", "90")
    await slack.submit()
    await expect(form.locator(".error")).to_contain_text("La loi")
    await slack.fill("terms", "45")
    await slack.submit()
    await expect(form.locator(".error")).to_contain_text("commande")
    await slack.pick("parts", "30 % à la commande, 70 % à la livraison")
    await slack.fill("total", "6000")
    await slack.submit()
    done = slack.page.locator(".modal").last
    await expect(done).to_contain_text("1 800,00 € à la commande")
    await expect(done).to_contain_text("Price: €6,000.00, tax included")


async def test_a_company_is_followed(slack: SlackPage) -> None:
    await slack.be(ANNE)
    line = f"/solvency {KERVADEC}"
    card = await answer(slack, line, "vendez jusqu’à 5 000 €")
    await card.get_by_role("button", name="Suivre").click()
    await expect(slack.page.locator("body")).to_contain_text("Vous serez prévenu de toute annonce")
    await leave(slack)
    card = await answer(slack, line, "vendez jusqu’à 5 000 €")
    await expect(card.get_by_role("button", name="Ne plus suivre")).to_be_visible()


async def test_a_flag_is_said_first_on_everybodys_next_card(slack: SlackPage) -> None:
    await slack.be(ANNE)
    card = await answer(slack, f"/solvency {GRAVELLE}", "CUISINES GRAVELLE SASU")
    await card.locator("details.overflow summary").click()
    await card.get_by_role("button", name="Signaler").click()
    await slack.fill("reason", "deux chèques sans provision")
    await slack.submit()
    said = slack.page.locator(".modal").last
    await expect(said).to_contain_text("registre des mauvais payeurs")
    await leave(slack)
    await slack.be(KARIM)
    card = await answer(slack, f"/solvency {GRAVELLE}", "deux chèques sans provision")
    words = await card.inner_text()
    assert words.index("Flagged by Anne Delorme") < words.index("CUISINES GRAVELLE SASU:")


async def test_a_slow_source_is_named_and_the_card_completed_in_place(slack: SlackPage) -> None:
    await slack.page.set_viewport_size({"width": 1280, "height": 1000})
    await slack.be(ANNE)
    await slack.control("BODACC lent")
    await slack.type(f"/solvency {LEFEVRE}")
    card = slack.page.locator(".modal")
    await expect(card).to_contain_text("Réponse attendue de : BODACC", timeout=PATIENCE_MS)
    await expect(card).to_contain_text("PEINTURE SAS : vendez jusqu’à", timeout=PATIENCE_MS)
    await expect(card).not_to_contain_text("Réponse attendue")
    await leave(slack)
    await slack.control("BODACC lent")
