"""What finance granted on a company: an amount and terms, until a day, perhaps on a condition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.hard_rules import Alarm


@dataclass(frozen=True, slots=True)
class Grant:
    """Finance's yes: `granted_minor` may be owed in all, `until` included."""

    granted_minor: int
    currency: str
    terms_days: int
    granted_on: date
    until: date
    condition: str = ""


def holds(grant: Grant, alarms: Iterable[Alarm], currency: str, today: date) -> bool:
    """Say whether a grant still counts: in date, and nothing grave appeared since it was given.

    What cannot be looked for, or has no date, is taken as new; no grant stands against an E.
    """
    if grant.currency != currency or not grant.granted_on <= today <= grant.until:
        return False
    return not any(_is_news(alarm, grant.granted_on) for alarm in alarms)


def _is_news(alarm: Alarm, granted_on: date) -> bool:
    if alarm.rule.cap < Grade.D:
        return False
    return alarm.rule.cap is Grade.E or alarm.since is None or alarm.since > granted_on
