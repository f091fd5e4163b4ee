"""A file goes to finance once, is answered once, and stale clicks are told who and when."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.follow_ups import AlreadyHandled
from bot.domain.lifecycle import AlertState, HandoverState
from bot.domain.told import Told
from bot.services.handovers.service import HandedOver, HandoverService
from storage import handovers
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, Company, a_company
from tests.services.handovers.offering import OPINION, WEDNESDAY, _another, _answer_of
from tests.services.outbox import alert_of, messages_of, told


def test_offering_a_file_tells_finance_edits_the_alert_and_writes_its_thread(
    database: Database, company: Company, offered: HandedOver
) -> None:
    assert sorted(told(database, company)) == [
        (Told.ALERT, "CANNE", "chat.update"),
        (Told.ALERT_EVENT, "CANNE", "chat.postMessage"),
        (Told.HANDOVER, "CFINANCE", "chat.postMessage"),
    ]
    alert = alert_of(database, company)
    assert (alert.state, alert.state_ends_on) == (AlertState.HANDED_OVER, WEDNESDAY)


def test_offering_twice_with_one_key_is_one_handover(
    database: Database, company: Company, service: HandoverService, offered: HandedOver
) -> None:
    count = len(messages_of(database, company))
    assert service.offer(company.anne, company.alert_id, OPINION, "k1") == offered
    assert len(messages_of(database, company)) == count


def test_offering_what_finance_has_answers_who_and_when(
    company: Company, service: HandoverService, offered: HandedOver
) -> None:
    with pytest.raises(AlreadyHandled) as refused:
        service.offer(company.anne, company.alert_id, OPINION, "k2")
    assert (refused.value.name, refused.value.at) == ("Anne", AT_TEN.isoformat())


def test_a_closed_or_unknown_alert_cannot_be_offered(
    database: Database, company: Company, service: HandoverService
) -> None:
    with pytest.raises(NotFound):
        service.offer(company.anne, 1, "", "k2")
    with database.write() as work:
        work.session.connection().exec_driver_sql("UPDATE alert SET state = 'resolved'")
        work.commit()
    with pytest.raises(Conflict):
        service.offer(company.anne, company.alert_id, "", "k2")


def test_the_opinion_is_sealed_and_read_back(
    database: Database, company: Company, offered: HandedOver
) -> None:
    with database.read() as work:
        line = handovers.get_handover(
            work.session, workspace_id=company.workspace_id, id=offered.handover_id
        )
        raw = work.session.connection().exec_driver_sql("SELECT opinion_sealed FROM handover")
        assert OPINION not in str(raw.all())
    assert line is not None
    assert line.opinion == OPINION


def test_finance_takes_a_file_and_its_owner_is_mentioned_once(
    database: Database, company: Company, service: HandoverService, offered: HandedOver
) -> None:
    first = service.take(company.fiona, offered.handover_id)
    said = messages_of(database, company)
    assert service.take(company.fiona, offered.handover_id) == first
    assert len(messages_of(database, company)) == len(said)
    assert first.state is HandoverState.TAKEN
    assert alert_of(database, company).state == AlertState.TAKEN
    mentions = [row.body["mention_id"] for row in said if row.kind == Told.ALERT_EVENT]
    assert mentions == [None, company.anne.person_id]


def test_sales_cannot_take_a_file(
    company: Company, service: HandoverService, offered: HandedOver
) -> None:
    with pytest.raises(NotAllowed):
        service.take(company.anne, offered.handover_id)


def test_a_stale_take_is_told_who_took_it_and_when(
    company: Company, service: HandoverService, offered: HandedOver
) -> None:
    service.take(company.fiona, offered.handover_id)
    with pytest.raises(AlreadyHandled) as refused:
        service.take(_another(company), offered.handover_id)
    assert (refused.value.name, refused.value.at) == ("Fiona", AT_TEN.isoformat())


def test_a_returned_file_waits_three_business_days_for_its_answer(
    database: Database, company: Company, service: HandoverService, offered: HandedOver
) -> None:
    service.take(company.fiona, offered.handover_id)
    first = service.give_back(company.fiona, offered.handover_id, "Un échéancier sur 3 mois ?")
    assert service.give_back(company.fiona, offered.handover_id, "encore") == first
    alert = alert_of(database, company)
    assert (alert.state, alert.window_ends_on) == (AlertState.RETURNED, date(2026, 11, 27))


def test_a_return_needs_a_question(
    company: Company, service: HandoverService, offered: HandedOver
) -> None:
    with pytest.raises(InvalidInput) as refused:
        service.give_back(company.fiona, offered.handover_id, "  ")
    assert refused.value.field == "question"


def test_an_opinion_too_long_is_refused_at_its_field(
    company: Company, service: HandoverService
) -> None:
    with pytest.raises(InvalidInput) as refused:
        service.offer(company.anne, company.alert_id, "x" * 3001, "k1")
    assert refused.value.field == "opinion"


def test_a_file_is_taken_back_until_somebody_took_it(
    database: Database, company: Company, service: HandoverService, offered: HandedOver
) -> None:
    first = service.take_back(company.anne, offered.handover_id)
    assert service.take_back(company.anne, offered.handover_id) == first
    assert alert_of(database, company).state == AlertState.OPEN
    with pytest.raises(AlreadyHandled):
        service.take(company.fiona, offered.handover_id)


def test_a_taken_file_is_neither_taken_back_nor_returned_after_that(
    company: Company, service: HandoverService, offered: HandedOver
) -> None:
    service.take(company.fiona, offered.handover_id)
    with pytest.raises(AlreadyHandled):
        service.take_back(company.anne, offered.handover_id)
    service.give_back(company.fiona, offered.handover_id, "Pourquoi ?")
    with pytest.raises(AlreadyHandled):
        service.give_back(_another(company), offered.handover_id, "Pourquoi ?")


def test_a_colleague_cannot_take_back_somebody_elses_file(
    company: Company, service: HandoverService, offered: HandedOver
) -> None:
    with pytest.raises(NotAllowed):
        service.take_back(company.karim, offered.handover_id)


def test_another_workspaces_handover_is_unknown(
    database: Database, service: HandoverService, offered: HandedOver
) -> None:
    with pytest.raises(NotFound):
        service.take(a_company(database).fiona, offered.handover_id)


@pytest.mark.parametrize("first", ["take", "take_back"])
def test_of_two_clicks_at_once_one_wins_and_the_other_is_told(
    database: Database,
    company: Company,
    service: HandoverService,
    offered: HandedOver,
    first: str,
) -> None:
    against: Callable[[], HandedOver] = {
        "take": lambda: service.take(_another(company), offered.handover_id),
        "take_back": lambda: service.take_back(company.anne, offered.handover_id),
    }[first]
    with ThreadPoolExecutor(2) as pool:
        clicks = [
            pool.submit(_answer_of, click)
            for click in (lambda: service.take(company.fiona, offered.handover_id), against)
        ]
        answers = sorted(click.result() for click in clicks)
    assert answers == ["already_handled", "done"]
