"""Steps that wait for people: seen by whose they are, done once, never after they are void."""

from datetime import timedelta

import pytest

from bot.domain.actors import Actor
from bot.domain.dunning.facts import PauseKind
from bot.domain.dunning.planning import Because
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.lifecycle import Role
from bot.services.dunning.room import dunning_room
from bot.services.dunning.steps import StepService
from storage import emails
from storage.emails import EmailLine
from storage.unit_of_work import Database
from tests.services.dunning.company import TUESDAY, Company


class Desk:
    """A company whose client got its first step, the people about it, their service."""

    def __init__(self, database: Database) -> None:
        self.company = Company(database)
        self.client = self.company.debtor()
        self.item = self.company.owe(self.client, 5)
        self.company.plan()
        self.service: StepService = dunning_room(database, self.company.clock).steps
        [line] = self.service.list_waiting(self.anne)
        self.step = line.id

    def queued(self) -> list[EmailLine]:
        with self.company.database.read() as uow:
            return emails.list_of_client(
                uow.session, workspace_id=self.company.workspace_id, client_id=self.client
            )

    def someone(self, person_id: int | None, role: Role) -> Actor:
        return Actor(self.company.workspace_id, person_id, roles=frozenset({role}))

    @property
    def anne(self) -> Actor:
        return self.someone(self.company.anne, Role.SALES)

    @property
    def fiona(self) -> Actor:
        return self.someone(None, Role.FINANCE)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_step_waits_for_the_owner_and_not_for_finance(desk: Desk) -> None:
    assert [line.client_id for line in desk.service.list_waiting(desk.anne)] == [desk.client]
    assert desk.service.list_waiting(desk.fiona) == ()


def test_a_stand_in_sees_the_steps_of_who_is_away_and_does_them(desk: Desk) -> None:
    karim = Actor(
        desk.company.workspace_id,
        desk.company.books.person("Karim"),
        roles=frozenset({Role.SALES}),
        covers=frozenset({desk.company.anne}),
    )
    assert [line.id for line in desk.service.list_waiting(karim)] == [desk.step]
    assert desk.service.complete(karim, desk.step)


def test_a_step_shows_its_items_and_contact_as_they_stand(desk: Desk) -> None:
    desk.company.books.change("open_item", desk.item, open_minor=40_000)
    card = desk.service.show(desk.anne, desk.step)
    assert (card.totals, card.because) == ({"EUR": 40_000}, None)
    assert card.contact is not None
    assert card.contact.address == "compta@client.example"


def test_what_became_late_since_goes_along(desk: Desk) -> None:
    desk.company.owe(desk.client, 1, 200)
    assert desk.service.show(desk.anne, desk.step).totals == {"EUR": 120_000}


def test_a_draft_is_sent_once_as_edited(desk: Desk) -> None:
    desk.service.send(desk.anne, desk.step, "Bonjour")
    with pytest.raises(Conflict, match="handled by Anne"):
        desk.service.send(desk.anne, desk.step, "Bonjour")
    assert len(desk.queued()) == 1
    assert desk.service.show(desk.anne, desk.step).step.words == "Bonjour"


def test_a_paid_client_is_not_written_to(desk: Desk) -> None:
    desk.company.books.change("open_item", desk.item, open_minor=0)
    with pytest.raises(Conflict, match="not sent"):
        desk.service.send(desk.anne, desk.step)
    card = desk.service.show(desk.anne, desk.step)
    assert (desk.queued(), card.because) == ([], Because.NOTHING_OWED)


def test_a_client_on_hold_is_not_written_to(desk: Desk) -> None:
    desk.company.books.add(
        "hold",
        **{"client_id": desk.client, "key": "h", "kind": "manual"},
        **{"until_on": TUESDAY + timedelta(days=5), "made_at": desk.company.clock()},
    )
    assert desk.service.show(desk.anne, desk.step).because is PauseKind.MANUAL


def test_a_step_is_done_once(desk: Desk) -> None:
    assert desk.service.complete(desk.anne, desk.step)
    assert not desk.service.complete(desk.anne, desk.step)
    assert desk.service.list_waiting(desk.anne) == ()


def test_a_step_is_left_out_with_a_reason_that_is_kept_sealed(desk: Desk) -> None:
    assert desk.service.skip(desk.anne, desk.step, " Ils ont appelé ")
    line = desk.service.show(desk.anne, desk.step).step
    assert (line.state, line.words) == ("skipped", "Ils ont appelé")


def test_a_step_left_out_is_not_planned_again(desk: Desk) -> None:
    desk.service.skip(desk.anne, desk.step, "Ils ont appelé")
    assert desk.company.plan(TUESDAY + timedelta(days=1)) == {}


@pytest.mark.parametrize("reason", ["  ", "x" * 501])
def test_leaving_a_step_out_needs_a_reason(desk: Desk, reason: str) -> None:
    with pytest.raises(InvalidInput):
        desk.service.skip(desk.anne, desk.step, reason)


def test_nobody_moves_the_step_of_another_persons_client(desk: Desk) -> None:
    karim = desk.someone(desk.company.books.person("Karim"), Role.SALES)
    with pytest.raises(NotAllowed):
        desk.service.complete(karim, desk.step)
    with pytest.raises(NotAllowed):
        desk.service.preview(karim, desk.client)


def test_a_step_of_another_workspace_is_not_found(desk: Desk, database: Database) -> None:
    other = Company(database)
    stranger = Actor(other.workspace_id, None, roles=frozenset({Role.FINANCE}))
    with pytest.raises(NotFound):
        desk.service.show(stranger, desk.step)
    with pytest.raises(NotFound):
        desk.service.preview(stranger, desk.client)


def test_a_call_cannot_be_sent(desk: Desk) -> None:
    desk.company.books.change("step", desk.step, channel="call")
    with pytest.raises(Conflict, match="no e-mail"):
        desk.service.send(desk.anne, desk.step)


def test_a_preview_tells_what_is_ahead_of_a_client(desk: Desk) -> None:
    ahead = desk.service.preview(desk.anne, desk.client)
    assert [one.step.step.key for one in ahead][:3] == ["reminder_1", "call", "reminder_2"]


def test_a_draft_is_written_in_its_owners_voice_with_what_is_owed_now(desk: Desk) -> None:
    desk.company.books.change("person", desk.company.anne, email="anne@seller.example")
    draft = desk.service.draft(desk.anne, desk.step)
    assert "1 000,00" in draft.subject.replace("\u202f", " ")
    assert "Anne" in draft.body


def test_an_e_mail_needs_somebody_to_write_to(desk: Desk) -> None:
    contacts = desk.company.rows("contact")
    desk.company.books.change("contact", contacts[0], do_not_contact=True)
    with pytest.raises(Conflict, match="no e-mail address"):
        desk.service.send(desk.anne, desk.step)


def test_a_scenario_is_tried_on_a_client_before_it_is_kept(desk: Desk) -> None:
    call = {"key": "c", "offset_days": 9, "actor": "finance", "channel": "call", "tone": "firm"}
    ahead = desk.service.preview(desk.anne, desk.client, {"profile": "new", "steps": [call]})
    assert [one.step.step.key for one in ahead] == ["c"]


def test_what_comes_next_is_said_with_its_day(desk: Desk) -> None:
    desk.service.complete(desk.anne, desk.step)
    found = desk.service.find_next(desk.anne, desk.client)
    assert found is not None
    assert found.plan.step is not None
    assert (found.plan.step.key, found.plan.on) == ("call", TUESDAY + timedelta(days=6))


def test_the_window_of_a_paused_step_says_what_pauses_it(desk: Desk) -> None:
    promise = {"minor": 1000_00, "currency": "EUR", "made_on": TUESDAY, "due_on": TUESDAY}
    desk.company.books.add("promise", client_id=desk.client, key="p", **promise)
    view = dunning_room(desk.company.database, desk.company.clock).windows.window(
        desk.anne, desk.step, TUESDAY
    )
    assert (view.void, view.pause) == (True, PauseKind.PROMISE)
