"""The register of doubtful payers: who may flag, for how long, and when a flag is erased."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.actors import Actor
from bot.domain.errors import InvalidInput
from bot.domain.follow_ups import TEXT_MAX, InvalidForm
from bot.domain.solvency.dossier import Flag
from bot.domain.solvency.weights import SolvencyPolicy


@dataclass(frozen=True, slots=True)
class FlagForm:
    """A flag as typed: a reason, and its last day (None: the longest the policy allows)."""

    reason: str
    expires_on: date | None = None


def flag(actor: Actor, siren: str, form: FlagForm, policy: SolvencyPolicy, today: date) -> Flag:
    """Return the flag anyone of the company may put, for a reason and a limited time.

    Raise `InvalidForm` naming every field to mend.
    """
    problems = tuple(_problems(form, policy, today))
    if problems:
        raise InvalidForm(problems)
    last = form.expires_on or today + timedelta(days=policy.flag_days)
    return Flag(siren, form.reason.strip(), actor.name, today, last)


def may_lift(actor: Actor, author_id: int | None) -> bool:
    """Say whether a person may lift a flag: finance, or its author."""
    return actor.is_finance or (author_id is not None and author_id == actor.person_id)


def live_flags(flags: Iterable[Flag], today: date) -> tuple[Flag, ...]:
    """Return the flags in force, the last day included: direct ones first, then the newest."""
    return tuple(
        sorted(
            (one for one in flags if one.expires_on >= today),
            key=lambda one: (
                one.by_group or one.by_name,
                -one.flagged_on.toordinal(),
                one.siren,
                one.reason,
            ),
        )
    )


def _problems(form: FlagForm, policy: SolvencyPolicy, today: date) -> Iterator[InvalidInput]:
    if not form.reason.strip():
        yield InvalidInput("Give a reason.", field="reason")
    elif len(form.reason) > TEXT_MAX:
        yield InvalidInput("Enter at most 3,000 characters.", field="reason")
    if form.expires_on is None:
        return
    if form.expires_on < today:
        yield InvalidInput("Enter a date from today on.", field="expires_on")
    elif form.expires_on > today + timedelta(days=policy.flag_days):
        yield InvalidInput(f"Enter a date within {policy.flag_days} days.", field="expires_on")
