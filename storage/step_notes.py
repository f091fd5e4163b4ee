"""What an import of books touched, left for the next planning of steps to look at."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot.domain.books import TableChanges
from bot.domain.dunning.planning import Because, Outcome, Plan
from bot.domain.profiles import Profile
from storage import step_planning
from storage.among import among
from storage.step_planning import Planned
from storage.tables.dunning import StepPlanning
from storage.tables.ledger import Balance, OpenItem

# Past this, reading every debtor is as quick as finding out which of them changed.
_MOST = 20_000
_AT_ONCE = Plan(Outcome.WAITING, Because.NOT_YET, date.min)
_TABLES: dict[str, Any] = {"open_item": OpenItem, "balance": Balance}


def note_books(
    session: Session, *, workspace_id: int, tables: Sequence[TableChanges], today: date
) -> None:
    """Have the clients whose items or account an import changed judged by the next planning.

    Called in the import's own unit of work, its rows written. A whole new book asks for everybody.
    """
    if step_planning.find_last(session, workspace_id=workspace_id) is None:
        return  # the first planning reads everybody
    touching = [changes for changes in tables if changes.table in _TABLES]
    if sum(changes.count for changes in touching) > _MOST:
        session.execute(
            update(StepPlanning)
            .where(col(StepPlanning.workspace_id) == workspace_id)
            .values(rules="")
        )
        return
    clients: set[int] = set()
    for changes in touching:
        clients.update(_gone(changes))
        table = _TABLES[changes.table]
        rows = [*changes.new, *(after for _, after in changes.changed)]
        ids: list[int] = [row[0] for row in rows if isinstance(row[0], int)]
        if ids:
            query = select(table.client_id).where(
                table.workspace_id == workspace_id, among(session, table.id, ids)
            )
            clients.update(session.scalars(query))
    plans = [Planned(id, Profile.NEW.value, _AT_ONCE) for id in sorted(clients)]
    step_planning.keep_next(session, workspace_id=workspace_id, today=today, plans=plans)


def _gone(changes: TableChanges) -> Iterator[int]:
    place = changes.columns.index("client_id")
    return (id for row in changes.gone if isinstance(id := row[place], int))
