"""Promises whose day has come, of a client, of its contacts, and of who took them down."""

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, select, update
from sqlmodel import Session, col

from bot.domain.lifecycle import PromiseState
from bot.domain.reliability import JudgedPromise
from storage import promise_receipts
from storage.follow_ups import vault_of
from storage.tables.follow_ups import Note, Promise
from storage.tables.ledger import Contact

_KEPT = PromiseState.KEPT.value
_UNKEPT = (PromiseState.KEPT_IN_PART.value, PromiseState.BROKEN.value)
_REMEMBERED = timedelta(days=365)
_MOST_PEOPLE = 3


def list_judged(
    session: Session, *, workspace_id: int, client_id: int
) -> tuple[JudgedPromise, ...]:
    """Return a client's promises whose day has come."""
    return _list(session, workspace_id, col(Promise.client_id) == client_id)


def list_taken_down(
    session: Session, *, workspace_id: int, by_id: int, today: date
) -> tuple[JudgedPromise, ...]:
    """Return the promises of the last twelve months that a colleague took down, of any client."""
    since = today - _REMEMBERED
    return _list(session, workspace_id, col(Promise.by_id) == by_id, col(Promise.due_on) >= since)


def list_by_contact(
    session: Session, *, workspace_id: int, client_id: int
) -> tuple[tuple[str, tuple[JudgedPromise, ...]], ...]:
    """Return (name, promises) of the contacts who promised, those with the most first."""
    query = (
        select(
            col(Contact.id),
            col(Contact.name_sealed),
            col(Promise.state),
            col(Promise.due_on),
            col(Promise.paid_on),
        )
        .join(
            Note,
            and_(
                col(Note.workspace_id) == col(Promise.workspace_id),
                col(Note.id) == col(Promise.note_id),
            ),
        )
        .join(
            Contact,
            and_(
                col(Contact.workspace_id) == col(Note.workspace_id),
                col(Contact.id) == col(Note.contact_id),
            ),
        )
        .where(
            col(Promise.workspace_id) == workspace_id,
            col(Promise.client_id) == client_id,
            col(Promise.state).in_((_KEPT, *_UNKEPT)),
        )
        .order_by(col(Promise.id))
    )
    names, found = {}, defaultdict(list)
    for id, name, state, due_on, paid_on in session.execute(query):
        names[id] = name
        found[id].append(JudgedPromise(PromiseState(state), due_on, paid_on))
    most = sorted(found, key=lambda id: -len(found[id]))[:_MOST_PEOPLE]
    unseal = vault_of(session).unseal
    return tuple((unseal(workspace_id, names[id]), tuple(found[id])) for id in most)


def note_late_payments(session: Session, *, workspace_id: int, today: date) -> int:
    """Write when promises not kept in time were paid in full after all; return how many."""
    query = select(col(Promise.id), col(Promise.minor), col(Promise.received_before_minor)).where(
        col(Promise.workspace_id) == workspace_id,
        col(Promise.state).in_(_UNKEPT),
        col(Promise.paid_on).is_(None),
        col(Promise.due_on) >= today - _REMEMBERED,
    )
    wanted = {id: minor + before for id, minor, before in session.execute(query)}
    ids = list(wanted)
    received = promise_receipts.received_since(session, workspace_id=workspace_id, ids=ids)
    paid = [id for id in ids if received[id] >= wanted[id]]
    days = promise_receipts.last_receipts(session, workspace_id=workspace_id, ids=paid)
    for id, day in days.items():
        session.execute(
            update(Promise)
            .where(col(Promise.workspace_id) == workspace_id, col(Promise.id) == id)
            .values(paid_on=day)
        )
    return len(days)


def _list(
    session: Session, workspace_id: int, *where: ColumnElement[bool]
) -> tuple[JudgedPromise, ...]:
    query = select(col(Promise.state), col(Promise.due_on), col(Promise.paid_on)).where(
        col(Promise.workspace_id) == workspace_id,
        col(Promise.state).in_((_KEPT, *_UNKEPT)),
        *where,
    )
    return tuple(
        JudgedPromise(PromiseState(state), due_on, paid_on)
        for state, due_on, paid_on in session.execute(query)
    )
