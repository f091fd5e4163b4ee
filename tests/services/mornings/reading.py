"""A company on a Wednesday morning, and what its digests hold."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from bot.domain.follow_ups import FollowUpForm
from bot.domain.ledger import DueFrom, ItemKind
from bot.domain.lifecycle import Outcome
from bot.rendering.team_views import DigestView, Section
from bot.services.follow_ups.service import FollowUpService
from bot.services.mornings.digests import Digest, DigestService
from storage.ids import new_id
from storage.tables.follow_ups import Dispute
from storage.tables.ledger import OpenItem
from storage.unit_of_work import Database
from tests.follow_up_rows import Clock, Company

WEDNESDAY = date(2026, 11, 25)
EARLY = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 30)


def change(database: Database, table: Any, key: Any, **values: object) -> None:
    with database.write() as work:
        row = work.session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)
        work.session.add(row)
        work.commit()


def of(made: tuple[Digest, ...], person: str) -> DigestView | None:
    return next((one.view for one in made if one.person == person), None)


def clients_in(view: DigestView | None, section: Section) -> list[tuple[str, int]]:
    parts = view.sections if view else ()
    return [
        (line.client, line.minor)
        for part in parts
        if part.section is section
        for line in part.lines
    ]


def made(service: DigestService, company: Company, today: date = WEDNESDAY) -> tuple[Digest, ...]:
    return service.digest(company.workspace_id, today, EARLY, write=False).digests


def add_item(
    database: Database, company: Company, *, minor: int, due_on: date, currency: str = "EUR"
) -> None:
    with database.write() as work:
        work.session.add(
            OpenItem(
                workspace_id=company.workspace_id,
                id=(id := new_id()),
                client_id=company.client_id,
                key=f"F{id}",
                number="F2",
                kind=ItemKind.INVOICE,
                issued_on=date(2026, 10, 1),
                due_on=due_on,
                due_from=DueFrom.STATED,
                minor=minor,
                open_minor=minor,
                currency=currency,
            )
        )
        work.commit()


THURSDAY = date(2026, 11, 26)


def sections_of(view: DigestView | None) -> list[Section]:
    return [part.section for part in view.sections] if view else []


def a_dispute(
    database: Database, company: Company, key: str, settler_id: int | None = None
) -> date:
    """Write a dispute of Anne's down; return the day its answer is due."""
    FollowUpService(database, Clock()).record(
        company.anne,
        FollowUpForm(
            key=key,
            client_id=company.client_id,
            outcome=Outcome.DISPUTES,
            reason="rayures",
            settler_id=settler_id,
        ),
    )
    with database.read() as work:
        return work.session.scalars(select(Dispute)).all()[-1].due_on


def change_due(database: Database, due_on: date) -> None:
    with database.write() as work:
        dispute = work.session.scalars(select(Dispute)).one()
        dispute.due_on = due_on
        work.session.add(dispute)
        work.commit()
