"""Rows of scenarios and steps: each tenant's own, written once, moved once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from bot.domain.calendar import Calendar
from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.facts import Made
from bot.domain.dunning.planning import Because, Outcome, Plan
from bot.domain.dunning.scenarios import Channel, Mode, StepActor, StepState, Tone
from bot.domain.profiles import Profile
from storage import (
    dunning_ledgers,
    open_items,
    past_ledgers,
    people,
    scenarios,
    step_planning,
    step_writing,
    steps,
)
from storage.dunning_ledgers import Reading
from storage.step_planning import Planned
from storage.step_writing import NewStep
from storage.unit_of_work import Database
from tests.books import AT, TODAY, Books, open_books

NEW = DEFAULTS[Profile.NEW]


@dataclass(frozen=True)
class Kept:
    """A client with a step, a plan and a scenario, beside a stranger's workspace."""

    books: Books
    client_id: int
    item_id: int
    step_id: int
    stranger: int


def a_step(client_id: int, item_id: int, state: StepState = StepState.DRAFTED) -> NewStep:
    return NewStep(
        client_id, 1, "reminder_1", "new", 1, 2, StepActor.GOODCOP, Channel.EMAIL, Tone.FRIENDLY,
        Mode.DRAFT, "accounts", "reminder_1", False, None, state, (item_id,), {"EUR": 10_000},
    )  # fmt: skip


@pytest.fixture
def kept(database: Database) -> Kept:
    books = open_books(database, team_id="T1")
    client_id = books.client("C1", "Roy SARL")
    item_id = books.item(client_id, "F1", 10_000, due_on=date(2026, 11, 1))
    stranger = open_books(database, team_id="T2").workspace_id
    place: dict[str, Any] = {"workspace_id": books.workspace_id}
    with database.write() as uow:
        session = uow.session
        step_writing.add_steps(
            session, today=TODAY, now=AT, steps=[a_step(client_id, item_id)], **place
        )
        plan = Planned(client_id, "new", Plan(Outcome.DUE, Because.ON_TIME, TODAY))
        step_planning.keep_next(session, today=TODAY, plans=[plan], **place)
        step_planning.mark_planned(session, today=TODAY, now=AT, rules="r", **place)
        scenarios.add_draft(session, scenario=NEW, by="f", now=AT, **place)
        uow.commit()
    with database.read() as uow:
        [line] = steps.list_waiting(uow.session, **place)
    return Kept(books, client_id, item_id, line.id, stranger)


def test_a_stranger_finds_nothing(kept: Kept, database: Database) -> None:
    place: dict[str, Any] = {"workspace_id": kept.stranger}
    reading = Reading(kept.stranger, TODAY, Calendar(), 2, {})
    ids = [kept.client_id]
    with database.read() as uow:
        session = uow.session
        assert list(dunning_ledgers.list_ledgers(session, reading, ids)) == []
        assert list(past_ledgers.list_past(session, reading, ids, first=TODAY)) == []
        assert open_items.list_items(session, ids=[kept.item_id], **place) == {}
        assert people.find_voice(session, person_id=1, **place) is None
        assert scenarios.list_versions(session, profile=Profile.NEW, **place) == ()
        assert scenarios.find_draft(session, profile=Profile.NEW, **place) is None
        assert step_planning.find_last(session, **place) is None
        assert step_planning.list_looked_ids(session, today=TODAY, since=AT, **place) == []
        assert step_planning.list_debtor_ids(session, **place) == []
        assert step_planning.count_credits(session, **place) == 0
        assert not step_planning.was_redrawn_since(session, since=AT, **place)
        assert steps.list_waiting(session, **place) == ()
        assert steps.list_of_client(session, client_id=kept.client_id, **place) == ()
        assert steps.list_unsent(session, client_ids=ids, made_at=AT, **place) == ()
        assert steps.find_step(session, id=kept.step_id, **place) is None


def test_a_stranger_changes_nothing(kept: Kept, database: Database) -> None:
    place: dict[str, Any] = {"workspace_id": kept.stranger}
    ids = [kept.client_id]
    made = Made("reminder_1", 2, TODAY, StepState.DRAFTED, 1, frozenset())
    with database.write() as uow:
        session = uow.session
        step_writing.overtake(session, client_ids=ids, now=AT, **place)
        step_writing.cancel(session, dropped=[(kept.client_id, made)], now=AT, **place)
        step_planning.forget_clients(session, client_ids=ids, **place)
        steps.lose_address(session, id=kept.step_id, now=AT, **place)
        moved = steps.move(session, id=kept.step_id, to=StepState.DONE, now=AT, **place)
        scenarios.activate(session, profile=Profile.NEW, version=1, by="x", now=AT, **place)
        uow.commit()
    assert not moved
    own: dict[str, Any] = {"workspace_id": kept.books.workspace_id}
    with database.read() as uow:
        [line] = steps.list_waiting(uow.session, **own)
        assert line.state is StepState.DRAFTED
        assert step_planning.list_looked_ids(uow.session, today=TODAY, since=AT, **own) == ids
        assert scenarios.find_draft(uow.session, profile=Profile.NEW, **own) is not None


def test_a_step_is_written_once(kept: Kept, database: Database) -> None:
    own: dict[str, Any] = {"workspace_id": kept.books.workspace_id}
    again = a_step(kept.client_id, kept.item_id, StepState.DUE)
    with database.write() as uow:
        step_writing.add_steps(uow.session, today=TODAY, now=AT, steps=[again], **own)
        uow.commit()
    with database.read() as uow:
        [line] = steps.list_of_client(uow.session, client_id=kept.client_id, **own)
    assert (line.id, line.state) == (kept.step_id, StepState.DRAFTED)


def test_a_cancelled_step_is_renewed_in_its_own_row(kept: Kept, database: Database) -> None:
    own: dict[str, Any] = {"workspace_id": kept.books.workspace_id}
    made = Made("reminder_1", 2, TODAY, StepState.DRAFTED, 1, frozenset())
    with database.write() as uow:
        step_writing.cancel(uow.session, dropped=[(kept.client_id, made)], now=AT, **own)
        again = a_step(kept.client_id, kept.item_id, StepState.DUE)
        step_writing.add_steps(uow.session, today=TODAY, now=AT, steps=[again], **own)
        uow.commit()
    with database.read() as uow:
        [line] = steps.list_of_client(uow.session, client_id=kept.client_id, **own)
    assert (line.id, line.state) == (kept.step_id, StepState.DUE)


def test_the_scenario_in_force_is_the_last_activated(kept: Kept, database: Database) -> None:
    own: dict[str, Any] = {"workspace_id": kept.books.workspace_id}
    with database.write() as uow:
        assert scenarios.get_scenarios(uow.session, **own)[Profile.NEW] == NEW
        scenarios.activate(uow.session, profile=Profile.NEW, version=1, by="f", now=AT, **own)
        uow.commit()
    with database.read() as uow:
        [version] = scenarios.list_versions(uow.session, profile=Profile.NEW, **own)
    assert (version.activated_by, version.scenario) == ("f", NEW)
