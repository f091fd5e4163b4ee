"""A pause made by hand has an author, a reason and an end; it stops what it covers at once."""

from datetime import timedelta

import pytest

from bot.domain.actors import Actor
from bot.domain.errors import InvalidInput, NotAllowed, NotFound
from bot.domain.lifecycle import Role
from bot.services.dunning.holds import HoldService
from storage.unit_of_work import Database
from tests.services.dunning.company import TUESDAY, Company

FRIDAY = TUESDAY + timedelta(days=3)
WEDNESDAY = TUESDAY + timedelta(days=1)


class Desk:
    """A company with a client five days late, and the people about it."""

    def __init__(self, database: Database) -> None:
        self.company = Company(database)
        self.client = self.company.debtor(5)
        self.service = HoldService(database, self.company.clock)

    def someone(self, person_id: int | None, role: Role) -> Actor:
        return Actor(self.company.workspace_id, person_id, roles=frozenset({role}))

    @property
    def anne(self) -> Actor:
        return self.someone(self.company.anne, Role.SALES)

    def hold(self, key: str = "k") -> bool:
        return self.service.put(self.anne, self.client, FRIDAY, "Ils déménagent", key)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_nothing_is_planned_while_it_lasts(desk: Desk) -> None:
    assert desk.hold()
    assert desk.company.plan() == {}


def test_a_draft_that_waited_is_void_the_next_morning(desk: Desk) -> None:
    desk.company.plan()
    desk.hold()
    desk.company.plan(WEDNESDAY)
    assert desk.company.steps(desk.client) == [("reminder_1", "cancelled")]


def test_pressed_twice_it_is_one_pause(desk: Desk) -> None:
    assert (desk.hold(), desk.hold()) == (True, False)
    assert len(desk.service.list_holds(desk.anne, desk.client)) == 1


def test_it_says_by_whom_why_and_until_when(desk: Desk) -> None:
    desk.hold()
    [hold] = desk.service.list_holds(desk.anne, desk.client)
    assert (hold.by_id, hold.reason, hold.until_on) == (
        desk.company.anne,
        "Ils déménagent",
        FRIDAY,
    )


def test_lifted_early_the_reminders_go_on(desk: Desk) -> None:
    desk.hold()
    desk.company.plan()
    [hold] = desk.service.list_holds(desk.anne, desk.client)
    assert desk.service.lift(desk.anne, desk.client, hold.id)
    assert not desk.service.lift(desk.anne, desk.client, hold.id)
    assert desk.company.plan(WEDNESDAY) == {"goodcop": 1}


def test_a_proceedings_freeze_is_not_lifted_by_hand(desk: Desk) -> None:
    hold = desk.company.books.add(
        "hold",
        **{"client_id": desk.client, "key": "p", "kind": "proceeding"},
        **{"until_on": FRIDAY, "made_at": desk.company.clock()},
    )
    assert not desk.service.lift(desk.anne, desk.client, hold)


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [(-1, "x", "until_on"), (366, "x", "until_on"), (3, "  ", "reason"), (3, "x" * 501, "reason")],
)
def test_a_pause_without_a_reason_or_a_sane_end_is_refused(
    desk: Desk, days: int, reason: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        desk.service.put(desk.anne, desk.client, TUESDAY + timedelta(days=days), reason, "k")
    assert refusal.value.field == field


def test_nobody_pauses_another_persons_client(desk: Desk) -> None:
    karim = desk.someone(desk.company.books.person("Karim"), Role.SALES)
    with pytest.raises(NotAllowed):
        desk.service.put(karim, desk.client, FRIDAY, "x", "k")


def test_a_client_of_another_workspace_is_not_found(desk: Desk, database: Database) -> None:
    other = Company(database)
    stranger = Actor(other.workspace_id, None, roles=frozenset({Role.FINANCE}))
    with pytest.raises(NotFound):
        desk.service.list_holds(stranger, desk.client)
