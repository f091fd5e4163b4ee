"""Hold deliveries: advice of finance, told to the owner and to other programs, lifted by money."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.actors import Action, Actor, allow, system
from bot.domain.delivery_holds import Lifted, scope_of
from bot.domain.errors import Conflict, NotFound
from bot.domain.job_kinds import JobKind
from bot.domain.told import Told
from bot.services.alerts.actions import checked_reason
from storage import alerts, client_warnings, delivery_holds, events, facts, jobs, messages, policies
from storage.delivery_holds import HeldClient, HoldLine
from storage.unit_of_work import Database, UnitOfWork

HELD, FREED = "deliveries_held", "deliveries_freed"


@dataclass(frozen=True, slots=True)
class DeliveryHoldService:
    """Places and lifts the advice; each click and each run is safe twice."""

    database: Database
    clock: Callable[[], datetime]

    def hold(self, actor: Actor, client_id: int, *, reason: str, key: str) -> None:
        """Advise to hold deliveries and new orders; new orders alone in a proceeding.

        Raise `NotAllowed` unless finance asks, `InvalidInput` naming `reason`, `Conflict` when
        the client is held already.
        """
        allow(actor, Action.HOLD_DELIVERIES)
        reason, now, tenant = checked_reason(reason), self.clock(), actor.workspace_id
        with self.database.write(interactive=True) as uow:
            if alerts.has_event(uow.session, workspace_id=tenant, key=key):
                return
            client = _client(uow, tenant, client_id)
            frozen = client_warnings.list_freezes(
                uow.session, workspace_id=tenant, client_id=client_id
            )
            hold_id = delivery_holds.place(
                uow.session,
                workspace_id=tenant,
                key=key,
                client_id=client_id,
                scope=scope_of(in_proceeding=bool(frozen)),
                reason=reason,
                by_id=actor.person_id,
                at=now,
            )
            if hold_id is None:
                raise Conflict("Deliveries are held already.", code="held_already")
            _tell(uow, actor, client, hold_id, HELD, key, now)
            uow.commit()

    def lift(self, actor: Actor, client_id: int, *, key: str) -> None:
        """End the advice; raise `Conflict` when nothing is held any more."""
        allow(actor, Action.HOLD_DELIVERIES)
        now, tenant = self.clock(), actor.workspace_id
        with self.database.write(interactive=True) as uow:
            if alerts.has_event(uow.session, workspace_id=tenant, key=key):
                return
            if not _lift(uow, actor, _client(uow, tenant, client_id), Lifted.FINANCE, key, now):
                raise Conflict("Deliveries are free already.", code="free_already")
            uow.commit()

    def lift_paid(self, workspace_id: int, today: date) -> int:
        """End the advice on each client that owes nothing overdue any more; return how many.

        One in a proceeding stays held: what froze it is no payment.
        """
        with self.database.read() as uow:
            paid = _paid(uow, workspace_id, today)
        lifted = 0
        for client_id in paid:
            with self.database.write() as uow:
                client = _client(uow, workspace_id, client_id)
                key = f"deliveries_paid:{client_id}:{self.clock().isoformat()}"
                actor = system(workspace_id)
                lifted += _lift(uow, actor, client, Lifted.PAID, key, self.clock())
                uow.commit()
        return lifted

    def of_client(self, actor: Actor, client_id: int) -> HoldLine | None:
        """Return the hold on a client, or None."""
        with self.database.read() as uow:
            return delivery_holds.find_hold(
                uow.session, workspace_id=actor.workspace_id, client_id=client_id
            )


def _client(uow: UnitOfWork, tenant: int, client_id: int) -> HeldClient:
    client = delivery_holds.find_client(uow.session, workspace_id=tenant, id=client_id)
    if client is None:
        raise NotFound("This client is not known here.")
    return client


def _paid(uow: UnitOfWork, tenant: int, today: date) -> list[int]:
    held = delivery_holds.list_held(uow.session, workspace_id=tenant)
    if not held:
        return []
    found = facts.list_client_facts(
        uow.session,
        workspace_id=tenant,
        today=today,
        policy=policies.get_policy(uow.session, workspace_id=tenant),
        standings={},
        client_ids=held,
    )
    owing = {one.client_id for one in found if one.overdue_minor > 0}
    return [
        client_id
        for client_id in held
        if client_id not in owing
        and not client_warnings.list_freezes(uow.session, workspace_id=tenant, client_id=client_id)
    ]


def _lift(
    uow: UnitOfWork, actor: Actor, client: HeldClient, how: Lifted, key: str, now: datetime
) -> bool:
    hold_id = delivery_holds.lift(
        uow.session,
        workspace_id=actor.workspace_id,
        client_id=client.client_id,
        how=how,
        by_id=actor.person_id,
        at=now,
    )
    if hold_id is None:
        return False
    _tell(uow, actor, client, hold_id, FREED, key, now)
    return True


def _tell(
    uow: UnitOfWork,
    actor: Actor,
    client: HeldClient,
    hold_id: int,
    kind: str,
    key: str,
    now: datetime,
) -> None:
    """Write what happened, tell the owner, and have other programs told."""
    tenant, session = actor.workspace_id, uow.session
    events.append(
        session,
        workspace_id=tenant,
        key=key,
        kind=kind,
        at=now,
        client_id=client.client_id,
        person_id=actor.person_id,
        source="slack" if actor.person_id else "clock",
        body={"delivery_hold_id": hold_id},
    )
    if client.owner_id is not None:
        messages.tell(
            session,
            workspace_id=tenant,
            kind=Told.DELIVERIES,
            subject=f"delivery_hold:{hold_id}:{kind}",
            key=f"{kind}:{hold_id}",
            now=now,
            person_id=client.owner_id,
            body={"delivery_hold_id": hold_id, "is_lifted": kind == FREED},
        )
    body: dict[str, Any] = {"delivery_hold_id": hold_id, "event": kind}
    jobs.add_job(
        session,
        workspace_id=tenant,
        key=f"{JobKind.WEBHOOK}:{kind}:{hold_id}",
        kind=JobKind.WEBHOOK,
        run_at=now,
        body=body,
    )
