"""The watched folder: imported when complete, moved away, refused with a reason."""

from pathlib import Path

import pytest

from bot.domain.errors import InvalidInput
from jobs.watch_inbox import WatchInbox


class Books:
    """An import that refuses files named so."""

    def __init__(self) -> None:
        self.imported: list[str] = []

    def take(self, path: Path) -> None:
        if path.name.startswith("bad"):
            raise InvalidInput("No header")
        if path.name.startswith("broken"):
            raise RuntimeError("boom")
        self.imported.append(path.name)


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def inbox(tmp_path: Path, books: Books) -> WatchInbox:
    watch = WatchInbox(tmp_path, books.take)
    watch.start()
    return watch


def test_a_file_is_imported_and_moved_once_it_stopped_growing(
    tmp_path: Path, inbox: WatchInbox, books: Books
) -> None:
    (tmp_path / "books.txt").write_text("a")
    inbox.look()
    (tmp_path / "books.txt").write_text("ab")
    inbox.look()
    assert books.imported == []
    inbox.look()
    inbox.look()
    assert books.imported == ["books.txt"]
    assert (tmp_path / "done" / "books.txt").read_text() == "ab"


@pytest.mark.parametrize(
    ("name", "why"), [("bad.txt", "No header"), ("broken.txt", "RuntimeError")]
)
def test_a_refused_file_is_put_aside_with_the_reason(
    tmp_path: Path, inbox: WatchInbox, name: str, why: str
) -> None:
    (tmp_path / name).write_text("x")
    inbox.look()
    inbox.look()
    assert (tmp_path / "refused" / name).exists()
    assert why in (tmp_path / "refused" / f"{name}.txt").read_text()


def test_a_second_file_of_the_same_name_does_not_hide_the_first(
    tmp_path: Path, inbox: WatchInbox
) -> None:
    for text in ("one", "two"):
        (tmp_path / "books.txt").write_text(text)
        inbox.look()
        inbox.look()
    names = sorted(path.name for path in (tmp_path / "done").iterdir())
    assert names == ["books-2.txt", "books.txt"]


def test_a_file_left_half_imported_is_taken_again(tmp_path: Path, books: Books) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "books.txt").write_text("x")
    watch = WatchInbox(tmp_path, books.take)
    watch.start()
    watch.look()
    watch.look()
    assert books.imported == ["books.txt"]
