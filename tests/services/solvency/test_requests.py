"""A question to finance keeps what both saw; the answer is dated, told, and ends."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.follow_ups import InvalidForm
from bot.domain.lifecycle import SolvencyRequestState
from bot.domain.solvency.requests import AlreadyDecided, AskForm, GrantForm
from bot.services.solvency.requests import RequestService, request_view
from storage.unit_of_work import Database
from tests.follow_up_rows import TUESDAY, Clock, Company, a_company

SIREN = "552032534"
UNTIL = date(2027, 2, 28)
YES = GrantForm(15_000_00, 30, UNTIL, " acompte ")


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def requests(database: Database) -> RequestService:
    return RequestService(database, Clock())


def ask(requests: RequestService, company: Company, key: str = "k") -> int:
    return requests.ask(company.karim, SIREN, AskForm(5_000_00, "?"), key=key, today=TUESDAY)


def state(database: Database, company: Company, id: int, day: date) -> SolvencyRequestState:
    with database.read() as work:
        found = request_view(
            work.session,
            workspace_id=company.workspace_id,
            request_id=id,
            today=day,
            now=Clock().now,
        )
    assert found is not None
    return found.state


def test_the_same_question_twice_is_one(requests: RequestService, company: Company) -> None:
    assert ask(requests, company) == ask(requests, company)


def test_a_grant_holds_until_its_last_day(
    database: Database, requests: RequestService, company: Company
) -> None:
    id = ask(requests, company)
    requests.grant(company.fiona, id, YES, today=TUESDAY)
    states = [state(database, company, id, day) for day in (UNTIL, UNTIL + timedelta(days=1))]
    assert states == [SolvencyRequestState.GRANTED, SolvencyRequestState.EXPIRED]


def test_a_second_answer_is_told_it_comes_late(requests: RequestService, company: Company) -> None:
    id = ask(requests, company)
    requests.refuse(company.fiona, id, "non", today=TUESDAY)
    with pytest.raises(AlreadyDecided):
        requests.grant(company.fiona, id, YES, today=TUESDAY)


def test_who_asked_takes_the_question_back(
    database: Database, requests: RequestService, company: Company
) -> None:
    id = ask(requests, company)
    requests.withdraw(company.karim, id, today=TUESDAY)
    assert state(database, company, id, TUESDAY) is SolvencyRequestState.WITHDRAWN


def test_a_colleague_does_not_take_it_back(requests: RequestService, company: Company) -> None:
    with pytest.raises(NotAllowed):
        requests.withdraw(company.anne, ask(requests, company), today=TUESDAY)


def test_a_question_taken_back_is_not_answered_any_more(
    requests: RequestService, company: Company
) -> None:
    id = ask(requests, company)
    requests.withdraw(company.karim, id, today=TUESDAY)
    with pytest.raises(AlreadyDecided):
        requests.grant(company.fiona, id, YES, today=TUESDAY)


def test_only_finance_answers(requests: RequestService, company: Company) -> None:
    with pytest.raises(NotAllowed):
        requests.refuse(company.karim, ask(requests, company), "non", today=TUESDAY)


def test_terms_beyond_the_law_are_refused(requests: RequestService, company: Company) -> None:
    too_long = GrantForm(15_000_00, 90, UNTIL)
    with pytest.raises(InvalidForm):
        requests.grant(company.fiona, ask(requests, company), too_long, today=TUESDAY)


def test_a_request_nobody_knows_is_not_found(requests: RequestService, company: Company) -> None:
    with pytest.raises(NotFound):
        requests.view(company.fiona, 1, today=TUESDAY)
    with pytest.raises(NotFound):
        requests.refuse(company.fiona, 1, "non", today=TUESDAY)


def test_grants_that_are_over_expire_once(requests: RequestService, company: Company) -> None:
    id = ask(requests, company)
    requests.grant(company.fiona, id, YES, today=TUESDAY)
    after = UNTIL + timedelta(days=1)
    assert [requests.expire(company.workspace_id, after) for _ in range(2)] == [1, 0]


def test_the_form_to_answer_shows_the_card(requests: RequestService, company: Company) -> None:
    view = requests.view(company.fiona, ask(requests, company), today=TUESDAY)
    assert view.card is not None
    assert view.card.assessment.siren == SIREN
