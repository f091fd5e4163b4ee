"""People found by e-mail, by Slack id, by manager."""

import pytest

from bot.domain.lifecycle import Role
from storage import people
from storage.unit_of_work import Database
from tests.books import TODAY
from tests.storage.import_rows import Held, hold


@pytest.fixture
def held(database: Database) -> Held:
    """One workspace with a manager and her seller, once on each engine."""
    held = hold(database)
    manager = held.books.person("Nadia", slack_user_id="UN", roles="manager,finance", locale="en")
    held.books.person("Anne", email="anne@acme.example", manager_id=manager)
    return held


def test_a_person_is_found_by_address_in_any_case(held: Held, database: Database) -> None:
    with database.read() as uow:
        found = people.find_person(
            uow.session, workspace_id=held.books.workspace_id, reference=" Anne@ACME.example"
        )
    assert found is not None
    assert found.name == "Anne"


def test_an_actor_carries_roles_team_and_locale(held: Held, database: Database) -> None:
    with database.read() as uow:
        actor = people.find_actor(
            uow.session, workspace_id=held.books.workspace_id, slack_user_id="UN", today=TODAY
        )
    assert actor is not None
    assert (actor.roles, len(actor.team), actor.locale, actor.time_zone) == (
        frozenset({Role.MANAGER, Role.FINANCE}),
        1,
        "en",
        "Europe/Paris",
    )


def test_a_second_tenant_finds_nobody(held: Held, database: Database) -> None:
    with database.read() as uow:
        everybody = people.list_people(uow.session, workspace_id=held.books.workspace_id)
        found = [
            people.list_people(uow.session, workspace_id=held.stranger),
            people.find_person(uow.session, workspace_id=held.stranger, reference="UN"),
            people.find_actor(
                uow.session, workspace_id=held.stranger, slack_user_id="UN", today=TODAY
            ),
            people.list_team(uow.session, workspace_id=held.stranger, manager_id=everybody[-1].id),
        ]
    assert not any(found)
