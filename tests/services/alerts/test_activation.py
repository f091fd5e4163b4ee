"""Alerts are asked for in a click and turned on by a job; both may come twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.actors import Actor, system
from bot.domain.errors import NotAllowed
from bot.domain.lifecycle import Role
from bot.services.alerts.activation import ActivationService
from bot.services.delivery.job_queue import JobQueue, JobToDo
from storage.schema import metadata
from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def books(database: Database) -> Books:
    """Books of a company that was never activated, with one client in alert."""
    opened = open_books(database, finance_channel="CFINANCE")
    anne = opened.person("Anne", channel="CA")
    client = opened.client("C1", "Roy", owner_id=anne)
    opened.item(client, "F1", 90_000, due_on=TODAY - timedelta(days=10))
    return opened


@pytest.fixture
def activations(books: Books) -> ActivationService:
    return ActivationService(books.database, lambda: NOW)


def column(books: Books, table: str, name: str) -> list[Any]:
    """Return one column of a table, in the order of ids."""
    c = metadata.tables[table].c
    with books.database.read() as uow:
        return list(uow.session.scalars(select(c[name]).order_by(c.id)))


def job_of(books: Books, activations: ActivationService, person_id: int | None = None) -> JobToDo:
    """Ask for an activation; return the job as its runner gets it."""
    activations.ask(system(books.workspace_id), today=TODAY, person_id=person_id)
    job = JobQueue(books.database, lambda: NOW).take(books.workspace_id, ["activate_alerts"])
    assert job is not None
    return job


def test_asking_turns_nothing_on_yet(books: Books, activations: ActivationService) -> None:
    assert activations.ask(system(books.workspace_id), today=TODAY)
    assert column(books, "workspace", "activated_at") == [None]


def test_asking_twice_makes_one_job(books: Books, activations: ActivationService) -> None:
    activations.ask(system(books.workspace_id), today=TODAY)
    assert not activations.ask(system(books.workspace_id), today=TODAY)


def test_a_salesperson_may_not_ask(books: Books, activations: ActivationService) -> None:
    anne = Actor(books.workspace_id, 1, roles=frozenset({Role.SALES}))
    with pytest.raises(NotAllowed):
        activations.ask(anne, today=TODAY)


def test_the_job_opens_the_backlog(books: Books, activations: ActivationService) -> None:
    activations.carry_out(job_of(books, activations))
    assert column(books, "alert", "state") == ["open"]


def test_the_job_run_twice_changes_nothing_more(
    books: Books, activations: ActivationService
) -> None:
    job = job_of(books, activations)
    activations.carry_out(job)
    before = column(books, "message", "dedupe_key")
    activations.carry_out(job)
    assert column(books, "message", "dedupe_key") == before


def test_the_preview_is_edited_once_alerts_are_on(
    books: Books, activations: ActivationService
) -> None:
    activations.carry_out(job_of(books, activations))
    told = zip(column(books, "message", "kind"), column(books, "message", "method"), strict=True)
    assert ("preview", "chat.update") in list(told)


def test_one_person_is_turned_on_alone(books: Books, activations: ActivationService) -> None:
    (anne,) = column(books, "person", "id")
    activations.carry_out(job_of(books, activations, anne))
    assert column(books, "workspace", "activated_at") == [None]
    assert column(books, "person", "activated_at") == [NOW]
