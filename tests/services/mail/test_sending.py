"""E-mails to clients, through a real mail server: once, later, never, or perhaps."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.domain.mailing import TRIES, EmailState
from bot.domain.told import Told
from bot.services.mail.drawing import Desk, DrawnMail, MailKind, NotSent
from bot.services.mail.service import MailService
from storage import emails, reachable
from storage.emails import EmailLine
from storage.sessions import Session
from storage.tables.mail import Email
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, Clock, Company, a_company
from tests.services.mail.post_office import Office, a_post_office
from tests.services.outbox import messages_of

TO = "mme.roy@roy.example"


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with a_post_office() as opened:
        yield opened


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def drawn(desk: Desk) -> DrawnMail | NotSent:
    """Draw what the e-mail's body holds."""
    if desk.email.body.get("paid"):
        return NotSent("paid meanwhile")
    return DrawnMail(
        "Relance", f"Bonjour, {desk.email.client}. Écart de 12,50 €.", "Anne", "a@b.fr"
    )


SETTLED: list[EmailState] = []


def remember(session: Session, email: EmailLine, now: Any) -> None:
    """Keep how an e-mail ended."""
    SETTLED.append(email.state)


@pytest.fixture
def mail(database: Database, office: Office, clock: Clock) -> MailService:
    SETTLED.clear()
    return MailService(database, clock, office.server, {"step": MailKind(drawn, remember)})


def queue(database: Database, company: Company, key: str = "k", **changed: Any) -> int | None:
    """Queue an e-mail in Anne's voice."""
    values: dict[str, Any] = {
        "kind": "step",
        "client_id": company.client_id,
        "contact_id": None,
        "to": TO,
        "person_id": company.anne.person_id,
        "now": AT_TEN,
    }
    with database.write() as uow:
        id = emails.queue(
            uow.session, workspace_id=company.workspace_id, key=key, **{**values, **changed}
        )
        uow.commit()
    return id


def states(database: Database) -> list[str]:
    """Return the state of every e-mail, in order."""
    with database.read() as uow:
        return list(uow.session.scalars(select(Email.state).order_by(Email.id)))  # type: ignore[call-overload]


def troubles(database: Database, company: Company) -> list[int | None]:
    """Return who is told of an e-mail that did not arrive."""
    rows = messages_of(database, company)
    return [row.person_id for row in rows if row.kind == Told.EMAIL_TROUBLE]


async def test_an_email_reaches_its_client_in_the_voice_of_a_person(
    database: Database, company: Company, mail: MailService, office: Office
) -> None:
    queue(database, company)
    await mail.deliver_due(company.workspace_id)
    [message] = office.taken
    assert (message["To"], message["Subject"]) == (TO, "Relance")
    assert message["Reply-To"] == "a@b.fr"
    assert message["From"] == "Anne <compta@deuxrives.example>"
    assert message["Message-ID"].endswith("@deuxrives.example>")
    assert "Écart de 12,50 €" in message.get_content()
    assert states(database) == ["sent"]
    assert SETTLED == [EmailState.SENT]


async def test_twice_queued_and_twice_delivered_is_once(
    database: Database, company: Company, mail: MailService, office: Office
) -> None:
    assert queue(database, company) is not None
    assert queue(database, company) is None
    await mail.deliver_due(company.workspace_id)
    await mail.deliver_due(company.workspace_id)
    assert len(office.taken) == 1


async def test_greylisting_is_tried_again_later(
    database: Database, company: Company, mail: MailService, office: Office, clock: Clock
) -> None:
    office.answers["rcpt"] = ["451 try again in a few minutes"]
    queue(database, company)
    report = await mail.deliver_due(company.workspace_id)
    assert (states(database), office.taken) == (["pending"], [])
    assert report.next_at == AT_TEN + timedelta(minutes=5)
    clock.now += timedelta(minutes=5)
    await mail.deliver_due(company.workspace_id)
    assert states(database) == ["sent"]


@pytest.mark.parametrize("stage", ["rcpt", "data"])
async def test_a_refusal_is_told_to_whose_voice_it_is(
    database: Database, company: Company, mail: MailService, office: Office, stage: str
) -> None:
    office.answers[stage] = ["550 no such user"]
    queue(database, company)
    await mail.deliver_due(company.workspace_id)
    assert states(database) == ["refused"]
    assert troubles(database, company) == [company.anne.person_id]


@pytest.mark.parametrize(
    ("stage", "answer", "is_dead"),
    [
        ("rcpt", "550 5.1.1 no such user", True),
        ("rcpt", "550 no such user", True),
        ("rcpt", "550 5.7.1 relaying denied", False),
        ("data", "550 5.1.1 no such user", False),
    ],
)
async def test_an_address_that_does_not_exist_is_written_to_no_more(
    database: Database,
    company: Company,
    mail: MailService,
    office: Office,
    stage: str,
    answer: str,
    is_dead: bool,
) -> None:
    books = Books(database, company.workspace_id, company.entity_id)
    contact = books.add(
        "contact", client_id=company.client_id, key="a:1", email_sealed=books.seal(TO)
    )
    office.answers[stage] = [answer]
    queue(database, company, contact_id=contact)
    await mail.deliver_due(company.workspace_id)
    place = {"workspace_id": company.workspace_id, "client_id": company.client_id}
    with database.read() as uow:
        found = reachable.list_reachable(uow.session, **place)
    assert (found == []) is is_dead


async def test_an_answer_lost_after_the_content_is_never_sent_again_unasked(
    database: Database, company: Company, mail: MailService, office: Office, clock: Clock
) -> None:
    office.hang_up_after_data = True
    queue(database, company)
    await mail.deliver_due(company.workspace_id)
    assert states(database) == ["unknown"]
    clock.now += timedelta(days=2)
    await mail.deliver_due(company.workspace_id)
    assert len(office.taken) == 1
    assert troubles(database, company) == [company.anne.person_id]


async def test_a_server_that_is_down_is_tried_again_then_given_up_visibly(
    database: Database, company: Company, office: Office, clock: Clock
) -> None:
    down = MailService(
        database,
        clock,
        office.server.__class__("127.0.0.1", 9, "a@b.fr", security=office.server.security),
        {"step": MailKind(drawn)},
    )
    queue(database, company)
    for _ in range(TRIES):
        assert states(database) == ["pending"]
        await down.deliver_due(company.workspace_id)
        clock.now += timedelta(hours=5)
    assert states(database) == ["dead"]
    assert troubles(database, company) == [company.anne.person_id]


async def test_what_is_not_true_any_more_does_not_leave(
    database: Database, company: Company, mail: MailService, office: Office
) -> None:
    queue(database, company, body={"paid": True})
    await mail.deliver_due(company.workspace_id)
    assert (states(database), office.taken) == (["cancelled"], [])


async def test_a_process_killed_while_it_sent_leaves_it_unknown(
    database: Database, company: Company, mail: MailService, clock: Clock
) -> None:
    queue(database, company)
    with database.write() as uow:
        emails.take_next(
            uow.session,
            workspace_id=company.workspace_id,
            now=AT_TEN,
            taken_by="killed",
            busy=[],
        )
        uow.commit()
    await mail.settle_unknown(company.workspace_id)
    assert states(database) == ["sending"]
    clock.now += emails.LEASE
    await mail.settle_unknown(company.workspace_id)
    await mail.deliver_due(company.workspace_id)
    assert states(database) == ["unknown"]


async def test_a_domain_is_written_to_at_a_gentle_pace(
    database: Database, company: Company, mail: MailService, office: Office, clock: Clock
) -> None:
    queue(database, company, "a")
    queue(database, company, "b")
    queue(database, company, "c", to="m@other.example")
    await mail.deliver_due(company.workspace_id)
    assert office.receivers == [TO, "m@other.example"]
    clock.now += timedelta(seconds=3)
    await mail.deliver_due(company.workspace_id)
    assert office.receivers == [TO, "m@other.example", TO]


async def test_without_a_mail_server_what_is_queued_waits(
    database: Database, company: Company, clock: Clock
) -> None:
    queue(database, company)
    await MailService(database, clock, None, {}).deliver_due(company.workspace_id)
    assert states(database) == ["pending"]


async def test_finance_is_told_of_what_nobody_signed(
    database: Database, company: Company, mail: MailService, office: Office
) -> None:
    office.answers["rcpt"] = ["550 no such user"]
    queue(database, company, person_id=None)
    await mail.deliver_due(company.workspace_id)
    [row] = [row for row in messages_of(database, company) if row.kind == Told.EMAIL_TROUBLE]
    assert row.channel == "CFINANCE"


def test_the_address_and_the_words_are_sealed(database: Database, company: Company) -> None:
    queue(database, company, words="Bonjour Mme Roy")
    with database.write() as uow:
        [row] = uow.session.execute(select(Email.to_sealed, Email.words_sealed))  # type: ignore[call-overload]
        uow.session.execute(update(Email).values(attempts=1))
    assert not any(clear in f"{row[0]}{row[1]}" for clear in (TO, "Mme Roy"))


async def test_an_email_that_cannot_be_drawn_waits_and_holds_up_nobody(
    database: Database, company: Company, office: Office, clock: Clock
) -> None:
    def breaks(desk: Desk) -> DrawnMail | NotSent:
        raise RuntimeError("no such field")

    kinds = {"step": MailKind(drawn), "broken": MailKind(breaks)}
    queue(database, company, "a", kind="broken")
    queue(database, company, "b", to="a@other.example")
    await MailService(database, clock, office.server, kinds).deliver_due(company.workspace_id)

    assert states(database) == ["pending", "sent"]
    assert len(office.taken) == 1


async def test_two_processes_send_an_email_once(
    database: Database, company: Company, office: Office, clock: Clock
) -> None:
    for number in range(6):
        queue(database, company, str(number), to=f"a@client{number}.example")
    kinds = {"step": MailKind(drawn)}
    both = [MailService(database, clock, office.server, kinds) for _ in range(2)]
    await asyncio.gather(*(one.deliver_due(company.workspace_id) for one in both))

    assert len({mail["Message-ID"] for mail in office.taken}) == len(office.taken) == 6
