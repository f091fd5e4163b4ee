"""What finance says of accounts that imports proposed to keep out of alerts."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.ledger import ClientKind
from bot.rendering.kind_views import AccountView, KindsView, MutedView
from bot.rendering.views import EventKind, MuteView
from bot.services.alerts.muting import ask_for_scan
from storage import account_kinds, alerts, events, muting, workspaces
from storage.account_kinds import ProposedRow
from storage.unit_of_work import Database


class KindService:
    """Shows the accounts out of alerts, and keeps finance's yes or no to each proposal.

    Until it is answered a proposal holds: the account stays in every total and raises nothing.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def view(self, actor: Actor, *, today: date) -> KindsView:
        """Return the proposals to answer and the clients finance keeps out of alerts."""
        allow(actor, Action.CONFIRM_KIND)
        tenant = actor.workspace_id
        with self._database.read() as uow:
            rows = account_kinds.list_proposed(uow.session, workspace_id=tenant)
            muted = muting.list_mutes(uow.session, workspace_id=tenant, today=today)
            names = alerts.list_clients(uow.session, workspace_id=tenant, ids=list(muted))
        return KindsView(
            today=today,
            accounts=tuple(map(_account, rows)),
            muted=tuple(
                MutedView(id, names[id].name, MuteView(mute.until, mute.reason, mute.by))
                for id, mute in sorted(muted.items(), key=lambda one: one[1].until)
            ),
        )

    def settle(
        self,
        actor: Actor,
        shown: Sequence[int],
        kept: Collection[int],
        *,
        key: str,
        today: date,
    ) -> int:
        """Confirm the `kept` of the accounts shown, make the others ordinary; return how many.

        Those settled meanwhile stay as they are. A client that may alert now is judged at once.
        """
        allow(actor, Action.CONFIRM_KIND)
        now, tenant = self._clock(), actor.workspace_id
        with self._database.write(interactive=True) as uow:
            workspaces.lock_books(uow.session, workspace_id=tenant)
            settled = [
                id
                for id in shown
                if account_kinds.settle_kind(
                    uow.session, workspace_id=tenant, client_id=id, is_kept=id in kept
                )
            ]
            for id in settled:
                kind = EventKind.KIND_CONFIRMED if id in kept else EventKind.KIND_REJECTED
                events.append(
                    uow.session,
                    workspace_id=tenant,
                    key=f"{key}:{id}",
                    kind=kind.value,
                    at=now,
                    client_id=id,
                    person_id=actor.person_id,
                    source="slack",
                )
            if set(settled) - set(kept):
                ask_for_scan(uow, workspace_id=tenant, key=key, today=today, now=now)
            if settled:
                workspaces.raise_versions(uow.session, workspace_id=tenant)
                uow.commit()
        return len(settled)


def _account(row: ProposedRow) -> AccountView:
    return AccountView(
        client_id=row.client_id,
        client=row.name,
        code=row.code,
        kind=ClientKind(row.kind),
        minor=row.net_minor,
        currency=row.currency,
    )
