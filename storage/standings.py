"""What people said of clients, for the rules: open alerts, promises, disputes, notices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, select
from sqlmodel import Session, col

from bot.domain.ageing import AgeingBucket
from bot.domain.alert_facts import NOTHING_SAID, AlertFacts, Standing
from bot.domain.lifecycle import AlertState, DisputeState, PromiseState
from bot.domain.reasons import reason_from_document
from bot.domain.window import Window
from storage.among import among
from storage.schema import metadata
from storage.tables.alerts import Alert

CLOSED = (AlertState.RESOLVED.value, AlertState.WRITTEN_OFF.value)
PROCEEDING = "proceeding"
_tables = metadata.tables
_alert, _client, _notice = _tables["alert"].c, _tables["client"].c, _tables["notice"].c
_promise, _dispute = _tables["promise"].c, _tables["dispute"].c
_Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An open alert: its ids and message beside the facts the rules read."""

    id: int
    client_id: int
    episode: int
    version: int
    channel: str
    ts: str
    opened_at: datetime
    shown_at: datetime | None
    facts: AlertFacts


def list_standings(
    session: Session,
    *,
    workspace_id: int,
    client_ids: Sequence[int] | None = None,
    lock: bool = False,
) -> tuple[dict[int, Standing], dict[int, OpenAlert]]:
    """Return the standing of each client that has one, and the open alerts, by client id.

    Broken promises count until the episode that knew them is resolved. `lock` keeps the alerts from
    other writers until the unit of work ends: what is decided of them is decided of the last click.
    """
    found = _alerts(session, workspace_id, client_ids, lock=lock)
    alerts = {alert.client_id: alert for alert in found}
    standings = {id: Standing(alert=alert.facts) for id, alert in alerts.items()}

    def add(client_id: int, **said: Any) -> None:
        standings[client_id] = replace(standings.get(client_id, NOTHING_SAID), **said)

    for client_id, until in session.execute(_promised(session, workspace_id, client_ids)):
        add(client_id, promised_until=until)
    for client_id, count in session.execute(_broken(session, workspace_id, client_ids)):
        add(client_id, broken_promises=count)
    for client_id, until, minor in session.execute(_disputed(session, workspace_id, client_ids)):
        add(client_id, disputed_until=until, disputed_minor=int(minor))
    for client_id in session.scalars(_proceedings(session, workspace_id, client_ids)):
        add(client_id, proceeding=True)
    return standings, alerts


def open_alert_of(row: Alert) -> OpenAlert:
    """Return an alert row as the rules and services see it."""
    window = Window(
        ends_on=row.window_ends_on,
        left_days=row.window_left_days,
        suspended_until=row.window_suspended_until,
        warned=row.window_warned_at is not None,
        extended=row.window_extended_at is not None,
    )
    facts = AlertFacts(
        state=AlertState(row.state),
        level=row.level,
        reasons=tuple(reason_from_document(document) for document in row.reasons),
        currency=row.currency,
        overdue_minor=row.overdue_minor,
        oldest_due_on=row.oldest_due_on,
        owner_id=row.owner_id,
        announced_level=row.announced_level,
        announced_minor=row.announced_minor,
        announced_bucket=AgeingBucket(row.announced_bucket or AgeingBucket.NOT_DUE),
        state_ends_on=row.state_ends_on,
        state_reason=row.state_reason,
        posted=bool(row.ts),
        acknowledgement_expiries=row.ack_expiries,
        window=window,
    )
    return OpenAlert(
        row.id,
        row.client_id,
        row.episode,
        row.version,
        row.channel,
        row.ts,
        row.opened_at,
        row.shown_at,
        facts,
    )


def _alerts(
    session: Session, workspace_id: int, client_ids: Sequence[int] | None, *, lock: bool
) -> list[OpenAlert]:
    query = select(Alert).where(
        col(Alert.workspace_id) == workspace_id,
        col(Alert.state).not_in(CLOSED),
        among(session, col(Alert.client_id), client_ids),
    )
    if lock:
        query = query.order_by(col(Alert.id)).with_for_update(key_share=True)
    rows = session.scalars(query.execution_options(populate_existing=True))
    return [open_alert_of(row) for row in rows]


def _promised(session: Session, workspace_id: int, client_ids: Sequence[int] | None) -> _Query:
    due_on = _promise.due_on
    return (
        select(_promise.client_id, func.max(due_on, type_=due_on.type))
        .where(
            _promise.workspace_id == workspace_id,
            _promise.state == PromiseState.LIVE.value,
            among(session, _promise.client_id, client_ids),
        )
        .group_by(_promise.client_id)
    )


def _broken(session: Session, workspace_id: int, client_ids: Sequence[int] | None) -> _Query:
    over = exists().where(
        _alert.workspace_id == workspace_id,
        _alert.client_id == _promise.client_id,
        _alert.resolved_at >= _promise.judged_at,
    )
    return (
        select(_promise.client_id, func.count())
        .where(
            _promise.workspace_id == workspace_id,
            _promise.state.in_((PromiseState.BROKEN.value, PromiseState.KEPT_IN_PART.value)),
            ~over,
            among(session, _promise.client_id, client_ids),
        )
        .group_by(_promise.client_id)
    )


def _disputed(session: Session, workspace_id: int, client_ids: Sequence[int] | None) -> _Query:
    due_on = _dispute.due_on
    return (
        select(
            _dispute.client_id,
            func.max(due_on, type_=due_on.type),
            func.sum(_dispute.minor),
        )
        .where(
            _dispute.workspace_id == workspace_id,
            _dispute.state == DisputeState.OPEN.value,
            among(session, _dispute.client_id, client_ids),
        )
        .group_by(_dispute.client_id)
    )


def _proceedings(session: Session, workspace_id: int, client_ids: Sequence[int] | None) -> _Query:
    same = and_(_client.workspace_id == _notice.workspace_id, _client.siren == _notice.siren)
    return (
        select(_client.id)
        .join(_tables["notice"], same)
        .where(
            _notice.workspace_id == workspace_id,
            _notice.kind == PROCEEDING,
            among(session, _client.id, client_ids),
        )
        .distinct()
    )
