"""The e-mail of a step: right when it leaves, not sent once void, a draft once it came back."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.dunning.default_scenarios import DEFAULTS
from bot.domain.dunning.scenarios import Mode
from bot.domain.errors import AmbiguousDelivery, DeliveryError, PermanentDeliveryError
from bot.domain.profiles import Profile
from bot.outlets.smtp import Letter, MailServer
from bot.services.dunning.mailing import STEP_MAIL, step_mail_kind
from bot.services.mail.service import MailService
from storage import events, scenarios
from storage.unit_of_work import Database
from tests.services.dunning.company import Company

SERVER = MailServer("localhost", 25, "finance@seller.example")


class Post:
    """A mail server that keeps what it is given, or fails as it is told."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.trouble: DeliveryError | None = None

    async def send(self, _: MailServer, letter: Letter) -> None:
        if self.trouble:
            raise self.trouble
        self.letters.append(letter)


class Desk:
    """A client five days late whose reminder leaves by itself, and the outbox."""

    def __init__(self, database: Database) -> None:
        self.company = Company(database)
        self.post = Post()
        self.company.books.change("person", self.company.anne, email="anne@seller.example")
        _automatic(self.company)
        self.client = self.company.debtor()
        self.item = self.company.owe(self.client, 5)
        self.company.plan()
        self.mail = MailService(
            database,
            self.company.clock,
            SERVER,
            {STEP_MAIL: step_mail_kind()},
            send=self.post.send,
        )

    def deliver(self) -> None:
        asyncio.run(self.mail.deliver_due(self.company.workspace_id))

    @property
    def step(self) -> tuple[str, str]:
        return self.company.steps(self.client)[-1]


def _automatic(company: Company) -> None:
    """Put a scenario into force whose e-mails leave by themselves."""
    usual = DEFAULTS[Profile.NEW]
    steps = tuple(replace(step, mode=Mode.AUTOMATIC) for step in usual.steps)
    place = {"workspace_id": company.workspace_id}
    with company.database.write() as uow:
        version = scenarios.add_draft(
            uow.session, scenario=replace(usual, steps=steps), by="f", now=company.clock(), **place
        )
        scenarios.activate(
            uow.session, profile=Profile.NEW, version=version, by="f", now=company.clock(), **place
        )
        uow.commit()


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_reminder_leaves_by_itself_in_its_owners_voice(desk: Desk) -> None:
    desk.deliver()
    [letter] = desk.post.letters
    assert (letter.to, letter.sender_name, letter.reply_to) == (
        "compta@client.example",
        "Anne",
        "anne@seller.example",
    )
    assert desk.step == ("reminder_1", "sent")


def test_a_clients_history_says_what_was_sent(desk: Desk) -> None:
    desk.deliver()
    with desk.company.database.read() as uow:
        place = {"workspace_id": desk.company.workspace_id, "client_id": desk.client}
        kinds = [event.kind for event in events.list_events(uow.session, **place)]
    assert kinds == ["step_sent"]


def test_planned_and_delivered_twice_it_leaves_once(desk: Desk) -> None:
    for _ in range(2):
        desk.company.plan(everything=True)
        desk.deliver()
    assert len(desk.post.letters) == 1


def test_nobody_is_written_to_before_office_hours(desk: Desk) -> None:
    late = desk.company.debtor(5)
    desk.company.clock.hour = 6
    desk.company.plan(everything=True)
    desk.deliver()
    assert desk.company.steps(late) == [("reminder_1", "queued")]


def test_the_figures_are_those_of_the_moment_it_leaves(desk: Desk) -> None:
    desk.company.books.change("open_item", desk.item, open_minor=40_000)
    desk.deliver()
    assert "400,00" in desk.post.letters[0].text


def test_a_client_that_paid_meanwhile_is_not_written_to(desk: Desk) -> None:
    desk.company.books.change("open_item", desk.item, open_minor=0)
    desk.deliver()
    assert (desk.post.letters, desk.step) == ([], ("reminder_1", "cancelled"))


def test_a_refused_e_mail_is_a_draft_again(desk: Desk) -> None:
    desk.post.trouble = PermanentDeliveryError("550 no such user")
    desk.deliver()
    assert desk.step == ("reminder_1", "drafted")


def test_an_e_mail_that_may_have_left_is_not_sent_again(desk: Desk) -> None:
    desk.post.trouble = AmbiguousDelivery("dropped after DATA")
    desk.deliver()
    desk.post.trouble = None
    desk.deliver()
    assert (desk.post.letters, desk.step) == ([], ("reminder_1", "sent"))


def test_without_a_usable_address_it_becomes_a_to_do(database: Database) -> None:
    company = Company(database)
    _automatic(company)
    client = company.debtor(5, mail=False)
    sealed = company.books.seal("not an address")
    company.books.add("contact", client_id=client, key="accounts:1", email_sealed=sealed)
    company.plan()
    assert company.steps(client) == [("reminder_1", "due")]
