"""The rules and calendar in force in a workspace, and what day it is there."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar
from bot.domain.policy import Policy
from bot.sources.holidays_fr import french_holidays
from storage import client_files, policies
from storage.client_files import House
from storage.sessions import Session

# Of the places with holidays of their own, those in metropolitan France: Moselle and Alsace.
_METROPOLITAN = frozenset({"", "57", "6AE"})


@dataclass(frozen=True, slots=True)
class Day:
    """One judged day of a workspace: its rules, its calendar and its ways."""

    today: date
    policy: Policy
    calendar: Calendar
    house: House

    def after(self, business_days: int) -> date:
        """Return the n-th business day after today."""
        return self.calendar.add_business_days(self.today, business_days)


def day_of(session: Session, *, workspace_id: int, now: datetime, today: date | None = None) -> Day:
    """Return the workspace's day: `today`, else the local date of `now`."""
    house = client_files.get_house(session, workspace_id=workspace_id)
    policy = policies.get_policy(session, workspace_id=workspace_id)
    judged = today or now.astimezone(ZoneInfo(house.time_zone)).date()
    years = range(judged.year - 1, judged.year + 3)
    holidays = french_holidays(years, policy.holiday_subdivision or None)
    return Day(judged, policy, policy.calendar(holidays), house)


def is_outside_metropole(policy: Policy) -> bool:
    """Say whether the workspace lives where claims may be declared for four months."""
    return policy.holiday_subdivision not in _METROPOLITAN
