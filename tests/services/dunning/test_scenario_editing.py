"""Scenarios changed step by step: a draft until activated, nobody's work lost."""

from typing import Any

import pytest

from bot.domain.actors import Actor
from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.lifecycle import Role
from bot.domain.profiles import Profile
from bot.services.dunning.scenario_editing import ScenarioEditing
from storage import scenarios
from storage.unit_of_work import Database
from tests.services.dunning.company import Company

OWN = DEFAULTS[Profile.NEW]


class Room:
    """The editing of a company's scenarios, with finance at the desk."""

    def __init__(self, database: Database) -> None:
        company = Company(database)
        self.database, self.workspace_id = database, company.workspace_id
        self.editing = ScenarioEditing(database, company.clock)
        self.fiona = Actor(self.workspace_id, None, name="Fiona", roles=frozenset({Role.FINANCE}))

    def change(self, version: int = 0, rank: int = 1, **values: Any) -> int:
        return self.editing.change(self.fiona, "new", rank, version, values).version

    def in_force(self) -> int:
        """Return the offset of the second step that is in force for new payers."""
        with self.database.read() as uow:
            found = scenarios.get_scenarios(uow.session, workspace_id=self.workspace_id)
        return found[Profile.NEW].steps[1].offset_days


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


def test_every_sort_of_payer_has_its_scenario(room: Room) -> None:
    listed = room.editing.list(room.fiona).scenarios
    assert [one.scenario.profile for one in listed] == list(Profile)
    assert {one.version for one in listed} == {0}


def test_a_change_is_a_draft_until_it_is_activated(room: Room) -> None:
    before = room.in_force()
    version = room.change(offset_days=before + 1)
    shown = room.editing.show(room.fiona, "new")
    assert (shown.is_draft, shown.by, room.in_force()) == (True, "Fiona", before)
    done = room.editing.activate(room.fiona, "new", version)
    assert (done.is_draft, room.in_force()) == (False, before + 1)


def test_a_draft_is_activated_once(room: Room) -> None:
    version = room.change(mode="automatic")
    first = room.editing.activate(room.fiona, "new", version)
    assert room.editing.activate(room.fiona, "new", version) == first


def test_who_comes_second_is_told_and_loses_nobodys_work(room: Room) -> None:
    room.change(mode="automatic")
    with pytest.raises(Conflict):
        room.change(version=0, tone="firm")
    with pytest.raises(Conflict):
        room.editing.activate(room.fiona, "new", 0)
    assert room.editing.show(room.fiona, "new").scenario.steps[1].mode == "automatic"


def test_steps_stay_in_the_order_of_their_days(room: Room) -> None:
    last = OWN.steps[-1].offset_days
    room.change(offset_days=last + 10)
    kept = room.editing.show(room.fiona, "new").scenario.steps
    assert kept[-1].key == OWN.steps[1].key


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"offset_days": 0}, "offset_days"),
        ({"offset_days": OWN.steps[2].offset_days}, "offset_days"),
        ({"offset_days": 4, "minimum_days": 0}, "minimum_days"),
        ({"channel": "call", "actor": "goodcop"}, "channel"),
        ({"text": "", "channel": "email"}, "text"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(room: Room, values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        room.change(**values)
    assert refused.value.field == field
    assert not refused.value.message.startswith("scenario")


def test_a_step_that_is_gone_cannot_be_changed(room: Room) -> None:
    with pytest.raises(NotFound):
        room.change(rank=99, tone="firm")


def test_a_salesperson_changes_no_scenario(room: Room) -> None:
    anne = Actor(room.workspace_id, 1, roles=frozenset({Role.SALES}))
    with pytest.raises(NotAllowed):
        room.editing.list(anne)
    with pytest.raises(NotAllowed):
        room.editing.change(anne, "new", 1, 0, {"tone": "firm"})


def test_a_step_is_added_after_the_others(room: Room) -> None:
    version = room.change(rank=len(OWN.steps), offset_days=OWN.steps[-1].offset_days + 10)
    kept = room.editing.show(room.fiona, "new").scenario.steps
    assert (version, len(kept), kept[-1].key) == (1, len(OWN.steps) + 1, "step_1")


def test_a_step_is_taken_out(room: Room) -> None:
    shown = room.editing.take_out(room.fiona, "new", 1, 0)
    assert [step.key for step in shown.scenario.steps] == [
        step.key for step in OWN.steps if step is not OWN.steps[1]
    ]


def test_the_last_step_after_the_due_date_stays(room: Room) -> None:
    version = 0
    for _ in OWN.reminders[1:]:
        version = room.editing.take_out(
            room.fiona, "new", len(OWN.steps) - 1 - version, version
        ).version
    left = room.editing.show(room.fiona, "new").scenario.steps
    with pytest.raises(InvalidInput) as refused:
        room.editing.take_out(room.fiona, "new", len(left) - 1, version)
    assert refused.value.field == "mode"


def test_a_step_that_is_not_there_cannot_be_taken_out(room: Room) -> None:
    with pytest.raises(NotFound):
        room.editing.take_out(room.fiona, "new", 40, 0)
