"""Two processes on one database: what one keeps in memory follows what the other writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.core import Core, core_on
from bot.rendering.card_views import BalanceView
from bot.services.alerts.judging import read_rules
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.books import TODAY, Books, open_books
from tests.import_files import ITEM_HEADER

TEAM, FIONA = "T0ATELIER", "UFIONA"


@dataclass(frozen=True, slots=True)
class Two:
    """The same company as two processes have it open."""

    books: Books
    one: Core
    other: Core

    def finds(self, core: Core, query: str) -> bool:
        """Say whether a process finds a client as typed."""
        actor, _ = core.services.readers.reader(TEAM, FIONA)
        return isinstance(core.services.lookups.balance(actor, query, today=TODAY), BalanceView)


@pytest.fixture
def two(database_url: str, vault: Vault, now: datetime) -> Iterator[Two]:
    """Fiona's company, opened twice."""
    cores = [core_on(Database(database_url, vault), lambda: now) for _ in range(2)]
    books = open_books(cores[0].database, team_id=TEAM)
    books.person("Fiona", roles="finance", slack_user_id=FIONA)
    yield Two(books, cores[0], cores[1])
    for core in cores:
        core.close()


def test_a_client_imported_by_one_is_found_by_the_other(
    two: Two, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert not two.finds(two.other, "Garage Lemoine")
    path = tmp_path_factory.mktemp("books") / "items.csv"
    row = "C1;Garage Lemoine;F1;2026-09-01;2026-10-01;10,00;10,00;EUR;"
    path.write_text(f"{ITEM_HEADER}\n{row}\n", encoding="utf-8")
    two.one.services.imports.import_file(two.books.workspace_id, path, today=TODAY, by="fiona")
    assert two.finds(two.other, "Garage Lemoine")


def test_a_policy_set_by_one_rules_the_other(two: Two) -> None:
    tenant = two.books.workspace_id

    def days() -> int:
        with two.other.database.read() as uow:
            now = two.other.clock()
            return read_rules(uow, workspace_id=tenant, today=TODAY, now=now).policy.window_days

    before = days()
    policy = two.one.services.policies.show(tenant) | {"window_days": before + 3}
    two.one.services.policies.set(tenant, policy, by=FIONA)
    assert days() == before + 3


def test_a_manner_of_speaking_set_by_one_is_the_others(two: Two) -> None:
    _, before = two.other.services.readers.reader(TEAM, FIONA)
    two.one.services.workspaces.set(two.books.workspace_id, ["finance_name=La compta"], by=FIONA)
    _, after = two.other.services.readers.reader(TEAM, FIONA)
    assert (before.finance_name == "La compta", after.finance_name) == (False, "La compta")
