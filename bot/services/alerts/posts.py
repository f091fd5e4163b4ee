"""Saying what was opened: within the budget, at working hours, the worst first."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.decision import Change
from bot.domain.ledger import ClientKind
from bot.domain.reasons import Held
from bot.domain.told import Told
from bot.services.alerts.judging import Judged, Rules
from bot.services.alerts.scan_report import Delivery
from bot.services.alerts.values import tell_manager
from storage import alert_posts, alerts, messages
from storage.alert_posts import Unposted
from storage.scan_settings import Recipient
from storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Poster:
    """Queues the posts of one scan; `said` counts the parent messages per person and day.

    `openings` keeps each time zone's next working minute, and its day there.
    """

    uow: UnitOfWork
    rules: Rules
    said: Counter[tuple[int, date]] = field(default_factory=Counter)
    counted: set[date] = field(default_factory=set)
    openings: dict[str, tuple[datetime, date]] = field(default_factory=dict)

    def post(self, limits: Sequence[Judged], *, backlog: bool) -> dict[int, Delivery]:
        """Queue what may be said; return what became of each client's message, by client id."""
        done: dict[int, Delivery] = {}
        waiting = [one for one in self._unposted() if self._may_speak(one)]
        owned = [one for one in waiting if self.rules.recipient(one.owner_id) is not None]
        self._list_backlog([one for one in owned if backlog or self._was_never_shown(one)])
        for one in owned:
            done[one.client_id] = self._post_alert(one)
        for judged in limits:
            done.setdefault(judged.facts.client_id, self._post_limit(judged))
        unowned = [one for one in waiting if one.owner_id is None]
        delivery = self._list_unowned(unowned)
        done.update({one.client_id: delivery for one in unowned})
        self._say_stale()
        return done

    def _unposted(self) -> list[Unposted]:
        return alert_posts.list_unposted(self.uow.session, workspace_id=self.rules.workspace_id)

    def _may_speak(self, one: Unposted) -> bool:
        muted = one.muted_until is not None and one.muted_until >= self.rules.today
        ordinary = one.client_kind == ClientKind.ORDINARY
        fresh = one.entity_id not in self.rules.barred
        return ordinary and fresh and not muted and self.rules.is_active(one.owner_id)

    def _post_alert(self, one: Unposted) -> Delivery:
        rules = self.rules
        reader = rules.recipient(one.owner_id)
        if reader is None:
            return Delivery.HELD
        at, day = self._opening(reader)
        if not one.pierces and not self._has_room(reader, day):
            return Delivery.BUDGET
        told = messages.tell(
            self.uow.session,
            workspace_id=rules.workspace_id,
            kind=Told.ALERT,
            subject=f"alert:{one.alert_id}",
            key=f"alert:{one.alert_id}:post:{one.version}:{day}",
            now=rules.now,
            person_id=reader.id,
            proactive=True,
            pierces=one.pierces,
            body={"alert_id": one.alert_id, "day": day.isoformat()},
            not_before=at,
        )
        if told and not one.pierces:
            self.said[reader.id, day] += 1
        if told and one.level == 3 and reader.manager_id in rules.people:
            tell_manager(self.uow, rules, one.alert_id, reader.manager_id or 0)
        return self._delivery(at)

    def _post_limit(self, judged: Judged) -> Delivery:
        rules, facts, stage = self.rules, judged.facts, judged.decision.limit_stage
        reader = rules.recipient(facts.owner_id)
        over = stage >= rules.policy.limit_over_percent
        if reader is None and not (over and rules.settings.finance_channel):
            return Delivery.HELD
        at, day = self._opening(reader)
        if reader is not None and not self._has_room(reader, day):
            return Delivery.BUDGET
        subject = f"limit:{facts.client_id}"
        body = {"client_id": facts.client_id, "stage": stage, "day": day.isoformat()}
        key = f"{subject}:{stage}:{rules.today}"
        if reader is not None and self._tell_limit(subject, f"{key}:owner", reader, "", body, at):
            self.said[reader.id, day] += 1
        channel = rules.settings.finance_channel
        if over and channel:
            self._tell_limit(subject, f"{key}:finance", None, channel, body, at)
        alerts.set_limit_said(
            self.uow.session,
            workspace_id=rules.workspace_id,
            client_id=facts.client_id,
            stage=stage,
        )
        return self._delivery(at)

    def _tell_limit(
        self,
        subject: str,
        key: str,
        reader: Recipient | None,
        channel: str,
        body: dict[str, object],
        at: datetime,
    ) -> bool:
        return messages.tell(
            self.uow.session,
            workspace_id=self.rules.workspace_id,
            kind=Told.LIMIT,
            subject=subject,
            key=key,
            now=self.rules.now,
            channel=channel,
            person_id=reader.id if reader else None,
            proactive=True,
            body=body,
            not_before=at,
        )

    def _was_never_shown(self, one: Unposted) -> bool:
        """Say whether alerts were turned on, and no scan came to its end since: one was killed."""
        settings, owner = self.rules.settings, self.rules.people.get(one.owner_id or 0)
        since = [at for at in (settings.activated_at, owner and owner.activated_at) if at]
        return settings.scanned_at is None or settings.scanned_at < min(since)

    def _list_backlog(self, owned: Sequence[Unposted]) -> None:
        """Show each person everything at once where the day's budget cannot; clocks start there."""
        by_reader: dict[int, list[int]] = defaultdict(list)
        for one in owned:
            reader = self.rules.recipient(one.owner_id)
            if reader is not None:
                by_reader[reader.id].append(one.alert_id)
        for reader_id, alert_ids in by_reader.items():
            if len(alert_ids) <= self.rules.policy.posts_per_day:
                continue
            reader = self.rules.people[reader_id]
            at, day = self._opening(reader)
            messages.tell(
                self.uow.session,
                workspace_id=self.rules.workspace_id,
                kind=Told.BACKLOG,
                subject=f"backlog:{reader_id}",
                key=f"backlog:{reader_id}:{day}",
                now=self.rules.now,
                person_id=reader_id,
                proactive=True,
                body={"alert_ids": alert_ids},
                not_before=at,
            )

    def _list_unowned(self, unowned: Sequence[Unposted]) -> Delivery:
        channel = self.rules.settings.finance_channel
        if not unowned or not channel:
            return Delivery.HELD
        at, _ = self._opening(None)
        newest = max(one.alert_id for one in unowned)
        messages.tell(
            self.uow.session,
            workspace_id=self.rules.workspace_id,
            kind=Told.UNOWNED,
            subject="unowned",
            key=f"unowned:{newest}",
            now=self.rules.now,
            channel=channel,
            proactive=True,
            body={"alert_ids": [one.alert_id for one in unowned]},
            not_before=at,
        )
        return self._delivery(at)

    def _say_stale(self) -> None:
        """Tell finance once, per state of the books, that alerts wait."""
        channel = self.rules.settings.finance_channel
        for books in self.rules.books:
            held = self.rules.barred.get(books.entity_id)
            if held is not None and channel:
                self._tell_stale(books.entity_id, held, channel)

    def _tell_stale(self, entity_id: int, held: Held, channel: str) -> None:
        at, _ = self._opening(None)
        messages.tell(
            self.uow.session,
            workspace_id=self.rules.workspace_id,
            kind=Told.STALE_BOOKS,
            subject=f"books:{entity_id}",
            key=f"books:{entity_id}:{held.why}:{held.detail}",
            now=self.rules.now,
            channel=channel,
            proactive=True,
            body={"entity_id": entity_id, "why": held.why.value, "until": held.detail},
            not_before=at,
        )

    def _opening(self, reader: Recipient | None) -> tuple[datetime, date]:
        zone = reader.time_zone if reader else self.rules.settings.time_zone
        if zone not in self.openings:
            at = self.rules.calendar.next_working_minute(self.rules.now, zone)
            self.openings[zone] = (at, at.astimezone(ZoneInfo(zone)).date())
        return self.openings[zone]

    def _has_room(self, reader: Recipient, day: date) -> bool:
        if day not in self.counted:
            self.counted.add(day)
            found = alert_posts.count_parents(
                self.uow.session, workspace_id=self.rules.workspace_id, day=day
            )
            for person_id, count in found.items():
                self.said[person_id, day] += count
        return self.said[reader.id, day] < self.rules.policy.posts_per_day

    def _delivery(self, at: datetime) -> Delivery:
        return Delivery.QUIET if at > self.rules.now else Delivery.QUEUED


def limits_of(judged: Sequence[Judged]) -> list[Judged]:
    """Return the judgements that ask for a limit notice, the largest exposure first."""
    asked = [one for one in judged if Change.LIMIT in one.decision.changes]
    return sorted(asked, key=lambda one: -one.facts.exposure_minor)
