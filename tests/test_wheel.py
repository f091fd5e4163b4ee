"""The wheel carries all it needs: installed elsewhere, it shows the demo."""

import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.demo_process import running_demo

ROOT = Path(__file__).resolve().parent.parent


def _uv() -> str:
    found = shutil.which(str(ROOT / ".tools" / "bin" / "uv")) or shutil.which("uv")
    if not found:
        pytest.skip("uv is not here: run the tests through `make test`")
    return found


def test_the_wheel_in_an_empty_environment_shows_the_demo(tmp_path: Path) -> None:
    uv, elsewhere = _uv(), tmp_path / "elsewhere"
    elsewhere.mkdir()
    for arguments in (
        ["build", "--quiet", "--wheel", "--out-dir", str(tmp_path), str(ROOT)],
        ["venv", "--quiet", str(tmp_path / "venv")],
    ):
        subprocess.run([uv, *arguments], check=True, cwd=elsewhere)
    (wheel,) = tmp_path.glob("goodcop-*.whl")
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", str(python), str(wheel)],
        check=True,
        cwd=elsewhere,
    )
    command = (str(python.with_name("goodcop")), "demo")
    with running_demo(elsewhere, command=command) as address:
        assert "Menuiserie Roy" in httpx.get(address, follow_redirects=True).text
