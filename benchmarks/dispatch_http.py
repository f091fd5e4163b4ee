"""A web server as goodcop runs it, in a process of its own, and the load that is put on it.

`python -m benchmarks.dispatch_http PORT [DATABASE_URL]` serves; without a database, an empty app.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import aiohttp
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.bolt_stage import empty_app, goodcop_app, open_bench_core, signed

CONNECTIONS = 16
START_SECONDS = 30.0


def serve(port: int, database_url: str) -> None:
    """Serve goodcop's Bolt on the database, or an empty app, until told to stop."""
    app = empty_app(at_once=True)
    if database_url:
        app, _ = goodcop_app(open_bench_core(database_url), "http://127.0.0.1:9/api/")
    slack = AsyncSlackRequestHandler(app)

    async def from_slack(request: Request) -> Response:
        return await slack.handle(request)

    web = Starlette(routes=[Route("/slack/events", from_slack, methods=["POST"])])
    uvicorn.run(web, host="127.0.0.1", port=port, log_level="warning", access_log=False)


def requests_per_cpu_second(database_url: str, texts: list[str]) -> float:
    """Ask `texts` over 16 connections; return how many the server answers per second of CPU."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "benchmarks.dispatch_http", str(port), database_url]
    process = subprocess.Popen(command)
    try:
        _wait(port)
        address = f"http://127.0.0.1:{port}/slack/events"
        asyncio.run(_load(address, texts[:64]))
        before = cpu_seconds(process.pid)
        asyncio.run(_load(address, texts))
        return len(texts) / (cpu_seconds(process.pid) - before)
    finally:
        process.terminate()
        process.wait(20)


async def _load(address: str, texts: list[str]) -> None:
    left = iter(texts)

    async def person(session: aiohttp.ClientSession) -> None:
        for text in left:
            body, headers = signed(text)
            sent = {name: str(value) for name, value in headers.items()}
            async with session.post(address, data=body, headers=sent) as answer:
                said = await answer.text()
                if answer.status != 200:
                    raise RuntimeError(f"{answer.status} {said[:300]}")

    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(person(session) for _ in range(CONNECTIONS)))


def cpu_seconds(pid: int) -> float:
    """Return the user and system time a process has used, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait(port: int) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
