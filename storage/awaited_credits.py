"""Credit notes that finance is to make, and those of the books that may be them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlmodel import Session, col

from bot.domain.credit_notes import AwaitedCredit, CreditNote
from bot.domain.follow_ups import TaskKind
from bot.domain.ledger import ItemKind
from storage.among import among
from storage.tables.alerts import Event
from storage.tables.follow_ups import Concession, Dispute, Task
from storage.tables.ledger import OpenItem

_DISPUTE, _CONCESSION = "dispute", "concession"


class GoneCredit(NamedTuple):
    """A credit note that ended a task and left the books; `event_id` told that it had arrived."""

    event_id: int
    task_id: int
    numbers: str
    minor: int
    currency: str


def list_awaited_credits(session: Session, *, workspace_id: int) -> tuple[AwaitedCredit, ...]:
    """Return the credits not made yet, of settled disputes and granted gestures, with an amount."""
    tasks = session.execute(
        select(col(Task.id), col(Task.client_id), col(Task.key)).where(
            col(Task.workspace_id) == workspace_id,
            col(Task.done_at).is_(None),
            col(Task.kind) == TaskKind.PROVIDE_DOCUMENT.value,
            or_(*(col(Task.key).like(f"{kind}:%") for kind in (_DISPUTE, _CONCESSION))),
        )
    ).all()
    if not tasks:
        return ()
    agreed = {
        _DISPUTE: _agreed(session, workspace_id, Dispute, _ids(_DISPUTE, tasks)),
        _CONCESSION: _agreed(session, workspace_id, Concession, _ids(_CONCESSION, tasks)),
    }
    found = []
    for task_id, client_id, key in tasks:
        kind, _, id = key.partition(":")
        minor, currency, at = agreed[kind].get(int(id), (0, "", None))
        if minor and at is not None:
            found.append(AwaitedCredit(task_id, client_id, currency, minor, at.date()))
    return tuple(found)


def list_gone_credit_notes(
    session: Session, *, workspace_id: int, told_as: str
) -> tuple[GoneCredit, ...]:
    """Return what the events `told_as` say arrived and the books hold no more (an import undone).

    A task that is open again, or that a person did, is left out.
    """
    told = session.execute(
        select(col(Event.id), col(Event.body))
        .where(col(Event.workspace_id) == workspace_id, col(Event.kind) == told_as)
        .order_by(col(Event.id))
    ).all()
    latest = {int(body["task_id"]): (id, body) for id, body in told}
    items = [int(id) for _, body in latest.values() for id in body["item_ids"]]
    held = set(
        session.scalars(
            select(col(OpenItem.id)).where(
                col(OpenItem.workspace_id) == workspace_id, among(session, col(OpenItem.id), items)
            )
        )
    )
    done = set(
        session.scalars(
            select(col(Task.id)).where(
                col(Task.workspace_id) == workspace_id,
                among(session, col(Task.id), list(latest)),
                col(Task.done_at).is_not(None),
                col(Task.done_by_id).is_(None),
            )
        )
    )
    return tuple(
        GoneCredit(id, task_id, str(body["to"]), int(body["minor"]), str(body["currency"]))
        for task_id, (id, body) in latest.items()
        if task_id in done and not held.intersection(body["item_ids"])
    )


def list_unused_credit_notes(
    session: Session, *, workspace_id: int, client_ids: Iterable[int], since: date, used_by: str
) -> tuple[CreditNote, ...]:
    """Return the clients' credit notes since a day, less those that an event `used_by` names."""
    clients = list(client_ids)
    told = session.scalars(
        select(col(Event.body)).where(
            col(Event.workspace_id) == workspace_id,
            col(Event.client_id).in_(clients),
            col(Event.kind) == used_by,
        )
    )
    used = {id for body in told for id in body.get("item_ids", ())}
    rows = session.execute(
        select(
            col(OpenItem.id),
            col(OpenItem.client_id),
            col(OpenItem.number),
            col(OpenItem.issued_on),
            -col(OpenItem.minor),
            col(OpenItem.currency),
        ).where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.client_id).in_(clients),
            col(OpenItem.kind) == ItemKind.CREDIT_NOTE.value,
            col(OpenItem.issued_on) >= since,
        )
    )
    return tuple(CreditNote(*row) for row in rows if row[0] not in used)


def _ids(kind: str, tasks: Iterable[tuple[int, int, str]]) -> list[int]:
    return [int(key.partition(":")[2]) for _, _, key in tasks if key.startswith(f"{kind}:")]


def _agreed(
    session: Session, workspace_id: int, table: type[Dispute] | type[Concession], ids: list[int]
) -> Mapping[int, tuple[int, str, datetime]]:
    """Return amount, currency and the instant from which a credit note can be the one."""
    if not ids:
        return {}
    at = Dispute.opened_at if table is Dispute else Concession.asked_at
    query = select(col(table.id), col(table.minor), col(table.currency), col(at)).where(
        col(table.workspace_id) == workspace_id, col(table.id).in_(ids)
    )
    return {id: (minor, currency, since) for id, minor, currency, since in session.execute(query)}
