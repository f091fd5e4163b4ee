"""Which clients a scan must judge: all of them, or only those something happens to today."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from bot.domain.ageing import BUCKET_STARTS
from bot.domain.policy import Policy

# Somebody whose item became overdue matters only when an older item already counts: otherwise it
# is a line in the digest. A level by age matters only when the item that reaches it is the oldest.
_GROWING = """
SELECT DISTINCT i.client_id FROM open_item AS i {hint}
WHERE i.workspace_id = :workspace_id AND i.open_minor > 0
  AND i.due_on > :since AND i.due_on <= :until
  AND EXISTS (SELECT 1 FROM open_item AS o {open} WHERE o.workspace_id = :workspace_id
              AND o.client_id = i.client_id AND o.open_minor <> 0 AND o.open_minor > 0
              AND o.due_on <= :old)
"""
_AGEING = """
SELECT DISTINCT i.client_id FROM open_item AS i {hint}
WHERE i.workspace_id = :workspace_id AND i.open_minor > 0
  AND i.due_on > :since AND i.due_on <= :until
  AND NOT EXISTS (SELECT 1 FROM open_item AS o {open} WHERE o.workspace_id = :workspace_id
                  AND o.client_id = i.client_id AND o.open_minor <> 0
                  AND o.open_minor >= :least AND o.due_on <= :since)
"""
# Later ages only raise alerts that are open, and an alert knows its oldest item.
_DATED = """
SELECT client_id FROM alert
WHERE workspace_id = :workspace_id AND state NOT IN ('resolved', 'written_off')
  AND (ts = '' OR state_ends_on < :today OR window_ends_on <= :soon
       OR window_suspended_until < :today OR {ages})
UNION SELECT client_id FROM promise
WHERE workspace_id = :workspace_id AND judged_at >= :scanned_at
UNION SELECT client_id FROM dispute
WHERE workspace_id = :workspace_id AND state = 'open' AND due_on < :today
UNION SELECT id FROM client
WHERE workspace_id = :workspace_id AND muted_until < :today AND muted_until >= :since
"""
_IMPORTED = """
SELECT 1 FROM import_run WHERE workspace_id = :workspace_id
AND (applied_at >= :scanned_at OR undone_at >= :scanned_at)
"""


def list_client_ids(session: Session, *, workspace_id: int) -> list[int]:
    """Return every client's id, rising."""
    query = text("SELECT id FROM client WHERE workspace_id = :workspace_id ORDER BY id")
    return list(session.connection().execute(query, {"workspace_id": workspace_id}).scalars())


def was_imported_since(session: Session, *, workspace_id: int, scanned_at: datetime) -> bool:
    """Say whether books or clients came in, or were undone, since an instant."""
    values = {"workspace_id": workspace_id, "scanned_at": scanned_at}
    return session.connection().execute(text(_IMPORTED), values).first() is not None


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
    }
    gap = (today - since).days
    day = today.toordinal()
    first = policy.levels[0].oldest_days
    least = max((a.de_minimis_minor for a in policy.amounts.values()), default=1)
    connection = session.connection()

    def ids(sql: str, age: int) -> Iterator[int]:
        until = day - age
        values = {"workspace_id": workspace_id, "since": until - gap, "until": until}
        if sql is _GROWING:
            values["old"] = day - first
        else:
            values["least"] = least
        yield from connection.execute(text(sql.format(**hints)), values).scalars()

    found = {*ids(_GROWING, 1), *ids(_AGEING, first)}
    ages = _later_ages(policy)
    bounds = {f"from_{n}": day - age - gap for n, age in enumerate(ages)}
    bounds |= {f"to_{n}": day - age for n, age in enumerate(ages)}
    ranges = " OR ".join(
        f"(oldest_due_on > :from_{n} AND oldest_due_on <= :to_{n})" for n in range(len(ages))
    )
    values = {
        "workspace_id": workspace_id,
        "today": day,
        "soon": soon.toordinal(),
        "since": (since - timedelta(days=1)).toordinal(),
        "scanned_at": scanned_at,
        **bounds,
    }
    found.update(connection.execute(text(_DATED.format(ages=ranges)), values).scalars())
    return sorted(found)


def _later_ages(policy: Policy) -> list[int]:
    _, second, third = policy.levels
    ages = {second.oldest_days, third.oldest_days, *BUCKET_STARTS[1:]}
    if second.large_days is not None:
        ages.add(second.large_days)
    return sorted(ages)
