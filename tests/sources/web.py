"""The web as tests know it: a handler answers, and time passes only by sleeping."""

from collections.abc import Callable
from typing import Any

import httpx

from bot.domain.solvency.dossier import SourceName
from bot.sources.http import Site, Web

Handler = Callable[[httpx.Request], httpx.Response]
SITE = Site(SourceName.COMPANIES, "http://open.test", gap_seconds=0.5)


class FakeTime:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Recorder:
    """Answers in turn from a list (the last one for ever) and remembers what was asked."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


def a_web(handler: Handler, time: FakeTime | None = None) -> Web:
    """Return a client whose every request goes to `handler`; no waiting is real."""
    time = time or FakeTime()
    return Web(
        transport=httpx.MockTransport(handler), clock=time, sleep=time.sleep, chance=lambda: 0.5
    )


def answering(document: Any, status: int = 200) -> Recorder:
    """Return a handler that always answers one JSON document."""
    return Recorder(httpx.Response(status, json=document))
