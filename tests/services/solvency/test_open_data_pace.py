"""Public services are asked at their pace; one of our own is asked without waiting."""

import httpx
import pytest

from bot.services.solvency.open_data import Addresses, open_data
from bot.sources.http import Web

BASE = "http://127.0.0.1:9"


async def waits(*, is_ours: bool) -> list[float]:
    """Return how long two questions in a row waited."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"results": [], "total_results": 0})

    web = Web(transport=httpx.MockTransport(answer), sleep=sleep, clock=lambda: 0.0)
    sources = open_data(Addresses(BASE, BASE, BASE, BASE, BASE, is_ours=is_ours), web)
    await sources.companies.find("732829320")
    await sources.companies.find("732829320")
    await sources.close()
    return waited


@pytest.mark.parametrize(("is_ours", "waited"), [(False, [0.5]), (True, [])])
async def test_a_second_question_waits_its_turn_at_a_public_service_alone(
    is_ours: bool, waited: list[float]
) -> None:
    assert await waits(is_ours=is_ours) == waited
