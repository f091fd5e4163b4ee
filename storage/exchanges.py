"""What was said with a client: whom we know there, promises, disputes, notes, history."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from bot.domain.lifecycle import DisputeState, PromiseState
from storage.follow_ups import vault_of
from storage.prepared import Prepared
from storage.schema_of_books import metadata
from storage.sealed_words import open_words

_tables = metadata.tables
_contact, _event, _person = _tables["contact"], _tables["event"], _tables["person"]
_promise, _dispute, _note = _tables["promise"], _tables["dispute"], _tables["note"]
_MOST_CONTACTS, _MOST_PROMISES, _MOST_DISPUTES, _MOST_NOTES = 10, 10, 10, 3
_NEWEST = 2**63 - 1


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
    received_minor: int
    plan: list[Any]
    judged_at: datetime | None
    by_name: str | None


class DisputeRow(NamedTuple):
    """An open dispute, its reason unsealed."""

    dispute_id: int
    minor: int
    currency: str
    due_on: date
    owner_name: str | None
    reason: str


class NoteRow(NamedTuple):
    """An exchange, its texts unsealed, and who wrote it."""

    note_id: int
    at: datetime
    outcome: str
    means: str
    by_name: str | None
    reached: str
    text: str
    orders: str
    gesture: str


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


_CONTACTS = Prepared(
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
_PROMISES = Prepared(
    select(
        _promise.c.id,
        _promise.c.minor,
        _promise.c.currency,
        _promise.c.due_on,
        _promise.c.state,
        _promise.c.received_minor,
        _promise.c.plan,
        _promise.c.judged_at,
        _person.c.name,
    )
    .select_from(_by(_promise, "by_id"))
    .where(_of_client(_promise))
    .order_by(
        case((_promise.c.state == PromiseState.LIVE.value, 0), else_=1),
        _promise.c.due_on.desc(),
        _promise.c.id.desc(),
    )
    .limit(_MOST_PROMISES)
)
_DISPUTES = Prepared(
    select(
        _dispute.c.id,
        _dispute.c.minor,
        _dispute.c.currency,
        _dispute.c.due_on,
        _person.c.name,
        _dispute.c.reason_sealed,
    )
    .select_from(_by(_dispute, "owner_id"))
    .where(_of_client(_dispute), _dispute.c.state == DisputeState.OPEN.value)
    .order_by(_dispute.c.opened_at, _dispute.c.id)
    .limit(_MOST_DISPUTES)
)
_EVERY_NOTE: Select[Any] = (
    select(
        _note.c.id,
        _note.c.at,
        _note.c.outcome,
        _note.c.means,
        _person.c.name,
        _note.c.reached_sealed,
        _note.c.text_sealed,
        _note.c.orders_sealed,
        _note.c.gesture_sealed,
    )
    .select_from(_by(_note, "by_id"))
    .where(_of_client(_note))
)
_NOTES = Prepared(_EVERY_NOTE.order_by(_note.c.at.desc(), _note.c.id.desc()).limit(_MOST_NOTES))
_NOTES_BY_ID = _EVERY_NOTE.where(_note.c.id.in_(bindparam("note_ids", expanding=True)))
_HISTORY: Select[Any] = (
    select(_event.c.id, _event.c.at, _event.c.kind, _event.c.source, _event.c.body, _person.c.name)
    .select_from(_by(_event, "person_id"))
    .where(_of_client(_event), _event.c.id < bindparam("before"))
    .order_by(_event.c.id.desc())
    .limit(bindparam("most"))
)


def list_contacts(session: Session, *, workspace_id: int, client_id: int) -> list[ContactRow]:
    """Return whom we know at a client, those not to be contacted last."""
    unseal = _unseal(session, workspace_id)
    return [
        ContactRow(row[0], row[1], unseal(row[2]), unseal(row[3]), unseal(row[4]), row[5])
        for row in _CONTACTS.rows(session, workspace_id=workspace_id, client_id=client_id)
    ]


def list_promises(session: Session, *, workspace_id: int, client_id: int) -> list[PromiseRow]:
    """Return a client's promises, live ones first, then those judged, latest first."""
    return [
        PromiseRow(*row)
        for row in _PROMISES.rows(session, workspace_id=workspace_id, client_id=client_id)
    ]


def list_open_disputes(session: Session, *, workspace_id: int, client_id: int) -> list[DisputeRow]:
    """Return a client's open disputes, oldest first."""
    unseal = _unseal(session, workspace_id)
    return [
        DisputeRow._make((*row[:5], unseal(row[5])))
        for row in _DISPUTES.rows(session, workspace_id=workspace_id, client_id=client_id)
    ]


def list_latest_notes(session: Session, *, workspace_id: int, client_id: int) -> list[NoteRow]:
    """Return the latest exchanges with a client, newest first."""
    return _notes(
        session, workspace_id, _NOTES.rows(session, workspace_id=workspace_id, client_id=client_id)
    )


def list_notes_by_id(
    session: Session, *, workspace_id: int, client_id: int, note_ids: list[int]
) -> dict[int, NoteRow]:
    """Return those of a client's exchanges, by id."""
    if not note_ids:
        return {}
    found = _rows(session, _NOTES_BY_ID, workspace_id, client_id, note_ids=note_ids)
    return {note.note_id: note for note in _notes(session, workspace_id, found)}


def list_history(
    session: Session, *, workspace_id: int, client_id: int, before: int | None, most: int
) -> list[HistoryRow]:
    """Return what happened to a client, newest first; `before` is the last of the page before."""
    before = _NEWEST if before is None else before
    found = _rows(session, _HISTORY, workspace_id, client_id, before=before, most=most)
    return [
        HistoryRow(
            row[0], row[1], row[2], row[3], open_words(session, workspace_id, row[4]), row[5]
        )
        for row in found
    ]


def _notes(session: Session, workspace_id: int, rows: Any) -> list[NoteRow]:
    unseal = _unseal(session, workspace_id)
    return [NoteRow._make((*row[:5], *map(unseal, row[5:]))) for row in rows]


def _rows(
    session: Session,
    query: Select[Any],
    workspace_id: int,
    client_id: int,
    **more: int | list[int],
) -> Any:
    values = {"workspace_id": workspace_id, "client_id": client_id, **more}
    return session.connection().execute(query, values)


def _unseal(session: Session, workspace_id: int) -> Callable[[str], str]:
    return partial(vault_of(session).unseal, workspace_id)
