"""Goals 11 to 14: the whole of `/balance` through Bolt, in process and over HTTP.

Run `python -m benchmarks.dispatch [CLIENTS [REQUESTS]]` (10,000 clients with ten items each and 300
requests by default). Anchors of the same run: an empty command of a stock AsyncApp (goal 11), one
with `process_before_response` on the same web server (goal 12), our own figure (goal 13).
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest

from benchmarks.bolt_stage import (
    bind_team,
    empty_app,
    goodcop_app,
    install,
    open_bench_core,
    signed,
    slack_stub,
)
from benchmarks.dispatch_http import requests_per_cpu_second
from benchmarks.lookup_books import fill, made_up_names, open_database, postgres
from bot.core import Core

EMPTY_REQUESTS, HTTP_REQUESTS, MORE_LISTENERS, HTTP_SHARE = 60, 1_000, 30, 0.15
Took = list[float]


async def measure(
    app: AsyncApp, texts: list[str], *, expect: str = "", command: str = "/balance"
) -> Took:
    """Return the seconds of each request, signature to answer; `expect` must be in the answer."""
    took = []
    for text in texts:
        body, headers = signed(text, command)
        start = time.perf_counter()
        response = await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
        took.append(time.perf_counter() - start)
        if response.status != 200 or expect not in str(response.body):
            raise RuntimeError(f"{command} {text}: {response.status} {str(response.body)[:300]}")
    return took


def questions(clients: int, requests: int) -> dict[str, list[str]]:
    """Return what people type, by the way they name a client."""
    names = made_up_names(clients)
    seen = Counter(names)
    chance = random.Random(5)
    places = chance.sample([p for p in range(clients) if seen[names[p]] == 1], min(requests, 300))
    places = (places * (requests // len(places) + 1))[:requests]
    return {
        "code": [f"C{place:06d}" for place in places],
        "SIREN": [str(100_000_000 + place) for place in places],
        "exact name": [names[place] for place in places],
        "typo": [_with_typo(names[place]) for place in places[: max(20, requests // 3)]],
    }


def _with_typo(name: str) -> str:
    """Swap two letters inside the longest word."""
    word = max(name.split(), key=len)
    middle = len(word) // 2
    wrong = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return name.replace(word, wrong, 1)


def p99(took: Took) -> float:
    """Return the 99th percentile."""
    return statistics.quantiles(took, n=100)[98]


def say(goal: str, words: str, value: float, most: float) -> bool:
    """Print a ratio with its goal; return whether it is met."""
    met = value <= most
    print(f"goal {goal}: {words}: {value:.2f}x, at most {most:.2f}x: {'met' if met else 'NOT MET'}")
    return met


async def in_process(core: Core, label: str, clients: int, requests: int, p50_most: float) -> bool:
    """Goal 11 on one engine, with goals 13 and 14 on the same app."""
    met, medians = True, {}
    with slack_stub() as (api_url, called):
        app, desk = goodcop_app(core, api_url)
        asked = questions(clients, requests)
        await measure(app, asked["code"][:20], expect="blocks")
        await measure(app, asked["exact name"][:5] + asked["typo"][:2])
        stock = await measure(empty_app(at_once=False), [""] * EMPTY_REQUESTS)
        anchor, anchor_worst = statistics.median(stock), p99(stock)
        print(f"{label}: empty command p50 {anchor * 1e3:.2f} ms, p99 {anchor_worst * 1e3:.2f} ms")
        for way, texts in asked.items():
            took = await measure(app, texts)
            medians[way], worst = statistics.median(took), p99(took)
            told = f"{label}, {way}: p50 {medians[way] * 1e3:.2f} ms, p99 {worst * 1e3:.2f} ms"
            if way == "typo":
                exact = medians["exact name"]
                met &= say("11", f"{told}, p50 against exact", medians[way] / exact, 5.0)
                continue
            met &= say("11", f"{told}, p50", medians[way] / anchor, p50_most)
            if core.database.is_sqlite:
                met &= say("11", f"{told}, p99", worst / anchor_worst, 1.0)
        met &= await _with_more_listeners(core, app, api_url, asked["code"], label)
        answered = sum(map(len, asked.values()))
        count = called.count("auth.test")
        print(f"goal 14: {count} auth.test calls, 0 wanted, in over {answered} requests")
        desk.close()
    return met and count == 0


async def _with_more_listeners(
    core: Core, app: AsyncApp, api_url: str, texts: list[str], label: str
) -> bool:
    """Goal 13: the same requests to a twin with thirty more listeners, in turns."""
    twin, desk = goodcop_app(core, api_url)

    async def nothing(ack: AsyncAck) -> None:
        await ack()

    for place in range(MORE_LISTENERS):
        twin.action(f"bench_{place}")(nothing)
    alone, crowded = [], []
    await measure(twin, texts[:20])
    for start in range(0, len(texts), 50):
        alone += await measure(app, texts[start : start + 50])
        crowded += await measure(twin, texts[start : start + 50])
    desk.close()
    ratio = statistics.median(crowded) / statistics.median(alone)
    return say("13", f"{label}, {MORE_LISTENERS} more listeners, p50", ratio, 1.1)


def main() -> int:
    """Measure SQLite, HTTP, PostgreSQL; the exit code says whether a goal is missed."""
    sizes = [int(word) for word in sys.argv[1:]]
    clients = sizes[0] if sizes else 10_000
    requests = sizes[1] if len(sizes) > 1 else 300
    with tempfile.TemporaryDirectory(prefix="goodcop-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'books.sqlite3'}"
        met = _engine(url, "SQLite", clients, requests, 1 / 3)
        asked = questions(clients, max(requests, HTTP_REQUESTS))["code"]
        ours = requests_per_cpu_second(url, asked)
        floor = requests_per_cpu_second("", [""] * len(asked) * 4)
        share = ours / floor
        met &= share >= HTTP_SHARE
        print(
            f"goal 12: {ours:.0f} requests per server CPU second against {floor:.0f} empty ones:"
            f" {share:.2f}x, at least {HTTP_SHARE}x: {'met' if share >= HTTP_SHARE else 'NOT MET'}"
        )
        with postgres(Path(folder)) as served:
            met &= _engine(served, "PostgreSQL", clients, requests, 0.6)
    return 0 if met else 1


def _engine(url: str, label: str, clients: int, requests: int, p50_most: float) -> bool:
    database = open_database(url)
    workspace_id, _ = fill(database, clients, clients * 10)
    bind_team(database, workspace_id)
    database.close()
    core = open_bench_core(url)
    try:
        install(core)
        return asyncio.run(in_process(core, label, clients, requests, p50_most))
    finally:
        core.close()


if __name__ == "__main__":
    sys.exit(main())
