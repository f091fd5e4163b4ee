"""A demo in its own process, as a person starts it, for the browser tests and the pictures."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

START_SECONDS = 90


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_demo(
    folder: Path, *, command: tuple[str, ...] = (), today: str = "2026-11-24"
) -> Iterator[str]:
    """Run `goodcop demo` from `folder`; yield the page's address; stop it as a person would."""
    port = free_port()
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("COV_", "SLACK_"))}
    log = folder / "demo.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command or (sys.executable, "-m", "bot", "demo"),
            cwd=folder,
            env={
                **inherited,
                "GOODCOP_DEMO_PORT": str(port),
                "GOODCOP_TODAY": today,
                "HOME": str(folder),
                "XDG_DATA_HOME": str(folder / "data"),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_ready(address, process, log)
        yield address
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Tell it to stop, again where a busy machine takes its time; kill it after a minute."""
    for _ in range(6):
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
            return
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    process.wait()


def _wait_until_ready(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        try:
            page = httpx.get(address, follow_redirects=True, timeout=5)
        except httpx.TransportError:
            page = None
        if page is not None and page.status_code == 200 and re.search("Menuiserie", page.text):
            return
        time.sleep(0.3)
    raise AssertionError(f"the demo did not start:\n{log.read_text(errors='replace')[-3000:]}")
