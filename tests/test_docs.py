"""What is written down is what is there: settings, manifest, ids, pictures."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

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
