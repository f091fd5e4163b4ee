"""A folder watched for books: what is dropped there is imported, then moved out of the way."""

from collections.abc import Callable
from pathlib import Path

import structlog

from bot.domain.errors import GoodcopError, TryAgain
from jobs.runner import border

log = structlog.get_logger()
DONE, REFUSED, TAKEN = "done", "refused", "taken"


class WatchInbox:
    """Imports files from `folder` once they have stopped growing between two looks.

    A file is taken by a rename, which only one process wins. Imported ones end in `done`, refused
    ones in `refused` beside a text that says why. A file whose import was cut short is put back at
    the start: importing twice changes nothing.
    """

    def __init__(self, folder: Path, import_file: Callable[[Path], object]) -> None:
        self._folder, self._import_file = folder, import_file
        self._seen: dict[str, tuple[int, int]] = {}

    def start(self) -> None:
        """Make the folders and put back what a stop left half done."""
        for name in (DONE, REFUSED, TAKEN):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        for left in (self._folder / TAKEN).iterdir():
            left.rename(self._folder / left.name)

    def look(self) -> int:
        """Import what is ready; return how many files were dealt with."""
        ready, seen = [], {}
        for path in sorted(self._folder.iterdir()):
            if not path.is_file() or path.name.startswith("."):
                continue
            stat = path.stat()
            seen[path.name] = (stat.st_size, stat.st_mtime_ns)
            if self._seen.get(path.name) == seen[path.name]:
                ready.append(path)
        self._seen = seen
        return sum(self._take(path) for path in ready)

    def _take(self, path: Path) -> bool:
        taken = self._folder / TAKEN / path.name
        try:
            path.rename(taken)
        except FileNotFoundError:
            return False
        words = ""
        with border("watch_inbox", file=path.name) as run:
            words = self._imported(taken)
        self._put_away(taken, run.error or words)
        return True

    def _imported(self, taken: Path) -> str:
        """Import a file; return why it was refused, or nothing."""
        try:
            self._import_file(taken)
        except TryAgain:
            raise
        except GoodcopError as refusal:
            log.warning("file_refused", file=taken.name, why=refusal.message)
            return refusal.message
        return ""

    def _put_away(self, taken: Path, why: str) -> None:
        place = self._folder / (REFUSED if why else DONE)
        target = place / taken.name
        number = 1
        while target.exists():
            number += 1
            target = place / f"{taken.stem}-{number}{taken.suffix}"
        taken.rename(target)
        if why:
            target.with_name(target.name + ".txt").write_text(why + "\n", encoding="utf-8")
