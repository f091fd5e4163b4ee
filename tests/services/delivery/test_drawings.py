"""An alert and its warnings are drawn as they stand when the message leaves, or not at all."""

from datetime import UTC, datetime

import pytest

from bot.domain.ledger import SettledBy
from bot.domain.lifecycle import AlertState, HandoverState, Outcome
from bot.domain.reasons import Reason, Rule
from bot.domain.told import Told
from bot.services.delivery.drawings import drawings, sent_hooks
from storage.messages import EDIT, POST
from storage.outgoing import Outgoing
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company
from tests.services.drawing import FRIDAY, a_handover, draw, put, words
from tests.services.outbox import alert_of


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def books(database: Database, company: Company) -> Books:
    return Books(database, company.workspace_id, company.entity_id)


@pytest.mark.parametrize("kind", Told)
def test_every_kind_of_message_has_a_drawing(kind: Told) -> None:
    assert kind.value in drawings(Clock())


def a_dispute(books: Books, **values: int | None) -> None:
    """Write a dispute about scratched doors, to be settled by Friday."""
    books.add(
        "dispute",
        key="d",
        reason_sealed=books.seal("trois portes rayées"),
        currency="EUR",
        due_on=FRIDAY,
        opened_at=AT_TEN,
        **values,
    )


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (AlertState.OPEN, "8 décembre"),
        (AlertState.ACKNOWLEDGED, "Anne"),
        (AlertState.PROMISED, "5 000 €"),
        (AlertState.DISPUTED, "trois portes rayées"),
        (AlertState.SNOOZED, "fermeture annuelle"),
        (AlertState.HANDED_OVER, "🤝"),
        (AlertState.TAKEN, "Fiona"),
        (AlertState.RETURNED, "Avez-vous le bon de livraison"),
    ],
)
def test_an_alert_says_where_it_stands(
    books: Books, company: Company, state: AlertState, said: str
) -> None:
    of_client = {"client_id": company.client_id, "by_id": company.anne.person_id}
    if state is AlertState.PROMISED:
        books.add(
            "promise",
            key="p",
            minor=5_000_00,
            currency="EUR",
            due_on=FRIDAY,
            made_on=TUESDAY,
            **of_client,
        )
    if state is AlertState.DISPUTED:
        a_dispute(books, **of_client)
    if state is AlertState.HANDED_OVER:
        a_handover(books, company, HandoverState.OFFERED)
    if state is AlertState.TAKEN:
        a_handover(books, company, HandoverState.TAKEN)
    if state is AlertState.RETURNED:
        a_handover(books, company, HandoverState.RETURNED, "Avez-vous le bon de livraison ?")
    snoozed = state is AlertState.SNOOZED
    body = put(
        books,
        company,
        state=state,
        state_ends_on=FRIDAY,
        state_by_id=company.anne.person_id,
        state_reason_sealed=Vault(("test-key",)).seal(
            company.workspace_id, "fermeture annuelle" if snoozed else ""
        ),
    )
    assert said in words(draw(books, Told.ALERT, body, method=EDIT))


def test_a_disputed_alert_names_who_settles_it(books: Books, company: Company) -> None:
    of_client = {"client_id": company.client_id, "by_id": company.anne.person_id}
    a_dispute(books, **of_client, owner_id=company.karim.person_id)
    body = put(
        books,
        company,
        state=AlertState.DISPUTED,
        state_ends_on=FRIDAY,
        state_by_id=company.anne.person_id,
    )
    said = words(draw(books, Told.ALERT, body, method=EDIT))
    assert "trois portes rayées » (Anne). Karim s’en charge" in said.replace("\u202f", " ").replace(
        "\u00a0", " "
    )


def test_a_resolved_alert_is_edited_into_one_line(books: Books, company: Company) -> None:
    body = put(
        books,
        company,
        state=AlertState.RESOLVED,
        resolved_by=SettledBy.RECEIPT.value,
        resolution={"settled_minor": 12_480_00, "left_minor": 0, "days": 31},
    )
    drawing = draw(books, Told.ALERT, body, method=EDIT)
    assert drawing is not None
    assert len(list(drawing.blocks)) == 1


def test_an_alert_resolved_before_its_post_is_not_posted(books: Books, company: Company) -> None:
    body = put(books, company, state=AlertState.RESOLVED, ts="", channel="")
    assert draw(books, Told.ALERT, body) is None


def test_an_alert_already_shown_is_not_posted_again(books: Books, company: Company) -> None:
    assert draw(books, Told.ALERT, {"alert_id": company.alert_id}) is None


def test_an_alert_that_is_gone_is_not_drawn(books: Books) -> None:
    assert draw(books, Told.ALERT, {"alert_id": 1}, method=EDIT) is None


def test_an_alert_says_its_reasons(books: Books, company: Company) -> None:
    reason = Reason(Rule.PROMISE_BROKEN, level=2, promises=1)
    body = put(books, company, reasons=[reason.to_document()])
    assert "promesse" in words(draw(books, Told.ALERT, body, method=EDIT))


def test_a_note_of_an_older_episode_does_not_hide_the_reasons(
    books: Books, company: Company
) -> None:
    books.add(
        "note",
        key="n",
        client_id=company.client_id,
        by_id=company.anne.person_id,
        outcome=Outcome.OTHER.value,
        means="phone",
        text_sealed=books.seal("rappeler en mars"),
        at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    )
    drawn = draw(books, Told.ALERT, {"alert_id": company.alert_id}, method=EDIT)
    assert "rappeler en mars" not in words(drawn)


def test_news_mentions_the_owner(books: Books, company: Company) -> None:
    body = {"alert_id": company.alert_id, "news": "level", "before_minor": 0}
    assert "<@UANNE>" in words(draw(books, Told.ALERT_NEWS, body))


def test_news_is_not_said_once_finance_has_the_file(books: Books, company: Company) -> None:
    body = put(books, company, state=AlertState.TAKEN) | {"news": "level", "before_minor": 0}
    assert draw(books, Told.ALERT_NEWS, body) is None


def test_the_window_s_end_is_told_the_owner(books: Books, company: Company) -> None:
    body = {"alert_id": company.alert_id}
    drawn = draw(books, Told.WINDOW_ENDING, body, person_id=company.anne.person_id)
    assert "<@UANNE>" in words(drawn)


def test_the_window_s_end_offers_the_manager_to_extend_it(books: Books, company: Company) -> None:
    body = {"alert_id": company.alert_id}
    drawn = draw(books, Told.WINDOW_ENDING, body, person_id=company.nadia.person_id)
    assert "extend" in words(drawn)


def test_a_suspended_window_is_not_said_to_end(books: Books, company: Company) -> None:
    body = put(books, company, window_suspended_until=FRIDAY, window_left_days=3)
    assert draw(books, Told.WINDOW_ENDING, body, person_id=company.anne.person_id) is None


def test_an_urgent_client_is_told_the_manager(books: Books, company: Company) -> None:
    body = put(books, company, level=3)
    drawn = draw(books, Told.MANAGER_LEVEL3, body, person_id=company.nadia.person_id)
    assert "Menuiserie Roy" in words(drawn)


def test_a_client_below_level_3_is_not_said_urgent(books: Books, company: Company) -> None:
    assert draw(books, Told.MANAGER_LEVEL3, {"alert_id": company.alert_id}) is None


def test_posting_an_alert_remembers_where(books: Books, company: Company) -> None:
    put(books, company, ts="", channel="")
    body = {"alert_id": company.alert_id, "day": "2026-11-24"}
    message = Outgoing(
        books.workspace_id,
        1,
        "k",
        "alert",
        "s",
        1,
        POST,
        "CANNE",
        "",
        "",
        None,
        1,
        AT_TEN,
        "t",
        body,
    )
    with books.database.write() as work:
        sent_hooks()[Told.ALERT](work.session, message, "CANNE", "7.5")
        work.commit()
    assert alert_of(books.database, company).ts == "7.5"


def test_the_old_message_names_the_new_owner_and_no_figure(books: Books, company: Company) -> None:
    body = {
        "alert_id": company.alert_id,
        "to_id": company.karim.person_id,
        "by_id": company.nadia.person_id,
    }
    drawing = draw(books, Told.ALERT_GIVEN, body, method=EDIT)
    assert drawing is not None
    plain = drawing.text.replace("\u00a0", " ")
    assert plain == "Menuiserie Roy : Nadia a confié ce client à Karim."


def test_a_given_alert_that_is_gone_has_nothing_to_say(books: Books) -> None:
    body = {"alert_id": 1, "to_id": None, "by_id": None}
    assert draw(books, Told.ALERT_GIVEN, body, method=EDIT) is None
