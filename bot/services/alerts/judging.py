"""Judging clients in a unit of work: facts from storage, the domain's decision for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from bot.domain.alert_facts import ClientFacts
from bot.domain.alerts import Judge
from bot.domain.calendar import Calendar
from bot.domain.decision import NOTHING, Decision
from bot.domain.freshness import Books, judge_books
from bot.domain.levels import draw_reasons
from bot.domain.policy import Policy
from bot.domain.reasons import Held, Reason, Why
from bot.sources.holidays_fr import french_holidays
from storage import facts as client_facts
from storage import policies, scan_settings, standings
from storage.scan_settings import Recipient, ScanSettings
from storage.standings import OpenAlert
from storage.unit_of_work import UnitOfWork

_new = tuple.__new__  # a named tuple without the call around it: one is made for every client


@dataclass(frozen=True, slots=True)
class Rules:
    """What every judgement of a scan shares; `active` says a preview is not wanted."""

    workspace_id: int
    today: date
    now: datetime
    policy: Policy
    calendar: Calendar
    settings: ScanSettings
    people: Mapping[int, Recipient]
    books: tuple[Books, ...]
    barred: Mapping[int, Held]

    @property
    def anybody_active(self) -> bool:
        """Say whether alerts are on for anyone."""
        everyone = self.settings.activated_at is not None
        return everyone or any(p.activated_at is not None for p in self.people.values())

    def is_active(self, owner_id: int | None) -> bool:
        """Say whether alerts are on for a client's owner."""
        if self.settings.activated_at is not None:
            return True
        owner = self.people.get(owner_id) if owner_id is not None else None
        return owner is not None and owner.activated_at is not None

    def recipient(self, owner_id: int | None) -> Recipient | None:
        """Return who is told of a client: its owner, or their stand-in while they are away."""
        owner = self.people.get(owner_id) if owner_id is not None else None
        if owner is None or owner.absent_until is None or owner.absent_until < self.today:
            return owner
        stand_in = self.people.get(owner.stand_in_id) if owner.stand_in_id is not None else None
        return stand_in or owner


class Judged(NamedTuple):
    """A client's facts, its open alert and the decision."""

    facts: ClientFacts
    alert: OpenAlert | None
    decision: Decision = NOTHING

    def reasons(self, rules: Rules) -> tuple[Reason, ...]:
        """Return the rules that fired with this client's figures."""
        return draw_reasons(self.decision.rules, self.facts, rules.policy, rules.today)


def read_rules(uow: UnitOfWork, *, workspace_id: int, today: date, now: datetime) -> Rules:
    """Read the policy, people, calendar and freshness of books for a scan on `today`."""
    policy = policies.get_policy(uow.session, workspace_id=workspace_id)
    calendar = calendar_for(policy, today)
    books = scan_settings.list_books(uow.session, workspace_id=workspace_id)
    judged = {book.entity_id: judge_books(book, policy, today, calendar) for book in books}
    return Rules(
        workspace_id,
        today,
        now,
        policy,
        calendar,
        scan_settings.get_settings(uow.session, workspace_id=workspace_id),
        scan_settings.list_recipients(uow.session, workspace_id=workspace_id),
        books,
        {entity_id: held for entity_id, held in judged.items() if held is not None},
    )


def calendar_for(policy: Policy, today: date) -> Calendar:
    """Return the policy's calendar with the public holidays of the years around `today`."""
    return policy.calendar(_holidays_around(today.year, policy.holiday_subdivision))


@cache
def _holidays_around(year: int, subdivision: str) -> frozenset[date]:
    return french_holidays(range(year - 1, year + 2), subdivision or None)


def judge_clients(
    uow: UnitOfWork, rules: Rules, client_ids: Sequence[int] | None, *, lock: bool = False
) -> Iterator[Judged]:
    """Yield the judgement of each client that has facts, in the order of ids (None: everyone).

    `lock` is for who will write it: no click comes between the reading of an alert and its change.
    """
    said, alerts = standings.list_standings(
        uow.session, workspace_id=rules.workspace_id, client_ids=client_ids, lock=lock
    )
    facts = client_facts.list_client_facts(
        uow.session,
        workspace_id=rules.workspace_id,
        today=rules.today,
        policy=rules.policy,
        standings=said,
        barred=rules.barred,
        client_ids=client_ids,
    )
    if rules.anybody_active and rules.settings.activated_at is None:
        facts = _barred_unless_active(facts, rules)
    judge = Judge(rules.policy, rules.today, rules.calendar).decide
    last: Judged | None = None
    last_id = 0
    for one in facts:
        id = one[0]
        judged = _new(Judged, (one, alerts.get(id), judge(one)))
        if last is not None:
            if id == last_id:
                judged = _worst(last, judged)
            else:
                yield last
        last, last_id = judged, id
    if last is not None:
        yield last


def _barred_unless_active(facts: Iterator[ClientFacts], rules: Rules) -> Iterator[ClientFacts]:
    """Hold back the clients of owners whose alerts are not on."""
    barrier = Held(Why.NOT_ACTIVE)
    for one in facts:
        barred = one.barred is None and not rules.is_active(one.owner_id)
        yield one._replace(barred=barrier) if barred else one


def _worst(one: Judged, other: Judged) -> Judged:
    """Return the currency that speaks for a client.

    An alert is settled in its own currency first, and follows a worse one without a new episode.
    """
    return max(one, other, key=_weight(one.alert))


def _weight(alert: OpenAlert | None) -> "_Weight":
    return _Weight(alert.facts.currency if alert else "")


class _Weight:
    """Ranks the judgements of one client: level, then the alert's own currency, then money."""

    def __init__(self, currency: str) -> None:
        self._currency = currency

    def __call__(self, judged: Judged) -> tuple[int, bool, int]:
        alive = judged.facts.overdue_minor > 0 and judged.decision.level
        same = judged.facts.currency == self._currency
        return (int(alive), same, judged.facts.overdue_minor)
