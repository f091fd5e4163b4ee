"""After a published event: who decides, what is told, what a second click reads."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.demo.register import Publication
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.follow_ups import AlreadyHandled, InvalidForm
from bot.domain.solvency.requests import Course
from bot.domain.told import Told
from bot.rendering.solvency_views import SolvencyView
from bot.services.late_payment.rates import RateService
from bot.services.lookups.names import Names
from bot.services.solvency import assessing
from bot.services.solvency.claims import CLAIM_COLUMNS, ClaimService, claim_json, claim_rows
from bot.services.solvency.company_events import CompanyEventService
from storage import notices
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY
from tests.services.drawing import draw, words
from tests.services.solvency.watch_desk import OPENING, PLAIN, WatchDesk

TOMORROW = TUESDAY + timedelta(days=1)


@pytest.fixture
def desk(sqlite_database: Database) -> WatchDesk:
    """A client about which a receivership was published."""
    desk = WatchDesk(sqlite_database)
    desk.run()
    desk.publish(Publication("collective", -1, OPENING))
    desk.clock.now = AT_TEN + timedelta(hours=17)
    desk.run(TOMORROW)
    return desk


@pytest.fixture
def events(desk: WatchDesk) -> CompanyEventService:
    return CompanyEventService(desk.database, desk.clock)


@pytest.fixture
def books(desk: WatchDesk) -> Books:
    return Books(desk.database, desk.company.workspace_id, desk.company.entity_id)


def asked(desk: WatchDesk) -> int:
    return int(str(desk.rows("SELECT id FROM event_decision")[0][0]))


def said(desk: WatchDesk, books: Books, kind: Told, person_id: int | None = None) -> str:
    body = {"decision_id": asked(desk)}
    return words(draw(books, kind, body, person_id=person_id, now=desk.clock.now))


def test_finance_reads_what_is_at_stake_and_until_when(desk: WatchDesk, books: Books) -> None:
    told = said(desk, books, Told.COMPANY_EVENT)
    assert "redressement judiciaire ouvert" in told
    assert "Avant l’ouverture : 12 480 €" in told
    assert "lundi 25 janvier 2027 (encore 61 jours)" in told
    assert "Continuer à vendre" in told


def test_the_owner_may_stop_and_no_more(desk: WatchDesk, books: Books) -> None:
    told = said(desk, books, Told.COMPANY_EVENT, desk.company.anne.person_id)
    assert "Arrêter de vendre" in told
    assert "Sous conditions" not in told


def test_a_decision_is_recorded_and_told_to_the_owner(
    desk: WatchDesk, books: Books, events: CompanyEventService
) -> None:
    events.decide(desk.company.fiona, asked(desk), Course.CONDITIONS, " comptant ", today=TOMORROW)
    assert desk.rows("SELECT course FROM event_decision") == [("conditions",)]
    told = desk.rows("SELECT person_id FROM message WHERE kind = 'company_course'")
    assert told == [(desk.company.anne.person_id,)]
    assert "Fiona a décidé" in said(desk, books, Told.COMPANY_COURSE)


def test_what_was_told_is_edited_with_the_decision(
    desk: WatchDesk, books: Books, events: CompanyEventService
) -> None:
    events.decide(desk.company.fiona, asked(desk), Course.STOP, "", today=TOMORROW)
    edits = desk.rows("SELECT subject FROM message WHERE method = 'chat.update'")
    assert len(edits) == 2
    assert "Continuer à vendre" not in said(desk, books, Told.COMPANY_EVENT)


def test_a_decision_not_taken_yet_is_not_told(desk: WatchDesk, books: Books) -> None:
    body = {"decision_id": asked(desk)}
    assert draw(books, Told.COMPANY_COURSE, body, now=desk.clock.now) is None


def test_a_second_decision_is_told_who_came_first(
    desk: WatchDesk, events: CompanyEventService
) -> None:
    id = asked(desk)
    events.decide(desk.company.fiona, id, Course.STOP, "", today=TOMORROW)
    with pytest.raises(AlreadyHandled) as late:
        events.decide(desk.company.fiona, id, Course.CONTINUE, "", today=TOMORROW)
    assert late.value.name == "Fiona"
    with pytest.raises(AlreadyHandled):
        events.view(desk.company.fiona, id, today=TOMORROW)


def test_conditions_are_written_down(desk: WatchDesk, events: CompanyEventService) -> None:
    with pytest.raises(InvalidForm):
        events.decide(desk.company.fiona, asked(desk), Course.CONDITIONS, " ", today=TOMORROW)


def test_the_owner_stops_at_once_but_never_goes_on(
    desk: WatchDesk, events: CompanyEventService
) -> None:
    with pytest.raises(NotAllowed):
        events.decide(desk.company.anne, asked(desk), Course.CONTINUE, "", today=TOMORROW)
    events.decide(desk.company.anne, asked(desk), Course.STOP, "", today=TOMORROW)
    assert desk.rows("SELECT course FROM event_decision") == [("stop",)]


def test_somebody_else_s_salesperson_decides_nothing(
    desk: WatchDesk, events: CompanyEventService
) -> None:
    with pytest.raises(NotAllowed):
        events.decide(desk.company.karim, asked(desk), Course.STOP, "", today=TOMORROW)


def test_a_notice_taken_back_asks_nothing_more(
    desk: WatchDesk, books: Books, events: CompanyEventService
) -> None:
    id = asked(desk)
    with desk.database.write() as work:
        notices.replace_events(
            work.session,
            workspace_id=desk.company.workspace_id,
            siren=PLAIN,
            events=(),
            at=AT_TEN,
        )
        work.commit()
    assert draw(books, Told.COMPANY_EVENT, {"decision_id": id}, now=desk.clock.now) is None
    with pytest.raises(NotFound):
        events.view(desk.company.fiona, id, today=TOMORROW)


def test_a_question_nobody_asked_is_not_found(events: CompanyEventService, desk: WatchDesk) -> None:
    with pytest.raises(NotFound):
        events.view(desk.company.fiona, 1, today=TOMORROW)


def test_the_claim_keeps_each_side_of_the_opening_apart(desk: WatchDesk, books: Books) -> None:
    later = {"issued_on": date(2026, 11, 20), "due_on": date(2026, 12, 20)}
    books.item(desk.company.client_id, "F2", 3_000_00, **later)
    service = ClaimService(desk.database, desk.clock, Names())
    claim = service.claim_for(desk.company.fiona, asked(desk), today=TOMORROW)
    (sheet,) = claim_json(claim)["sheets"]
    assert (sheet["principal_minor"], sheet["after_minor"]) == (12_480_00, 3_000_00)
    assert (sheet["deadline"], sheet["fee_minor"]) == ("2027-01-25", 40_00)
    assert [row["side"] for row in claim_rows(claim)] == ["before", "after"]
    assert set(claim_rows(claim)[0]) == set(CLAIM_COLUMNS)


def test_a_rate_that_was_entered_counts_in_the_claim(desk: WatchDesk) -> None:
    rates = RateService(desk.database, desk.clock)
    rates.add(desk.company.fiona, "2026-2", legal="2.62", ecb="2.15", source="arrêté")
    service = ClaimService(desk.database, desk.clock, Names())
    (sheet,) = claim_json(service.claim_for(desk.company.fiona, asked(desk), today=TOMORROW))[
        "sheets"
    ]
    assert (sheet["missing_rates"], sheet["interest_minor"] > 0) == ([], True)


def test_a_claim_is_found_by_the_client_s_siren(desk: WatchDesk) -> None:
    service = ClaimService(desk.database, desk.clock, Names())
    assert service.claim(desk.company.anne, PLAIN, today=TOMORROW).name == "Menuiserie Roy"


def test_somebody_else_s_claim_is_not_shown(desk: WatchDesk) -> None:
    service = ClaimService(desk.database, desk.clock, Names())
    with pytest.raises(NotAllowed):
        service.claim(desk.company.karim, PLAIN, today=TOMORROW)


@pytest.mark.parametrize("query", ["552032534", "nobody of that name"])
def test_without_a_proceeding_there_is_no_claim(desk: WatchDesk, query: str) -> None:
    service = ClaimService(desk.database, desk.clock, Names())
    with pytest.raises(NotFound):
        service.claim(desk.company.fiona, query, today=TOMORROW)


def test_a_claim_about_a_question_nobody_asked_is_not_found(desk: WatchDesk) -> None:
    service = ClaimService(desk.database, desk.clock, Names())
    for ask in (service.claim_for, service.declared):
        with pytest.raises(NotFound):
            ask(desk.company.fiona, 1, today=TOMORROW)


def verdict(desk: WatchDesk) -> str:
    """Return what a later `/solvency` answers."""
    card = kept_card(desk)
    return card.assessment.verdict.value


def kept_card(desk: WatchDesk) -> SolvencyView:
    actor = desk.company.karim
    with desk.database.read() as work:
        return assessing.kept_card(work.session, actor, PLAIN, None, TOMORROW, desk.clock.now)


def test_a_decision_to_stop_is_the_verdict_of_every_later_question(
    desk: WatchDesk, events: CompanyEventService
) -> None:
    events.decide(desk.company.fiona, asked(desk), Course.STOP, "", today=TOMORROW)
    card = kept_card(desk)
    decided = card.decided
    assert decided is not None
    said = (card.assessment.verdict.value, card.assessment.alarms[0].rule.value, decided.by)
    assert said == ("do_not_sell", "stopped", "Fiona")


def test_once_lifted_the_verdict_is_what_the_facts_say(
    desk: WatchDesk, events: CompanyEventService
) -> None:
    before = verdict(desk)
    events.decide(desk.company.fiona, asked(desk), Course.STOP, "", today=TOMORROW)
    events.resume(desk.company.fiona, PLAIN, today=TOMORROW)
    assert verdict(desk) == before


def test_that_it_is_lifted_is_told_to_who_was_told(
    desk: WatchDesk, books: Books, events: CompanyEventService
) -> None:
    events.decide(desk.company.fiona, asked(desk), Course.STOP, "", today=TOMORROW)
    events.resume(desk.company.fiona, PLAIN, today=TOMORROW)
    assert "nous vendons de nouveau" in said(desk, books, Told.COMPANY_COURSE)


def test_only_finance_lifts_a_decision(desk: WatchDesk, events: CompanyEventService) -> None:
    with pytest.raises(NotAllowed):
        events.resume(desk.company.anne, PLAIN, today=TOMORROW)


def test_without_a_decision_there_is_nothing_to_lift(
    desk: WatchDesk, events: CompanyEventService
) -> None:
    events.resume(desk.company.fiona, PLAIN, today=TOMORROW)
    assert desk.rows("SELECT lifted_at FROM event_decision") == [(None,)]


def test_a_decision_lapses_when_its_event_is_no_longer_recent(
    desk: WatchDesk, events: CompanyEventService
) -> None:
    events.decide(desk.company.fiona, asked(desk), Course.STOP, "", today=TOMORROW)
    later = TOMORROW + timedelta(days=366)
    with desk.database.read() as work:
        card = assessing.kept_card(
            work.session, desk.company.fiona, PLAIN, None, later, desk.clock.now
        )
    assert (card.decided, card.assessment.verdict.value) == (None, "ask_finance")


def retain(desk: WatchDesk, said: bool) -> None:
    """Say, as a client file does, whether the client's goods stay ours until paid."""
    with desk.database.write() as work:
        work.session.execute(update(metadata.tables["client"]).values(retention_of_title=said))
        work.commit()


def test_goods_that_are_not_retained_have_no_deadline(desk: WatchDesk, books: Books) -> None:
    retain(desk, said=False)
    assert "réserve de propriété" not in said(desk, books, Told.COMPANY_EVENT)


def test_what_goods_are_retained_is_in_the_claim(desk: WatchDesk) -> None:
    retain(desk, said=True)
    claim = ClaimService(desk.database, desk.clock, Names()).claim_for(
        desk.company.fiona, asked(desk), today=TOMORROW
    )
    assert claim.sheets[0].retained_minor == claim.sheets[0].principal_minor
