"""Writing what was decided: alerts opened in one go, the others changed in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.decision import Change
from bot.domain.lifecycle import AlertState
from bot.domain.told import Told
from bot.rendering.views import EventKind
from bot.services.alerts.judging import Judged, Rules
from bot.services.alerts.leaving import leave_old_channel
from bot.services.alerts.values import (
    announced,
    new_owner_values,
    news_kind,
    one_owner,
    resolution_values,
    tell_manager,
    with_bank,
)
from bot.services.follow_ups.news import write_event
from bot.services.handovers import offers as handover_offers
from bot.services.lookups.seen import find_seen
from storage import alerts, bulk, client_files, ids, messages
from storage.standings import OpenAlert
from storage.unit_of_work import UnitOfWork

SOURCE = "clock"
_OF_THE_LIMIT = frozenset({Change.LIMIT, Change.LIMIT_CLEARED})
_OWN_EVENTS = (Change.RESOLVED, Change.NEWS, Change.WINDOW_ENDING, Change.REASSIGNED)


@dataclass(slots=True)
class Writer:
    """Writes the decisions of one unit of work; events are gathered and inserted at the end."""

    uow: UnitOfWork
    rules: Rules
    events: list[dict[str, Any]] = field(default_factory=list)

    def write(self, judged: Sequence[Judged]) -> dict[int, int]:
        """Write every change; return the ids of the alerts opened, by client id."""
        opened = [one for one in judged if Change.OPENED in one.decision.changes]
        made = self._open(opened)
        self._change_all(judged)
        for one in judged:
            if Change.LIMIT_CLEARED in one.decision.changes:
                self._remember_limit(one)
        bulk.insert_rows(self.uow.session, "event", self.events)
        return made

    def _open(self, opened: Sequence[Judged]) -> dict[int, int]:
        if not opened:
            return {}
        rows = [self._new_row(one) for one in opened]
        made = alerts.open_alerts(
            self.uow.session,
            workspace_id=self.rules.workspace_id,
            now=self.rules.now,
            rows=rows,
        )
        for one, alert_id in zip(opened, made, strict=True):
            self._event(one, alert_id, EventKind.OPENED, 1, level=one.decision.level)
        return {one.facts.client_id: id for one, id in zip(opened, made, strict=True)}

    def _new_row(self, one: Judged) -> dict[str, Any]:
        facts, decision = one.facts, one.decision
        return {
            "client_id": facts.client_id,
            "owner_id": facts.owner_id,
            "state": AlertState.OPEN.value,
            "level": decision.level,
            "reasons": [reason.to_document() for reason in one.reasons(self.rules)],
            "currency": facts.currency,
            "overdue_minor": facts.overdue_minor,
            "oldest_due_on": facts.oldest_due_on,
        }

    def _change_all(self, judged: Sequence[Judged]) -> None:
        """Write every change of an open alert, then what is said of each."""
        changed = [
            (one, one.alert, changes)
            for one in judged
            if one.alert is not None and (changes := set(one.decision.changes) - _OF_THE_LIMIT)
        ]
        rows = [
            (alert.id, self._figures(one) | self._state(one, alert, changes))
            for one, alert, changes in changed
        ]
        alerts.change_alerts(self.uow.session, workspace_id=self.rules.workspace_id, changes=rows)
        for one, alert, changes in changed:
            version = alert.version + 1
            for change in one.decision.changes:
                if change in _OWN_EVENTS:
                    said = self._new_owner(one) if change is Change.REASSIGNED else {}
                    self._event(one, alert.id, change, version, level=one.decision.level, **said)
            self._tell(one, alert, changes, version)

    def _new_owner(self, one: Judged) -> dict[str, str]:
        owner = self.rules.people.get(one.facts.owner_id or 0)
        return {"to": owner.name if owner else ""}

    def _figures(self, one: Judged) -> dict[str, Any]:
        facts, decision = one.facts, one.decision
        if decision.state is AlertState.RESOLVED:
            return {}
        return {
            "level": decision.level,
            "reasons": [reason.to_document() for reason in one.reasons(self.rules)],
            "currency": facts.currency,
            "overdue_minor": facts.overdue_minor,
            "oldest_due_on": facts.oldest_due_on,
            "owner_id": facts.owner_id if decision.held is None else one_owner(one),
        }

    def _state(self, one: Judged, alert: OpenAlert, changes: set[Change]) -> dict[str, Any]:
        decision, facts, now = one.decision, one.facts, self.rules.now
        values: dict[str, Any] = {"announced_level": min(decision.level, announced(alert))}
        if decision.state is AlertState.RESOLVED:
            return self._resolution(one, alert)
        if decision.state is not alert.facts.state:
            values |= {
                "state": decision.state,
                "state_ends_on": decision.state_ends_on,
                "state_at": now,
                "state_by_id": None,
                "state_reason_sealed": "",
            }
        if decision.window is not None and decision.window != alert.facts.window:
            values |= alerts.window_values(decision.window, now=now)
        if Change.EXPIRED in changes and alert.facts.state is AlertState.ACKNOWLEDGED:
            values["ack_expiries"] = alert.facts.acknowledgement_expiries + 1
        if Change.NEWS in changes:
            values |= {
                "announced_level": decision.level,
                "announced_minor": facts.overdue_minor,
                "announced_bucket": decision.bucket.value,
            }
        if Change.REASSIGNED in changes:
            values |= new_owner_values()
        return values

    def _resolution(self, one: Judged, alert: OpenAlert) -> dict[str, Any]:
        settled = alerts.list_settled_since(
            self.uow.session,
            workspace_id=self.rules.workspace_id,
            alert_id=alert.id,
            client_id=one.facts.client_id,
        )
        seen = find_seen(
            self.uow.session, self.rules.workspace_id, one.facts.client_id, one.facts.currency
        )
        return resolution_values(
            alert, with_bank(settled, seen), one.facts.overdue_minor, self.rules
        )

    def _tell(self, one: Judged, alert: OpenAlert, changes: set[Change], version: int) -> None:
        if Change.REASSIGNED in changes:
            leave_old_channel(
                self.uow.session,
                workspace_id=self.rules.workspace_id,
                alert=alert,
                owner_id=one.facts.owner_id,
                by_id=None,
                now=self.rules.now,
            )
        elif alert.ts:
            self._queue(Told.ALERT, alert, "edit", version, method=messages.EDIT)
        if Change.NEWS in changes:
            body = {"news": news_kind(one, alert), "before_minor": alert.facts.announced_minor}
            self._queue(Told.ALERT_NEWS, alert, "news", version, proactive=True, body=body)
        if Change.NEWS in changes and one.decision.level == 3 > announced(alert):
            self._tell_manager(one, alert)
        if Change.WINDOW_ENDING in changes:
            self._tell_window(one, alert, version)
        for change in (Change.EXPIRED, Change.HANDOVER_PROPOSED):
            if change in changes:
                self._say_in_thread(alert, EventKind(change.value), version)
        if Change.HANDED_OVER in changes:
            handover_offers.offer_automatically(
                self.uow.session,
                workspace_id=self.rules.workspace_id,
                alert_id=alert.id,
                now=self.rules.now,
                today=self.rules.today,
            )
        if Change.RESOLVED in changes:
            handover_offers.close_handover(
                self.uow.session,
                workspace_id=self.rules.workspace_id,
                alert_id=alert.id,
                now=self.rules.now,
            )

    def _say_in_thread(self, alert: OpenAlert, kind: EventKind, version: int) -> None:
        turn = client_files.find_alert(
            self.uow.session, workspace_id=self.rules.workspace_id, id=alert.id
        )
        write_event(
            self.uow.session,
            workspace_id=self.rules.workspace_id,
            key=f"{kind}:{alert.id}:{version}",
            kind=kind,
            now=self.rules.now,
            client_id=alert.client_id,
            alert=turn,
            by_id=None,
            body={"state": alert.facts.state.value},
            mention_id=alert.facts.owner_id,
        )

    def _queue(
        self,
        told: Told,
        alert: OpenAlert,
        what: str,
        version: int,
        *,
        method: str = messages.POST,
        proactive: bool = False,
        body: dict[str, Any] | None = None,
    ) -> None:
        reader = self.rules.recipient(alert.facts.owner_id)
        zone = reader.time_zone if reader else self.rules.settings.time_zone
        opening = self.rules.calendar.next_working_minute(self.rules.now, zone)
        messages.tell(
            self.uow.session,
            workspace_id=self.rules.workspace_id,
            kind=told,
            subject=f"alert:{alert.id}",
            key=f"alert:{alert.id}:{what}:{version}",
            now=self.rules.now,
            version=version,
            channel=alert.channel,
            thread=f"alert:{alert.id}" if method == messages.POST and alert.ts else "",
            person_id=reader.id if reader else None,
            method=method,
            proactive=proactive,
            body={"alert_id": alert.id, **(body or {})},
            not_before=opening if proactive else None,
        )

    def _tell_window(self, one: Judged, alert: OpenAlert, version: int) -> None:
        """Warn the owner, and show their manager what is about to leave the team.

        The owner reads it in the alert's thread, or by itself when only a list showed the client.
        Both carry one version: neither takes the other's place before it is sent.
        """
        self._queue(Told.WINDOW_ENDING, alert, "window", version, proactive=True)
        what = f"leaving:{version}"
        self._tell_manager(one, alert, told=Told.WINDOW_ENDING, what=what, version=version)

    def _tell_manager(self, one: Judged, alert: OpenAlert, **what: Any) -> None:
        owner = self.rules.people.get(one.facts.owner_id or 0)
        manager = self.rules.people.get(owner.manager_id or 0) if owner else None
        if manager is not None:
            tell_manager(self.uow, self.rules, alert.id, manager.id, **what)

    def _remember_limit(self, one: Judged) -> None:
        alerts.set_limit_said(
            self.uow.session,
            workspace_id=self.rules.workspace_id,
            client_id=one.facts.client_id,
            stage=one.decision.limit_stage,
        )

    def _event(self, one: Judged, alert_id: int, kind: str, version: int, **body: Any) -> None:
        self.events.append(
            {
                "workspace_id": self.rules.workspace_id,
                "id": ids.new_id(),
                "key": f"{kind}:{alert_id}:{version}",
                "client_id": one.facts.client_id,
                "alert_id": alert_id,
                "person_id": None,
                "kind": kind,
                "source": SOURCE,
                "body": {"overdue_minor": one.facts.overdue_minor, **body},
                "at": self.rules.now,
            }
        )
