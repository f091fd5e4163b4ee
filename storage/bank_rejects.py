"""What a movement takes back: the receipt it undoes, settled items of its amount, kept promises."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.domain.bank.states import LineState
from bot.domain.lifecycle import PromiseState
from bot.domain.search import normalise
from storage.bank_candidates import bare_numbers
from storage.bank_lines import BankMovement, get_line
from storage.tables.bank import BankLine, BankPart
from storage.tables.follow_ups import Promise
from storage.tables.ledger import Balance, Client, OpenItem

# A direct debit nobody authorised may come back for thirteen months (CMF art. L133-24).
_LONGEST = timedelta(days=400)


def find_receipt(session: Session, *, workspace_id: int, line: BankMovement) -> BankMovement | None:
    """Return the one matched receipt that a movement takes back: amount, then payer or text."""
    query = (
        select(col(BankLine.id))
        .where(
            col(BankLine.workspace_id) == workspace_id,
            col(BankLine.state) == LineState.MATCHED.value,
            col(BankLine.minor) == -line.minor,
            col(BankLine.currency) == line.currency,
            col(BankLine.booked_on) <= line.booked_on,
            col(BankLine.booked_on) >= line.booked_on - _LONGEST,
        )
        .order_by(col(BankLine.booked_on).desc(), col(BankLine.id).desc())
    )
    found = []
    for id in session.scalars(query).all():
        one = get_line(session, workspace_id=workspace_id, id=id)
        if one is not None and one.entity_id == line.entity_id and _agree(one, line):
            found.append(one)
    return found[0] if len({one.client_id for one in found}) == 1 else None


def list_paid(session: Session, *, workspace_id: int, line_id: int) -> list[tuple[str, int]]:
    """Return what a receipt was matched with: item key and amount."""
    query = (
        select(col(BankPart.item_key), col(BankPart.minor))
        .where(col(BankPart.workspace_id) == workspace_id, col(BankPart.line_id) == line_id)
        .order_by(col(BankPart.id))
    )
    return [(row.item_key, row.minor) for row in session.execute(query)]


def list_settled(
    session: Session,
    *,
    workspace_id: int,
    entity_id: int,
    currency: str,
    minor: int,
    numbers: Collection[str],
) -> list[OpenItem]:
    """Return an entity's items of an amount, nothing of it open, whose number may be named."""
    bare = bare_numbers(numbers)
    if not bare:
        return []
    query = (
        select(OpenItem)
        .join(
            Client,
            (col(Client.workspace_id) == col(OpenItem.workspace_id))
            & (col(Client.id) == col(OpenItem.client_id)),
        )
        .where(
            col(OpenItem.workspace_id) == workspace_id,
            col(OpenItem.bare_number).in_(bare),
            col(OpenItem.currency) == currency,
            col(OpenItem.minor) == minor,
            col(OpenItem.open_minor) == 0,
            col(Client.entity_id) == entity_id,
        )
    )
    return list(session.scalars(query))


def mark_taken_back(session: Session, *, workspace_id: int, id: int) -> None:
    """Say that a receipt was taken back: nothing takes it back again."""
    session.execute(
        update(BankLine)
        .where(col(BankLine.workspace_id) == workspace_id, col(BankLine.id) == id)
        .values(state=LineState.TAKEN_BACK.value)
    )


def forget_last_receipt(
    session: Session, *, workspace_id: int, client_id: int, currency: str, minor: int
) -> None:
    """Forget an account's last receipt when it is the very amount that came back."""
    session.execute(
        update(Balance)
        .where(
            col(Balance.workspace_id) == workspace_id,
            col(Balance.client_id) == client_id,
            col(Balance.currency) == currency,
            col(Balance.last_receipt_minor) == minor,
        )
        .values(last_receipt_on=None, last_receipt_minor=0)
    )


def set_promise(session: Session, *, workspace_id: int, id: int, state: PromiseState) -> None:
    """Say where a promise stands whose keeping is looked at again."""
    session.execute(
        update(Promise)
        .where(col(Promise.workspace_id) == workspace_id, col(Promise.id) == id)
        .values(state=state.value)
    )


def _agree(receipt: BankMovement, line: BankMovement) -> bool:
    """Say whether two movements of one amount speak of the same payment."""
    same_text = bool(line.text) and line.text == receipt.text
    payer = normalise(line.payer)
    return same_text or (bool(payer) and payer == normalise(receipt.payer))
