"""What finding a client needs: every name of a workspace, and who holds a document number."""

from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.domain import references
from storage.prepared import Prepared
from storage.schema_of_books import metadata
from storage.tables.ledger import BETWEEN_DIGITS

_workspace = metadata.tables["workspace"].c
_client = metadata.tables["client"].c
_item = metadata.tables["open_item"].c
_MOST_OF_ONE_NUMBER = 200
_BARE = str.maketrans("", "", BETWEEN_DIGITS)


class SearchSettings(NamedTuple):
    """The workspace's settings a lookup reads; a version rises with every change of its subject."""

    names_version: int
    currency: str
    sales_see_totals: bool
    policy_version: int


class NameRow(NamedTuple):
    """One client, as the index of names wants it."""

    client_id: int
    code: str
    name: str
    search_name: str
    siren: str | None


class ChoiceRow(NamedTuple):
    """One client among several that a query may mean."""

    client_id: int
    code: str
    name: str
    town: str
    siren: str | None
    owner_id: int | None


_SETTINGS = Prepared(
    select(
        _workspace.names_version,
        _workspace.currency,
        _workspace.sales_see_totals,
        _workspace.policy_version,
    ).where(_workspace.id == bindparam("workspace_id"))
)
_NAMES = (
    select(_client.id, _client.code, _client.name, _client.search_name, _client.siren)
    .where(_client.workspace_id == bindparam("workspace_id"))
    .order_by(_client.code, _client.id)
)
_CHOICES = select(
    _client.id, _client.code, _client.name, _client.town, _client.siren, _client.owner_id
).where(
    _client.workspace_id == bindparam("workspace_id"),
    _client.id.in_(bindparam("client_ids", expanding=True)),
)


# Asked to be distinct by the database, it would leave the index of numbers.
_BY_NUMBER = (
    select(_item.client_id)
    .where(
        _item.workspace_id == bindparam("workspace_id"),
        _item.bare_number.in_(bindparam("bares", expanding=True)),
        _item.number.in_(bindparam("numbers", expanding=True)),
    )
    .limit(_MOST_OF_ONE_NUMBER)
)
_BY_BARE_NUMBER = (
    select(_item.client_id, _item.number)
    .where(
        _item.workspace_id == bindparam("workspace_id"),
        _item.bare_number.in_(bindparam("bares", expanding=True)),
    )
    .limit(_MOST_OF_ONE_NUMBER)
)


def find_settings(session: Session, *, workspace_id: int) -> SearchSettings | None:
    """Return what lookups need of the workspace, or None when there is no such workspace."""
    rows = _SETTINGS.rows(session, workspace_id=workspace_id)
    return SearchSettings(*rows[0]) if rows else None


def list_names(session: Session, *, workspace_id: int) -> list[NameRow]:
    """Return every client's names, by code."""
    rows = session.connection().execute(_NAMES, {"workspace_id": workspace_id})
    return [NameRow(*row) for row in rows]


def list_choices(
    session: Session, *, workspace_id: int, client_ids: list[int]
) -> dict[int, ChoiceRow]:
    """Return these clients by id; those of another workspace are left out."""
    values = {"workspace_id": workspace_id, "client_ids": client_ids}
    return {row[0]: ChoiceRow(*row) for row in session.connection().execute(_CHOICES, values)}


def list_clients_of_number(session: Session, *, workspace_id: int, number: str) -> list[int]:
    """Return the clients that have a document of exactly that number, settled or not."""
    # SQLite's capitals stop at ASCII, PostgreSQL's may not.
    capitals = {number.upper(), "".join(c.upper() if c.isascii() else c for c in number)}
    values = {
        "workspace_id": workspace_id,
        "bares": [text.translate(_BARE) for text in capitals],
        "numbers": [number, number.upper()],
    }
    return sorted(set(session.connection().execute(_BY_NUMBER, values).scalars()))


def list_numbers_like(session: Session, *, workspace_id: int, number: str) -> list[tuple[int, str]]:
    """Return (client, number) of documents of that number but for separators, zeros, a prefix.

    The caller compares the numbers: zeros inside them are forgotten here.
    """
    bare = references.normal(number).replace("0", "")
    if not bare:
        return []
    bares = [bare, *(other.replace("0", "") for other in references.prefixed(number))]
    values = {"workspace_id": workspace_id, "bares": bares}
    return [(row[0], row[1]) for row in session.connection().execute(_BY_BARE_NUMBER, values)]
