"""How open data is asked: politely, boundedly, and never with an exception in return."""

import asyncio

import httpx
import pytest

from bot.domain.solvency.dossier import SourceState
from bot.sources.breaker import FAILURES, REST_SECONDS
from bot.sources.http import Site, joined
from tests.sources.web import SITE, FakeTime, Recorder, a_web, answering

BROKEN = httpx.Response(500, json={"erreur": "non"})
FINE = httpx.Response(200, json={"ok": 1})


async def test_a_json_answer_comes_back_as_a_document() -> None:
    reply = await a_web(answering({"ok": 1})).get(SITE, "/search", {"q": "552032534"})
    assert (reply.state, reply.document) == (SourceState.ANSWERED, {"ok": 1})


async def test_a_request_says_who_asks() -> None:
    asked = answering({})
    await a_web(asked).get(SITE, "/search")
    assert asked.requests[0].headers["user-agent"].startswith("goodcop/")


async def test_a_request_stays_under_the_configured_address() -> None:
    asked = answering({})
    await a_web(asked).get(SITE, "//elsewhere.test/search")
    assert asked.requests[0].url.host == "open.test"


async def test_a_redirect_is_not_followed() -> None:
    asked = Recorder(httpx.Response(302, headers={"location": "http://elsewhere.test/"}))
    reply = await a_web(asked).get(SITE, "/search")
    assert (reply.state, len(asked.requests)) == (SourceState.WRONG, 1)


async def test_a_failing_site_is_asked_again_a_bounded_number_of_times() -> None:
    asked = Recorder(BROKEN)
    reply = await a_web(asked).get(SITE, "/search")
    assert (reply.state, len(asked.requests)) == (SourceState.DOWN, 3)


async def test_a_retry_that_succeeds_is_the_answer() -> None:
    reply = await a_web(Recorder(BROKEN, FINE)).get(SITE, "/search")
    assert reply.state is SourceState.ANSWERED


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (httpx.ConnectError("refused"), SourceState.DOWN),
        (httpx.ReadTimeout("slow"), SourceState.SLOW),
        (httpx.RemoteProtocolError("broken"), SourceState.DOWN),
        (httpx.Response(200, content=b"<html>"), SourceState.WRONG),
        (httpx.Response(200, content=b""), SourceState.WRONG),
        (httpx.Response(200, content=b"[" * 200_000), SourceState.WRONG),
        (httpx.Response(400, json={"erreur": "q"}), SourceState.WRONG),
        (httpx.Response(429, json={}), SourceState.SLOW),
        (httpx.Response(503, json={"status": "error"}), SourceState.DOWN),
    ],
)
async def test_trouble_is_a_state(trouble: httpx.Response | Exception, state: SourceState) -> None:
    assert (await a_web(Recorder(trouble)).get(SITE, "/search")).state is state


async def test_an_answer_too_big_is_wrong() -> None:
    reply = await a_web(answering({"a": "x" * 100})).get(SITE, "/search", most_bytes=50)
    assert reply.state is SourceState.WRONG


async def test_requests_to_one_site_keep_its_pace() -> None:
    time = FakeTime()
    web = a_web(answering({}), time)
    await asyncio.gather(*(web.get(SITE, "/search") for _ in range(3)))
    assert time.slept == [0.5, 0.5]


async def test_sites_do_not_wait_for_each_other() -> None:
    time = FakeTime()
    web = a_web(answering({}), time)
    other = Site(SITE.name.__class__.NOTICES, "http://other.test", gap_seconds=0.5)
    await web.get(SITE, "/search")
    await web.get(other, "/search")
    assert time.slept == []


async def test_a_short_retry_after_is_waited_for() -> None:
    time = FakeTime()
    limited = httpx.Response(429, headers={"retry-after": "2"})
    reply = await a_web(Recorder(limited, FINE), time).get(SITE, "/search")
    assert (reply.state, sum(time.slept)) == (SourceState.ANSWERED, 2.0)


async def test_a_long_retry_after_leaves_the_site_alone_until_then() -> None:
    time = FakeTime()
    asked = Recorder(httpx.Response(429, headers={"retry-after": "30"}), FINE)
    web = a_web(asked, time)
    states = [(await web.get(SITE, "/search")).state]
    states.append((await web.get(SITE, "/search")).state)
    time.now += 30
    states.append((await web.get(SITE, "/search")).state)
    assert states == [SourceState.SLOW, SourceState.SLOW, SourceState.ANSWERED]
    assert len(asked.requests) == 2


@pytest.mark.parametrize("header", [{}, {"retry-after": "Wed, 25 Nov 2026 07:28:00 GMT"}])
async def test_too_many_requests_without_seconds_rests_the_site(header: dict[str, str]) -> None:
    asked = Recorder(httpx.Response(503 if header else 429, headers=header), FINE)
    web = a_web(asked)
    await web.get(SITE, "/search")
    await web.get(SITE, "/search")
    assert len(asked.requests) == 1


async def test_three_failures_open_the_breaker() -> None:
    asked = Recorder(BROKEN)
    web = a_web(asked)
    await web.get(SITE, "/search")
    reply = await web.get(SITE, "/search")
    assert (reply.state, len(asked.requests)) == (SourceState.DOWN, FAILURES)


async def test_after_a_rest_one_good_trial_closes_the_breaker() -> None:
    time = FakeTime()
    web = a_web(Recorder(BROKEN, BROKEN, BROKEN, FINE), time)
    await web.get(SITE, "/search")
    time.now += REST_SECONDS
    assert (await web.get(SITE, "/search")).state is SourceState.ANSWERED
    assert (await web.get(SITE, "/search")).state is SourceState.ANSWERED


async def test_after_a_rest_one_bad_trial_opens_it_again() -> None:
    time = FakeTime()
    asked = Recorder(BROKEN)
    web = a_web(asked, time)
    await web.get(SITE, "/search")
    time.now += REST_SECONDS
    await web.get(SITE, "/search")
    assert len(asked.requests) == FAILURES + 1


async def test_a_trial_that_nobody_waits_for_does_not_lock_the_breaker() -> None:
    time = FakeTime()
    hanging = asyncio.Event()
    answers = [BROKEN] * FAILURES

    async def handler(request: httpx.Request) -> httpx.Response:
        if answers:
            return httpx.Response(answers.pop().status_code)
        await hanging.wait()
        return httpx.Response(200, json={})

    web = a_web(handler, time)  # type: ignore[arg-type]
    await web.get(SITE, "/search")
    time.now += REST_SECONDS
    trial = asyncio.ensure_future(web.get(SITE, "/search"))
    await asyncio.sleep(0)
    trial.cancel()
    await asyncio.gather(trial, return_exceptions=True)
    hanging.set()
    assert (await web.get(SITE, "/search")).state is SourceState.ANSWERED


async def test_a_posted_body_is_json() -> None:
    asked = answering({"valid": True})
    await a_web(asked).post(SITE, "/check", {"countryCode": "FR"})
    assert asked.requests[0].content == b'{"countryCode":"FR"}'


@pytest.mark.parametrize(
    "base", ["https://h.test", "https://h.test/", "https://h.test/api/v2.1", "https://h.test/api"]
)
def test_an_address_may_be_given_with_or_without_its_path(base: str) -> None:
    assert joined(base, "/api/v2.1/records") == "https://h.test/api/v2.1/records"
