"""What is known at the deadline, what comes later, and what the next question need not ask."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

import pytest

from bot.demo.ledger import siren_for
from bot.domain.errors import TryAgain
from bot.domain.solvency.dossier import (
    CompanyState,
    Dossier,
    EventKind,
    SourceName,
    SourceState,
    VatCheck,
)
from bot.services.solvency.shelf import AnswerShelf, Kept
from bot.sources.found import Found
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, a_company
from tests.services.solvency.open_data_desk import OpenDataDesk, Shelf
from tests.sources.recorded import needs_recordings
from tests.sources.replay import RecordedAnswers

SIREN = siren_for("C0412")
ANSWERED, SLOW, STALE = SourceState.ANSWERED, SourceState.SLOW, SourceState.STALE
NOTHING, DOWN, WRONG = SourceState.NOTHING_KNOWN, SourceState.DOWN, SourceState.WRONG


@pytest.fixture
def desk() -> OpenDataDesk:
    return OpenDataDesk()


def states(dossier: Dossier) -> dict[str, SourceState]:
    return {answer.name.value: answer.state for answer in dossier.sources}


async def gather(desk: OpenDataDesk, siren: str = SIREN) -> Dossier:
    gathered = await desk.gatherer.gather(siren, desk.shelf)
    await desk.gatherer.settle()
    assert gathered.is_complete
    return gathered.dossier


async def test_every_source_adds_its_part(desk: OpenDataDesk) -> None:
    dossier = await gather(desk)
    assert dossier.company is not None
    assert dossier.sector is not None
    assert (dossier.company.town, len(dossier.accounts), dossier.vat) == (
        "NANTES",
        3,
        VatCheck.VALID,
    )


async def test_each_source_is_named_with_its_day(desk: OpenDataDesk) -> None:
    dossier = await gather(desk)
    assert states(dossier) == {
        "companies": ANSWERED,
        "notices": NOTHING,
        "ratios": ANSWERED,
        "vies": ANSWERED,
    }
    assert {answer.as_of for answer in dossier.sources} == {AT_TEN.date()}


async def test_insee_is_asked_only_with_a_key() -> None:
    desk = OpenDataDesk(with_key=True)
    assert states(await gather(desk))["sirene"] is ANSWERED


async def test_insee_s_word_that_a_company_ceased_is_final() -> None:
    desk = OpenDataDesk(with_key=True)
    desk.faults["companies"] = "500"
    dossier = await gather(desk, siren_for("C0445"))
    assert dossier.company is not None
    assert dossier.company.state is CompanyState.CEASED
    assert dossier.company.source is SourceName.SIRENE


async def test_a_second_question_asks_nobody(desk: OpenDataDesk) -> None:
    first = await gather(desk)
    asked = len(desk.requests)
    assert await gather(desk) == first
    assert len(desk.requests) == asked


async def test_kept_answers_are_recalled_without_asking(desk: OpenDataDesk) -> None:
    first = await gather(desk)
    assert desk.gatherer.recall(SIREN, desk.shelf) == first


async def test_nothing_kept_is_nothing_recalled(desk: OpenDataDesk) -> None:
    assert desk.gatherer.recall(SIREN, desk.shelf) is None


async def test_stale_answers_are_asked_again(desk: OpenDataDesk) -> None:
    await gather(desk)
    desk.clock.now += timedelta(hours=13)
    assert desk.gatherer.recall(SIREN, desk.shelf) is None
    desk.requests.clear()
    await gather(desk)
    assert [path.rsplit("/", 2)[-2] for path in desk.requests] == ["annonces-commerciales"]


async def test_a_stale_answer_serves_when_its_source_fails(desk: OpenDataDesk) -> None:
    first = await gather(desk)
    desk.clock.now += timedelta(days=2)
    desk.faults["companies"] = "500"
    dossier = await gather(desk)
    assert dossier.company == first.company
    assert states(dossier)["companies"] is STALE


@pytest.mark.parametrize(("fault", "state"), [("500", DOWN), ("429", SLOW), ("garbage", WRONG)])
async def test_a_failing_source_is_named_and_the_others_answer(
    desk: OpenDataDesk, fault: str, state: SourceState
) -> None:
    desk.faults["ratios"] = fault
    dossier = await gather(desk)
    assert states(dossier)["ratios"] is state
    assert dossier.company is not None


async def test_a_failure_is_kept_for_a_minute_only(desk: OpenDataDesk) -> None:
    desk.faults["notices"] = "garbage"
    first = await gather(desk)
    assert desk.gatherer.recall(SIREN, desk.shelf) == first
    desk.faults.clear()
    desk.clock.now += timedelta(minutes=1)
    assert states(await gather(desk))["notices"] is NOTHING


async def test_a_failure_never_takes_the_place_of_a_kept_answer(desk: OpenDataDesk) -> None:
    await gather(desk)
    desk.clock.now += timedelta(days=2)
    desk.faults["companies"] = "500"
    await gather(desk)
    desk.clock.now += timedelta(minutes=5)
    assert (await gather(desk)).company is not None


async def test_figures_of_the_register_serve_where_no_accounts_are_published(
    desk: OpenDataDesk,
) -> None:
    desk.faults["ratios"] = "500"
    dossier = await gather(desk)
    assert [accounts.source for accounts in dossier.accounts] == [SourceName.COMPANIES]


async def test_what_is_known_at_the_deadline_is_the_answer(desk: OpenDataDesk) -> None:
    desk.faults["notices"] = "hang"
    gathered = await desk.gatherer.gather(SIREN, desk.shelf, deadline_seconds=1.0)
    assert gathered.late is not None
    assert states(gathered.dossier)["notices"] is SLOW
    assert gathered.dossier.company is not None
    gathered.late.cancel()


async def test_when_every_source_hangs_the_answer_still_comes(desk: OpenDataDesk) -> None:
    desk.faults |= dict.fromkeys(("companies", "notices", "ratios", "vies"), "hang")
    gathered = await desk.gatherer.gather(SIREN, desk.shelf, deadline_seconds=0.05)
    assert set(states(gathered.dossier).values()) == {SLOW}


async def test_late_answers_complete_the_dossier_and_are_kept(desk: OpenDataDesk) -> None:
    desk.faults["vies"] = "0.3"
    gathered = await desk.gatherer.gather(SIREN, desk.shelf, deadline_seconds=0.1)
    assert gathered.late is not None
    complete = await gathered.late
    assert complete.vat is VatCheck.VALID
    assert desk.gatherer.recall(SIREN, desk.shelf) == complete


async def test_all_sources_are_asked_before_any_has_answered(desk: OpenDataDesk) -> None:
    desk.faults |= dict.fromkeys(("companies", "notices", "ratios", "vies"), "hang")
    asking = asyncio.ensure_future(desk.gatherer.gather(SIREN, desk.shelf))
    async with asyncio.timeout(10):
        for _ in range(4):
            await desk.arrived.get()
    assert not asking.done()
    asking.cancel()


class _Busy(Shelf):
    def save(self, kept: Iterable[Kept]) -> None:
        raise TryAgain("busy")


async def test_a_busy_database_costs_no_answer(desk: OpenDataDesk) -> None:
    desk.shelf = _Busy()
    assert (await gather(desk)).company is not None


async def test_a_name_is_searched_once(desk: OpenDataDesk) -> None:
    first = await desk.gatherer.search("Lefèvre  Peinture", desk.shelf)
    again = await desk.gatherer.search("lefèvre peinture", desk.shelf)
    assert first == again
    assert first.value is not None
    assert len(desk.requests) == 1


async def test_a_search_that_hangs_is_slow(desk: OpenDataDesk) -> None:
    desk.faults["companies"] = "hang"
    found = await desk.gatherer.search("Lefèvre", desk.shelf, deadline_seconds=0.05)
    assert found == Found(SLOW)


async def test_a_search_done_before_serves_when_the_register_fails(desk: OpenDataDesk) -> None:
    first = await desk.gatherer.search("Lefèvre", desk.shelf)
    desk.clock.now += timedelta(days=2)
    desk.faults["companies"] = "500"
    assert await desk.gatherer.search("Lefèvre", desk.shelf) == first


async def test_answers_are_kept_in_the_database_as_they_were(
    database: Database, desk: OpenDataDesk
) -> None:
    shelf = AnswerShelf(database, a_company(database).workspace_id)
    gathered = await desk.gatherer.gather(siren_for("CDOUT"), shelf)
    await desk.gatherer.search("Lefèvre", shelf)
    await desk.gatherer.settle()
    recalled = await asyncio.to_thread(desk.gatherer.recall, siren_for("CDOUT"), shelf)
    assert recalled == gathered.dossier
    assert [event.kind for event in gathered.dossier.events] == [EventKind.LIQUIDATION]


async def test_a_second_tenant_recalls_nothing(
    sqlite_database: Database, desk: OpenDataDesk
) -> None:
    one, two = (a_company(sqlite_database).workspace_id for _ in range(2))
    await desk.gatherer.gather(SIREN, AnswerShelf(sqlite_database, one))
    await desk.gatherer.settle()
    assert desk.gatherer.recall(SIREN, AnswerShelf(sqlite_database, two)) is None


@needs_recordings
@pytest.mark.parametrize(
    ("siren", "state", "kinds"),
    [
        ("552032534", CompanyState.ACTIVE, []),
        ("487444697", CompanyState.ACTIVE, []),
        ("533744991", CompanyState.ACTIVE, []),
        ("300025764", CompanyState.ACTIVE, []),
        (
            "880878145",
            CompanyState.CEASED,
            [
                EventKind.ACCOUNTS_CONFIDENTIAL,
                EventKind.ACCOUNTS_CONFIDENTIAL,
                EventKind.STRUCK_OFF,
            ],
        ),
        ("883010316", CompanyState.CEASED, []),
    ],
)
async def test_recorded_companies_are_gathered(
    siren: str, state: CompanyState, kinds: list[EventKind]
) -> None:
    dossier = await gather(OpenDataDesk(answers=RecordedAnswers()), siren)
    assert dossier.company is not None
    assert dossier.company.state is state
    assert [event.kind for event in dossier.events] == kinds


@needs_recordings
async def test_a_recorded_company_in_liquidation_is_known_by_its_notices_alone() -> None:
    dossier = await gather(OpenDataDesk(answers=RecordedAnswers()), "933407314")
    assert dossier.company is None
    assert EventKind.LIQUIDATION in [event.kind for event in dossier.events]
