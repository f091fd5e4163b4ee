"""What a text names beside the invoices: interest, fees, a promise; never left empty in silence."""

import pytest

from bot.domain.actors import system
from bot.domain.errors import Conflict
from bot.domain.lifecycle import PromiseState
from bot.rendering.client_writing import ClientText, WrittenText
from bot.services.late_payment.rates import RateService
from bot.services.mail.texts import TextService
from storage.unit_of_work import Database
from tests.services.dunning.company import TUESDAY
from tests.services.dunning.test_mailing import Desk


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def write(desk: Desk, body: str) -> None:
    """Have the first reminder say `body`."""
    texts = TextService(desk.company.database, desk.company.clock)
    for language in ("fr", "en"):
        text = ClientText("Rappel", body)
        texts.set(system(desk.company.workspace_id), "reminder_1", language, text)


def know_the_rate(desk: Desk) -> None:
    rates = RateService(desk.company.database, desk.company.clock)
    place = system(desk.company.workspace_id)
    rates.add(place, "2026-2", legal="2.62", ecb="2.15", source="arrêté")


def sent(desk: Desk) -> str:
    desk.deliver()
    [letter] = desk.post.letters
    return plain(letter.text)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ").strip()


def try_text(desk: Desk, body: str) -> WrittenText:
    texts = TextService(desk.company.database, desk.company.clock)
    return texts.preview(
        system(desk.company.workspace_id),
        desk.client,
        ClientText("Rappel", body),
        "fr",
        today=TUESDAY,
    )


def test_interest_and_the_fee_are_said_to_the_day(desk: Desk) -> None:
    know_the_rate(desk)
    write(desk, "{{ interest }} / {{ fees }}")
    assert sent(desk) == "1,66 € / 40,00 €"


def test_a_rate_that_is_missing_keeps_the_e_mail_back_for_somebody_to_mend(desk: Desk) -> None:
    write(desk, "{{ interest }}")
    desk.deliver()
    assert desk.post.letters == []
    assert desk.step == ("reminder_1", "drafted")


def test_fees_need_no_rate(desk: Desk) -> None:
    write(desk, "{{ fees }}")
    assert sent(desk) == "40,00 €"


def test_a_promise_not_kept_is_named_with_what_came(desk: Desk) -> None:
    promise = {"minor": 800_00, "received_minor": 300_00, "currency": "EUR", "made_on": TUESDAY}
    state = PromiseState.KEPT_IN_PART
    desk.company.books.add(
        "promise", client_id=desk.client, key="p", due_on=TUESDAY, state=state, **promise
    )
    write(desk, "{{ promised }} / {{ promised_on }} / {{ received }}")
    assert sent(desk) == "800,00 € / 24 novembre 2026 / 300,00 €"


def test_without_a_promise_its_fields_are_empty(desk: Desk) -> None:
    write(desk, "{% if promised %}promis{% else %}rien{% endif %}")
    assert sent(desk) == "rien"


def test_a_preview_says_what_the_e_mail_will(desk: Desk) -> None:
    know_the_rate(desk)
    assert plain(try_text(desk, "{{ interest }} / {{ fees }}").body) == "1,66 € / 40,00 €"


def test_a_preview_of_interest_without_its_rate_says_so(desk: Desk) -> None:
    with pytest.raises(Conflict, match="no late-payment rate for"):
        try_text(desk, "{{ interest }}")
