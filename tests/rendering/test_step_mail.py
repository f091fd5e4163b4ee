"""The e-mails of steps in both languages: exact amounts, dates with their year, no foreign sum."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.ledger import ItemKind
from bot.rendering import messages
from bot.rendering.client_writing import TEXT_KEYS, ClientText, WrittenText, default_text
from bot.rendering.step_mail import AskedItem, PromiseSaid, StepMailView, edited, step_mail
from bot.rendering.views import EventKind, SumView
from tests.rendering.talk_samples import an_event
from tests.rendering.views import FRENCH

TODAY = date(2026, 11, 24)


def an_item(days_late: int, minor: int = 830_000, currency: str = "EUR") -> AskedItem:
    due_on = TODAY - timedelta(days=days_late)
    return AskedItem("FA-1", due_on - timedelta(days=30), due_on, minor, currency)


VIEW = StepMailView(
    "Menuiserie Roy", "C0412", "Claire Roy", (an_item(31), an_item(0, 100_05)), TODAY,
    voice="Anne Petit", voice_email="anne@seller.example", company="Vernet SAS",
)  # fmt: skip


def written(source: str, view: StepMailView = VIEW) -> str:
    return step_mail(ClientText("s", source), view).body.strip()


@pytest.mark.parametrize("key", TEXT_KEYS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_text_of_the_house_can_be_written_for_a_step(key: str, language: str) -> None:
    mail = step_mail(default_text(key, language), replace(VIEW, language=language))
    assert mail.subject
    assert "Vernet SAS" in mail.body


def test_a_reminder_says_what_is_late_and_for_how_long() -> None:
    mail = step_mail(default_text("reminder_2", "fr"), VIEW)
    assert mail.subject == "Relance : 8 300,00 € échus depuis 31 jours"


def test_what_is_not_due_yet_is_apart_from_what_is_late() -> None:
    assert written("{{ not_due }} / {{ count }}").replace("\u00a0", " ") == "100,05 € / 2"


DEPOSIT = AskedItem(
    "", TODAY, TODAY - timedelta(days=20), -1_000_00, "EUR", ItemKind.PAYMENT_ON_ACCOUNT
)
CREDIT = AskedItem("AV-7", TODAY, TODAY - timedelta(days=10), -480_00, "EUR", ItemKind.CREDIT_NOTE)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "fr",
            [
                "FA-1 : 8 300,00 €, échue le 24 octobre 2026 (31 jours)",
                "FA-1 : 8 300,00 €, à échéance le 24 novembre 2026",
                "Acompte : -1 000,00 €, du 24 novembre 2026",
                "Avoir AV-7 : -480,00 €, du 24 novembre 2026",
            ],
        ),
        (
            "en",
            [
                "FA-1: €8,300.00, due on 24 October 2026 (31 days)",
                "FA-1: €8,300.00, due on 24 November 2026",
                "Deposit: -€1,000.00, dated 24 November 2026",
                "Credit note AV-7: -€480.00, dated 24 November 2026",
            ],
        ),
    ],
)
@pytest.mark.parametrize("key", ["reminder_1", "reminder_2", "last_reminder"])
def test_what_is_taken_off_has_its_name_and_is_never_late(
    key: str, language: str, lines: list[str]
) -> None:
    view = replace(VIEW, items=(an_item(31), an_item(0), DEPOSIT, CREDIT), language=language)
    body = step_mail(default_text(key, language), view).body
    plain = body.replace("\u202f", " ").replace("\u00a0", " ")
    listed = [line.strip() for line in plain.splitlines() if line.startswith("  ")]
    assert listed == lines


def test_credits_are_no_invoices_and_make_nothing_older() -> None:
    view = replace(VIEW, items=(an_item(3), replace(CREDIT, due_on=date(2026, 1, 1))))
    said = written("{{ count }} · {{ oldest_days }} · {{ overdue }}", view)
    assert said.replace("\u202f", " ").replace("\u00a0", " ") == "1 · 3 jours · 7 820,00 €"


def test_currencies_are_never_added_up() -> None:
    view = replace(VIEW, items=(an_item(3, 100_00), an_item(3, 50_00, "USD")), language="en")
    assert written("{{ overdue }}", view) == "€100.00 + US$50.00"


def test_days_agree_with_their_number() -> None:
    view = replace(VIEW, items=(an_item(1),))
    assert written("{{ oldest_days }}", view).replace("\u00a0", " ") == "1 jour"


def test_a_courtesy_has_nothing_late() -> None:
    view = replace(VIEW, items=(an_item(-5),))
    assert written("[{{ oldest_days }}{{ overdue }}]", view) == "[]"


def test_a_client_without_a_named_contact_is_addressed_by_its_name() -> None:
    assert written("{{ contact }}", replace(VIEW, contact="")) == "Menuiserie Roy"


def test_without_a_voice_the_company_speaks() -> None:
    assert written("{{ voice }}", replace(VIEW, voice="")) == "Vernet SAS"


def test_an_edited_draft_has_its_subject_on_the_first_line() -> None:
    draft = WrittenText("Sujet", "corps\n")
    assert edited(" Autre  sujet \n\nBonjour\n", draft) == WrittenText("Autre sujet", "Bonjour\n")


def test_one_line_alone_is_a_body_under_the_old_subject() -> None:
    draft = WrittenText("Sujet", "corps\n")
    assert edited("Bonjour", draft) == WrittenText("Sujet", "Bonjour\n")


def test_what_left_by_itself_names_nobody() -> None:
    said = messages.alert_event(an_event(EventKind.STEP_SENT, by=""), FRENCH).text
    assert "Le client a reçu un e-mail" in said


def test_a_promise_is_said_with_its_day_and_what_came() -> None:
    said = PromiseSaid(800_00, 300_00, "EUR", TODAY)
    view = replace(VIEW, promise=said, language="en")
    told = written("{{ promised }}, {{ promised_on }}, {{ received }}", view)
    assert told.replace("\u00a0", " ") == "€800.00, 24 November 2026, €300.00"
    unpaid = replace(view, promise=replace(said, received_minor=0))
    assert written("{% if received %}some{% else %}none{% endif %}", unpaid) == "none"


def test_interest_and_fees_are_said_by_currency() -> None:
    view = replace(VIEW, interest=(SumView(1_66, "EUR"),), fees=(SumView(0, "EUR"),), language="en")
    assert written("{{ interest }}|{{ fees }}", view) == "€1.66|"
