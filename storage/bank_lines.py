"""Bank accounts and the movements that concern clients: which are known, which wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from bot.domain.bank.likeness import KnownMovement
from bot.domain.bank.statement import LineSort
from bot.domain.bank.states import LineState
from storage.tables.bank import BankAccount, BankLine, BankPart
from storage.vault import Vault


class AccountRow(NamedTuple):
    """An account as its table takes it; the day is an ordinal."""

    id: int
    entity_id: int
    number_sealed: str
    currency: str
    until_on: int | None


class LineRow(NamedTuple):
    """A movement as its table takes it, in the order of the columns; the day is an ordinal."""

    id: int
    account_id: int
    identity: str
    booked_on: int
    minor: int
    currency: str
    sort: str
    payer_sealed: str
    text_sealed: str
    reject_code: str
    format: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account with its number opened."""

    id: int
    entity_id: int
    number: str
    currency: str
    until_on: date | None
    row: AccountRow


@dataclass(frozen=True, slots=True)
class BankMovement:
    """A movement with its texts opened."""

    id: int
    entity_id: int
    booked_on: date
    minor: int
    currency: str
    sort: LineSort
    payer: str
    text: str
    reject_code: str
    state: LineState
    client_id: int | None
    proposals: tuple[Any, ...]
    decided_by_id: int | None = None
    decided_at: datetime | None = None


def list_accounts(session: Session, *, workspace_id: int) -> list[AccountLine]:
    """Return the accounts known, oldest first."""
    vault: Vault = session.info["vault"]
    query = select(BankAccount).where(col(BankAccount.workspace_id) == workspace_id)
    found = session.scalars(
        query.order_by(col(BankAccount.id)).execution_options(populate_existing=True)
    )
    return [
        AccountLine(
            row.id,
            row.entity_id,
            vault.unseal(workspace_id, row.number_sealed),
            row.currency,
            row.until_on,
            AccountRow(
                row.id,
                row.entity_id,
                row.number_sealed,
                row.currency,
                row.until_on.toordinal() if row.until_on else None,
            ),
        )
        for row in found
    ]


def list_known(
    session: Session, *, workspace_id: int, account_id: int, first: date, last: date
) -> list[KnownMovement]:
    """Return an account's known movements between two days, both inclusive, texts opened."""
    vault: Vault = session.info["vault"]
    query = select(BankLine).where(
        col(BankLine.workspace_id) == workspace_id,
        col(BankLine.account_id) == account_id,
        col(BankLine.booked_on) >= first,
        col(BankLine.booked_on) <= last,
    )
    return [
        KnownMovement(
            row.identity,
            row.format,
            row.booked_on,
            row.minor,
            f"{vault.unseal(workspace_id, row.payer_sealed)} "
            f"{vault.unseal(workspace_id, row.text_sealed)}",
        )
        for row in session.scalars(query.order_by(col(BankLine.id)))
    ]


def list_new_ids(session: Session, *, workspace_id: int) -> tuple[int, ...]:
    """Return the movements nobody looked at yet, oldest import first."""
    query = (
        select(col(BankLine.id))
        .where(col(BankLine.workspace_id) == workspace_id, col(BankLine.state) == "new")
        .order_by(col(BankLine.id))
    )
    return tuple(session.scalars(query))


def get_line(
    session: Session, *, workspace_id: int, id: int, lock: bool = False
) -> BankMovement | None:
    """Return one movement; `lock` keeps it from other writers until the unit of work ends."""
    query = (
        select(BankLine, col(BankAccount.entity_id))
        .join(
            BankAccount,
            (col(BankAccount.workspace_id) == col(BankLine.workspace_id))
            & (col(BankAccount.id) == col(BankLine.account_id)),
        )
        .where(col(BankLine.workspace_id) == workspace_id, col(BankLine.id) == id)
        .execution_options(populate_existing=True)
    )
    if lock:
        query = query.with_for_update(of=BankLine)
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    row, entity_id = found
    vault: Vault = session.info["vault"]
    return BankMovement(
        row.id,
        entity_id,
        row.booked_on,
        row.minor,
        row.currency,
        LineSort(row.sort),
        vault.unseal(workspace_id, row.payer_sealed),
        vault.unseal(workspace_id, row.text_sealed),
        row.reject_code,
        LineState(row.state),
        row.client_id,
        tuple(row.proposals),
        row.decided_by_id,
        row.decided_at,
    )


def set_line(
    session: Session,
    *,
    workspace_id: int,
    id: int,
    state: LineState,
    client_id: int | None = None,
    takes_back_id: int | None = None,
    proposals: Sequence[Any] | None = None,
    by_id: int | None = None,
    at: datetime | None = None,
) -> None:
    """Say where a movement stands, whose it is, and who decided it."""
    values: dict[str, Any] = {
        "state": state.value,
        "client_id": client_id,
        "takes_back_id": takes_back_id,
        "decided_by_id": by_id,
        "decided_at": at,
    }
    if proposals is not None:
        values["proposals"] = list(proposals)
    session.execute(
        update(BankLine)
        .where(col(BankLine.workspace_id) == workspace_id, col(BankLine.id) == id)
        .values(**values)
    )


def forget_run(session: Session, *, workspace_id: int, run_id: int) -> None:
    """Delete the movements of an import that is taken back, with what they paid."""
    mine = select(col(BankLine.id)).where(
        col(BankLine.workspace_id) == workspace_id, col(BankLine.import_run_id) == run_id
    )
    session.execute(
        delete(BankPart).where(
            col(BankPart.workspace_id) == workspace_id, col(BankPart.line_id).in_(mine)
        )
    )
    session.execute(
        delete(BankLine).where(
            col(BankLine.workspace_id) == workspace_id, col(BankLine.import_run_id) == run_id
        )
    )
