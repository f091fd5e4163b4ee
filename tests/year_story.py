"""What the people of the year's company do, and when: promises, disputes, an absence, a plan."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.domain.instalments import TypedInstalment
from bot.domain.item_states import StateKind
from bot.domain.lifecycle import DisputeOutcome, Outcome
from storage import proceeding_holds
from tests.year_company import ANNE, FIONA, YearCompany
from tests.year_script import (
    BANK_SEES,
    CHER,
    CLOSING,
    DUPUIS,
    ETANG,
    FABRE,
    GARNIER,
    ISERE,
    OPENING,
)

AWAY = date(2026, 7, 27), date(2026, 8, 21)
CONTESTED = date(2026, 4, 9), date(2026, 5, 11)
PROMISED = {
    CHER: (date(2026, 2, 25), date(2026, 3, 6)),
    DUPUIS: (date(2026, 3, 2), date(2026, 3, 20)),
    ETANG: (date(2026, 3, 16), date(2026, 5, 29)),
}
FROZEN_FROM = date(2026, 4, 20)

Happens = Callable[[YearCompany], None]


def _promises(client: str, euros: str, on: date) -> Happens:
    return lambda company: company.notes(
        ANNE, client, Outcome.PROMISES, amount_text=euros, promised_on=on
    )


def _promises_a_plan(company: YearCompany) -> None:
    days = (date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 29))
    parts = tuple(TypedInstalment(f"a{n}", f"d{n}", "2000", on) for n, on in enumerate(days))
    company.notes(ANNE, ETANG, Outcome.PROMISES, amount_text="6000", instalments=parts)


def _contests(client: str, euros: str) -> Happens:
    return lambda company: company.notes(
        ANNE, client, Outcome.DISPUTES, amount_text=euros, reason="rayures"
    )


def _is_settled(client: str, outcome: DisputeOutcome) -> Happens:
    def happens(company: YearCompany) -> None:
        query = "SELECT id FROM dispute WHERE client_id = :client AND state = 'open'"
        [(id,)] = company.rows(query, client=company.client_id(client))
        company.core.services.follow_ups.resolve_dispute(company.person(FIONA), id, outcome)

    return happens


def _credit_note_is_made(company: YearCompany) -> None:
    [(task,)] = company.rows("SELECT id FROM task WHERE done_at IS NULL")
    company.core.services.follow_ups.complete_task(company.person(FIONA), task)


def _is_away(company: YearCompany) -> None:
    [(anne,)] = company.rows("SELECT id FROM person WHERE name = 'Anne'")
    [(karim,)] = company.rows("SELECT id FROM person WHERE name = 'Karim'")
    company.entity().change("person", anne, absent_until=AWAY[1], stand_in_id=karim)


def _is_frozen(company: YearCompany) -> None:
    with company.database.write() as uow:
        proceeding_holds.freeze(
            uow.session,
            workspace_id=company.tenant,
            client_id=company.client_id(ISERE),
            notice_id="A2026-1",
            at=company.clock.now,
        )
        uow.commit()


def _retains(company: YearCompany) -> None:
    [(item,)] = company.rows("SELECT id FROM open_item WHERE number = 'FA-1300'")
    company.core.services.item_states.set_apart(
        company.person(FIONA),
        item,
        kind=StateKind.RETENTION,
        amount="500",
        due_on=date(2027, 6, 30),
        key="retention",
    )


STORY: dict[date, Happens] = {
    PROMISED[CHER][0]: _promises(CHER, "3000", PROMISED[CHER][1]),
    PROMISED[DUPUIS][0]: _promises(DUPUIS, "4000", PROMISED[DUPUIS][1]),
    date(2026, 3, 6): lambda company: company.imports_statement(*BANK_SEES),
    PROMISED[ETANG][0]: _promises_a_plan,
    CONTESTED[0]: _contests(FABRE, "2400"),
    date(2026, 4, 16): _contests(GARNIER, "600"),
    FROZEN_FROM: _is_frozen,
    CONTESTED[1]: _is_settled(FABRE, DisputeOutcome.COMPANY_RIGHT),
    date(2026, 6, 2): _is_settled(GARNIER, DisputeOutcome.CLIENT_RIGHT),
    date(2026, 6, 8): _retains,
    date(2026, 6, 15): _credit_note_is_made,
    AWAY[0]: _is_away,
}


def live(company: YearCompany) -> None:
    """Play every weekday: books each Monday and on the last day, then the morning's work."""
    company.opens(OPENING)
    day = OPENING
    while day <= CLOSING:
        company.clock.now = company.clock.now.replace(month=day.month, day=day.day)
        if day.weekday() == 0 or day == CLOSING:
            company.imports_books()
        if day in STORY:
            STORY[day](company)
        company.morning()
        day += timedelta(days=3 if day.weekday() == 4 else 1)
