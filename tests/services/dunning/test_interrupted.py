"""A planning that dies half-way, or runs twice at once: every client gets its step, once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection

from bot.services.dunning.service import DunningService
from storage.unit_of_work import Database, UnitOfWork
from storage.vault import Vault
from tests.services.dunning.company import TUESDAY, Company


class Killed(Exception):
    """The process is gone."""


class DyingDatabase(Database):
    """A database whose process dies as it begins to write for the second time."""

    writes = 0

    @contextmanager
    def write(
        self, *, interactive: bool = False, before: Callable[[Connection], None] | None = None
    ) -> Iterator[UnitOfWork]:
        self.writes += 1
        if self.writes > 1:
            raise Killed
        with super().write(interactive=interactive, before=before) as uow:
            yield uow


@pytest.fixture
def company(database: Database) -> Company:
    """Five clients five days late: three chunks of a planning."""
    company = Company(database)
    for _ in range(5):
        company.debtor(5)
    return company


@pytest.fixture
def dying(company: Company, database_url: str, vault: Vault) -> Iterator[DunningService]:
    database = DyingDatabase(database_url, vault)
    yield DunningService(database, company.clock, chunk=2)
    database.close()


def steps_made(company: Company) -> list[int]:
    """Return how many steps each client has."""
    return [len(company.steps(client)) for client in company.clients()]


def test_what_a_killed_planning_wrote_is_kept(company: Company, dying: DunningService) -> None:
    with pytest.raises(Killed):
        dying.plan(company.workspace_id, today=TUESDAY, now=company.clock())
    assert sum(steps_made(company)) == 2


def test_the_next_run_makes_the_rest_and_nothing_twice(
    company: Company, dying: DunningService
) -> None:
    with pytest.raises(Killed):
        dying.plan(company.workspace_id, today=TUESDAY, now=company.clock())
    assert company.plan() == {"goodcop": 3}
    assert steps_made(company) == [1] * 5


def test_two_plannings_at_once_make_each_step_once(company: Company) -> None:
    def plan(_: int) -> None:
        company.service.plan(company.workspace_id, today=TUESDAY, now=company.clock())

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(plan, range(2)))
    assert steps_made(company) == [1] * 5
