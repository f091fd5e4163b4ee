"""Requests to finance as rows: kept once, sealed, expired once."""

from datetime import timedelta

from sqlalchemy import text

from bot.domain.lifecycle import SolvencyRequestState
from storage import (
    solvency_requests,
)
from storage.solvency_requests import Answer
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Company
from tests.storage.company_rows import SIREN, ask, grant


def test_a_request_sent_twice_is_kept_once(database: Database, company: Company) -> None:
    with database.write() as work:
        assert ask(work.session, company) is not None
        assert ask(work.session, company) is None


def test_a_question_is_sealed_at_rest_and_read_open(database: Database, company: Company) -> None:
    with database.write() as work:
        id = ask(work.session, company)
        assert id is not None
        at_rest = work.session.scalar(text("SELECT question_sealed FROM solvency_request"))
        line = solvency_requests.get_request(work.session, workspace_id=company.workspace_id, id=id)
        assert line is not None
        assert "vendre" not in str(at_rest)
        assert line.question == "Puis-je vendre ?"


def test_a_decided_request_keeps_its_first_answer(database: Database, company: Company) -> None:
    with database.write() as work:
        id = grant(work.session, company)
        again = solvency_requests.answer_request(
            work.session,
            workspace_id=company.workspace_id,
            id=id,
            answer=Answer(SolvencyRequestState.REFUSED, "non"),
            by_id=company.fiona.person_id,
            at=AT_TEN,
        )
        line = solvency_requests.get_request(work.session, workspace_id=company.workspace_id, id=id)
        assert not again
        assert line is not None
        assert (line.state, line.words) == (SolvencyRequestState.GRANTED, "acompte de 30 %")


def test_a_grant_holds_on_its_last_day_and_not_after(database: Database, company: Company) -> None:
    with database.write() as work:
        id = grant(work.session, company)
        found = [
            solvency_requests.find_grant(
                work.session, workspace_id=company.workspace_id, siren=SIREN, today=day
            )
            for day in (TUESDAY, TUESDAY + timedelta(days=1))
        ]
        assert [line.id if line else None for line in found] == [id, None]


def test_a_grant_past_its_day_expires_once(database: Database, company: Company) -> None:
    tomorrow = TUESDAY + timedelta(days=1)
    with database.write() as work:
        id = grant(work.session, company)
        tenant = company.workspace_id
        assert solvency_requests.expire_grants(
            work.session, workspace_id=tenant, today=tomorrow
        ) == (id,)
        assert (
            solvency_requests.expire_grants(work.session, workspace_id=tenant, today=tomorrow) == ()
        )


def test_requests_are_listed_by_state(database: Database, company: Company) -> None:
    with database.write() as work:
        grant(work.session, company)
        ask(work.session, company, "another")
        open_ones = solvency_requests.list_requests(
            work.session, workspace_id=company.workspace_id, state=SolvencyRequestState.OPEN
        )
        by_key = solvency_requests.find_request(
            work.session, workspace_id=company.workspace_id, key="another"
        )
        assert [line.id for line in open_ones] == [by_key.id if by_key else None]


def test_a_posted_request_remembers_where(database: Database, company: Company) -> None:
    with database.write() as work:
        id = grant(work.session, company)
        solvency_requests.mark_posted(
            work.session, workspace_id=company.workspace_id, id=id, channel="CFINANCE", ts="1.2"
        )
        line = solvency_requests.get_request(work.session, workspace_id=company.workspace_id, id=id)
        assert line is not None
        assert (line.channel, line.ts) == ("CFINANCE", "1.2")
