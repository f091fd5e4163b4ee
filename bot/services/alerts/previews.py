"""The first import's preview: who would get what, before anything is sent."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.actors import Action, Actor, allow
from bot.domain.ageing import days_overdue
from bot.domain.ledger import DueFrom
from bot.domain.told import Told
from bot.rendering.team_views import LineView, PreviewPersonView, PreviewView
from bot.rendering.views import PersonView, SumView
from bot.services.alerts.judging import Judged, Rules, judge_clients, read_rules
from bot.services.mornings.home_lines import sums
from storage import (
    account_kinds,
    alerts,
    client_files,
    home,
    imports,
    list_cards,
    messages,
    scan_settings,
)
from storage import people as colleagues
from storage.follow_ups import vault_of
from storage.sessions import Session
from storage.unit_of_work import Database, UnitOfWork

_MOST_LINES = 10


class PreviewService:
    """Shows finance what activation would send, and tells it once for each import."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def view(self, actor: Actor) -> PreviewView | None:
        """Return the preview as it stands, None before any import.

        Raise `NotAllowed` unless the actor is finance or an administrator.
        """
        allow(actor, Action.ACTIVATE)
        with self._database.read() as uow:
            return preview_view(uow.session, workspace_id=actor.workspace_id, now=self._clock())

    def tell_finance(self, workspace_id: int) -> bool:
        """Queue the preview for the finance channel, once for each import of the books.

        Return False when alerts are on already, nothing was imported, finance has no channel, or
        that import's preview was told.
        """
        now = self._clock()
        with self._database.write() as uow:
            session = uow.session
            settings = scan_settings.get_settings(session, workspace_id=workspace_id)
            run = imports.find_last_run(session, workspace_id=workspace_id, kinds=imports.BOOKS)
            if settings.activated_at or run is None or not settings.finance_channel:
                return False
            told = messages.tell(
                session,
                workspace_id=workspace_id,
                kind=Told.PREVIEW,
                subject="preview",
                key=f"preview:{run.id}",
                now=now,
                channel=settings.finance_channel,
            )
            uow.commit()
        return told

    def tell_import(self, workspace_id: int, run_id: int) -> bool:
        """Queue an import's report for the finance channel when somebody must act on it.

        That is when rows were refused, or when it brought accounts to check. Once per import.
        """
        with self._database.write() as uow:
            session = uow.session
            settings = scan_settings.get_settings(session, workspace_id=workspace_id)
            run = list_cards.find_run(session, workspace_id=workspace_id, id=run_id)
            if run is None or not settings.finance_channel:
                return False
            brought = account_kinds.count_proposed(
                session, workspace_id=workspace_id, made_at=run.applied_at
            )
            if not run.rejected_count and not brought:
                return False
            told = messages.tell(
                session,
                workspace_id=workspace_id,
                kind=Told.IMPORT_REPORT,
                subject=f"import:{run_id}",
                key=f"import:{run_id}",
                now=self._clock(),
                channel=settings.finance_channel,
                body={"run_id": run_id},
            )
            uow.commit()
        return told


def preview_view(session: Session, *, workspace_id: int, now: datetime) -> PreviewView | None:
    """Return who would get what if alerts were on for everyone now, None before any import."""
    house = client_files.get_house(session, workspace_id=workspace_id)
    today = now.astimezone(ZoneInfo(house.time_zone)).date()
    uow = UnitOfWork(session, vault_of(session))
    rules = read_rules(uow, workspace_id=workspace_id, today=today, now=now)
    as_of = max((book.as_of for book in rules.books if book.as_of), default=None)
    if as_of is None:
        return None
    active = rules.settings.activated_at is not None
    judged = _in_alert(uow, rules)
    receipts = [book.receipts_until for book in rules.books if book.receipts_until]
    ways = list_cards.count_due_from(session, workspace_id=workspace_id)
    return PreviewView(
        as_of=as_of,
        client_count=home.count_clients(session, workspace_id=workspace_id, owners=None),
        alert_count=len(judged),
        overdue=_overdue(judged),
        people=_people(session, rules, judged),
        worst=_worst(session, rules, judged[:_MOST_LINES]),
        unowned_count=sum(1 for one in judged if one.facts.owner_id is None),
        due_stated=ways.get(DueFrom.STATED, 0),
        due_terms=ways.get(DueFrom.TERMS, 0),
        due_estimated=ways.get(DueFrom.ESTIMATED, 0),
        terms=_terms(session, rules),
        kinds=list_cards.count_kinds(session, workspace_id=workspace_id),
        receipts_until=min(receipts, default=None),
        is_active=active,
    )


def _in_alert(uow: UnitOfWork, rules: Rules) -> list[Judged]:
    """Return the clients past a threshold, worst first, whoever is active already.

    Books too old hold messages back, not the preview, which gives their date.
    """
    settings = replace(rules.settings, activated_at=rules.settings.activated_at or rules.now)
    everyone = replace(rules, settings=settings, barred={})
    judged = [
        one
        for one in judge_clients(uow, everyone, None)
        if one.decision.held is None
        and one.decision.level
        and one.decision.state is not None
        and not one.decision.state.is_closed
    ]
    judged.sort(
        key=lambda one: (-one.decision.level, -one.facts.overdue_minor, one.facts.client_id)
    )
    return judged


def _people(
    session: Session, rules: Rules, judged: Sequence[Judged]
) -> tuple[PreviewPersonView, ...]:
    """Return what each owner would get, the largest share first."""
    shares: dict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.facts.owner_id is not None:
            shares[one.facts.owner_id].append(one)
    team = colleagues.list_people(session, workspace_id=rules.workspace_id)
    lines = [
        PreviewPersonView(
            person=PersonView(one.id, one.name or one.email or "", one.slack_user_id or ""),
            alert_count=len(shares[one.id]),
            overdue=_overdue(shares[one.id]),
            is_active=rules.people[one.id].activated_at is not None,
        )
        for one in team
        if one.id in shares
    ]
    return tuple(sorted(lines, key=lambda line: -line.alert_count))


def _worst(session: Session, rules: Rules, judged: Sequence[Judged]) -> tuple[LineView, ...]:
    clients = alerts.list_clients(
        session,
        workspace_id=rules.workspace_id,
        ids=[one.facts.client_id for one in judged],
    )
    return tuple(_line(one, clients[one.facts.client_id].name, rules) for one in judged)


def _line(one: Judged, client: str, rules: Rules) -> LineView:
    owner = rules.people.get(one.facts.owner_id or 0)
    return LineView(
        client_id=one.facts.client_id,
        client=client,
        minor=one.facts.overdue_minor,
        currency=one.facts.currency,
        days=_days(one.facts.oldest_due_on, rules.today),
        level=one.decision.level,
        person=owner.name if owner else "",
        alert_id=one.alert.id if one.alert else None,
    )


def _days(oldest: date | None, today: date) -> int:
    return days_overdue(oldest, today) if oldest else 0


def _overdue(judged: Sequence[Judged]) -> tuple[SumView, ...]:
    totals: Counter[str] = Counter()
    for one in judged:
        totals[one.facts.currency] += one.facts.overdue_minor
    return sums(sorted(totals.items()))


def _terms(session: Session, rules: Rules) -> str:
    """Return the terms due dates are estimated with, when the entities agree on them."""
    cards = (
        list_cards.find_books(session, workspace_id=rules.workspace_id, entity_id=book.entity_id)
        for book in rules.books
    )
    terms = {card.default_terms for card in cards if card}
    return terms.pop() if len(terms) == 1 else ""
