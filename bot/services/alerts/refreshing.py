"""Each working morning the messages of open alerts say the day's delays again, in silence."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.told import Told
from bot.services.alerts.judging import Rules, read_rules
from storage import alert_refreshes, messages
from storage.alert_refreshes import Shown
from storage.unit_of_work import Database, UnitOfWork

# Slack takes 50 edits a minute: answers to clicks find room between these.
_APART = timedelta(seconds=3)


class RefreshService:
    """Edits what another day's drawing left behind; asked twice in a day it changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def refresh(self, workspace_id: int, today: date, now: datetime) -> int:
        """Queue an edit of every open alert not drawn `today`; return how many.

        The worst go first, from the owner's first working minute. A day on which the company is
        closed is left alone.
        """
        with self._database.read() as uow:
            rules = read_rules(uow, workspace_id=workspace_id, today=today, now=now)
            midnight = datetime.combine(today, time(), ZoneInfo(rules.settings.time_zone))
            stale = alert_refreshes.list_drawn_before(
                uow.session, workspace_id=workspace_id, since=midnight
            )
        if not stale or not rules.calendar.is_business_day(today):
            return 0
        with self._database.write() as uow:
            for place, shown in enumerate(stale):
                _edit(uow, rules, shown, _APART * place)
            uow.commit()
        return len(stale)


def _edit(uow: UnitOfWork, rules: Rules, shown: Shown, after: timedelta) -> None:
    """Queue one edit; one row serves a version of an alert, day after day."""
    reader = rules.recipient(shown.owner_id)
    zone = reader.time_zone if reader else rules.settings.time_zone
    at = rules.calendar.next_working_minute(rules.now, zone) + after
    key = f"alert:{shown.alert_id}:day:{shown.version}"
    told = messages.tell(
        uow.session,
        workspace_id=rules.workspace_id,
        kind=Told.ALERT,
        subject=f"alert:{shown.alert_id}",
        key=key,
        now=rules.now,
        version=shown.version,
        channel=shown.channel,
        person_id=reader.id if reader else None,
        method=messages.EDIT,
        body={"alert_id": shown.alert_id},
        not_before=at,
    )
    if not told:
        messages.tell_again(uow.session, workspace_id=rules.workspace_id, key=key, at=at)
