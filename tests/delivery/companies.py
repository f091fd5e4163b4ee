"""Companies whose day begins, and what Slack must have been told once it began."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from storage.unit_of_work import Database
from tests.books import TODAY, Books, open_books
from tests.conftest import NOW

ALERT, BACKLOG, UNOWNED = "alert", "backlog", "unowned"
YESTERDAY = NOW - timedelta(days=1)
SALES_CHANNELS, FINANCE = 9, "C9"
BUDGET = 3  # new parent messages a person a day
_NAME = re.compile(r"Maison (\d+)-(\d+)")


@dataclass(slots=True)
class Companies:
    """Numbered companies on one database, each with late clients named after its number."""

    database: Database
    expected: Counter[tuple[str, str]] = field(default_factory=Counter)
    _numbers: int = 0

    def at_work(self) -> int:
        """Add a company in its second week: Anne and Karim each have three new late clients.

        A seventh client has no owner. Returns its workspace's id.
        """
        books, number = self._open(activated_at=YESTERDAY, scanned_at=YESTERDAY)
        for first, person in enumerate(("Anne", "Karim")):
            names = range(first * BUDGET, (first + 1) * BUDGET)
            self._late_clients(books, number, person, names)
            self.expected.update((ALERT, f"{number}-{client}") for client in names)
        return books.workspace_id

    def to_activate(self) -> int:
        """Add a company that is not active, with a backlog of five for Anne; return its id."""
        books, number = self._open()
        self._late_clients(books, number, "Anne", range(5))
        self.expected.update((ALERT, f"{number}-{client}") for client in range(BUDGET))
        self.expected[BACKLOG, str(number)] += 1
        return books.workspace_id

    def _open(self, **workspace: Any) -> tuple[Books, int]:
        number, self._numbers = self._numbers, self._numbers + 1
        books = open_books(self.database, finance_channel=FINANCE, **workspace)
        self._late_client(books, number, 9, owner_id=None)
        self.expected[UNOWNED, str(number)] += 1
        return books, number

    def _late_clients(self, books: Books, number: int, person: str, clients: range) -> None:
        owner_id = books.person(person, channel=f"C{number % SALES_CHANNELS}")
        for client in clients:
            self._late_client(books, number, client, owner_id=owner_id)

    def _late_client(self, books: Books, number: int, client: int, **values: Any) -> None:
        client_id = books.client(f"C{client}", f"Maison {number}-{client}", **values)
        late_since = TODAY - timedelta(days=10)
        books.item(client_id, f"F{client}", (2000 - client) * 100, due_on=late_since)


def told(posts: Iterable[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """Return what the playground's record says was posted: each alert, list by list."""
    return Counter(_subject(post) for post in posts)


def _subject(post: dict[str, Any]) -> tuple[str, str]:
    kind = post["metadata"]["event_payload"]["key"].partition(":")[0]
    where = post["text"] if kind == ALERT else json.dumps(post["blocks"])
    name = _NAME.search(where)
    assert name, f"a post that names no client: {post}"
    return kind, f"{name[1]}-{name[2]}" if kind == ALERT else name[1]
