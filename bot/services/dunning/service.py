"""The planning of steps: who is asked what today, by whom; and that nobody is forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.dunning.coverage import Coverage, Covered, cover_of
from bot.domain.dunning.planning import Outcome
from bot.services.alerts.pause import collector_paused
from bot.services.dunning.coverage_report import CoverageReport, report_of
from bot.services.dunning.judging import (
    JudgedClient,
    PlanningRules,
    candidates,
    judge,
    read_planning_rules,
)
from bot.services.dunning.writing import write_steps
from storage import scan_settings, step_planning
from storage.unit_of_work import Database, UnitOfWork


@dataclass(slots=True)
class PlanningReport:
    """What a planning did: clients judged, steps made by who does them, clients out of reach."""

    today: date
    judged: int = 0
    made: dict[str, int] = field(default_factory=dict)
    cancelled: int = 0

    def count(self, judged: Sequence[JudgedClient]) -> None:
        """Add a chunk of clients."""
        self.judged += len(judged)
        for one in judged:
            self.cancelled += len(one.plan.dropped)
            if one.plan.outcome is Outcome.DUE and one.plan.actor is not None:
                actor = one.plan.actor.value
                self.made[actor] = self.made.get(actor, 0) + 1


class DunningService:
    """Plans the steps towards clients; every call may be repeated without harm.

    A planning commits after each `chunk` of clients: a click waits for one of them, not for all.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], chunk: int = 2000
    ) -> None:
        self._database, self._clock, self._chunk = database, clock, chunk

    def plan(
        self,
        workspace_id: int,
        *,
        today: date,
        now: datetime | None = None,
        everything: bool = False,
    ) -> PlanningReport:
        """Make the steps that are due on `today`; nothing before alerts are on for anybody.

        Only clients whose day has come are judged, unless books came in, the rules changed or
        `everything` is asked for. Twice a day is once: a step is a row that its key makes unique.
        """
        now = now or self._clock()
        with self._database.read() as uow:
            rules = read_planning_rules(uow, workspace_id=workspace_id, today=today, now=now)
            ids = candidates(uow, rules, everything=everything) if rules.anybody_active else []
        report = PlanningReport(today)
        if rules.anybody_active:
            for start in range(0, max(1, len(ids)), self._chunk):
                is_last = start + self._chunk >= len(ids)
                self._plan_chunk(rules, ids[start : start + self._chunk], report, is_last=is_last)
        return report

    def _plan_chunk(
        self, rules: PlanningRules, ids: Sequence[int], report: PlanningReport, *, is_last: bool
    ) -> None:
        with collector_paused(), self._database.write() as uow:
            scan_settings.get_settings(uow.session, workspace_id=rules.workspace_id, lock=True)
            judged = list(judge(uow, rules, ids)) if ids else []
            write_steps(uow, rules, judged)
            if is_last:
                step_planning.mark_planned(
                    uow.session,
                    workspace_id=rules.workspace_id,
                    today=rules.day.today,
                    now=rules.now,
                    rules=rules.stamp,
                )
            uow.commit()
        report.count(judged)

    def check(self, workspace_id: int, *, today: date) -> CoverageReport:
        """Say of every open item whether it is on a step, held or finished; write nothing."""
        with self._database.read() as uow:
            rules = read_planning_rules(
                uow, workspace_id=workspace_id, today=today, now=self._clock()
            )
            coverage = self._coverage(uow, rules)
            coverage.counts[Covered.FINISHED] += step_planning.count_credits(
                uow.session, workspace_id=workspace_id
            )
            return report_of(uow, workspace_id, coverage)

    def _coverage(self, uow: UnitOfWork, rules: PlanningRules) -> Coverage:
        coverage = Coverage()
        ids = step_planning.list_debtor_ids(uow.session, workspace_id=rules.workspace_id)
        for start in range(0, len(ids), self._chunk):
            for one in judge(uow, rules, ids[start : start + self._chunk]):
                covers, unreachable = cover_of(one.ledger, rules.scenarios[one.profile], rules.day)
                coverage.add(one.ledger.client_id, covers, unreachable=unreachable)
        return coverage
