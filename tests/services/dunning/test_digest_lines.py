"""What waits is in the morning's digest of who does it; what leaves by itself is in nobody's."""

from datetime import date, timedelta

import pytest

from bot.rendering.team_views import Section, SectionView, StepDoing
from bot.services.mornings.digests import digest_view
from storage.unit_of_work import Database
from tests.services.dunning.company import TUESDAY, Company


@pytest.fixture
def company(sqlite_database: Database) -> Company:
    return Company(sqlite_database)


def doings(company: Company, person_id: int | None) -> list[StepDoing | None]:
    """Return what a person's digest (None: finance's) asks for."""
    return [line.step for line in section(company, person_id, Section.STEPS).lines]


def section(company: Company, person_id: int | None, asked: Section) -> SectionView:
    with company.database.read() as uow:
        view = digest_view(
            uow.session,
            workspace_id=company.workspace_id,
            person_id=person_id,
            today=TUESDAY,
            now=company.clock(),
        )
    found = view.sections if view else ()
    return next((part for part in found if part.section is asked), SectionView(asked))


def test_a_draft_to_read_over_is_its_owners(company: Company) -> None:
    company.debtor(5)
    company.plan()
    assert doings(company, company.anne) == [StepDoing.EMAIL]
    assert doings(company, None) == []


def test_a_courtesy_is_said_as_one_and_not_repeated_among_what_is_due_soon(
    company: Company,
) -> None:
    company.debtor(-5, euros=9000)
    company.plan()
    assert doings(company, company.anne) == [StepDoing.COURTESY_EMAIL]
    assert section(company, company.anne, Section.SOON).lines == ()


def test_a_client_without_an_address_is_listed_for_finance(company: Company) -> None:
    company.debtor(5, mail=False)
    company.plan()
    assert doings(company, None) == [StepDoing.ADDRESS]


def test_the_largest_amounts_come_first(company: Company) -> None:
    company.debtor(5, euros=100)
    company.debtor(5, euros=900)
    company.plan()
    lines = section(company, company.anne, Section.STEPS).lines
    assert [line.minor for line in lines] == [90_000, 10_000]


def test_what_is_in_the_outbox_waits_for_nobody(company: Company) -> None:
    client = company.debtor(5)
    company.books.add(
        "step",
        **{"client_id": client, "episode": 1, "step_key": "r", "profile": "new", "level": 1},
        **{"offset_days": 2, "actor": "goodcop", "channel": "email", "tone": "friendly"},
        **{"mode": "automatic", "state": "queued", "item_ids": [], "totals": {}},
        **{"planned_on": TUESDAY - timedelta(days=1), "person_id": company.anne},
        **{"made_at": company.clock(), "changed_at": company.clock()},
    )
    assert doings(company, company.anne) == []


def hold(company: Company, client: int, until: date) -> None:
    """Pause a client's reminders, until a day."""
    made = company.clock()
    company.books.add(
        "hold", client_id=client, kind="manual", key="h", until_on=until, made_at=made
    )


def test_a_draft_whose_client_is_paused_since_is_not_listed(company: Company) -> None:
    client = company.debtor(5)
    company.plan()
    hold(company, client, TUESDAY)
    assert doings(company, company.anne) == []


def test_a_draft_is_listed_again_once_the_pause_is_over(company: Company) -> None:
    client = company.debtor(5)
    company.plan()
    hold(company, client, TUESDAY - timedelta(days=1))
    assert doings(company, company.anne) == [StepDoing.EMAIL]


def test_a_draft_waits_out_the_good_cop_window_of_an_alert(company: Company) -> None:
    client = company.debtor(5)
    company.plan()
    company.books.add(
        "alert",
        **{"client_id": client, "episode": 1, "state": "open", "level": 1, "currency": "EUR"},
        **{"opened_at": company.clock(), "state_at": company.clock(), "owner_id": company.anne},
        overdue_minor=100_000,
        window_ends_on=TUESDAY + timedelta(days=14),
    )
    assert doings(company, company.anne) == []
