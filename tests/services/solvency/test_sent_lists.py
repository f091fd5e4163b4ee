"""A list sent in Slack: taken once, rated by its job, what came of it told to its sender."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.actors import Actor
from bot.domain.errors import (
    InvalidInput,
    NotAllowed,
    PermanentSourceError,
    TemporarySourceError,
)
from bot.outlets.slack_files import SlackFile
from bot.services.delivery.job_queue import JobQueue, JobToDo
from bot.services.solvency.prospects import ProspectService
from bot.services.solvency.sent_lists import SentListService
from storage import jobs
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.follow_up_rows import Clock, Company, a_company
from tests.services.solvency.test_prospects import SIRENS, sources

CONTENT = f"siren;priorité\n{SIRENS[0]};1\n{SIRENS[1]};2\n12;1\n".encode()


@pytest.fixture
def company(sqlite_database: Database) -> Company:
    return a_company(sqlite_database)


def service(database: Database) -> SentListService:
    return SentListService(database, Clock(), ProspectService(database, Clock(), sources()))


def take(database: Database, actor: Actor, **said: str) -> JobToDo | None:
    """Send a list; return the job that rates it, if one is asked for."""
    values = {"file_id": "F1", "file_name": "prospects.csv", "key": "view:V1", **said}
    service(database).take(actor, **values)
    return JobQueue(database, Clock()).take(actor.workspace_id, ["rate_list"])


def giving(content: bytes = CONTENT) -> Callable[[int, str], SlackFile]:
    return lambda _workspace, _file: SlackFile("prospects.csv", content)


def failing(problem: Exception) -> Callable[[int, str], SlackFile]:
    def fetch(_workspace: int, _file: str) -> SlackFile:
        raise problem

    return fetch


def rate(
    database: Database, actor: Actor, fetch: Callable[[int, str], SlackFile] | None = None
) -> None:
    job = take(database, actor)
    assert job is not None
    service(database).rate(job, fetch or giving())


def rows(database: Database, table: str) -> list[Any]:
    with database.read() as work:
        return list(work.session.execute(select(metadata.tables[table])).all())


def told(database: Database) -> list[str]:
    return [row.kind for row in rows(database, "message")]


def priorities(database: Database) -> list[int]:
    return sorted(row.priority for row in rows(database, "company_rating"))


def owners(database: Database) -> set[int | None]:
    return {row.owner_id for row in rows(database, "company_rating")}


def test_a_list_sent_twice_is_rated_once(sqlite_database: Database, company: Company) -> None:
    take(sqlite_database, company.anne)
    assert take(sqlite_database, company.anne) is None


def test_its_sender_is_told_that_it_came_and_what_came_of_it(
    sqlite_database: Database, company: Company
) -> None:
    rate(sqlite_database, company.anne)
    found = told(sqlite_database)
    assert (found[0], found[-1]) == ("sent_list", "sent_list_rated")


def test_the_lines_to_mend_are_kept_sealed(sqlite_database: Database, company: Company) -> None:
    rate(sqlite_database, company.anne)
    kept = rows(sqlite_database, "prospect_list")[0]
    assert (kept.state, SIRENS[0] in kept.outcome_sealed) == ("rated", False)


def test_a_job_that_runs_again_tells_nothing_new(
    sqlite_database: Database, company: Company
) -> None:
    job = take(sqlite_database, company.anne)
    assert job is not None
    service(sqlite_database).rate(job, giving())
    before = told(sqlite_database)
    service(sqlite_database).rate(job, giving())
    assert told(sqlite_database) == before


def test_a_salesperson_s_prospects_are_their_own(
    sqlite_database: Database, company: Company
) -> None:
    rate(sqlite_database, company.anne)
    assert owners(sqlite_database) == {company.anne.person_id}


def test_a_salesperson_sets_no_priority(sqlite_database: Database, company: Company) -> None:
    rate(sqlite_database, company.anne)
    assert priorities(sqlite_database) == [0, 0]


def test_finance_s_list_sets_priorities(sqlite_database: Database, company: Company) -> None:
    rate(sqlite_database, company.fiona)
    assert priorities(sqlite_database) == [1, 2]


def test_a_salesperson_takes_no_prospect_of_another(
    sqlite_database: Database, company: Company
) -> None:
    rate(sqlite_database, company.fiona)
    ratings = metadata.tables["company_rating"]
    with sqlite_database.write() as work:
        work.session.execute(update(ratings).values(owner_id=company.karim.person_id))
        work.commit()
    job = take(sqlite_database, company.anne, key="view:V2")
    assert job is not None
    service(sqlite_database).rate(job, giving())
    assert owners(sqlite_database) == {company.karim.person_id}


def test_a_file_that_cannot_be_used_is_told(sqlite_database: Database, company: Company) -> None:
    rate(sqlite_database, company.anne, giving(b"montant;date\n12;2026-11-24\n"))
    kept = rows(sqlite_database, "prospect_list")[0]
    assert (kept.state, kept.refusal[:29]) == ("refused", "These columns are missing: si")


def test_a_file_that_slack_refuses_is_told(sqlite_database: Database, company: Company) -> None:
    gone = PermanentSourceError("Slack no longer has this file.", code="no_file")
    rate(sqlite_database, company.anne, failing(gone))
    assert rows(sqlite_database, "prospect_list")[0].refusal == "Slack no longer has this file."


def test_a_slack_that_does_not_answer_is_asked_again(
    sqlite_database: Database, company: Company
) -> None:
    with pytest.raises(TemporarySourceError):
        rate(sqlite_database, company.anne, failing(TemporarySourceError("Slack does not answer.")))


def test_at_the_last_try_its_silence_is_told(sqlite_database: Database, company: Company) -> None:
    take(sqlite_database, company.anne)
    id = str(rows(sqlite_database, "prospect_list")[0].id)
    last = JobToDo(
        company.workspace_id, 1, "k", "rate_list", Clock()(), jobs.TRIES, "me", {"list_id": id}
    )
    service(sqlite_database).rate(last, failing(TemporarySourceError("Slack does not answer.")))
    assert rows(sqlite_database, "prospect_list")[0].state == "refused"


def test_another_kind_of_file_is_refused_at_its_field(
    sqlite_database: Database, company: Company
) -> None:
    with pytest.raises(InvalidInput) as refused:
        take(sqlite_database, company.anne, file_name="prospects.pdf")
    assert refused.value.field == "prospect_file"


def test_a_stranger_has_nothing_rated(sqlite_database: Database, company: Company) -> None:
    with pytest.raises(NotAllowed):
        take(sqlite_database, Actor(company.workspace_id, None))
