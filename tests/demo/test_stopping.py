"""A demo that is told to stop leaves nothing behind."""

from pathlib import Path

import pytest

from tests.demo_process import running_demo


def test_a_stopped_demo_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setenv("TMPDIR", str(kept))
    with running_demo(tmp_path):
        assert list(kept.iterdir())
    assert not list(kept.iterdir())
