"""The scan: who is in alert today, what changed, what is said and what waits."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.domain import window as clock
from bot.domain.actors import Action, Actor, allow
from bot.domain.ageing import ageing_bucket, days_overdue
from bot.domain.decision import Change
from bot.domain.lifecycle import AlertState
from bot.services.alerts.changes import Writer
from bot.services.alerts.judging import Judged, Rules, calendar_for, judge_clients, read_rules
from bot.services.alerts.pause import collector_paused
from bot.services.alerts.posts import Poster, limits_of
from bot.services.alerts.scan_report import AlertLine, Delivery, HeldLine, ScanReport
from bot.services.journal.writing import write_action
from storage import alert_posts, alerts, crossing, policies, scan_settings
from storage.alerts import ClientLine
from storage.sessions import Session
from storage.unit_of_work import Database, UnitOfWork


class SentMessage(Protocol):
    """What is known of a message once Slack took it."""

    @property
    def workspace_id(self) -> int: ...
    @property
    def body(self) -> dict[str, Any]: ...
    @property
    def attempted_at(self) -> datetime: ...


class AlertService:
    """Judges clients and keeps their alerts; every call may be repeated without harm.

    A scan commits after each `chunk` of clients: a click waits for one of them, not for all.
    """

    def __init__(self, database: Database, chunk: int = 2000) -> None:
        self._database, self._chunk = database, chunk

    def scan(
        self,
        workspace_id: int,
        *,
        today: date,
        now: datetime,
        everything: bool = True,
        lines: bool = True,
    ) -> ScanReport:
        """Judge clients on `today`, write what changed, queue what may be said.

        `everything` False looks only at what crosses a line since the last scan, unless books came
        in meanwhile; `lines` False leaves out the report's lines, for a run that nobody reads.
        Before activation nothing is written: the report is the preview.
        """
        with self._database.read() as uow:
            rules = read_rules(uow, workspace_id=workspace_id, today=today, now=now)
            if not rules.anybody_active:
                return _preview(uow, rules)
            client_ids = candidates(uow, rules, everything=everything)
        return self._apply(rules, client_ids, backlog=False, lines=lines)

    def preview(self, workspace_id: int, *, today: date, now: datetime) -> ScanReport:
        """Return what a scan on `today` would say to everyone, writing nothing."""
        with self._database.read() as uow:
            rules = read_rules(uow, workspace_id=workspace_id, today=today, now=now)
            return _preview(uow, rules)

    def activate(
        self,
        actor: Actor,
        *,
        today: date,
        now: datetime,
        person_id: int | None = None,
    ) -> ScanReport:
        """Turn alerts on, for everyone or one person, and open the backlog worst first.

        Raise `NotAllowed` unless the actor is finance or an administrator.
        """
        allow(actor, Action.ACTIVATE)
        with self._database.write() as uow:
            scan_settings.mark_active(
                uow.session, workspace_id=actor.workspace_id, person_id=person_id, now=now
            )
            write_action(uow.session, actor, "alerts_activated", now, {"of_person_id": person_id})
            uow.commit()
        with self._database.read() as uow:
            rules = read_rules(uow, workspace_id=actor.workspace_id, today=today, now=now)
            client_ids = candidates(uow, rules, everything=True)
        return self._apply(rules, client_ids, backlog=True)

    def _apply(
        self, rules: Rules, client_ids: Sequence[int], *, backlog: bool, lines: bool = True
    ) -> ScanReport:
        """Write chunk by chunk; what may be said of them all is queued with the last."""
        report = ScanReport(rules.today)
        limits: list[Judged] = []
        last = max(0, (len(client_ids) - 1) // self._chunk * self._chunk)
        for start in range(0, last + 1, self._chunk):
            with collector_paused(), self._database.write() as uow:
                scan_settings.get_settings(uow.session, workspace_id=rules.workspace_id, lock=True)
                chunk = client_ids[start : start + self._chunk]
                judged = list(judge_clients(uow, rules, chunk, lock=True)) if chunk else []
                opened = Writer(uow, rules).write(judged)
                report.judged += len(judged)
                limits += limits_of(judged)
                if lines:
                    _report(uow, rules, judged, report, opened)
                if start == last:
                    _post(uow, rules, limits, report, backlog=backlog)
                uow.commit()
        report.sort()
        return report


def _post(
    uow: UnitOfWork, rules: Rules, limits: Sequence[Judged], report: ScanReport, *, backlog: bool
) -> None:
    done = Poster(uow, rules).post(limits, backlog=backlog)
    scan_settings.mark_scanned(
        uow.session, workspace_id=rules.workspace_id, today=rules.today, now=rules.now
    )
    for line in report.alerts:
        line.delivery = done.get(line.client_id, line.delivery)
    _note_pending(uow, rules, report)


def _note_pending(uow: UnitOfWork, rules: Rules, report: ScanReport) -> None:
    """Say of alerts this scan has nothing to say about which still wait in the outbox."""
    silent = [line for line in report.alerts if line.delivery is Delivery.NONE]
    if not silent:
        return
    waiting = alert_posts.list_waiting(uow.session, workspace_id=rules.workspace_id)
    for line in silent:
        if line.alert_id in waiting:
            line.delivery = Delivery.PENDING


def candidates(uow: UnitOfWork, rules: Rules, *, everything: bool) -> list[int]:
    """Return the clients a scan must judge: everyone, or who crosses a line since the last."""
    since, at = rules.settings.scanned_on, rules.settings.scanned_at
    session, workspace_id = uow.session, rules.workspace_id
    if everything or since is None or at is None or since > rules.today:
        return crossing.list_client_ids(session, workspace_id=workspace_id)
    if crossing.was_imported_since(session, workspace_id=workspace_id, scanned_at=at):
        return crossing.list_client_ids(session, workspace_id=workspace_id)
    days = rules.policy.window_warning_days
    return crossing.list_crossing_ids(
        session,
        workspace_id=workspace_id,
        today=rules.today,
        since=since,
        scanned_at=at,
        soon=rules.calendar.add_business_days(rules.today, days),
        policy=rules.policy,
    )


def on_alert_sent(session: Session, message: SentMessage, channel: str, ts: str) -> None:
    """Remember the message that shows an alert; the first showing starts the owner's window."""
    alert_id = int(message.body["alert_id"])
    row = alerts.get_alert(session, workspace_id=message.workspace_id, id=alert_id)
    today = _local_day(session, message.workspace_id, message.attempted_at)
    days = days_overdue(row.oldest_due_on, today) if row.oldest_due_on else 0
    alerts.mark_posted(
        session,
        workspace_id=message.workspace_id,
        id=alert_id,
        channel=channel,
        ts=ts,
        announced_level=row.level,
        announced_minor=row.overdue_minor,
        announced_bucket=ageing_bucket(days).value,
    )
    _start_windows(session, message.workspace_id, [alert_id], message.attempted_at)


def on_backlog_sent(session: Session, message: SentMessage, channel: str, ts: str) -> None:
    """Start the windows of every alert of the list a person has just been shown."""
    alert_ids = [int(id) for id in message.body["alert_ids"]]
    _start_windows(session, message.workspace_id, alert_ids, message.attempted_at)


def _start_windows(
    session: Session, workspace_id: int, alert_ids: list[int], now: datetime
) -> None:
    shown_on = _local_day(session, workspace_id, now)
    policy = policies.get_policy(session, workspace_id=workspace_id)
    window = clock.start(shown_on, policy, calendar_for(policy, shown_on))
    alert_posts.mark_shown(
        session,
        workspace_id=workspace_id,
        alert_ids=alert_ids,
        shown_at=now,
        window_ends_on=window.ends_on,
    )


def _local_day(session: Session, workspace_id: int, now: datetime) -> date:
    settings = scan_settings.get_settings(session, workspace_id=workspace_id)
    return now.astimezone(ZoneInfo(settings.time_zone)).date()


def _preview(uow: UnitOfWork, rules: Rules) -> ScanReport:
    report = ScanReport(rules.today)
    judged = [one for one in judge_clients(uow, rules, None) if _is_worth_a_line(one)]
    _report(uow, rules, judged, report, {})
    for line in report.alerts:
        line.delivery = Delivery.PREVIEW
    report.sort()
    return report


def _is_worth_a_line(one: Judged) -> bool:
    decision = one.decision
    return one.alert is not None or bool(decision.changes) or decision.held is not None


def _report(
    uow: UnitOfWork,
    rules: Rules,
    judged: Sequence[Judged],
    report: ScanReport,
    opened: dict[int, int],
) -> None:
    """Add a line per client in alert or held back."""
    told = [one for one in judged if _is_worth_a_line(one)]
    names = alerts.list_clients(
        uow.session, workspace_id=rules.workspace_id, ids=[one.facts.client_id for one in told]
    )
    for one in told:
        client = names[one.facts.client_id]
        if one.decision.held is not None:
            report.held.append(HeldLine(client.id, _label(client), one.decision.held))
        if one.alert is not None or one.decision.changes:
            report.alerts.append(_line(one, client, rules, opened))


def _line(one: Judged, client: ClientLine, rules: Rules, opened: dict[int, int]) -> AlertLine:
    reader = rules.recipient(one.facts.owner_id)
    owner = rules.people.get(one.facts.owner_id or 0)
    finance = rules.settings.finance_channel
    said = {Change.NEWS, Change.EXPIRED, Change.WINDOW_ENDING, Change.HANDED_OVER}
    speaks = bool(said & set(one.decision.changes))
    return AlertLine(
        client_id=client.id,
        client=_label(client),
        owner=(owner.name or None) if owner else None,
        owner_id=one.facts.owner_id,
        level=one.decision.level if one.decision.state else 0,
        draw_reasons=partial(one.reasons, rules),
        state=(one.decision.state or AlertState.OPEN).value,
        change=one.decision.change,
        channel=reader.channel if reader else finance,
        delivery=Delivery.QUEUED if speaks else _waits(one),
        overdue_minor=one.facts.overdue_minor,
        currency=one.facts.currency,
        oldest_due_on=one.facts.oldest_due_on,
        alert_id=one.alert.id if one.alert else opened.get(client.id),
    )


def _waits(one: Judged) -> Delivery:
    return Delivery.HELD if one.decision.held is not None else Delivery.NONE


def _label(client: ClientLine) -> str:
    return f"{client.code} {client.name}".strip()
