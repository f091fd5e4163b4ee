"""A day's notices for every company followed, in one request or page by page."""

import httpx
import pytest

from bot.domain.solvency.dossier import SourceState
from bot.sources.found import Found
from bot.sources.notices import Notices
from tests.sources.web import SITE, Recorder, a_web, answering
from tests.sources.written_notices import DAY, OTHER, SIREN, a_record


async def test_one_request_brings_a_whole_day_for_ten_thousand_companies() -> None:
    followed = frozenset(str(990_000_000 + n) for n in range(10_000)) | {SIREN}
    asked = answering([a_record(), a_record(id="A9", registre=["111111111"], listepersonnes=None)])
    answer = await Notices(a_web(asked), SITE).published_on(DAY, followed)
    assert answer.value is not None
    assert [reading.event.siren for reading in answer.value] == [SIREN]
    assert len(asked.requests) == 1
    assert "date'2026-10-07'" in asked.requests[0].url.params["where"]


async def test_a_day_without_news_is_an_answer() -> None:
    answer = await Notices(a_web(answering([])), SITE).published_on(DAY, {SIREN})
    assert answer == Found(SourceState.ANSWERED, ())


async def test_an_export_refused_is_read_by_pages() -> None:
    asked = Recorder(
        httpx.Response(400, json={"error_code": "x"}),
        httpx.Response(200, json={"results": [a_record(id=f"A{n}") for n in range(100)]}),
        httpx.Response(200, json={"results": []}),
    )
    answer = await Notices(a_web(asked), SITE).published_on(DAY, {SIREN})
    assert answer.value is not None
    assert len(answer.value) == 100


async def test_a_day_too_full_for_pages_is_not_taken_for_read() -> None:
    full = [a_record(id=f"A{n}") for n in range(100)]
    asked = Recorder(httpx.Response(400), httpx.Response(200, json={"results": full}))
    answer = await Notices(a_web(asked), SITE).published_on(DAY, {OTHER})
    assert (answer.state, len(asked.requests)) == (SourceState.WRONG, 101)


@pytest.mark.parametrize("last", [httpx.Response(503), httpx.Response(200, json={"odd": 1})])
async def test_pages_that_break_off_are_not_taken_for_read(last: httpx.Response) -> None:
    asked = Recorder(httpx.Response(400), last)
    answer = await Notices(a_web(asked), SITE).published_on(DAY, {SIREN})
    assert answer.state in (SourceState.DOWN, SourceState.WRONG)


async def test_a_service_that_is_down_is_not_asked_page_by_page() -> None:
    answer = await Notices(a_web(answering({}, 503)), SITE).published_on(DAY, {SIREN})
    assert answer.state is SourceState.DOWN
