"""Open items as a table: exact to the cent, the rest counted."""

from collections.abc import Sequence

from bot.domain.ledger import DueFrom, ItemKind
from bot.rendering import formats, limits
from bot.rendering.parts import BLANK, Block, table
from bot.rendering.speech import Speech
from bot.rendering.views import ItemView

_Row = tuple[str, str, str, str]


def item_table(
    items: Sequence[ItemView],
    count: int,
    speech: Speech,
    *,
    shown: int = limits.ITEMS_SHOWN,
    ending: Sequence[_Row] = (),
) -> Block | None:
    """Return the first items and how many others there are; None without items."""
    if not items:
        return None
    rows: list[_Row] = [
        (
            speech.words("Invoice"),
            speech.words("Due date"),
            speech.words("Late"),
            speech.words("Outstanding"),
        )
    ]
    rows += [_row(item, speech) for item in items[:shown]]
    others = max(count, len(items)) - len(items[:shown])
    if others:
        said = speech.counted("and {n} other", "and {n} others", others)
        rows.append((said, BLANK, BLANK, BLANK))
    return table([*rows, *ending], numbers_from=2)


def _row(item: ItemView, speech: Speech) -> _Row:
    due = formats.short_day(item.due_on, speech.language)
    if item.due_from is DueFrom.ESTIMATED:
        due = speech.words("{date} (estimated)", date=due)
    late = speech.counted("{n} day", "{n} days", item.days) if item.days > 0 else "–"
    amount = formats.exact(item.open_minor, item.currency, speech.language)
    return item_name(item.kind, item.number, speech), due, late, amount


def item_name(kind: ItemKind, number: str, speech: Speech) -> str:
    """Return what a document is called: an invoice by its number alone, a deposit may have none."""
    match kind:
        case ItemKind.CREDIT_NOTE:
            named = speech.words("Credit note {number}", number=number)
        case ItemKind.PAYMENT_ON_ACCOUNT:
            named = speech.words("Deposit {number}", number=number)
        case ItemKind.RETENTION:
            named = speech.words("Retention on {number}", number=number)
        case ItemKind.BILL:
            named = speech.words("Bill for {number}", number=number)
        case ItemKind.FACTORED:
            named = speech.words("{number}, sold to the factor", number=number)
        case _:
            named = number
    return named.strip()
