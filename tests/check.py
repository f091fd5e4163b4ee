"""The whole test suite as one command: the fast tests side by side, then the browser's."""

import subprocess
import sys

FAST = ["-n", "2", "--ignore=tests/browser", "--cov", "--cov-report="]
BROWSER = ["tests/browser", "--cov", "--cov-append", "--cov-report="]
REPORT = ["report", "--fail-under=90"]
RULES = [
    "report",
    "--include=bot/domain/*,bot/rendering/*",
    "--fail-under=100",
]


def main() -> int:
    """Run every part, in order; stop at the first that fails."""
    for part in (
        ["pytest", *FAST],
        ["pytest", *BROWSER],
        ["coverage", *REPORT],
        ["coverage", *RULES],
    ):
        code = subprocess.run([sys.executable, "-m", *part], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
