"""What people said of clients, for the rules: open alerts, promises, disputes, notices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, exists, func, select
from sqlmodel import Session

from bot.domain.ageing import AgeingBucket
from bot.domain.alert_facts import NOTHING_SAID, AlertFacts, Standing
from bot.domain.lifecycle import AlertState, DisputeState, PromiseState
from bot.domain.reasons import reason_from_document
from bot.domain.window import Window
from storage.among import among_given, listed, literals
from storage.prepared import Prepared
from storage.schema import metadata

CLOSED = (AlertState.RESOLVED.value, AlertState.WRITTEN_OFF.value)
PROCEEDING = "proceeding"
_tables = metadata.tables
_alert, _client, _notice = _tables["alert"].c, _tables["client"].c, _tables["notice"].c
_promise, _dispute = _tables["promise"].c, _tables["dispute"].c
_cover = _tables["cover_deadline"].c


@dataclass(frozen=True, slots=True)
class OpenAlert:
    """An open alert: its ids and message beside the facts the rules read."""

    id: int
    client_id: int
    version: int
    channel: str
    ts: str
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
    chosen = _Chosen(session, workspace_id, client_ids)
    found = (_open_alert(row) for row in chosen.rows(_LOCKED if lock else _ALERTS))
    alerts = {alert.client_id: alert for alert in found}
    standings = {id: Standing(alert=alert.facts) for id, alert in alerts.items()}

    def add(client_id: int, **said: Any) -> None:
        standings[client_id] = replace(standings.get(client_id, NOTHING_SAID), **said)

    for client_id, until in chosen.rows(_PROMISED):
        add(client_id, promised_until=until)
    for client_id, count in chosen.rows(_BROKEN):
        add(client_id, broken_promises=count)
    for client_id, until, minor in chosen.rows(_DISPUTED):
        add(client_id, disputed_until=until, disputed_minor=int(minor))
    for (client_id,) in chosen.rows(_PROCEEDINGS):
        add(client_id, proceeding=True)
    for (client_id,) in chosen.rows(_COVER_LOST):
        add(client_id, cover_lost=True)
    return standings, alerts


class _Chosen:
    """The clients asked for; each statement exists for some clients and for everyone."""

    def __init__(
        self, session: Session, workspace_id: int, client_ids: Sequence[int] | None
    ) -> None:
        self._session, self._client_ids = session, client_ids
        self._values: dict[str, Any] = {"the_workspace_id": workspace_id}
        if client_ids is not None:
            self._values["ids"] = listed(session, client_ids)  # once for every statement

    def rows(self, statements: "_Statements") -> list[Any]:
        everyone, some = statements
        prepared = everyone if self._client_ids is None else some
        return prepared.rows(self._session, **self._values)


_Statements = tuple[Prepared, Prepared]


def _both(query: Select[Any], client_id: ColumnElement[int]) -> _Statements:
    return Prepared(query), Prepared(query.where(among_given(client_id)))


_tenant = bindparam("the_workspace_id", type_=BigInteger)
_OPEN = select(
    _alert.id,
    _alert.client_id,
    _alert.version,
    _alert.channel,
    _alert.ts,
    _alert.state,
    _alert.level,
    _alert.reasons,
    _alert.currency,
    _alert.overdue_minor,
    _alert.oldest_due_on,
    _alert.owner_id,
    _alert.announced_level,
    _alert.announced_minor,
    _alert.announced_bucket,
    _alert.state_ends_on,
    _alert.state_reason_sealed,
    _alert.ack_expiries,
    _alert.window_ends_on,
    _alert.window_left_days,
    _alert.window_suspended_until,
    _alert.window_warned_at.is_not(None),
    _alert.window_extended_at.is_not(None),
).where(_alert.workspace_id == _tenant, _alert.state.not_in(literals(CLOSED)))
_ALERTS = _both(_OPEN, _alert.client_id)
_LOCKED = _both(
    _OPEN.order_by(_alert.id).with_for_update(key_share=True),
    _alert.client_id,
)
_PROMISED = _both(
    select(_promise.client_id, func.max(_promise.due_on, type_=_promise.due_on.type))
    .where(_promise.workspace_id == _tenant, _promise.state == PromiseState.LIVE.value)
    .group_by(_promise.client_id),
    _promise.client_id,
)
_BROKEN = _both(
    select(_promise.client_id, func.count())
    .where(
        _promise.workspace_id == _tenant,
        _promise.state.in_(literals((PromiseState.BROKEN, PromiseState.KEPT_IN_PART))),
        ~exists().where(
            _alert.workspace_id == _tenant,
            _alert.client_id == _promise.client_id,
            _alert.resolved_at >= _promise.judged_at,
        ),
    )
    .group_by(_promise.client_id),
    _promise.client_id,
)
_DISPUTED = _both(
    select(
        _dispute.client_id,
        func.max(_dispute.due_on, type_=_dispute.due_on.type),
        func.sum(_dispute.minor),
    )
    .where(_dispute.workspace_id == _tenant, _dispute.state == DisputeState.OPEN.value)
    .group_by(_dispute.client_id),
    _dispute.client_id,
)
_PROCEEDINGS = _both(
    select(_client.id).where(
        _client.workspace_id == _tenant,
        _client.siren.in_(
            select(_notice.siren).where(_notice.workspace_id == _tenant, _notice.kind == PROCEEDING)
        ),
    ),
    _client.id + 0,  # the few notices lead, not the ids
)

_COVER_LOST = _both(
    select(_cover.client_id).where(_cover.workspace_id == _tenant, _cover.is_alarming),
    _cover.client_id + 0,  # the few alarms lead, not the ids
)


def _open_alert(row: Sequence[Any]) -> OpenAlert:
    """Return an alert's columns as the rules and services see them."""
    (
        id,
        client_id,
        version,
        channel,
        ts,
        state,
        level,
        reasons,
        currency,
        overdue_minor,
        oldest_due_on,
        owner_id,
        announced_level,
        announced_minor,
        announced_bucket,
        state_ends_on,
        state_reason,
        ack_expiries,
        *window,
    ) = row
    ends_on, left_days, suspended_until, warned, extended = window
    facts = AlertFacts(
        AlertState(state),
        level,
        tuple([reason_from_document(document) for document in reasons]),
        currency,
        overdue_minor,
        oldest_due_on,
        owner_id,
        announced_level,
        announced_minor,
        AgeingBucket(announced_bucket or AgeingBucket.NOT_DUE),
        state_ends_on,
        state_reason,
        bool(ts),
        ack_expiries,
        Window(ends_on, left_days, suspended_until, bool(warned), bool(extended)),
    )
    return OpenAlert(id, client_id, version, channel, ts, facts)
