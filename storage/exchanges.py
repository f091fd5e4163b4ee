"""What was said with a client: whom we know there, promises, disputes, notes, history."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from bot.domain.lifecycle import DisputeState
from storage.schema import metadata
from storage.vault import Vault

_tables = metadata.tables
_contact, _event, _person = _tables["contact"], _tables["event"], _tables["person"]
_promise, _dispute, _note = _tables["promise"], _tables["dispute"], _tables["note"]
_MOST_CONTACTS, _MOST_PROMISES, _MOST_DISPUTES, _MOST_NOTES = 10, 20, 10, 3


class ContactRow(NamedTuple):
    """A person at the client, unsealed."""

    contact_id: int
    function: str
    name: str
    phone: str
    email: str
    do_not_contact: bool


class PromiseRow(NamedTuple):
    """A promise and who took it down."""

    promise_id: int
    minor: int
    currency: str
    due_on: date
    state: str
    by_name: str | None


class DisputeRow(NamedTuple):
    """An open dispute, its reason unsealed."""

    dispute_id: int
    minor: int
    currency: str
    due_on: date
    reason: str


class NoteRow(NamedTuple):
    """An exchange, its texts unsealed, and who wrote it."""

    note_id: int
    at: datetime
    outcome: str
    means: str
    reached: str
    text: str
    by_name: str | None


class HistoryRow(NamedTuple):
    """One line of a client's history."""

    event_id: int
    at: datetime
    kind: str
    source: str
    body: dict[str, Any]
    by_name: str | None


def _of_client(table: Any) -> ColumnElement[bool]:
    return and_(
        table.c.workspace_id == bindparam("workspace_id"),
        table.c.client_id == bindparam("client_id"),
    )


def _by(table: Any, column: str) -> Any:
    """Join the person a row names, if it names one."""
    return table.outerjoin(
        _person,
        and_(_person.c.workspace_id == table.c.workspace_id, _person.c.id == table.c[column]),
    )


_CONTACTS: Select[Any] = (
    select(
        _contact.c.id,
        _contact.c.function,
        _contact.c.name_sealed,
        _contact.c.phone_sealed,
        _contact.c.email_sealed,
        _contact.c.do_not_contact,
    )
    .where(_of_client(_contact))
    .order_by(_contact.c.do_not_contact, _contact.c.id)
    .limit(_MOST_CONTACTS)
)
_PROMISES: Select[Any] = (
    select(
        _promise.c.id,
        _promise.c.minor,
        _promise.c.currency,
        _promise.c.due_on,
        _promise.c.state,
        _person.c.name,
    )
    .select_from(_by(_promise, "by_id"))
    .where(_of_client(_promise))
    .order_by(_promise.c.due_on.desc(), _promise.c.id.desc())
    .limit(_MOST_PROMISES)
)
_DISPUTES: Select[Any] = (
    select(
        _dispute.c.id,
        _dispute.c.minor,
        _dispute.c.currency,
        _dispute.c.due_on,
        _dispute.c.reason_sealed,
    )
    .where(_of_client(_dispute), _dispute.c.state == DisputeState.OPEN.value)
    .order_by(_dispute.c.opened_at, _dispute.c.id)
    .limit(_MOST_DISPUTES)
)
_NOTES: Select[Any] = (
    select(
        _note.c.id,
        _note.c.at,
        _note.c.outcome,
        _note.c.means,
        _note.c.reached_sealed,
        _note.c.text_sealed,
        _person.c.name,
    )
    .select_from(_by(_note, "by_id"))
    .where(_of_client(_note))
    .order_by(_note.c.at.desc(), _note.c.id.desc())
    .limit(_MOST_NOTES)
)
_HISTORY: Select[Any] = (
    select(_event.c.id, _event.c.at, _event.c.kind, _event.c.source, _event.c.body, _person.c.name)
    .select_from(_by(_event, "person_id"))
    .where(_of_client(_event))
    .order_by(_event.c.at.desc(), _event.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("after"))
)


def list_contacts(session: Session, *, workspace_id: int, client_id: int) -> list[ContactRow]:
    """Return whom we know at a client, those not to be contacted last."""
    unseal = _unseal(session, workspace_id)
    return [
        ContactRow(row[0], row[1], unseal(row[2]), unseal(row[3]), unseal(row[4]), row[5])
        for row in _rows(session, _CONTACTS, workspace_id, client_id)
    ]


def list_promises(session: Session, *, workspace_id: int, client_id: int) -> list[PromiseRow]:
    """Return a client's latest promises, whatever became of them, latest date first."""
    return [PromiseRow(*row) for row in _rows(session, _PROMISES, workspace_id, client_id)]


def list_open_disputes(session: Session, *, workspace_id: int, client_id: int) -> list[DisputeRow]:
    """Return a client's open disputes, oldest first."""
    unseal = _unseal(session, workspace_id)
    return [
        DisputeRow._make((*row[:4], unseal(row[4])))
        for row in _rows(session, _DISPUTES, workspace_id, client_id)
    ]


def list_latest_notes(session: Session, *, workspace_id: int, client_id: int) -> list[NoteRow]:
    """Return the latest exchanges with a client, newest first."""
    unseal = _unseal(session, workspace_id)
    return [
        NoteRow._make((*row[:4], unseal(row[4]), unseal(row[5]), row[6]))
        for row in _rows(session, _NOTES, workspace_id, client_id)
    ]


def list_history(
    session: Session, *, workspace_id: int, client_id: int, after: int = 0, most: int = 11
) -> list[HistoryRow]:
    """Return what happened to a client, newest first, past the first `after` lines."""
    found = _rows(session, _HISTORY, workspace_id, client_id, after=after, most=most)
    return [HistoryRow(*row) for row in found]


def _rows(
    session: Session, query: Select[Any], workspace_id: int, client_id: int, **more: int
) -> Any:
    values = {"workspace_id": workspace_id, "client_id": client_id, **more}
    return session.connection().execute(query, values)


def _unseal(session: Session, workspace_id: int) -> Callable[[str], str]:
    vault: Vault = session.info["vault"]
    return partial(vault.unseal, workspace_id)
