"""Insured clients' clocks: how many days are left before cover is lost, and who lost it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Actor
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.solvency.cover import (
    CoverStep,
    CoverTerms,
    InsuredItem,
    is_alarming,
    worst_clock,
)
from bot.domain.solvency.weights import SolvencyPolicy
from bot.services.solvency.assessing import solvency_policy
from bot.services.solvency.cover_news import tell_cover_lost
from storage import client_cover, client_files, cover_deadlines
from storage.cover_deadlines import ClockRow, UnpaidRow
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class CoverService:
    """Runs the clocks of the policies whose deadlines are known; safe to run again."""

    database: Database
    clock: Callable[[], datetime]

    def refresh(self, workspace_id: int, today: date) -> int:
        """Make every client's clock anew; return how many run."""
        with self.database.write() as work:
            count = refresh_clocks(work.session, workspace_id, today, self.clock())
            work.commit()
        return count

    def declare(self, actor: Actor, client_id: int, *, today: date) -> None:
        """Take down that what this client did not pay was declared to its insurer.

        Raises NotAllowed but for finance, NotFound when no clock runs.
        """
        if not actor.is_finance:
            raise NotAllowed("not_allowed")
        with self.database.write(interactive=True) as work:
            if not cover_deadlines.mark_declared(
                work.session, workspace_id=actor.workspace_id, client_id=client_id, on=today
            ):
                raise NotFound("no clock runs")
            refresh_clocks(work.session, actor.workspace_id, today, self.clock())
            work.commit()


def refresh_clocks(session: Session, workspace_id: int, today: date, now: datetime) -> int:
    """Bring covers and clocks up to date; a cover that went away alarms until it is back.

    Finance is told once of each client that owes and whose cover is newly lost, or nearly.
    """
    before = cover_deadlines.list_alarming(session, workspace_id=workspace_id)
    covered = client_cover.list_covered(session, workspace_id=workspace_id)
    client_cover.refresh_covers(session, workspace_id=workspace_id, today=today)
    still = client_cover.list_covered(session, workspace_id=workspace_id)
    gone = dict(cover_deadlines.list_withdrawn(session, workspace_id=workspace_id))
    gone |= dict.fromkeys(covered - still - set(gone), today)
    rows = {row.client_id: row for row in _clocks(session, workspace_id, today)}
    for client_id, since in gone.items():
        if client_id not in still:
            rows[client_id] = _withdrawn(session, workspace_id, client_id, since)
    cover_deadlines.replace_clocks(session, workspace_id=workspace_id, rows=rows.values())
    fresh = {row.client_id for row in rows.values() if row.is_alarming} - before
    tell_cover_lost(session, workspace_id, fresh, today, now)
    return len(rows)


def _clocks(session: Session, workspace_id: int, today: date) -> Iterator[ClockRow]:
    terms = _terms(session, workspace_id, solvency_policy(session, workspace_id), today)
    declared = cover_deadlines.list_declared(session, workspace_id=workspace_id)
    unpaid: dict[int, list[UnpaidRow]] = defaultdict(list)
    for row in cover_deadlines.list_unpaid(
        session, workspace_id=workspace_id, client_ids=list(terms)
    ):
        unpaid[row.client_id].append(row)
    for client_id, rows in unpaid.items():
        items = [_insured(row, declared.get(client_id)) for row in rows]
        clock = worst_clock(items, terms[client_id], today)
        if clock is not None:
            yield ClockRow(
                client_id,
                clock.step.value,
                clock.until,
                clock.covered_until,
                clock.item.open_minor,
                clock.item.currency,
                is_alarming(items, terms[client_id], today),
            )


def _terms(
    session: Session, workspace_id: int, policy: SolvencyPolicy, today: date
) -> Mapping[int, CoverTerms]:
    """Return the deadlines that hold for each insured client; of several policies, the first."""
    if not policy.cover_terms:
        return {}
    found: dict[int, CoverTerms] = {}
    for one in cover_deadlines.list_insured(session, workspace_id=workspace_id, today=today):
        terms = policy.terms_of_cover(one.insurer, one.policy)
        if terms is not None:
            found.setdefault(one.client_id, terms)
    return found


def _insured(row: UnpaidRow, declared_on: date | None) -> InsuredItem:
    return InsuredItem(
        row.number,
        row.issued_on,
        row.due_on,
        row.open_minor,
        row.currency,
        is_declared=declared_on is not None and row.due_on <= declared_on,
    )


def _withdrawn(session: Session, workspace_id: int, client_id: int, since: date) -> ClockRow:
    client = client_files.find_client(session, workspace_id=workspace_id, id=client_id)
    currency = client.currency if client else "EUR"
    step = CoverStep.CANCELLED.value
    return ClockRow(client_id, step, since, since, 0, currency, is_alarming=True)
