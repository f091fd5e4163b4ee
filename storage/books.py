"""One entity's books read whole, for an import to compare its file with."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from bot.domain.books import BalanceLine, ClientLine, ItemRow, SettlementRow, Snapshot

_OF_ENTITY = (
    "client_id IN (SELECT id FROM client WHERE workspace_id = {mark} AND entity_id = {mark})"
)
_CLIENTS = (
    f"SELECT {', '.join(ClientLine._fields)} FROM client "  # noqa: S608 — own names
    "WHERE workspace_id = {mark} AND entity_id = {mark}"
)
_ITEMS = (
    f"SELECT {', '.join(ItemRow._fields)} FROM open_item "  # noqa: S608 — own names
    f"WHERE workspace_id = {{mark}} AND {_OF_ENTITY}"
)
_BALANCES = (
    f"SELECT {', '.join(BalanceLine._fields)} FROM balance "  # noqa: S608 — own names
    f"WHERE workspace_id = {{mark}} AND {_OF_ENTITY}"
)
_SETTLEMENTS = (
    'SELECT s.id, s.open_item_id, s."by", s.minor, s.settled_on FROM settlement s '  # noqa: S608
    "JOIN open_item i ON i.workspace_id = s.workspace_id AND i.id = s.open_item_id "
    f"WHERE s.workspace_id = {{mark}} AND i.{_OF_ENTITY} ORDER BY s.id"
)
# net = open items + unattributed, for every client and currency (DESIGN: to the cent).
_OFF = (
    "SELECT COUNT(*) FROM ("  # noqa: S608 — own names
    " SELECT client_id, currency, SUM(minor) AS gap FROM ("
    "  SELECT client_id, currency, net_minor - unattributed_minor AS minor FROM balance"
    f"  WHERE workspace_id = {{mark}} AND {_OF_ENTITY}"
    "  UNION ALL"
    "  SELECT client_id, currency, -open_minor FROM open_item"
    f"  WHERE workspace_id = {{mark}} AND open_minor <> 0 AND {_OF_ENTITY}"
    " ) AS amounts GROUP BY client_id, currency HAVING SUM(minor) <> 0) AS off"
)


def read_snapshot(session: Session, *, workspace_id: int, entity_id: int, version: int) -> Snapshot:
    """Return an entity's clients, items, accounts and settlements as they are."""
    held = Snapshot(version)
    run = _Run(session, workspace_id, entity_id)
    for row in run.rows(_CLIENTS, 1):
        client = ClientLine._make(row)
        held.clients[client.code] = client._replace(
            kind_confirmed=bool(client.kind_confirmed), name_given=bool(client.name_given)
        )
    items: dict[int, dict[str, ItemRow]] = defaultdict(dict)
    for row in run.rows(_ITEMS, 2):
        items[row[1]][row[2]] = ItemRow._make(row)
    held.items = dict(items)
    for row in run.rows(_BALANCES, 2):
        held.balances[row[1], row[2]] = BalanceLine._make(row)
    settlements: dict[int, list[SettlementRow]] = defaultdict(list)
    for row in run.rows(_SETTLEMENTS, 2):
        settlements[row[1]].append(SettlementRow._make(row))
    held.settlements = dict(settlements)
    return held


def count_unreconciled(session: Session, *, workspace_id: int, entity_id: int) -> int:
    """Return how many accounts differ from their open items and unattributed amount."""
    return int(next(_Run(session, workspace_id, entity_id).rows(_OFF, 4))[0])


class _Run:
    """Statements about one entity; their parameters are workspace and entity, in turn."""

    def __init__(self, session: Session, workspace_id: int, entity_id: int) -> None:
        self._connection = session.connection()
        self._workspace_id, self._entity_id = workspace_id, entity_id

    def rows(self, template: str, shape: int) -> Iterator[Any]:
        """Return raw rows. `shape`: 1 for (w, e), 2 for (w, w, e), 4 for (w, w, e) twice."""
        own = (self._workspace_id, self._entity_id)
        values = own if shape == 1 else (self._workspace_id, *own) * (shape // 2)
        mark = "%s" if self._connection.dialect.name == "postgresql" else "?"
        result: Any = self._connection.exec_driver_sql(template.format(mark=mark), values)
        return iter(result.cursor.fetchall())  # plain tuples: half the time of result rows
