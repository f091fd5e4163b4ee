"""What is written down is what is there: settings, manifest, ids, pictures."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from alembic.script import ScriptDirectory
from slack_bolt.async_app import AsyncApp

import handlers
from bot.cli import demo_words
from bot.playground.config import ALL_SCOPES
from bot.settings import Settings
from handlers.desk import Desk
from storage.schema import HEAD

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "app_manifest.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_each_setting_is_in_the_readme_and_the_example(name: str) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert f"`{name.upper()}`" in README
    assert name.upper() in example


@pytest.mark.parametrize("scope", MANIFEST["oauth_config"]["scopes"]["bot"])
def test_each_scope_is_justified_in_the_readme(scope: str) -> None:
    assert f"`{scope}`" in README


def test_each_picture_of_the_readme_is_there() -> None:
    pictures = re.findall(r"!\[[^]]*]\(([^)]+\.png)\)", README)
    assert pictures
    assert [name for name in pictures if not (ROOT / name).is_file()] == []


def test_every_link_to_a_file_leads_somewhere() -> None:
    links = re.findall(r"]\((?!http|#)([^)#]+)\)", README)
    assert [name for name in links if not (ROOT / name).exists()] == []


class _Listening:
    """Remembers what the conversations listen to, as Bolt would be told."""

    def __init__(self) -> None:
        self.heard: dict[str, list[object]] = defaultdict(list)

    def __getattr__(self, kind: str) -> Callable[..., Callable[..., None]]:
        def listen(asked: object = None, *_: object, **__: object) -> Callable[..., None]:
            self.heard[kind].append(asked)
            return lambda *_: None

        return listen


@pytest.fixture(scope="module")
def heard() -> dict[str, list[object]]:
    """What handlers bind, by the kind of request."""
    app = _Listening()
    handlers.register(cast(AsyncApp, app), cast(Desk, None))
    return app.heard


def test_the_manifest_has_the_commands_that_are_answered(heard: dict[str, list[object]]) -> None:
    declared = [one["command"] for one in MANIFEST["features"]["slash_commands"]]
    assert sorted(declared) == sorted(map(str, heard["command"]))


def test_the_manifest_has_the_shortcuts_that_are_answered(heard: dict[str, list[object]]) -> None:
    declared = [
        {"type": f"{one['type']}_action", "callback_id": one["callback_id"]}
        for one in MANIFEST["features"]["shortcuts"]
    ]
    assert declared == heard["shortcut"]


def test_the_manifest_has_the_events_that_are_answered(heard: dict[str, list[object]]) -> None:
    declared = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(declared) == sorted(map(str, heard["event"]))


def test_the_manifest_asks_for_the_scopes_the_playground_checks() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == ALL_SCOPES


def test_the_demo_types_the_commands_of_the_manifest() -> None:
    declared = {one["command"] for one in MANIFEST["features"]["slash_commands"]}
    assert {command.name for command in demo_words.COMMANDS} == declared


def test_the_schema_names_the_newest_migration() -> None:
    folder = ROOT / "storage" / "migrations"
    scripts = ScriptDirectory(str(folder))
    assert scripts.get_current_head() == HEAD
