"""A morning counts claims down, lists insurers' deadlines, limits in use and reviews due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.solvency.dossier import Event, EventKind
from bot.rendering.team_views import LineView, Section
from bot.services.mornings.digests import DigestService
from bot.services.solvency.usage import UsageService
from storage import company_ratings, cover_deadlines, event_decisions, notices, watches
from storage.company_ratings import Rated
from storage.cover_deadlines import ClockRow
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company

SIREN = "552032534"
EARLY = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
WEDNESDAY = TUESDAY + timedelta(days=1)
OPENED = Event("A1", SIREN, EventKind.REDRESSEMENT, date(2026, 11, 12), date(2026, 11, 3))


@pytest.fixture
def company(database: Database) -> Company:
    made = a_company(database)
    with database.write() as work:
        work.session.execute(text("UPDATE client SET siren = :siren"), {"siren": SIREN})
        work.session.execute(text("UPDATE workspace SET activated_at = created_at"))
        work.commit()
    return made


def lines(
    database: Database, company: Company, section: Section, today: date = WEDNESDAY
) -> list[LineView]:
    made = DigestService(database, Clock()).digest(company.workspace_id, today, EARLY, write=False)
    finance = next((one.view for one in made.digests if one.person_id is None), None)
    return [
        line
        for part in (finance.sections if finance else ())
        if part.section is section
        for line in part.lines
    ]


def open_a_proceeding(database: Database, company: Company) -> None:
    with database.write() as work:
        notices.replace_events(
            work.session,
            workspace_id=company.workspace_id,
            siren=SIREN,
            events=(OPENED,),
            at=AT_TEN,
        )
        event_decisions.ask_decision(
            work.session, workspace_id=company.workspace_id, siren=SIREN, notice_id="A1", at=AT_TEN
        )
        work.commit()


def rate(database: Database, company: Company, **values: object) -> None:
    plain: dict[str, object] = {
        "siren": SIREN,
        "name": "Menuiserie Roy",
        "town": "",
        "rating": "C",
        "confidence": 60,
        "verdict": "conditions",
        "terms_days": 30,
        "limit_minor": 20_000_00,
        "currency": "EUR",
        "flags": "",
        "review_on": date(2027, 2, 1),
        "as_of": AT_TEN,
    }
    with database.write() as work:
        rated = Rated(**(plain | values))  # type: ignore[arg-type]
        company_ratings.save_rating(work.session, workspace_id=company.workspace_id, rated=rated)
        work.commit()


def test_a_claim_counts_down_to_its_deadline(database: Database, company: Company) -> None:
    open_a_proceeding(database, company)
    [line] = lines(database, company, Section.CLAIMS)
    assert (line.minor, line.on, line.days) == (12_480_00, date(2027, 1, 12), 48)
    assert line.also_on == date(2027, 2, 12)


def test_goods_under_retention_of_title_outlast_the_claim(
    database: Database, company: Company
) -> None:
    open_a_proceeding(database, company)
    [line] = lines(database, company, Section.CLAIMS, date(2027, 1, 20))
    assert (line.on, line.also_on, line.days) == (None, date(2027, 2, 12), 23)


def test_a_claim_declared_leaves_only_the_goods_and_late(
    database: Database, company: Company
) -> None:
    open_a_proceeding(database, company)
    with database.write() as work:
        [asked] = event_decisions.list_undecided(work.session, workspace_id=company.workspace_id)
        event_decisions.mark_claimed(
            work.session, workspace_id=company.workspace_id, id=asked.id, on=TUESDAY
        )
        work.commit()
    assert lines(database, company, Section.CLAIMS) == []
    [line] = lines(database, company, Section.CLAIMS, date(2027, 1, 20))
    assert line.on is None


def test_what_can_no_longer_be_claimed_is_not_listed(database: Database, company: Company) -> None:
    open_a_proceeding(database, company)
    assert lines(database, company, Section.CLAIMS, date(2027, 2, 15)) == []


def test_an_event_nobody_decided_about_is_asked_again(database: Database, company: Company) -> None:
    open_a_proceeding(database, company)
    assert lines(database, company, Section.EVENTS, TUESDAY) == []
    [line] = lines(database, company, Section.EVENTS)
    assert (line.client, line.on) == ("Menuiserie Roy", TUESDAY)


@pytest.mark.parametrize(
    ("step", "until", "shown"),
    [
        ("declare", WEDNESDAY + timedelta(days=30), True),
        ("declare", WEDNESDAY + timedelta(days=31), False),
        ("lost", WEDNESDAY - timedelta(days=7), True),
        ("lost", WEDNESDAY - timedelta(days=8), False),
    ],
)
def test_insurers_deadlines_are_listed_while_something_can_be_done(
    database: Database, company: Company, step: str, until: date, shown: bool
) -> None:
    row = ClockRow(company.client_id, step, until, until, 5_000_00, "EUR", is_alarming=False)
    with database.write() as work:
        cover_deadlines.replace_clocks(work.session, workspace_id=company.workspace_id, rows=[row])
        work.commit()
    assert bool(lines(database, company, Section.COVER)) is shown


def test_a_usage_level_is_told_the_morning_after_and_once(
    database: Database, company: Company
) -> None:
    rate(database, company)
    usage = UsageService(database)
    assert [usage.refresh(company.workspace_id, WEDNESDAY) for _ in range(2)] == [1, 0]
    [line] = lines(database, company, Section.USAGE)
    assert (line.percent, line.minor) == (50, 12_480_00)
    assert lines(database, company, Section.USAGE, WEDNESDAY + timedelta(days=1)) == []


def test_usage_that_fell_is_told_again_when_it_rises(database: Database, company: Company) -> None:
    usage = UsageService(database)
    for limit in (20_000_00, 90_000_00):
        rate(database, company, limit_minor=limit)
        usage.refresh(company.workspace_id, WEDNESDAY)
    rate(database, company)
    assert usage.refresh(company.workspace_id, WEDNESDAY) == 1


def test_near_a_client_s_own_limit_the_limit_notice_speaks(
    database: Database, company: Company
) -> None:
    rate(database, company)
    with database.write() as work:
        work.session.execute(text("UPDATE client SET credit_limit_minor = 1300000"))
        work.commit()
    assert UsageService(database).refresh(company.workspace_id, WEDNESDAY) == 0


def test_nothing_allowed_is_no_limit_in_use(database: Database, company: Company) -> None:
    rate(database, company, limit_minor=0)
    assert UsageService(database).refresh(company.workspace_id, WEDNESDAY) == 0


def test_a_review_is_listed_when_it_falls_due_then_once_a_week(
    database: Database, company: Company
) -> None:
    rate(database, company, review_on=WEDNESDAY)
    days = (WEDNESDAY, WEDNESDAY + timedelta(days=1), date(2026, 11, 30))
    shown = [[one.grade for one in lines(database, company, Section.REVIEWS, d)] for d in days]
    assert shown == [["C"], [], ["C"]]


def test_the_review_of_a_watched_prospect_is_listed_too(
    database: Database, company: Company
) -> None:
    rate(database, company, siren="732829320", name="Gravelle", review_on=WEDNESDAY)
    rate(database, company, siren="428268023", name="Nobody's", review_on=WEDNESDAY)
    with database.write() as work:
        watches.watch(
            work.session,
            workspace_id=company.workspace_id,
            siren="732829320",
            name="Gravelle",
            person_id=company.anne.person_id or 0,
            at=AT_TEN,
        )
        work.commit()
    found = [(one.client, one.client_id) for one in lines(database, company, Section.REVIEWS)]
    assert found == [("Gravelle", 0)]
