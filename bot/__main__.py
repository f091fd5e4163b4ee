"""`python -m bot`, installed as `goodcop`: parse first, import what the command needs after."""

import sys

from bot.cli.parser import parse
from bot.cli.run import run_command


def main() -> None:
    """Run one command and leave with its exit code (0 done, 1 refused, 2 wrong usage)."""
    sys.exit(run_command(parse(sys.argv[1:])))


if __name__ == "__main__":
    main()
