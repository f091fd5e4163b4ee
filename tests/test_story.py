"""The whole story, as an accountant would tell it, on both engines.

An invoice is late, its salesperson is told; the client promises and does not pay; the file goes to
finance, who takes it; then the money comes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.domain.follow_ups import FollowUpForm
from bot.domain.lifecycle import AlertState, HandoverState, Outcome, PromiseState
from bot.domain.told import Told
from bot.services.alerts.service import AlertService, on_alert_sent
from bot.services.follow_ups.service import FollowUpService
from bot.services.handovers.service import HandoverService
from bot.services.handovers.views import handover_view
from bot.services.mornings.digests import DigestService
from storage import client_files, handovers
from storage.client_files import AlertTurn
from storage.tables.ledger import Balance, OpenItem
from storage.tables.queue import Message
from storage.tables.workspaces import Workspace
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, Clock, Company, a_company, a_receipt, an_import
from tests.services.outbox import messages_of

OPENING = date(2026, 11, 24)
PROMISED_FOR = date(2026, 11, 30)
BROKEN_ON = date(2026, 12, 3)
PAID_ON = date(2026, 12, 7)


@dataclass
class Books:
    """The company, its services, and a clock the story moves."""

    database: Database
    company: Company
    clock: Clock

    def morning(self, day: date) -> None:
        """Open the day at 10:00 with fresh books: promises are judged, then clients."""
        self.clock.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        an_import(self.database, self.company, as_of=day)
        self.notes.judge_promises(self.company.workspace_id, day, self.clock.now)
        AlertService(self.database).scan(self.company.workspace_id, today=day, now=self.clock.now)

    @property
    def notes(self) -> FollowUpService:
        """What salespeople write down."""
        return FollowUpService(self.database, self.clock)

    @property
    def files(self) -> HandoverService:
        """What passes to finance."""
        return HandoverService(self.database, self.clock)

    def alert(self) -> AlertTurn:
        """Return the client's alert as it is now."""
        tenant, client_id = self.company.workspace_id, self.company.client_id
        with self.database.read() as work:
            ids = {
                row.body["alert_id"] for row in self.said(Told.ALERT) if row.body.get("alert_id")
            }
            (alert_id,) = ids
            found = client_files.find_alert(work.session, workspace_id=tenant, id=alert_id)
        assert found is not None
        assert found.client_id == client_id
        return found

    def said(self, kind: Told) -> list[Message]:
        """Return what was told of that kind."""
        return [row for row in messages_of(self.database, self.company) if row.kind == kind]

    def slack_takes(self, kind: Told, heard: Callable[..., None], channel: str) -> None:
        """Have Slack take the first message of a kind, as delivery does."""
        with self.database.write() as work:
            row = work.session.get_one(Message, (self.company.workspace_id, self.said(kind)[0].id))
            row.state, row.sent_channel, row.sent_ts = "sent", channel, "1.0"
            row.sent_at = row.attempted_at = self.clock.now
            work.session.add(row)
            heard(work.session, row, channel, "1.0")
            work.commit()

    def money_arrives(self, day: date) -> None:
        """Post a receipt that settles the invoice, as the next import does."""
        a_receipt(self.database, self.company, minor=12_480_00, on=day)
        tenant = self.company.workspace_id
        with self.database.write() as work:
            invoice = work.session.get_one(OpenItem, (tenant, self.company.item_id))
            invoice.open_minor = 0
            work.session.add(invoice)
            mine = select(Balance).where(col(Balance.workspace_id) == tenant)
            for balance in work.session.scalars(mine):
                balance.net_minor = 0
                work.session.add(balance)
            work.commit()


@pytest.fixture
def books(database: Database) -> Books:
    company = a_company(database, with_alert=False)
    with database.write() as work:
        workspace = work.session.get_one(Workspace, company.workspace_id)
        workspace.activated_at = AT_TEN
        work.session.add(workspace)
        work.commit()
    return Books(database, company, Clock())


def test_a_late_invoice_from_alert_to_payment(books: Books) -> None:
    company = books.company

    # An invoice of 12 480 € is 31 days late: its salesperson is told, and her window starts.
    books.morning(OPENING)
    books.slack_takes(Told.ALERT, on_alert_sent, "CANNE")
    assert (books.alert().owner_id, books.alert().state) == (
        company.anne.person_id,
        AlertState.OPEN,
    )
    assert books.alert().window.ends_on == date(2026, 12, 8)

    # She calls; the client promises 5 000 € for Monday: the window waits.
    books.notes.record(
        company.anne,
        FollowUpForm(
            key="call-1",
            client_id=company.client_id,
            alert_id=books.alert().id,
            outcome=Outcome.PROMISES,
            amount_minor=5_000_00,
            promised_on=PROMISED_FOR,
            contact_name="Mme Roy",
            text="virement promis le 30",
        ),
    )
    assert books.alert().state is AlertState.PROMISED
    assert books.alert().window.is_suspended(PROMISED_FOR)

    # On the day, her digest reminds her; two business days later nothing came.
    books.morning(PROMISED_FOR)
    morning = DigestService(books.database, books.clock).digest(
        company.workspace_id, PROMISED_FOR, write=False
    )
    assert [one.person for one in morning.digests] == ["Anne"]
    books.morning(BROKEN_ON)
    assert books.alert().state is AlertState.OPEN
    assert [row.channel for row in books.said(Told.PROMISE_BROKEN)] == ["CANNE", "CFINANCE"]

    # She hands the file over with her opinion; finance reads the whole story and takes it.
    offered = books.files.offer(
        company.anne, books.alert().id, "bonne relation, trésorerie tendue", "file-1"
    )
    with books.database.read() as work:
        story = handover_view(
            work.session,
            workspace_id=company.workspace_id,
            handover_id=offered.handover_id,
            today=BROKEN_ON,
        )
    assert story is not None
    assert (story.overdue_minor, story.oldest_days, story.note_count) == (12_480_00, 40, 1)
    assert [promise.state for promise in story.promises] == [PromiseState.BROKEN]
    assert story.opinion == "bonne relation, trésorerie tendue"
    books.files.take(company.fiona, offered.handover_id)
    assert books.alert().state is AlertState.TAKEN

    # The money comes with the next import: the alert resolves itself and the file is closed.
    books.money_arrives(PAID_ON)
    books.morning(PAID_ON)
    assert (books.alert().state, books.alert().resolved_by) == (AlertState.RESOLVED, "receipt")
    with books.database.read() as work:
        closed = handovers.get_handover(
            work.session, workspace_id=company.workspace_id, id=offered.handover_id
        )
    assert closed is not None
    assert closed.state is HandoverState.CLOSED

    # Nothing is said twice, however often the jobs run.
    told = len(messages_of(books.database, company))
    books.morning(PAID_ON)
    assert len(messages_of(books.database, company)) == told
