"""Parts of invoices that finance sets apart: retention money, bills, what a factor bought."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.item_states import StateKind, check_state
from bot.domain.typed_amounts import read_amount
from bot.services.alerts.muting import ask_for_scan
from bot.services.workspaces.working_days import day_of
from storage import alerts, events, item_states, workspaces
from storage.item_states import NewPart, StateLine
from storage.unit_of_work import Database, UnitOfWork

SET_APART, PUT_BACK = "item_set_apart", "item_put_back"


@dataclass(frozen=True, slots=True)
class ItemStateService:
    """Sets parts of items apart and puts them back; each click is safe twice.

    The sums of a client stay what they were: only due dates and words change.
    """

    database: Database
    clock: Callable[[], datetime]

    def set_apart(
        self,
        actor: Actor,
        item_id: int,
        *,
        kind: StateKind,
        amount: str,
        due_on: date | None,
        note: str = "",
        key: str,
        today: date | None = None,
    ) -> None:
        """Set a part of an open invoice apart until its own due date.

        `amount` is as typed; empty means all that is open. Raise `InvalidInput` naming `item`,
        `amount` or `due_on`, `NotAllowed` unless finance asks.
        """
        allow(actor, Action.SET_APART)
        with self.database.write(interactive=True) as uow:
            session, tenant, now = uow.session, actor.workspace_id, self.clock()
            workspaces.lock_books(session, workspace_id=tenant)
            if alerts.has_event(session, workspace_id=tenant, key=key):
                return
            item = item_states.lock_item(session, workspace_id=tenant, id=item_id)
            if item is None:
                raise NotFound("This invoice is not open any more.")
            if not item.is_invoice:
                raise InvalidInput("This part is set apart already.", field="item")
            day = day_of(session, workspace_id=tenant, now=now, today=today)
            apart = read_amount(amount, item.currency) if amount.strip() else item.open_minor
            if due_on is None:
                raise InvalidInput("Enter a date after today.", field="due_on")
            check_state(kind, apart, item.open_minor, due_on, day.today)
            part = NewPart(kind, apart, due_on, note)
            item_states.set_apart(
                session,
                workspace_id=tenant,
                key=key,
                item=item,
                part=part,
                by_id=actor.person_id,
                at=now,
            )
            body = {"to": item.number, "kind": kind.value, "minor": apart}
            body |= {"currency": item.currency, "day": due_on.isoformat()}
            _write(uow, actor, item.client_id, SET_APART, key, now, body, day.today)
            uow.commit()

    def put_back(self, actor: Actor, state_id: int, *, key: str, today: date | None = None) -> None:
        """Put a part back into its invoice with its due date: released, unpaid, or recourse.

        Raise `Conflict` when it was put back before.
        """
        allow(actor, Action.SET_APART)
        with self.database.write(interactive=True) as uow:
            session, tenant, now = uow.session, actor.workspace_id, self.clock()
            workspaces.lock_books(session, workspace_id=tenant)
            if alerts.has_event(session, workspace_id=tenant, key=key):
                return
            ended = item_states.end_state(session, workspace_id=tenant, id=state_id, at=now)
            if ended is None:
                raise Conflict("This part was put back before.", code="put_back_before")
            day = day_of(session, workspace_id=tenant, now=now, today=today)
            body = {"to": ended.number, "kind": ended.state.kind.value}
            _write(uow, actor, ended.client_id, PUT_BACK, key, now, body, day.today)
            uow.commit()

    def list_states(self, actor: Actor, client_id: int) -> list[StateLine]:
        """Return what is set apart of a client's invoices, soonest due first; for finance."""
        allow(actor, Action.SET_APART)
        with self.database.read() as uow:
            return item_states.list_lines(
                uow.session, workspace_id=actor.workspace_id, client_id=client_id
            )


def _write(
    uow: UnitOfWork,
    actor: Actor,
    client_id: int,
    kind: str,
    key: str,
    now: datetime,
    body: Mapping[str, object],
    today: date,
) -> None:
    """Write what was done, and have clients judged by it at once; readers of books start anew."""
    session, tenant = uow.session, actor.workspace_id
    events.append(
        session,
        workspace_id=tenant,
        key=key,
        kind=kind,
        at=now,
        client_id=client_id,
        person_id=actor.person_id,
        source="slack" if actor.person_id else "cli",
        body=body,
    )
    workspaces.raise_versions(session, workspace_id=tenant)
    ask_for_scan(uow, workspace_id=tenant, key=key, today=today, now=now)
