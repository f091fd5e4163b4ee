"""New terms of a client: its items' due dates anew, and how late it was found to pay."""

from datetime import date

from bot.domain.books import BalanceLine, Cell, ItemRow, TableChanges
from bot.domain.due_dates import Terms, due_of, parse_terms
from bot.domain.ledger import DueFrom, ItemKind, ParsedItem
from bot.domain.paying import with_record
from storage import books, open_items
from storage.sessions import Session

DUE = ("due_on", "due_from")
RECORD = BalanceLine._fields[BalanceLine._fields.index("paid_count") :]


def plan_due_dates(
    session: Session,
    changes: TableChanges,
    workspace_id: int,
    renewed: dict[int, str],
    default: Terms,
) -> None:
    """Plan new due dates for the items of clients whose terms change, but for stated ones."""
    items = open_items.list_not_stated(session, workspace_id=workspace_id, client_ids=list(renewed))
    for row in items:
        text = renewed[row.client_id]
        terms = parse_terms(text) if text else None
        due_on, due_from = due_of(_undated(row), terms, default)
        after = (row.id, due_on.toordinal(), due_from.value)
        before = (row.id, row.due_on, row.due_from)
        if after != before:
            changes.changed.append((before, after))


def plan_records(
    session: Session, balances: TableChanges, items: TableChanges, workspace_id: int, entity_id: int
) -> None:
    """Plan the payment records of accounts whose items are dated anew by `items`."""
    due = {row[0]: row[1] for _, row in items.changed}
    owned = {"workspace_id": workspace_id, "entity_id": entity_id}
    held = books.read_snapshot(session, **owned, version=0)

    def parts_of(item_id: int) -> list[tuple[str, int, int]]:
        return [(row.by, row.minor, row.settled_on) for row in held.settlements.get(item_id, [])]

    for old in held.balances.values():
        rows = held.items.get(old.client_id, {}).values()
        if any(row.id in due for row in rows):
            dated = (_dated(row, due.get(row.id)) for row in rows)
            new, _ = with_record(old, dated, parts_of)
            if new != old:
                balances.changed.append((_record(old), _record(new)))


def _dated(row: ItemRow, due_on: Cell) -> ItemRow:
    return row._replace(due_on=due_on) if isinstance(due_on, int) else row


def _record(balance: BalanceLine) -> tuple[int | None, ...]:
    return (balance.id, *(getattr(balance, name) for name in RECORD))


def _undated(row: ItemRow) -> ParsedItem:
    return ParsedItem(
        key=row.key,
        number=row.number,
        kind=ItemKind(row.kind),
        issued_on=date.fromordinal(row.issued_on),
        due_on=None,
        due_from=DueFrom.ESTIMATED,
        minor=row.minor,
        open_minor=row.open_minor,
        currency=row.currency,
        label=row.label,
    )
