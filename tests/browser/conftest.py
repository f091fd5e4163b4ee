"""A browser and a demo for the walks; without chromium one line says what was skipped."""

import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.slack_page import PATIENCE_MS
from tests.demo_process import running_demo

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=PATIENCE_MS)  # a busy machine draws late


def chromium_path() -> str:
    """Return chromium's path; skip without it, unless GOODCOP_REQUIRE_BROWSER is set."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    reason = "chromium is not installed (Debian: apt install chromium): browser walks skipped"
    if os.environ.get("GOODCOP_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fresh demo; each module of walks has its own."""
    chromium_path()
    folder: Path = tmp_path_factory.mktemp("demo")
    with running_demo(folder) as address:
        yield address


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A fresh demo in which nothing was sent yet."""
    chromium_path()
    command = (sys.executable, "-m", "bot", "demo", "--before-activation")
    with running_demo(tmp_path_factory.mktemp("first-day"), command=command) as address:
        yield address


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    """Debian's chromium, headless."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield opened
        await opened.close()
