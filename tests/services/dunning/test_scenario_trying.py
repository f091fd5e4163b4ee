"""A scenario tried on a client: what would be done, what stops it, what would be read first."""

import pytest

from bot.domain.actors import Actor
from bot.domain.dunning.facts import PauseKind
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.lifecycle import Role
from bot.rendering.scenario_preview import TriedView
from bot.services.dunning.room import dunning_room
from storage.unit_of_work import Database
from tests.services.dunning.company import TUESDAY, Company


class Trial:
    """Finance trying the scenario of new payers."""

    def __init__(self, database: Database) -> None:
        self.company = Company(database)
        self.room = dunning_room(database, self.company.clock)
        self.fiona = Actor(
            self.company.workspace_id, None, name="Fiona", roles=frozenset({Role.FINANCE})
        )

    def on(self, client_id: int) -> TriedView:
        tried = self.room.trying.show(self.fiona, "new", TUESDAY, client_id).tried
        assert tried is not None
        return tried


@pytest.fixture
def trial(database: Database) -> Trial:
    return Trial(database)


def test_what_would_be_done_is_said_with_the_first_e_mail(trial: Trial) -> None:
    tried = trial.on(trial.company.debtor(5))
    assert [one.item_count for one in tried.steps] == [1] * len(tried.steps)
    assert tried.steps[0].sums[0].minor == 1000_00
    assert tried.written is not None
    assert "1 000,00" in tried.written.body.replace("\u202f", " ")


def test_a_draft_is_tried_rather_than_what_is_in_force(trial: Trial) -> None:
    before = trial.on(client := trial.company.debtor(5)).steps
    shown = trial.room.editing.take_out(trial.fiona, "new", 1, 0)
    assert [one.step.key for one in trial.on(client).steps] != [one.step.key for one in before]
    assert shown.is_draft


def test_what_pauses_the_client_is_said_with_its_end(trial: Trial) -> None:
    client = trial.company.debtor(5)
    promise = {"minor": 1000_00, "currency": "EUR", "made_on": TUESDAY}
    trial.company.books.add("promise", client_id=client, key="p", due_on=TUESDAY, **promise)
    tried = trial.on(client)
    assert tried.pause is PauseKind.PROMISE
    assert tried.until is not None


def test_nothing_is_ahead_of_who_owes_nothing(trial: Trial) -> None:
    tried = trial.on(trial.company.debtor())
    assert (tried.steps, tried.pause, tried.written) == ((), None, None)


def test_without_a_client_nothing_is_tried(trial: Trial) -> None:
    assert trial.room.trying.show(trial.fiona, "new", TUESDAY).tried is None


def test_a_client_that_is_not_there_is_not_found(trial: Trial) -> None:
    with pytest.raises(NotFound):
        trial.room.trying.show(trial.fiona, "new", TUESDAY, 1)


def test_only_who_sets_the_rules_tries_them(trial: Trial) -> None:
    anne = Actor(trial.company.workspace_id, trial.company.anne, roles=frozenset({Role.SALES}))
    with pytest.raises(NotAllowed):
        trial.room.trying.show(anne, "new", TUESDAY)
