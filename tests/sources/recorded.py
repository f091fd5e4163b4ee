"""Answers of the real services recorded beside the repository; tests skip where there are none."""

import json
from pathlib import Path
from typing import Any

import pytest

API = Path(__file__).resolve().parents[3] / "shared" / "data" / "api"
needs_recordings = pytest.mark.skipif(not API.is_dir(), reason="no recorded answers here")


def recorded(name: str) -> Any:
    """Return one recorded answer as the service gave it, without the recorder's wrapping."""
    document = json.loads((API / name).read_text(encoding="utf-8"))
    return document.get("result", document) if isinstance(document, dict) else document
