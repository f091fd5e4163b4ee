"""What the bank shows is said wherever a client's figures are."""

from pathlib import Path

import pytest

from bot.domain.actors import Actor
from bot.domain.lifecycle import Role
from bot.services.alerts.list_views import shared_balance_view
from bot.services.alerts.views import alert_view
from bot.services.lookups.names import Names
from bot.services.lookups.service import LookupService
from storage.ids import new_id
from storage.tables.alerts import Alert
from storage.tables.workspaces import Person
from storage.unit_of_work import Database
from tests.import_files import AT, TODAY
from tests.services.bank.counter import DUVAL, ROY, Counter, open_counter, paid


@pytest.fixture
def counter(database: Database, tmp_path: Path) -> Counter:
    """A payment of 1,200 seen at the bank."""
    counter = open_counter(database, tmp_path)
    counter.statement(paid())
    return counter


def balances_json(counter: Counter, code: str) -> list[dict[str, object]]:
    finance = Actor(counter.desk.workspace_id, None, roles=frozenset({Role.FINANCE}))
    asked = LookupService(counter.desk.database, Names())
    found = asked.balance_json(finance, code, today=TODAY)
    return list(found["balances"])


def test_the_json_says_what_the_bank_shows(counter: Counter) -> None:
    (euros,) = balances_json(counter, DUVAL)
    assert (euros["net_minor"], euros["seen_minor"]) == (200_000, 120_000)


def test_the_json_of_a_client_the_bank_does_not_show_has_no_such_key(counter: Counter) -> None:
    (euros,) = balances_json(counter, ROY)
    assert "seen_minor" not in euros


def test_a_shared_balance_says_it(counter: Counter) -> None:
    person_id = new_id()
    with counter.desk.database.write() as uow:
        tenant = counter.desk.workspace_id
        person = Person(
            workspace_id=tenant, id=person_id, email="anne@exemple.fr", name="Anne", roles="sales"
        )
        uow.session.add(person)
        uow.commit()
    with counter.desk.database.read() as uow:
        view = shared_balance_view(
            uow.session,
            workspace_id=tenant,
            client_id=counter.client_id(),
            by_id=person_id,
            today=TODAY,
        )
    assert view is not None
    assert [one.seen_minor for one in view.balances] == [120_000]


def test_the_alert_s_own_message_says_it(counter: Counter) -> None:
    alert_id = new_id()
    with counter.desk.database.write() as uow:
        alert = Alert(
            workspace_id=counter.desk.workspace_id,
            id=alert_id,
            client_id=counter.client_id(),
            episode=1,
            state="open",
            level=1,
            currency="EUR",
            overdue_minor=80_000,
            oldest_due_on=TODAY,
            opened_at=AT,
            state_at=AT,
        )
        uow.session.add(alert)
        uow.commit()
    with counter.desk.database.read() as uow:
        view = alert_view(
            uow.session, workspace_id=counter.desk.workspace_id, alert_id=alert_id, today=TODAY
        )
    assert view is not None
    assert view.seen_minor == 120_000
