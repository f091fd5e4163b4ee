"""What does this client owe us: found as typed, shown to those who may see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, assert_never

from bot.domain.actors import Action, Actor, may
from bot.domain.errors import NotFound
from bot.domain.search import read_query
from bot.rendering.card_views import (
    BalanceView,
    ChoicesView,
    ChoiceView,
    HistoryView,
    RefusedView,
    SharedBalanceView,
)
from bot.rendering.views import PersonView
from bot.services.follow_ups.client_history import history_line
from bot.services.lookups.account_json import account_json, choices_json, refusal_json
from bot.services.lookups.account_views import (
    balance_view,
    currency_view,
    freshness_view,
    in_order,
    owner_view,
)
from bot.services.lookups.finding import (
    Found,
    One,
    OthersOnly,
    Several,
    find_client,
    find_settings,
    list_suggested,
    writable,
)
from bot.services.lookups.names import Names
from bot.services.lookups.payers import Payers
from bot.services.lookups.said import read_said
from bot.services.lookups.seen import seen_minors, with_seen
from storage import exchanges, home, lookups
from storage.names import SearchSettings
from storage.sessions import Session
from storage.unit_of_work import Database

BalanceAnswer = BalanceView | ChoicesView | RefusedView
ITEMS_SHOWN = 50
HISTORY_PAGE = 15
SUGGESTED = 100


class LookupService:
    """Answers `/balance` and what hangs from it; every call reads in one unit of work."""

    def __init__(self, database: Database, names: Names | None = None) -> None:
        self._database = database
        self._names = names or Names()
        self._payers = Payers()

    def balance(self, actor: Actor, query: str, *, today: date) -> BalanceAnswer:
        """Return the client that `query` means, the choice to make, or whom to ask instead.

        A choice without a query means that nothing was typed; without choices, that nothing looks
        like it. Somebody without a role is refused whatever they type.
        """
        if not actor.roles:
            return RefusedView(None)
        asked = read_query(query)
        if not asked.shown:
            return ChoicesView("")
        with self._reading() as session:
            settings = find_settings(session, workspace_id=actor.workspace_id)
            found = find_client(session, self._names, actor, asked, settings)
            match found:
                case One(client_id):
                    return self._shown(session, actor, client_id, settings, today)
                case Several(choices):
                    views = (
                        ChoiceView(row.client_id, row.name, row.code, row.town, row.siren or "")
                        for row, _ in choices
                    )
                    return ChoicesView(asked.shown, tuple(views))
                case OthersOnly(client_id):
                    return self._refused(session, actor, client_id)
                case never:
                    assert_never(never)

    @property
    def is_local(self) -> bool:
        """Say whether lookups read a file beside this process, which no writer delays."""
        return self._database.is_sqlite

    def balance_at_hand(
        self, actor: Actor, query: str, *, today: date
    ) -> BalanceView | RefusedView | None:
        """Return the balance of a client named exactly; None when it must be searched."""
        asked = read_query(query)
        if not (actor.roles and asked.shown):
            return None
        with self._reading() as session:
            tenant = actor.workspace_id
            settings = find_settings(session, workspace_id=tenant)
            client_id = self._names.at_hand(
                asked, workspace_id=tenant, names_version=settings.names_version
            )
            if client_id is None:
                return None
            return self._shown(session, actor, client_id, settings, today)

    def balance_of(self, actor: Actor, client_id: int, *, today: date) -> BalanceView | RefusedView:
        """Return one client's balance; raise `NotFound` when the workspace has no such client."""
        if not actor.roles:
            return RefusedView(None)
        with self._reading() as session:
            settings = find_settings(session, workspace_id=actor.workspace_id)
            return self._shown(session, actor, client_id, settings, today)

    def suggest(self, actor: Actor, query: str, *, today: date) -> tuple[ChoiceView, ...]:
        """Return the clients `actor` may write about that `query` may mean; untyped, who owe most.

        Somebody without a role is offered none.
        """
        if not actor.roles:
            return ()
        asked, tenant = read_query(query), actor.workspace_id
        with self._reading() as session:
            if asked.shown:
                settings = find_settings(session, workspace_id=tenant)
                rows = list_suggested(session, self._names, actor, asked, settings)
            else:
                owners = None if actor.is_finance else set(actor.owners)
                worst = home.list_worst_clients(
                    session, workspace_id=tenant, owners=owners, today=today, most=SUGGESTED
                )
                rows = writable(session, actor, list({row.client_id: None for row in worst}))
        return tuple(
            ChoiceView(row.client_id, row.name, row.code, row.town, row.siren or "") for row in rows
        )

    def shared(
        self, actor: Actor, client_id: int, *, today: date
    ) -> SharedBalanceView | RefusedView:
        """Return the figures `actor` shares into a channel: no contact, no note, no item."""
        with self._reading() as session:
            account = _account(session, actor, client_id)
            if not may(actor, Action.SEE, owner_id=account.owner_id):
                return RefusedView(owner_view(account) if actor.roles else None)
            of_client = {"workspace_id": actor.workspace_id, "client_id": client_id}
            rows = lookups.list_balances(session, **of_client, today=today)
            items = lookups.list_open_items(session, **of_client, most=ITEMS_SHOWN)
        return SharedBalanceView(
            client=account.name,
            code=account.code,
            by=PersonView(actor.person_id, actor.name, actor.slack_user_id),
            today=today,
            balances=tuple(currency_view(row) for row in in_order(account, rows)),
            freshness=freshness_view(account, items),
        )

    def history(
        self, actor: Actor, client_id: int, *, today: date, before: int | None = None
    ) -> HistoryView | RefusedView:
        """Return a page of what happened with a client, newest first."""
        with self._reading() as session:
            account = _account(session, actor, client_id)
            if not may(actor, Action.SEE, owner_id=account.owner_id):
                return RefusedView(owner_view(account) if actor.roles else None)
            rows = exchanges.list_history(
                session,
                workspace_id=actor.workspace_id,
                client_id=client_id,
                before=before,
                most=HISTORY_PAGE + 1,
            )
            notes = exchanges.list_notes_by_id(
                session,
                workspace_id=actor.workspace_id,
                client_id=client_id,
                note_ids=[row.body["note_id"] for row in rows if "note_id" in row.body],
            )
        page = rows[:HISTORY_PAGE]
        lines = (history_line(row, account.name, client_id, notes) for row in page)
        return HistoryView(
            client_id=client_id,
            client=account.name,
            today=today,
            events=tuple(line for line in lines if line is not None),
            older_before=page[-1].event_id if len(rows) > HISTORY_PAGE else None,
        )

    def balance_json(self, actor: Actor, query: str, *, today: date) -> dict[str, Any]:
        """Return the account as a script reads it: `client`…, `choices` or `error`."""
        asked = read_query(query)
        if not asked.shown:
            return refusal_json("invalid_input", "type a name, a code, a SIREN or an invoice")
        with self._reading() as session:
            settings = find_settings(session, workspace_id=actor.workspace_id)
            found: Found = find_client(session, self._names, actor, asked, settings)
            if isinstance(found, Several):
                return choices_json(found.choices)
            if not isinstance(found, One):
                return refusal_json("not_allowed", "this client is somebody else's")
            account = _account(session, actor, found.client_id)
            if not may(actor, Action.SEE, owner_id=account.owner_id):
                return refusal_json("not_allowed", "this client is somebody else's")
            of_client = {"workspace_id": actor.workspace_id, "client_id": found.client_id}
            balances = lookups.list_balances(session, **of_client, today=today)
            items = lookups.list_open_items(session, **of_client)
            payer = self._payers.profile_of(
                session, actor, settings, account, balances, items, today
            )
            seen = seen_minors(session, actor.workspace_id, found.client_id)
            return account_json(account, balances, items, payer, seen)

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self._database.read() as uow:
            yield uow.session

    def _shown(
        self,
        session: Session,
        actor: Actor,
        client_id: int,
        settings: SearchSettings,
        today: date,
    ) -> BalanceView | RefusedView:
        account = _account(session, actor, client_id)
        of_client = {"workspace_id": actor.workspace_id, "client_id": client_id}
        if not may(actor, Action.SEE, owner_id=account.owner_id):
            refused = RefusedView(owner_view(account))
            if not settings.sales_see_totals:
                return refused
            rows = lookups.list_balances(session, **of_client, today=today)
            totals = tuple(currency_view(row) for row in in_order(account, rows))
            return replace(refused, client=account.name, totals=totals)
        balances = lookups.list_balances(session, **of_client, today=today)
        items = lookups.list_open_items(session, **of_client, most=ITEMS_SHOWN)
        said = read_said(session, actor.workspace_id, account)
        view = balance_view(actor, account, balances, items, said, today)
        if account.has_bank_parts:
            view = with_seen(session, actor.workspace_id, view)
        payer = self._payers.profile_of(session, actor, settings, account, balances, items, today)
        return replace(view, payer=payer)

    def _refused(self, session: Session, actor: Actor, client_id: int | None) -> RefusedView:
        if client_id is None:
            return RefusedView(None)
        return RefusedView(owner_view(_account(session, actor, client_id)))


def _account(session: Session, actor: Actor, client_id: int) -> lookups.AccountRow:
    account = lookups.find_account(session, workspace_id=actor.workspace_id, client_id=client_id)
    if account is None:
        raise NotFound("no such client")
    return account
