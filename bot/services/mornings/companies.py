"""What a morning says of companies: claims that run out, insurers' clocks, limits, reviews."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.mornings import is_week_start
from bot.domain.solvency.claim_deadlines import claim_deadline, retention_deadline
from bot.domain.solvency.claims import split_at_opening
from bot.domain.solvency.dossier import Event
from bot.rendering.team_views import LineView, Section, SectionView
from bot.services.mornings.parts import Morning, section_of
from bot.services.solvency.cover_news import cover_line
from bot.services.solvency.freezing import claim_items, may_retain, opening_of
from bot.services.workspaces.working_days import is_outside_metropole
from storage import (
    company_accounts,
    company_lists,
    cover_deadlines,
    event_decisions,
    notices,
    watches,
)
from storage.company_lists import CompanyLine

_COVER_SOON = timedelta(days=30)
_RETENTION_SOON = timedelta(days=30)
_COVER_GONE = timedelta(days=7)
_LONG_AGO = date.min


def company_sections(morning: Morning) -> list[SectionView]:
    """Return finance's lines about companies."""
    return [
        section_of(Section.EVENTS, _undecided(morning)),
        section_of(Section.CLAIMS, _claims(morning)),
        section_of(Section.COVER, _covers(morning)),
        usage_section(morning),
        section_of(Section.REVIEWS, _reviews(morning)),
    ]


def usage_section(morning: Morning) -> SectionView:
    """Return the clients that reached a usage level since the business day before."""
    day = morning.day
    rows = company_lists.list_usage_said(
        morning.session,
        workspace_id=morning.workspace_id,
        owners=morning.owners,
        after=day.calendar.subtract_business_days(day.today, 1),
    )
    lines = [_company_line(row) for row in rows]
    if morning.owners is not None:
        lines = [replace(line, person="") for line in lines]
    return section_of(Section.USAGE, lines)


def _undecided(morning: Morning) -> list[LineView]:
    """Return the events nobody decided about, but for those told today."""
    tenant, today = morning.workspace_id, morning.day.today
    lines = []
    for asked in event_decisions.list_undecided(morning.session, workspace_id=tenant):
        on = asked.asked_at.date()
        named = watches.list_followers(morning.session, workspace_id=tenant, siren=asked.siren)
        if on < today and named:
            first = named[0]
            lines.append(LineView(first.client_id or 0, first.name, 0, "EUR", on=on))
    return lines


def _claims(morning: Morning) -> list[LineView]:
    """Return what is still to be claimed in each proceeding, the soonest deadline first."""
    tenant = morning.workspace_id
    lines: list[LineView] = []
    for siren in notices.list_proceedings(morning.session, workspace_id=tenant):
        opening = opening_of(morning.session, tenant, siren)
        if opening is not None:
            lines += _claim_lines(morning, siren, opening)
    return sorted(lines, key=lambda line: (line.on or _LONG_AGO, -line.minor, line.client))


def _claim_lines(morning: Morning, siren: str, opening: Event) -> list[LineView]:
    day, tenant = morning.day, morning.workspace_id
    published = opening.published_on
    far = is_outside_metropole(day.policy)
    claim_by = claim_deadline(published, day.calendar, outside_metropole=far)
    items = claim_items(morning.session, tenant, siren)
    retention_by = retention_deadline(published, day.calendar) if may_retain(items) else None
    claimed_on = event_decisions.find_claimed_on(morning.session, workspace_id=tenant, siren=siren)
    is_claimed = claimed_on is not None and claimed_on >= published
    last = claim_by if claim_by >= day.today and not is_claimed else retention_by
    if last is None or last < day.today or (is_claimed and last > day.today + _RETENTION_SOON):
        return []
    accounts = company_accounts.list_accounts(morning.session, workspace_id=tenant, siren=siren)
    before = split_at_opening(items, opening.on or published).before
    sums: dict[str, int] = {}
    for item in before:
        sums[item.currency] = sums.get(item.currency, 0) + item.open_minor
    return [
        LineView(
            accounts[0].client_id,
            accounts[0].name,
            minor,
            currency,
            days=(last - day.today).days,
            on=claim_by if last == claim_by else None,
            also_on=retention_by,
        )
        for currency, minor in sorted(sums.items())
        if minor > 0 and accounts
    ]


def _covers(morning: Morning) -> list[LineView]:
    today = morning.day.today
    rows = cover_deadlines.list_deadlines(
        morning.session, workspace_id=morning.workspace_id, until=today + _COVER_SOON
    )
    return [cover_line(row, today) for row in rows if row.covered_until >= today - _COVER_GONE]


def _reviews(morning: Morning) -> list[LineView]:
    """Return the reviews fallen due since the business day before; all of them once a week.

    Clients have theirs, and prospects that somebody watches.
    """
    day = morning.day
    whole = is_week_start(day.today, day.calendar)
    after = _LONG_AGO if whole else day.calendar.subtract_business_days(day.today, 1)
    session, tenant, until = morning.session, morning.workspace_id, day.today
    of_clients = company_lists.list_reviews(session, workspace_id=tenant, after=after, until=until)
    rows = of_clients + company_lists.list_prospect_reviews(
        session, workspace_id=tenant, after=after, until=until
    )
    return [_company_line(row) for row in sorted(rows, key=lambda row: row.on)]


def _company_line(row: CompanyLine) -> LineView:
    return LineView(
        row.client_id,
        row.client,
        row.minor,
        row.currency,
        on=row.on,
        person=row.owner,
        percent=row.percent,
        grade=row.grade,
    )
