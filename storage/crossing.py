"""Which clients a scan must judge: all of them, or only those something happens to today."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.domain.ageing import BUCKET_STARTS
from bot.domain.policy import Policy
from storage.driver import instant, rows_of
from storage.tables.ledger import SPECIAL_CLIENT

# Somebody whose item became overdue matters only when an older item already counts: otherwise it
# is a line in the digest. A level by age matters only when the item that reaches it is the oldest.
# LIMIT 1 in place of EXISTS: PostgreSQL then looks client by client, whatever it has counted.
_GROWING = """
SELECT DISTINCT i.client_id FROM open_item AS i {hint}
WHERE i.workspace_id = :workspace_id AND i.open_minor > 0
  AND i.due_on > :since AND i.due_on <= :until
  AND (SELECT 1 FROM open_item AS o {open} WHERE o.workspace_id = :workspace_id
       AND o.client_id = i.client_id AND o.open_minor <> 0 AND o.open_minor > 0
       AND o.due_on <= :old LIMIT 1) IS NOT NULL
"""
_AGEING = """
SELECT DISTINCT i.client_id FROM open_item AS i {hint}
WHERE i.workspace_id = :workspace_id AND i.open_minor > 0
  AND i.due_on > :since AND i.due_on <= :until
  AND (SELECT 1 FROM open_item AS o {open} WHERE o.workspace_id = :workspace_id
       AND o.client_id = i.client_id AND o.open_minor <> 0
       AND o.open_minor >= :least AND o.due_on <= :since LIMIT 1) IS NULL
"""
# Later ages only raise alerts that are open, and an alert knows its oldest item.
_DATED = """
SELECT client_id FROM alert
WHERE workspace_id = :workspace_id AND state NOT IN ('resolved', 'written_off')
  AND (state_ends_on < :today OR window_ends_on <= :soon
       OR window_suspended_until < :today OR {ages})
UNION SELECT client_id FROM promise
WHERE workspace_id = :workspace_id AND judged_at >= :scanned_at
UNION SELECT client_id FROM dispute
WHERE workspace_id = :workspace_id AND state = 'open' AND due_on < :today
UNION SELECT id FROM client {special}
WHERE workspace_id = :workspace_id AND ({is_special})
  AND muted_until < :today AND muted_until >= :since
"""
_IMPORTED = """
SELECT 1 FROM import_run WHERE workspace_id = :workspace_id
AND (applied_at >= :scanned_at OR undone_at >= :scanned_at)
"""


def list_client_ids(session: Session, *, workspace_id: int) -> list[int]:
    """Return every client's id, rising."""
    query = "SELECT id FROM client WHERE workspace_id = :workspace_id ORDER BY id"
    return [id for (id,) in rows_of(session, query, {"workspace_id": workspace_id})]


def was_imported_since(session: Session, *, workspace_id: int, scanned_at: datetime) -> bool:
    """Say whether books or clients came in, or were undone, since an instant."""
    values = {"workspace_id": workspace_id, "scanned_at": instant(session, scanned_at)}
    return next(rows_of(session, _IMPORTED, values), None) is not None


def list_crossing_ids(
    session: Session,
    *,
    workspace_id: int,
    today: date,
    since: date,
    scanned_at: datetime,
    soon: date,
    policy: Policy,
) -> list[int]:
    """Return the clients that cross a line after `since` and up to `today`, rising.

    `soon` is the last day whose windows are warned about today. Imports are not seen here: books
    that changed ask for every client.
    """
    sqlite = session.get_bind().dialect.name == "sqlite"
    hints = {
        "hint": "INDEXED BY ix_open_item_due" if sqlite else "",
        "open": "INDEXED BY ix_open_item_open" if sqlite else "",
        "special": "INDEXED BY ix_client_special" if sqlite else "",
    }
    gap, day = (today - since).days, today.toordinal()
    first = policy.levels[0].oldest_days
    least = max((a.de_minimis_minor for a in policy.amounts.values()), default=1)
    found: set[tuple[int]] = set()

    def add(sql: str, **values: Any) -> None:
        found.update(rows_of(session, sql, {"workspace_id": workspace_id, **values}))

    add(_GROWING.format(**hints), since=day - 1 - gap, until=day - 1, old=day - first)
    add(_AGEING.format(**hints), since=day - first - gap, until=day - first, least=least)
    ages = _later_ages(policy)
    bounds = {f"from_{n}": day - age - gap for n, age in enumerate(ages)}
    bounds |= {f"to_{n}": day - age for n, age in enumerate(ages)}
    ranges = " OR ".join(
        f"(oldest_due_on > :from_{n} AND oldest_due_on <= :to_{n})" for n in range(len(ages))
    )
    add(
        _DATED.format(ages=ranges, is_special=SPECIAL_CLIENT, **hints),
        today=day,
        soon=soon.toordinal(),
        since=since.toordinal() - 1,
        scanned_at=instant(session, scanned_at),
        **bounds,
    )
    return sorted(id for (id,) in found)


def _later_ages(policy: Policy) -> list[int]:
    _, second, third = policy.levels
    ages = {second.oldest_days, third.oldest_days, *BUCKET_STARTS[1:]}
    if second.large_days is not None:
        ages.add(second.large_days)
    return sorted(ages)
