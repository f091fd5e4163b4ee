"""What an account says beside its figures: freezes, holds, an insurer's clock, what was granted."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, literal, null, select
from sqlmodel import Session

from bot.domain.late_payment.waivers import WaiverState
from bot.domain.lifecycle import ConcessionKind, ConcessionState, HoldKind
from storage.follow_ups import vault_of
from storage.prepared import Prepared
from storage.schema_of_books import metadata

_hold, _cover = metadata.tables["hold"].c, metadata.tables["cover_deadline"].c
_delivery = metadata.tables["delivery_hold"].c
_concession, _waiver = metadata.tables["concession"].c, metadata.tables["waiver"].c
_person = metadata.tables["person"].c
FROZEN, COVER, DELIVERIES = "frozen", "cover", "deliveries"
EXTENSION, OFFER = "extension", "offer"
_MOST_EXTENSIONS = 3


class WarningRow(NamedTuple):
    """A freeze, a hold (`step`: what is held, `why`), a clock, what was granted and `by` whom."""

    kind: str
    step: str | None
    until_on: date | None
    covered_until: date | None
    minor: int | None
    currency: str | None
    by: str | None = None
    why: str = ""


def list_freezes(session: Session, *, workspace_id: int, client_id: int) -> list[WarningRow]:
    """Return the freeze of a client, if a proceeding is in force."""
    rows = _FREEZES.rows(session, workspace_id=workspace_id, client_id=client_id)
    return [WarningRow(*row) for row in rows]


def list_deliveries(session: Session, *, workspace_id: int, client_id: int) -> list[WarningRow]:
    """Return the hold on a client's deliveries, if there is one."""
    rows = _DELIVERIES.rows(session, workspace_id=workspace_id, client_id=client_id)
    vault = vault_of(session)
    return [WarningRow._make((*row[:-1], vault.unseal(workspace_id, row[-1]))) for row in rows]


def list_clocks(session: Session, *, workspace_id: int, client_id: int) -> list[WarningRow]:
    """Return the insurer's clock on a client, if one runs."""
    rows = _CLOCKS.rows(session, workspace_id=workspace_id, client_id=client_id)
    return [WarningRow(*row) for row in rows]


def list_extensions(session: Session, *, workspace_id: int, client_id: int) -> list[WarningRow]:
    """Return the extensions granted to a client, those that are over too; latest end first."""
    rows = _EXTENSIONS.rows(session, workspace_id=workspace_id, client_id=client_id)
    return [WarningRow(*row) for row in rows]


def list_offers(session: Session, *, workspace_id: int, client_id: int) -> list[WarningRow]:
    """Return the offer to give fees up that a client may still take up, if there is one."""
    rows = _OFFERS.rows(session, workspace_id=workspace_id, client_id=client_id)
    return [WarningRow(*row) for row in rows]


def _of_client(query: Any, table: Any) -> Prepared:
    return Prepared(
        query.where(
            table.workspace_id == bindparam("workspace_id"),
            table.client_id == bindparam("client_id"),
        )
    )


def _name_of(workspace_id: Any, person_id: Any) -> Any:
    named = select(_person.name)
    same = (_person.workspace_id == workspace_id, _person.id == person_id)
    return named.where(*same).scalar_subquery()


_FREEZES = _of_client(
    select(literal(FROZEN), null(), null(), null(), null(), null())
    .where(_hold.kind == HoldKind.PROCEEDING.value, _hold.lifted_at.is_(None))
    .limit(1),
    _hold,
)
_DELIVERIES = _of_client(
    select(
        literal(DELIVERIES),
        _delivery.scope,
        null(),
        null(),
        null(),
        null(),
        _name_of(_delivery.workspace_id, _delivery.by_id),
        _delivery.reason_sealed,
    ).where(_delivery.lifted_at.is_(None)),
    _delivery,
)
_CLOCKS = _of_client(
    select(
        literal(COVER),
        _cover.step,
        _cover.until_on,
        _cover.covered_until,
        _cover.minor,
        _cover.currency,
    ),
    _cover,
)
_EXTENSIONS = _of_client(
    select(
        literal(EXTENSION),
        null(),
        _concession.until_on,
        null(),
        _concession.minor,
        _concession.currency,
        _name_of(
            _concession.workspace_id,
            func.coalesce(_concession.decided_by_id, _concession.by_id),
        ),
    )
    .where(
        _concession.kind == ConcessionKind.EXTENSION.value,
        _concession.state == ConcessionState.GRANTED.value,
    )
    .order_by(_concession.until_on.desc(), _concession.id)
    .limit(_MOST_EXTENSIONS),
    _concession,
)
_OFFERS = _of_client(
    select(
        literal(OFFER),
        null(),
        _waiver.until_on,
        null(),
        _waiver.given_up_minor,
        _waiver.currency,
        _name_of(_waiver.workspace_id, _waiver.by_id),
    ).where(_waiver.state == WaiverState.OFFERED.value),
    _waiver,
)
