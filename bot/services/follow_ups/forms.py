"""What a form is opened with: the client, whom we know there, who can be chosen."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.reliability import JudgedPromise, reliability
from bot.rendering.form_views import (
    AssignFormView,
    ClientFormView,
    ClientPickerView,
    SettingsFormView,
)
from bot.rendering.views import ItemView, PersonView
from bot.services.follow_ups.stakes import MOST_ITEMS, stakes_of
from bot.services.lookups.account_views import (
    clock_of,
    contact_view,
    dispute_view,
    in_order,
    overdue_minor,
)
from bot.services.workspaces.channels import channel_views
from storage import (
    account_kinds,
    exchanges,
    home,
    lookups,
    people,
    promise_records,
    siren_links,
    workspaces,
)
from storage.lookups import AccountRow, ItemRow
from storage.people import PersonLine
from storage.sessions import Session
from storage.unit_of_work import Database

_MOST = 100
_ALERTS = 2000


class FormService:
    """Reads what forms need, each in one unit of work, for those who may submit them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def client_form(
        self,
        actor: Actor,
        client_id: int,
        *,
        today: date,
        action: Action = Action.NOTE,
        alert_id: int | None = None,
        handover_id: int | None = None,
    ) -> ClientFormView:
        """Return a client for a form; its open alert when none is given.

        Raise `NotAllowed` unless the actor may do `action` on the client, `NotFound` without one.
        """
        with self._database.read() as uow:
            account = _allowed(uow.session, actor, client_id, action)
            of_client = {"workspace_id": actor.workspace_id, "client_id": client_id}
            rows = lookups.list_balances(uow.session, **of_client, today=today)
            items = lookups.list_open_items(uow.session, **of_client, most=MOST_ITEMS)
            contacts = exchanges.list_contacts(uow.session, **of_client)
            disputed = exchanges.list_open_disputes(uow.session, **of_client)
            record = _record(uow.session, actor, client_id, today)
            stakes = stakes_of(uow.session, actor.workspace_id, account, items, today)
            known = people.list_people(uow.session, workspace_id=actor.workspace_id)
        main = in_order(account, rows)[0]
        return ClientFormView(
            client_id=client_id,
            client=account.name,
            currency=main.currency,
            overdue_minor=overdue_minor(main),
            today=today,
            alert_id=account.alert_id if alert_id is None else alert_id,
            handover_id=handover_id,
            contacts=tuple(map(contact_view, contacts)),
            items=tuple(
                _item(row) for row in items if row.currency == main.currency and row.open_minor > 0
            ),
            disputes=tuple((row.dispute_id, dispute_view(row)) for row in disputed),
            stakes=stakes,
            clock=clock_of(actor, account, today),
            team=_team(known, actor.person_id),
            **record,
        )

    def assign_form(
        self,
        actor: Actor,
        client_id: int | None = None,
        *,
        today: date,
        alert_id: int | None = None,
    ) -> AssignFormView:
        """Return who may look after which clients: one of them, else those nobody looks after.

        Raise `NotAllowed` unless the actor may give them, `NotFound` when there is none.
        """
        tenant = actor.workspace_id
        with self._database.read() as uow:
            session = uow.session
            if client_id is not None:
                account = _allowed(session, actor, client_id, Action.REASSIGN)
                clients = [(client_id, account.name)]
            else:
                _allow_finance(actor)
                alerts = home.list_alerts(
                    session, workspace_id=tenant, owners=None, most=_ALERTS, today=today
                )
                clients = [(row.client_id, row.name) for row in alerts if row.owner_name is None]
            known = people.list_people(session, workspace_id=tenant)
        if not clients:
            raise NotFound("no client to assign")
        return AssignFormView(
            clients=tuple(clients[:_MOST]),
            people=_team(known),
            chosen=() if client_id is None else (client_id,),
            alert_id=alert_id,
        )

    def settings_form(self, actor: Actor) -> SettingsFormView:
        """Return the settings as they are, for an administrator."""
        allow(actor, Action.SET)
        with self._database.read() as uow:
            row = workspaces.get_workspace(uow.session, workspace_id=actor.workspace_id)
            channels = channel_views(uow.session, actor)
            proposed = account_kinds.count_proposed(uow.session, workspace_id=row.id)
            to_link = siren_links.count_waiting(uow.session, workspace_id=row.id)
        return SettingsFormView(
            finance_channel=row.finance_channel,
            finance_name=row.finance_name,
            currency=row.currency,
            locale=row.locale,
            time_zone=row.time_zone,
            digest_at=row.digest_at,
            formal=row.formal,
            sales_see_totals=row.sales_see_totals,
            channels=channels,
            proposed_count=proposed,
            link_count=to_link,
        )

    def pick_client_form(self, actor: Actor, text: str) -> ClientPickerView:
        """Return what asks which client a message is about; raise `NotAllowed` for a stranger."""
        if not actor.roles:
            raise NotAllowed("not_allowed")
        return ClientPickerView(text)


def _allowed(session: Session, actor: Actor, client_id: int, action: Action) -> AccountRow:
    account = lookups.find_account(session, workspace_id=actor.workspace_id, client_id=client_id)
    if account is None:
        raise NotFound("no such client")
    allow(actor, action, owner_id=account.owner_id)
    return account


def _record(session: Session, actor: Actor, client_id: int, today: date) -> dict[str, Any]:
    """Return how far promises could be relied on: the client's, its contacts', the actor's."""
    of_client = {"workspace_id": actor.workspace_id, "client_id": client_id}
    judged = promise_records.list_judged(session, **of_client)
    if not judged:
        return {}
    contacts = promise_records.list_by_contact(session, **of_client)
    own: tuple[JudgedPromise, ...] = ()
    if actor.person_id is not None:
        own = promise_records.list_taken_down(
            session, workspace_id=actor.workspace_id, by_id=actor.person_id, today=today
        )
    return {
        "of_client": reliability(judged),
        "of_contacts": tuple((name, reliability(theirs)) for name, theirs in contacts),
        "of_author": reliability(own),
    }


def _team(known: Sequence[PersonLine], first_id: int | None = None) -> tuple[PersonView, ...]:
    """Return who has a part in goodcop, one of them first."""
    active = sorted((line for line in known if line.roles), key=lambda line: line.id != first_id)
    return tuple(
        PersonView(line.id, line.name or line.email or "", line.slack_user_id or "")
        for line in active[:_MOST]
    )


def _allow_finance(actor: Actor) -> None:
    if not actor.is_finance:
        raise NotAllowed("not_allowed")


def _item(row: ItemRow) -> ItemView:
    return ItemView(
        number=row.number,
        due_on=row.due_on,
        days=0,
        open_minor=row.open_minor,
        currency=row.currency,
        id=row.item_id,
    )
