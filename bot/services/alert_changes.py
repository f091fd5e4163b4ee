"""Writing what was decided: alerts opened in one go, the others changed one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.domain.alerts import Change
from bot.domain.ledger import SettledBy
from bot.domain.lifecycle import AlertState
from bot.domain.reasons import Rule
from bot.domain.told import Told
from bot.services.scanning import Judged, Rules
from storage import alerts, bulk, handovers, ids, messages
from storage.standings import OpenAlert
from storage.unit_of_work import UnitOfWork

SOURCE = "scan"


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
        for one in judged:
            if one.alert is not None and one.decision.changes:
                self._change(one, one.alert)
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
            self._event(one, alert_id, "alert_opened", 1, level=one.decision.level)
        return {one.facts.client_id: id for one, id in zip(opened, made, strict=True)}

    def _new_row(self, one: Judged) -> dict[str, Any]:
        facts, decision = one.facts, one.decision
        return {
            "client_id": facts.client_id,
            "owner_id": facts.owner_id,
            "state": AlertState.OPEN.value,
            "level": decision.level,
            "reasons": [reason.to_document() for reason in decision.reasons],
            "currency": facts.currency,
            "overdue_minor": facts.overdue_minor,
            "oldest_due_on": facts.oldest_due_on,
        }

    def _change(self, one: Judged, alert: OpenAlert) -> None:
        changes = set(one.decision.changes) - {Change.LIMIT, Change.LIMIT_CLEARED}
        if not changes:
            return
        values = self._figures(one) | self._state(one, alert, changes)
        version = alert.version + 1
        alerts.change_alert(
            self.uow.session, workspace_id=self.rules.workspace_id, id=alert.id, **values
        )
        for change in one.decision.changes:
            if change not in (Change.EDITED, Change.LIMIT, Change.LIMIT_CLEARED):
                self._event(one, alert.id, f"alert_{change}", version, level=one.decision.level)
        self._tell(one, alert, changes, version)

    def _figures(self, one: Judged) -> dict[str, Any]:
        facts, decision = one.facts, one.decision
        if decision.state is AlertState.RESOLVED:
            return {}
        return {
            "level": decision.level,
            "reasons": [reason.to_document() for reason in decision.reasons],
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
                "state_reason": "",
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
        return resolution_values(alert, settled, one.facts.overdue_minor, self.rules)

    def _tell(self, one: Judged, alert: OpenAlert, changes: set[Change], version: int) -> None:
        if alert.ts and Change.REASSIGNED not in changes:
            self._queue(Told.ALERT, alert, "edit", version, method=messages.EDIT)
        if Change.NEWS in changes:
            self._queue(Told.ALERT_NEWS, alert, "news", version, proactive=True)
        if Change.NEWS in changes and one.decision.level == 3 > announced(alert):
            self._tell_manager(one, alert)
        if Change.WINDOW_ENDING in changes and alert.ts:
            self._queue(Told.WINDOW_ENDING, alert, "window", version, proactive=True)
        if changes & {Change.EXPIRED, Change.HANDOVER_PROPOSED} and alert.ts:
            told = Change.HANDOVER_PROPOSED if Change.HANDOVER_PROPOSED in changes else None
            body = {"change": (told or Change.EXPIRED).value, "state": alert.facts.state.value}
            self._queue(Told.ALERT_EVENT, alert, "expired", version, proactive=True, body=body)
        if Change.HANDED_OVER in changes:
            self._hand_over(one, alert)

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
            thread="" if method == messages.EDIT else f"alert:{alert.id}",
            person_id=reader.id if reader else None,
            method=method,
            proactive=proactive,
            body={"alert_id": alert.id, **(body or {})},
            not_before=opening if proactive else None,
        )

    def _tell_manager(self, one: Judged, alert: OpenAlert) -> None:
        owner = self.rules.people.get(one.facts.owner_id or 0)
        manager = self.rules.people.get(owner.manager_id or 0) if owner else None
        if manager is not None:
            tell_manager(self.uow, self.rules, alert.id, manager.id)

    def _hand_over(self, one: Judged, alert: OpenAlert) -> None:
        """Offer the file to finance: the window is over and nothing is live."""
        rules = self.rules
        key = f"auto:{alert.id}:{alert.facts.window.ends_on}"
        handover_id = handovers.add_handover(
            self.uow.session,
            workspace_id=rules.workspace_id,
            key=key,
            client_id=one.facts.client_id,
            alert_id=alert.id,
            by_id=alert.facts.owner_id,
            automatic=True,
            opinion="",
            at=rules.now,
            take_by_on=one.decision.state_ends_on or rules.today,
        )
        if handover_id is None:
            return
        opening = rules.calendar.next_working_minute(rules.now, rules.settings.time_zone)
        messages.tell(
            self.uow.session,
            workspace_id=rules.workspace_id,
            kind=Told.HANDOVER,
            subject=f"handover:{handover_id}",
            key=f"handover:{handover_id}:post",
            now=rules.now,
            channel=rules.settings.finance_channel,
            body={"handover_id": handover_id},
            not_before=opening,
        )

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


def one_owner(one: Judged) -> int | None:
    """Return the owner an alert keeps while its client is held back."""
    return one.alert.facts.owner_id if one.alert else one.facts.owner_id


def announced(alert: OpenAlert) -> int:
    """Return the level last said of an alert."""
    return alert.facts.announced_level


def new_owner_values() -> dict[str, Any]:
    """Return the columns of an alert whose new owner has not seen it: a new post, a new clock."""
    return {
        "channel": "",
        "ts": "",
        "shown_at": None,
        "announced_level": 0,
        "announced_minor": 0,
        "announced_bucket": "",
        "window_ends_on": None,
        "window_left_days": None,
        "window_suspended_until": None,
        "window_warned_at": None,
        "ack_expiries": 0,
    }


def resolution_values(
    alert: OpenAlert, settled: dict[SettledBy, int], left_minor: int, rules: Rules
) -> dict[str, Any]:
    """Return the columns of a resolved alert: how it was settled, how late, and what remains.

    Credits that cover the items without closing them are netting.
    """
    by = max(settled, key=lambda way: settled[way], default=SettledBy.NETTING)
    due_on: date | None = alert.facts.oldest_due_on
    return {
        "state": AlertState.RESOLVED.value,
        "state_at": rules.now,
        "state_ends_on": None,
        "state_by_id": None,
        "resolved_at": rules.now,
        "resolved_by": by.value,
        "resolution": {
            "settled": {way.value: minor for way, minor in sorted(settled.items())},
            "settled_minor": max(0, alert.facts.overdue_minor - left_minor),
            "left_minor": left_minor,
            "days": (rules.today - due_on).days if due_on else 0,
        },
    }


def tell_manager(uow: UnitOfWork, rules: Rules, alert_id: int, manager_id: int) -> None:
    """Tell a manager once that a client of their team reached level 3."""
    zone = rules.people[manager_id].time_zone
    messages.tell(
        uow.session,
        workspace_id=rules.workspace_id,
        kind=Told.MANAGER_LEVEL3,
        subject=f"alert:{alert_id}",
        key=f"alert:{alert_id}:level3:{manager_id}",
        now=rules.now,
        person_id=manager_id,
        proactive=True,
        body={"alert_id": alert_id},
        not_before=rules.calendar.next_working_minute(rules.now, zone),
    )


LIMIT_RULES = (Rule.LIMIT_NEAR, Rule.LIMIT_OVER)
