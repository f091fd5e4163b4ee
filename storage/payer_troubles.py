"""What went wrong with a payer besides being late: promises, disputes, a proceeding."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from bot.domain.lifecycle import DisputeState, HoldKind, PromiseState
from storage.prepared import Prepared
from storage.schema_of_books import metadata

_tables = metadata.tables
_promise, _dispute, _hold = _tables["promise"], _tables["dispute"], _tables["hold"]
_YEAR = timedelta(days=365)


class Troubles(NamedTuple):
    """Promises broken and disputes opened in the last 365 days, and what is so now."""

    broken_promises: int = 0
    dispute_count: int = 0
    is_disputing: bool = False
    in_proceeding: bool = False


NO_TROUBLE = Troubles()


def _of_client(table: Any) -> ColumnElement[bool]:
    return and_(
        table.c.workspace_id == bindparam("workspace_id"),
        table.c.client_id == bindparam("client_id"),
    )


def _count(table: Any, *conditions: ColumnElement[bool]) -> Any:
    return select(func.count()).where(_of_client(table), *conditions).scalar_subquery()


_TROUBLES = Prepared(
    select(
        _count(
            _promise,
            _promise.c.state == PromiseState.BROKEN.value,
            _promise.c.due_on > bindparam("since", type_=_promise.c.due_on.type),
        ),
        _count(
            _dispute, _dispute.c.opened_at > bindparam("opened", type_=_dispute.c.opened_at.type)
        ),
        exists().where(_of_client(_dispute), _dispute.c.state == DisputeState.OPEN.value),
        exists().where(
            _of_client(_hold),
            _hold.c.kind == HoldKind.PROCEEDING.value,
            _hold.c.lifted_at.is_(None),
        ),
    )
)


def find_troubles(session: Session, *, workspace_id: int, client_id: int, today: date) -> Troubles:
    """Return a client's troubles as they stand on `today`."""
    since = today - _YEAR
    opened = datetime.combine(since, time(), UTC)
    of_client = {"workspace_id": workspace_id, "client_id": client_id}
    broken, disputes, is_disputing, in_proceeding = _TROUBLES.rows(
        session, **of_client, since=since, opened=opened
    )[0]
    return Troubles(broken, disputes, bool(is_disputing), bool(in_proceeding))
