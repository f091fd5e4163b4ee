"""Run every benchmark, one process each: `python -m benchmarks`, or the names wanted."""

import subprocess
import sys

SCRIPTS = (
    "scan",
    "first_run",
    "balance_lookup",
    "search",
    "importing",
    "dispatch",
    "outbox",
    "delivery_500",
    "fec_reading",
    "startup",
    "open_data",
    "solvency",
    "step_planning",
    "client_story",
    "case_file",
)


def main() -> int:
    """Run them in order; the exit code says whether any of them failed to run."""
    failed = 0
    for name in sys.argv[1:] or SCRIPTS:
        print(f"\n== {name}", flush=True)
        failed |= subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], check=False
        ).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
