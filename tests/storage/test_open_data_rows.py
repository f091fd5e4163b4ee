"""Kept answers and events: one per key, per workspace, and the alert rule sees a proceeding."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.solvency.dossier import Event, EventKind
from storage import notices, source_answers, standings
from storage.source_answers import StoredAnswer
from storage.tables.ledger import Client
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, Company, a_company

SIREN = "996527057"
KEY = ("companies", SIREN)


def an_answer(name: str = "first", *, minutes: int = 0, key: str = SIREN) -> StoredAnswer:
    at = AT_TEN + timedelta(minutes=minutes)
    return StoredAnswer("companies", key, "answered", {"name": name}, at, at + timedelta(days=1))


def keep(database: Database, company: Company, *answers: StoredAnswer) -> None:
    with database.write() as work:
        for answer in answers:
            source_answers.keep_answer(
                work.session, workspace_id=company.workspace_id, answer=answer
            )
        work.commit()


def kept(database: Database, workspace_id: int, *asked: tuple[str, str]) -> list[StoredAnswer]:
    with database.read() as work:
        found = source_answers.list_answers(work.session, workspace_id=workspace_id, asked=asked)
    return sorted(found, key=lambda answer: answer.key)


def test_an_answer_is_kept_and_found_by_source_and_key(
    database: Database, company: Company
) -> None:
    keep(database, company, an_answer(), an_answer(key="991000005"))
    assert kept(database, company.workspace_id, KEY, ("notices", SIREN)) == [an_answer()]


def test_nothing_asked_is_nothing_found(database: Database, company: Company) -> None:
    assert kept(database, company.workspace_id) == []


def test_a_newer_answer_takes_the_place(database: Database, company: Company) -> None:
    newer = an_answer("second", minutes=5)
    keep(database, company, an_answer(), newer)
    assert kept(database, company.workspace_id, KEY) == [newer]


def test_an_answer_fetched_earlier_comes_too_late(database: Database, company: Company) -> None:
    newer = an_answer("second", minutes=5)
    keep(database, company, newer, an_answer())
    assert kept(database, company.workspace_id, KEY) == [newer]


def test_a_second_tenant_finds_no_answer(database: Database, company: Company) -> None:
    other = a_company(database)
    keep(database, company, an_answer())
    assert kept(database, other.workspace_id, KEY) == []


def test_old_answers_are_forgotten_for_one_tenant_only(
    database: Database, company: Company
) -> None:
    other = a_company(database)
    keep(database, company, an_answer(), an_answer(minutes=5, key="991000005"))
    keep(database, other, an_answer())
    with database.write() as work:
        gone = source_answers.forget_answers(
            work.session,
            workspace_id=company.workspace_id,
            before=AT_TEN + timedelta(minutes=1),
        )
        work.commit()
    assert gone == 1
    assert len(kept(database, other.workspace_id, KEY)) == 1


OPENING = Event("A1", SIREN, EventKind.LIQUIDATION, date(2026, 10, 7), date(2026, 9, 29))
PLAN = Event("A2", SIREN, EventKind.PLAN, date(2026, 11, 7), date(2026, 11, 1))


def write_events(database: Database, company: Company, *events: Event) -> None:
    with database.write() as work:
        notices.replace_events(
            work.session,
            workspace_id=company.workspace_id,
            siren=SIREN,
            events=events,
            at=AT_TEN,
        )
        work.commit()


def events_of(database: Database, workspace_id: int) -> tuple[Event, ...]:
    with database.read() as work:
        return notices.list_events(work.session, workspace_id=workspace_id, sirens=[SIREN])


def in_proceeding(database: Database, company: Company) -> bool:
    with database.write() as work:
        client = work.session.get(Client, (company.workspace_id, company.client_id))
        assert client is not None
        client.siren = SIREN
        work.session.flush()
        found, _ = standings.list_standings(work.session, workspace_id=company.workspace_id)
        standing = found.get(company.client_id)
        return standing is not None and standing.proceeding


def test_events_come_back_as_they_were(database: Database, company: Company) -> None:
    write_events(database, company, OPENING, PLAN)
    assert events_of(database, company.workspace_id) == (PLAN, OPENING)


def test_events_written_again_take_the_place(database: Database, company: Company) -> None:
    write_events(database, company, OPENING, PLAN)
    write_events(database, company, PLAN)
    assert events_of(database, company.workspace_id) == (PLAN,)


def test_a_second_tenant_finds_no_event(database: Database, company: Company) -> None:
    write_events(database, company, OPENING)
    assert events_of(database, a_company(database).workspace_id) == ()


def test_alerts_see_a_proceeding_that_is_on(database: Database, company: Company) -> None:
    write_events(database, company, OPENING)
    assert in_proceeding(database, company)


def test_alerts_see_no_proceeding_once_a_plan_runs(database: Database, company: Company) -> None:
    write_events(database, company, replace(OPENING, kind=EventKind.REDRESSEMENT), PLAN)
    assert not in_proceeding(database, company)


def test_a_plan_of_sale_does_not_end_a_liquidation(database: Database, company: Company) -> None:
    write_events(database, company, OPENING, PLAN)
    assert in_proceeding(database, company)
