"""The open items a new fiscal year begins with, as the books held have them."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.books import ClientLine, ItemRow, Snapshot
from bot.domain.ledger import DueFrom, ItemKind, KnownItem, LedgerLine, LineKind

_NO_ACCOUNT = "411000"


def items_at_start(held: Snapshot, *, year_id: int, starts_on: date) -> list[KnownItem]:
    """Return what was open when the year began, of the items held before its first file.

    Ids rise with time: an item older than the year's own row came with an earlier file. What was
    settled since then is added back, so that the same file finds the same items again.
    """
    start = starts_on.toordinal()
    return [
        known
        for code, client in held.clients.items()
        for row in held.items.get(client.id, {}).values()
        if row.id < year_id
        and row.issued_on < start
        and (known := _at_start(code, row, held, start)) is not None
    ]


def _at_start(code: str, row: ItemRow, held: Snapshot, start: int) -> KnownItem | None:
    since = sum(part.minor for part in held.settlements.get(row.id, ()) if part.settled_on >= start)
    open_minor = row.open_minor + (since if row.minor > 0 else -since)
    if not open_minor:
        return None
    return KnownItem(
        client_code=code,
        key=row.key,
        number=row.number,
        kind=ItemKind(row.kind),
        issued_on=date.fromordinal(row.issued_on),
        due_on=date.fromordinal(row.due_on),
        due_from=DueFrom(row.due_from),
        minor=row.minor,
        open_minor=open_minor,
        label=row.label,
    )


def opening_lines(
    known: Iterable[KnownItem],
    carried: Mapping[int, int],
    clients: Mapping[str, ClientLine],
    starts_on: date,
) -> list[LedgerLine]:
    """Return the opening entries that the books will make of these items, not made yet.

    `carried` are the unattributed amounts of the year before, by client id.
    """
    lines = [
        _line(clients[item.client_code], starts_on, item.open_minor)._replace(
            kind=LineKind.OPENING,
            issued_on=item.issued_on,
            number=item.number,
            label=item.label,
            due_on=item.due_on,
        )
        for item in known
    ]
    loose = [
        _line(client, starts_on, carried[client.id])
        for client in clients.values()
        if carried.get(client.id)
    ]
    return lines + loose


def _line(client: ClientLine, starts_on: date, minor: int) -> LedgerLine:
    return LedgerLine(
        line=0,
        account=client.account or _NO_ACCOUNT,
        client_code=client.code,
        client_name=client.name,
        kind=LineKind.OTHER,
        booked_on=starts_on,
        issued_on=starts_on,
        number="",
        label="",
        minor=minor,
    )
