"""A client's sums for the rules: one aggregate over open items, merged with the client's row.

Statements are built once; days stay integers inside the database (see `storage.types.Day`), and
rows are streamed so that a big ledger costs little memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, TextClause, bindparam, text
from sqlmodel import Session

from bot.domain.alert_facts import NOTHING_SAID, ClientFacts, Standing, overdue_for_alerts
from bot.domain.policy import Policy
from bot.domain.reasons import Held

_CHUNK = 1000

# SQLite's planner does not choose the covering partial index by itself; forced, it reads the
# index alone, already in the order of the groups.
_SUMS = """
SELECT client_id, currency,
       SUM(open_minor),
       SUM(CASE WHEN open_minor < 0 THEN open_minor ELSE 0 END),
       SUM(CASE WHEN open_minor > 0 AND due_on < :today THEN open_minor ELSE 0 END),
       MIN(CASE WHEN open_minor >= {least} AND due_on < :today THEN due_on END)
FROM open_item {hint}
WHERE workspace_id = :workspace_id AND open_minor <> 0 {only}
GROUP BY client_id, currency ORDER BY client_id, currency
"""
_CLIENTS = """
SELECT id, entity_id, owner_id, kind, credit_limit_minor, limit_said, muted_until, muted_reason,
       currency
FROM client WHERE workspace_id = :workspace_id {only} ORDER BY id
"""
_LOOSE = """
SELECT client_id, currency, unattributed_minor FROM balance
WHERE workspace_id = :workspace_id AND unattributed_minor <> 0 {only}
"""


def list_client_facts(
    session: Session,
    *,
    workspace_id: int,
    today: date,
    policy: Policy,
    standings: Mapping[int, Standing],
    barred: Mapping[int, Held] | None = None,
    client_ids: Sequence[int] | None = None,
) -> Iterator[ClientFacts]:
    """Yield the facts of each client and currency, in the order of client ids.

    `client_ids` (None for all) limits the clients; `standings` says what people said of them and
    names those that must appear even with no open item; `barred` holds back whole entities by id.
    """
    asked = _Asked(session, workspace_id, today, policy, client_ids)
    loose = {(row[0], row[1]): row[2] for row in asked.rows(_LOOSE, "client_id")}
    sums = asked.rows(_SUMS, "client_id")
    at_hand = next(sums, None)
    held = barred or {}
    for client in asked.rows(_CLIENTS, "id"):
        id = client[0]
        standing = standings.get(id, NOTHING_SAID)
        seen = set()
        while at_hand is not None and at_hand[0] <= id:
            if at_hand[0] == id:
                seen.add(at_hand[1])
                unattributed = loose.get((id, at_hand[1]), 0) if loose else 0
                yield _facts(client, at_hand, unattributed, standing, held.get(client[1]))
            at_hand = next(sums, None)
        currency = standing.alert.currency if standing.alert else client[8]
        if currency not in seen and (standing is not NOTHING_SAID or client[5]):
            empty = (id, currency, 0, 0, 0, None)
            yield _facts(client, empty, loose.get((id, currency), 0), standing, held.get(client[1]))


_Line = Sequence[Any]


def _facts(
    client: _Line, sums: _Line, unattributed: int, standing: Standing, barred: Held | None
) -> ClientFacts:
    id, currency, net, credits, overdue, oldest = sums
    net = int(net) + unattributed
    muted_until = client[6]
    return ClientFacts(
        id,
        currency,
        overdue_for_alerts(int(overdue), int(credits), unattributed, net) if overdue else 0,
        None if oldest is None else date.fromordinal(oldest),
        net,
        client[2],
        client[3],
        client[4] if client[8] == currency else None,
        client[5] or 0,
        None if muted_until is None else date.fromordinal(muted_until),
        client[7],
        barred,
        standing,
    )


class _Asked:
    """One request for facts: its bound values, and its statements run as streams."""

    def __init__(
        self,
        session: Session,
        workspace_id: int,
        today: date,
        policy: Policy,
        client_ids: Sequence[int] | None,
    ) -> None:
        self._connection = session.connection()
        self._client_ids = client_ids
        self._policy = policy
        self._values: dict[str, Any] = {"workspace_id": workspace_id}
        self._today = today.toordinal()

    def rows(self, template: str, column: str) -> Iterator[_Line]:
        """Stream the rows of a statement, limited to the clients asked for."""
        values = dict(self._values)
        least = ""
        if template is _SUMS:
            least, least_values = _least_amount(self._policy)
            values |= {"today": self._today, **least_values}
        limited = self._client_ids is not None
        statement = _statement(template, column, least, self._dialect, limited=limited)
        if self._client_ids is not None:
            values["ids"] = list(self._client_ids)
        if self._dialect == "sqlite":
            return _driver_rows(self._connection.execute(statement, values))
        streamed = {} if limited else {"yield_per": _CHUNK}
        return iter(self._connection.execute(statement, values, execution_options=streamed))

    @property
    def _dialect(self) -> str:
        return self._connection.dialect.name


def _driver_rows(result: CursorResult[Any]) -> Iterator[_Line]:
    """Yield SQLite's own tuples, as it finds them: nothing here needs a row's names or types."""
    try:
        yield from cast("Iterator[_Line]", result.cursor)
    finally:
        result.close()


@cache
def _statement(
    template: str, column: str, least: str, dialect: str, *, limited: bool
) -> TextClause:
    sqlite = dialect == "sqlite"
    chosen = f"AND {column} IN :ids" if sqlite else f"AND {column} = ANY(:ids)"
    sql = template.format(
        least=least,
        hint="INDEXED BY ix_open_item_open" if sqlite else "",
        only=chosen if limited else "",
    )
    if limited and sqlite:
        return text(sql).bindparams(bindparam("ids", expanding=True))
    return text(sql)


def _least_amount(policy: Policy) -> tuple[str, dict[str, Any]]:
    """Return the de-minimis as SQL, by currency only where currencies differ."""
    least = {currency: amounts.de_minimis_minor for currency, amounts in policy.amounts.items()}
    if len(set(least.values())) <= 1:
        return ":least", {"least": max(1, *least.values(), 1)}
    values: dict[str, Any] = {}
    for n, (currency, minor) in enumerate(least.items()):
        values |= {f"currency_{n}": currency, f"least_{n}": max(1, minor)}
    cases = " ".join(f"WHEN :currency_{n} THEN :least_{n}" for n in range(len(least)))
    return f"CASE currency {cases} ELSE 1 END", values
