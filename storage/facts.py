"""A client's sums for the rules: one aggregate over open items, merged with the client's row.

Statements are built once; days stay integers inside the database (see `storage.types.Day`), and
rows are streamed so that a big ledger costs little memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from bot.domain.alert_facts import NOTHING_SAID, ClientFacts, Standing, overdue_for_alerts
from bot.domain.ledger import ClientKind
from bot.domain.policy import Policy
from bot.domain.reasons import Held
from storage import seen_sums
from storage.among import listed
from storage.driver import rows_of
from storage.tables.ledger import SPECIAL_CLIENT

_CHUNK = 1000
_AFTER_ALL = (2**63,)
_ORDINARY = ClientKind.ORDINARY.value
_NOTHING_SPECIAL = (0, _ORDINARY, None, 0, None, "", "")
_new = tuple.__new__  # a named tuple without the call around it: one is made for every client

# SQLite's planner does not choose the covering partial index by itself; forced, it reads the
# index alone, already in the order of the groups.
_SUMS = """
SELECT client_id, currency,
       SUM(open_minor){as_number},
       SUM(open_minor) FILTER (WHERE open_minor < 0){as_number},
       SUM(open_minor) FILTER (WHERE open_minor > 0 AND due_on < :today){as_number},
       MIN(due_on) FILTER (WHERE open_minor >= {least} AND due_on < :today)
FROM open_item {hint}
WHERE workspace_id = :workspace_id AND open_minor <> 0 {only}
GROUP BY client_id, currency ORDER BY client_id, currency
"""
# Few clients have a limit, a mute or a special kind: those columns are read for these only.
_CLIENTS = """
SELECT id, entity_id, owner_id, currency
FROM client {client} WHERE workspace_id = :workspace_id {only} ORDER BY id
"""
_SPECIAL = f"""
SELECT id, kind, credit_limit_minor, limit_said, muted_until, muted_reason_sealed, currency
FROM client {{special}}
WHERE workspace_id = :workspace_id AND ({SPECIAL_CLIENT}) {{only}}
"""  # noqa: S608 — our own words
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
    special = {row[0]: row for row in asked.rows(_SPECIAL, "id")}
    held = barred or {}
    shown = seen_sums.list_seen_sums(
        session, workspace_id=workspace_id, today=today, policy=policy, client_ids=client_ids
    )
    at_bank = {client_id for client_id, _ in shown}
    sums = asked.rows(_SUMS, "client_id")
    row: _Line = next(sums, _AFTER_ALL)
    for id, entity_id, owner_id, own_currency in asked.rows(_CLIENTS, "id"):
        standing = standings.get(id, NOTHING_SAID)
        rest = special.get(id, _NOTHING_SPECIAL)
        barrier = held.get(entity_id) if held else None
        must_appear = standing is not NOTHING_SAID or rest[3] or id in at_bank
        seen = []
        while row[0] <= id:
            if row[0] == id:
                unattributed = loose.get((id, row[1]), 0) if loose else 0
                line = shown.get((id, row[1]), row) if shown else row
                yield _facts(line, owner_id, rest, barrier, standing, unattributed)
                if must_appear:
                    seen.append(row[1])
            row = next(sums, _AFTER_ALL)
        if must_appear:
            currency = standing.alert.currency if standing.alert else own_currency
            if currency not in seen:
                unattributed = loose.get((id, currency), 0)
                empty = shown.get((id, currency), (id, currency, 0, 0, 0, None))
                yield _facts(empty, owner_id, rest, barrier, standing, unattributed)


_Line = Sequence[Any]


def _facts(
    sums: _Line,
    owner_id: int | None,
    rest: _Line,
    barred: Held | None,
    standing: Standing,
    unattributed: int,
) -> ClientFacts:
    id, currency, net, credits, overdue, oldest = sums
    if credits or unattributed:
        net += unattributed
        overdue = overdue_for_alerts(overdue or 0, credits or 0, unattributed, net)
    oldest_due_on = None if oldest is None else date.fromordinal(oldest)
    money = (id, currency, overdue or 0, oldest_due_on, net, owner_id)
    if rest is _NOTHING_SPECIAL:
        return _new(ClientFacts, (*money, _ORDINARY, None, 0, None, "", barred, standing))
    _, kind, limit, said, muted_until, muted_reason, own = rest
    return _new(
        ClientFacts,
        (
            *money,
            kind,
            limit if own == currency else None,
            said or 0,
            None if muted_until is None else date.fromordinal(muted_until),
            muted_reason,
            barred,
            standing,
        ),
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
        self._session = session
        self._limited = client_ids is not None
        self._sqlite = session.get_bind().dialect.name == "sqlite"
        self._policy = policy
        self._values: dict[str, Any] = {"workspace_id": workspace_id}
        if client_ids is not None:
            self._values["ids"] = listed(session, client_ids)
        self._today = today.toordinal()

    def rows(self, template: str, column: str) -> Iterator[_Line]:
        """Stream the rows of a statement, limited to the clients asked for."""
        values = dict(self._values)
        least = ""
        if template is _SUMS:
            least, least_values = _least_amount(self._policy)
            values |= {"today": self._today, **least_values}
        sql = _statement(template, column, least, sqlite=self._sqlite, limited=self._limited)
        if self._sqlite or self._limited:
            return rows_of(self._session, sql, values)
        connection, streamed = self._session.connection(), {"yield_per": _CHUNK}
        return iter(connection.execute(text(sql), values, execution_options=streamed))


@cache
def _statement(template: str, column: str, least: str, *, sqlite: bool, limited: bool) -> str:
    chosen = "IN (SELECT value FROM json_each(:ids))" if sqlite else "= ANY(:ids)"
    return template.format(
        least=least,
        hint="INDEXED BY ix_open_item_open" if sqlite else "",
        client="INDEXED BY ix_client_judged" if sqlite else "",
        special="INDEXED BY ix_client_special" if sqlite else "",
        only=f"AND {column} {chosen}" if limited else "",
        as_number="" if sqlite else "::bigint",
    )


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
