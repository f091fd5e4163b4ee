"""A person's own page, and what is theirs to do today."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from bot.domain.actors import Actor
from bot.domain.lifecycle import AlertState, Role, TaskOwner
from bot.domain.solvency.reviews import may_prioritise
from bot.rendering.follow_up_views import TaskView
from bot.rendering.home_page import HomeView
from bot.rendering.prospect_views import ProspectsView
from bot.rendering.team_views import (
    DigestView,
    EntityStatusView,
    LineView,
    Section,
    SectionView,
)
from bot.rendering.views import FreshnessView
from bot.services.mornings.home_lines import (
    alert_line,
    client_line,
    entity_view,
    handover_line,
    promise_line,
    prospect_view,
    sums,
    task_view,
)
from bot.services.mornings.steps import steps_section
from bot.services.solvency.said_since import said_since
from storage import (
    account_kinds,
    company_ratings,
    company_status,
    home,
    names,
    people,
    siren_links,
    tasks,
)
from storage.sessions import Session
from storage.unit_of_work import Database

LINES = 10
_LOOKED_AT = 500
_TO_DECIDE = frozenset(
    {AlertState.OPEN.value, AlertState.ACKNOWLEDGED.value, AlertState.RETURNED.value}
)


class _Whose(TypedDict):
    """Whose clients a page speaks of, as the queries want it."""

    workspace_id: int
    owners: tuple[int, ...] | None


class HomeService:
    """Draws App Home and `/goodcop today`; every call reads in one unit of work."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def home(self, actor: Actor, today: date) -> HomeView:
        """Return the page of `actor`: their clients, their team's for a manager, all for finance.

        Lists are cut at `LINES`, worst first; a client of an alert is not listed twice. Somebody
        without a role has an empty page.
        """
        if not actor.roles:
            return HomeView(today=today, name=actor.name)
        whose = _whose(actor)
        named = whose["owners"] != (actor.person_id,)
        tenant = actor.workspace_id
        with self._database.read() as uow:
            session = uow.session
            entities = _entities(session, tenant)
            alerts = home.list_alerts(session, **whose, most=LINES, today=today)
            alerted = {row.client_id for row in alerts}
            worst = home.list_worst_clients(session, **whose, today=today, most=2 * LINES)
            others = [row for row in worst if row.client_id not in alerted][:LINES]
            return HomeView(
                today=today,
                name=actor.name,
                overdue=sums(home.list_overdue(session, **whose, today=today)),
                net=sums(home.list_net(session, **whose)),
                client_count=home.count_clients(session, **whose),
                alerts=tuple(alert_line(row, today, named=named) for row in alerts),
                alert_count=home.count_alerts(session, **whose, today=today),
                promises=tuple(
                    promise_line(row) for row in home.list_promises(session, **whose, most=LINES)
                ),
                tasks=_tasks(session, actor)[:LINES],
                clients=tuple(client_line(row, today, named=named) for row in others),
                handovers=_handovers(session, actor, today)[:LINES],
                unowned_count=_unowned_count(session, actor, today),
                proposed_count=_proposed_count(session, actor),
                link_count=_link_count(session, actor),
                entities=entities if actor.is_finance else (),
                prospects=_prospects(session, actor, whose["owners"], today),
                rates_lists=True,
                may_be_away=actor.person_id is not None,
                away_until=_away_until(session, actor, today),
                steps=_steps(session, actor, today),
                is_finance=actor.is_finance,
                is_admin=Role.ADMIN in actor.roles,
                is_active=company_status.is_active(
                    session, workspace_id=tenant, person_id=actor.person_id
                ),
                freshness=_freshness(entities),
            )

    def imports(self, actor: Actor) -> tuple[EntityStatusView, ...]:
        """Return how fresh each company's books are; anybody with a role may know."""
        if not actor.roles:
            return ()
        with self._database.read() as uow:
            return _entities(uow.session, actor.workspace_id)

    def today(self, actor: Actor, today: date) -> DigestView:
        """Return what waits for `actor` on `today`: empty sections are left out."""
        if not actor.roles:
            return DigestView(today, (), name=actor.name)
        whose = _whose(actor)
        named = whose["owners"] != (actor.person_id,)
        with self._database.read() as uow:
            session = uow.session
            alerts = [
                alert_line(row, today, named=named)
                for row in home.list_alerts(session, **whose, most=_LOOKED_AT, today=today)
                if row.state in _TO_DECIDE
            ]
            promised = home.list_promises(session, **whose, most=_LOOKED_AT, until=today)
            owed = [task for task in _tasks(session, actor) if task.due_on <= today]
            sections = (
                _section(Section.DECIDE, [] if actor.is_finance else alerts),
                _section(Section.HANDOVERS, _handovers(session, actor, today)),
                _section(Section.PROMISES, [promise_line(row) for row in promised]),
                SectionView(Section.TASKS, tasks=tuple(owed[:LINES]), count=len(owed)),
                SectionView(Section.UNOWNED, count=_unowned_count(session, actor, today)),
            )
        return DigestView(
            today, tuple(section for section in sections if section.count), name=actor.name
        )


def _entities(session: Session, tenant: int) -> tuple[EntityStatusView, ...]:
    rows = company_status.list_entities(session, workspace_id=tenant)
    return tuple(entity_view(row) for row in rows)


def _freshness(entities: Sequence[EntityStatusView]) -> FreshnessView:
    known = (one.receipts_until for one in entities if one.receipts_until)
    return FreshnessView(receipts_until=min(known, default=None))


def _prospects(
    session: Session, actor: Actor, owners: tuple[int, ...] | None, today: date
) -> ProspectsView | None:
    tenant = actor.workspace_id
    rows = company_ratings.list_prospects(session, workspace_id=tenant, owners=owners, most=LINES)
    if not rows:
        return None
    named = {one.id: one.name for one in people.list_people(session, workspace_id=tenant)}
    count = company_ratings.count_prospects(session, workspace_id=tenant, owners=owners)
    said = said_since(session, tenant, today)
    shown = tuple(prospect_view(row, named, said, of=actor.person_id) for row in rows)
    return ProspectsView(today, shown, count, may_prioritise(actor))


def _whose(actor: Actor) -> _Whose:
    owners = None if actor.is_finance else tuple(sorted(actor.owners))
    return {"workspace_id": actor.workspace_id, "owners": owners}


def _away_until(session: Session, actor: Actor, today: date) -> date | None:
    if actor.person_id is None:
        return None
    of_actor = {"workspace_id": actor.workspace_id, "id": actor.person_id}
    until, _ = people.get_absence(session, **of_actor)
    return until if until and until >= today else None


def _section(section: Section, lines: list[LineView] | tuple[LineView, ...]) -> SectionView:
    return SectionView(section, lines=tuple(lines[:LINES]), count=len(lines))


def _tasks(session: Session, actor: Actor) -> tuple[TaskView, ...]:
    """Return what the person owes, or those they stand in for; finance owes what it was asked."""
    tenant = actor.workspace_id
    owed = (
        tasks.list_tasks(session, workspace_id=tenant, side=TaskOwner.FINANCE)
        if actor.is_finance
        else tasks.list_tasks(session, workspace_id=tenant, owner_ids=actor.served)
    )
    client_ids = sorted({task.client_id for task in owed})
    clients = names.list_choices(session, workspace_id=tenant, client_ids=client_ids)
    return tuple(task_view(task, clients) for task in owed)


def _steps(session: Session, actor: Actor, today: date) -> SectionView:
    theirs = None if actor.is_finance else actor.served
    return steps_section(session, workspace_id=actor.workspace_id, person_ids=theirs, today=today)


def _handovers(session: Session, actor: Actor, today: date) -> tuple[LineView, ...]:
    if not actor.is_finance:
        return ()
    rows = company_status.list_offered_handovers(
        session, workspace_id=actor.workspace_id, most=_LOOKED_AT
    )
    return tuple(handover_line(row, today) for row in rows)


def _unowned_count(session: Session, actor: Actor, today: date) -> int:
    if not actor.is_finance:
        return 0
    return home.count_alerts(
        session, workspace_id=actor.workspace_id, owners=None, today=today, unowned=True
    )


def _proposed_count(session: Session, actor: Actor) -> int:
    if not actor.is_finance:
        return 0
    return account_kinds.count_proposed(session, workspace_id=actor.workspace_id)


def _link_count(session: Session, actor: Actor) -> int:
    if not actor.is_finance:
        return 0
    return siren_links.count_waiting(session, workspace_id=actor.workspace_id)
