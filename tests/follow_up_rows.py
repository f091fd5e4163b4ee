"""Rows that follow-ups start from: a company with Anne (sales) and Fiona (finance), one debtor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.domain.actors import Actor
from bot.domain.ledger import DueFrom, ItemKind, SettledBy
from bot.domain.lifecycle import AlertState, Role
from storage.ids import new_id
from storage.tables.alerts import Alert
from storage.tables.ledger import Balance, Client, ImportRun, OpenItem, Settlement
from storage.tables.workspaces import Entity, Person, Workspace
from storage.unit_of_work import Database

TUESDAY = date(2026, 11, 24)
AT_TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that tests move by hand."""

    now: datetime = AT_TEN

    def __call__(self) -> datetime:
        """Return the instant it shows."""
        return self.now


@dataclass(frozen=True)
class Company:
    """The ids of one invented company, and its people as actors."""

    workspace_id: int
    entity_id: int
    client_id: int
    alert_id: int
    item_id: int
    anne: Actor
    karim: Actor
    nadia: Actor
    fiona: Actor


def a_company(database: Database, *, with_alert: bool = True) -> Company:
    """Write a company whose client owes 12 480,00 €, and return its ids."""
    workspace_id, entity_id, client_id, item_id = (new_id() for _ in range(4))
    with database.write() as work:
        session = work.session
        session.add(
            Workspace(
                id=workspace_id, name="Atelier", finance_channel="CFINANCE", created_at=AT_TEN
            )
        )
        session.flush()
        session.add(Entity(workspace_id=workspace_id, id=entity_id, created_at=AT_TEN))
        nadia = _person(session.add, workspace_id, "Nadia", Role.MANAGER, None)
        session.flush()
        anne = _person(session.add, workspace_id, "Anne", Role.SALES, nadia.person_id)
        karim = _person(session.add, workspace_id, "Karim", Role.SALES, None)
        fiona = _person(session.add, workspace_id, "Fiona", Role.FINANCE, nadia.person_id)
        session.flush()
        session.add(
            Client(
                workspace_id=workspace_id,
                id=client_id,
                entity_id=entity_id,
                code="C0412",
                name="Menuiserie Roy",
                owner_id=anne.person_id,
                created_at=AT_TEN,
            )
        )
        session.flush()
        session.add(
            Balance(
                workspace_id=workspace_id,
                id=new_id(),
                client_id=client_id,
                currency="EUR",
                net_minor=12_480_00,
            )
        )
        session.add(
            OpenItem(
                workspace_id=workspace_id,
                id=item_id,
                client_id=client_id,
                key="F1",
                number="F1",
                kind=ItemKind.INVOICE,
                issued_on=date(2026, 9, 24),
                due_on=date(2026, 10, 24),
                due_from=DueFrom.STATED,
                minor=12_480_00,
                open_minor=12_480_00,
                currency="EUR",
            )
        )
        alert_id = new_id()
        if with_alert:
            session.add(
                Alert(
                    workspace_id=workspace_id,
                    id=alert_id,
                    client_id=client_id,
                    episode=1,
                    owner_id=anne.person_id,
                    state=AlertState.OPEN,
                    level=2,
                    currency="EUR",
                    overdue_minor=12_480_00,
                    oldest_due_on=date(2026, 10, 24),
                    opened_at=AT_TEN,
                    state_at=AT_TEN,
                    shown_at=AT_TEN,
                    window_ends_on=date(2026, 12, 8),
                    channel="CANNE",
                    ts="1.0",
                )
            )
        work.commit()
    return Company(workspace_id, entity_id, client_id, alert_id, item_id, anne, karim, nadia, fiona)


def a_receipt(
    database: Database, company: Company, *, minor: int, on: date, matched: bool = True
) -> None:
    """Write a receipt as an import does: matched with the invoice, or left on account."""
    with database.write() as work:
        if matched:
            work.session.add(
                Settlement(
                    workspace_id=company.workspace_id,
                    id=new_id(),
                    open_item_id=company.item_id,
                    by=SettledBy.RECEIPT,
                    minor=minor,
                    settled_on=on,
                )
            )
        else:
            work.session.add(
                OpenItem(
                    workspace_id=company.workspace_id,
                    id=(id := new_id()),
                    client_id=company.client_id,
                    key=f"R{id}",
                    number="",
                    kind=ItemKind.PAYMENT_ON_ACCOUNT,
                    issued_on=on,
                    due_on=on,
                    due_from=DueFrom.STATED,
                    minor=-minor,
                    open_minor=-minor,
                    currency="EUR",
                )
            )
        work.commit()


def an_import(database: Database, company: Company, *, as_of: date) -> None:
    """Write an applied import of the books up to `as_of`."""
    with database.write() as work:
        work.session.add(
            ImportRun(
                workspace_id=company.workspace_id,
                id=new_id(),
                entity_id=company.entity_id,
                kind="fec",
                file_name="books.txt",
                sha256="0",
                rows=1,
                accepted=1,
                rejected_count=0,
                as_of=as_of,
                applied_at=AT_TEN,
            )
        )
        work.commit()


def _person(
    add: Callable[[object], None],
    workspace_id: int,
    name: str,
    role: Role,
    manager_id: int | None,
) -> Actor:
    id = new_id()
    add(
        Person(
            workspace_id=workspace_id,
            id=id,
            email=f"{name.lower()}@exemple.fr",
            slack_user_id=f"U{name.upper()}",
            name=name,
            roles=role.value,
            manager_id=manager_id,
            channel=f"C{name.upper()}",
            activated_at=AT_TEN,
        )
    )
    return Actor(workspace_id, id, f"U{name.upper()}", name, frozenset({role}))
