"""Imports, new years, undos and parts set apart, in any order: the books are right to the cent."""

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.actors import system
from bot.domain.errors import Conflict
from bot.domain.item_states import StateKind
from bot.services.items.service import ItemStateService
from storage.unit_of_work import Database
from storage.vault import Vault
from tests.import_files import AT, Desk, open_desk, opening, receipt, sale
from tests.sources.written_fec import Entry

CLIENTS = ["C1", "C2", "C3"]
moves = st.lists(
    st.one_of(
        st.tuples(st.just("sale"), st.sampled_from(CLIENTS), st.integers(1, 900_000)),
        st.tuples(st.just("pay"), st.sampled_from(CLIENTS), st.integers(1, 900_000)),
        st.tuples(st.just("import"), st.just(""), st.just(0)),
        st.tuples(st.just("undo"), st.just(""), st.just(0)),
        st.tuples(st.just("year"), st.sampled_from(["detail", "one", "none"]), st.just(0)),
        st.tuples(st.just("apart"), st.sampled_from(CLIENTS), st.integers(1, 900_000)),
        st.tuples(st.just("back"), st.just(""), st.just(0)),
    ),
    max_size=14,
)


@dataclass
class Ledger:
    """The books as their own software has them: entries of the year, sums since ever."""

    year: int = 2026
    entries: list[Entry] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def book(self, what: str, client: str, minor: int) -> None:
        """Add a sale or a receipt of the day."""
        self.count += 1
        day = f"{self.year}{1 + self.count % 11:02d}15"
        make = sale if what == "sale" else receipt
        self.entries.append(make(client, f"FA-{self.count:04d}", day, minor))
        self.sums[client] = self.sums.get(client, 0) + (minor if what == "sale" else -minor)

    def close(self, how: str) -> None:
        """Begin the next year: opened by client, in two parts, or not opened yet."""
        self.year += 1
        day = f"{self.year}0101"
        parts = {"one": (1,), "detail": (3, 1), "none": ()}[how]
        self.entries = [
            opening(client, "RAN", day, amount)
            for client, minor in self.sums.items()
            for amount in _shares(minor, parts)
            if amount
        ]
        self.book("sale", "C1", 100)


def _shares(minor: int, parts: tuple[int, ...]) -> list[int]:
    if not parts:
        return []
    first = minor * parts[0] // sum(parts)
    return [first, minor - first]


def run(desk: Desk, steps: list[tuple[str, str, int]]) -> None:
    """Play the steps; after each import the books say what the ledger says."""
    ledger = Ledger()
    for what, which, minor in steps:
        if what in ("sale", "pay"):
            ledger.book(what, which, minor)
        elif what == "year":
            bring(desk, ledger)
            ledger.close(which)
            bring(desk, ledger)
        elif what == "import":
            bring(desk, ledger)
        elif what == "apart":
            set_apart(desk, which, minor)
        elif what == "back":
            put_back(desk)
        else:
            undo(desk)
            check(desk)
            bring(desk, ledger)
        check(desk)


def bring(desk: Desk, ledger: Ledger) -> None:
    """Import the ledger's file of the year, and compare each client's net."""
    if not ledger.entries:
        return
    today = date(ledger.year, 12, 31)
    try:
        desk.fec(ledger.entries, year=ledger.year, today=today, force=True)
    except Conflict:
        return
    nets = dict(
        desk.rows("SELECT c.code, b.net_minor FROM balance b JOIN client c ON c.id = b.client_id")
    )
    expected = {code: minor for code, minor in ledger.sums.items() if minor}
    assert {code: minor for code, minor in nets.items() if minor} == expected


def set_apart(desk: Desk, client: str, minor: int) -> None:
    """Set a part, or all, of a client's newest open invoice apart."""
    open_items = desk.rows(
        "SELECT i.id, i.open_minor, i.kind FROM open_item i JOIN client c ON c.id = i.client_id "
        "WHERE c.code = :client AND i.open_minor > 0 ORDER BY i.id DESC",
        client=client,
    )
    if not open_items or open_items[0][2] in set(StateKind):
        return
    item_id, open_minor, _ = open_items[0]
    ItemStateService(desk.database, lambda: AT).set_apart(
        system(desk.workspace_id),
        item_id,
        kind=StateKind.BILL,
        amount=f"{min(minor, open_minor) / 100:.2f}",
        due_on=date(2029, 1, 1),
        key=f"apart:{item_id}:{minor}:{len(desk.rows('SELECT id FROM item_state'))}",
    )


def put_back(desk: Desk) -> None:
    """Put the part set apart first back."""
    held = desk.rows("SELECT id FROM item_state WHERE ended_at IS NULL ORDER BY id")
    for (state_id,) in held[:1]:
        ItemStateService(desk.database, lambda: AT).put_back(
            system(desk.workspace_id), state_id, key=f"back:{state_id}"
        )


def undo(desk: Desk) -> None:
    """Take the last import back, if there is one."""
    try:
        desk.imports.undo_last(desk.workspace_id, by="fiona", now=AT)
    except Conflict:
        return


def check(desk: Desk) -> None:
    """Compare each account with its items."""
    rows = desk.rows(
        "SELECT b.net_minor - b.unattributed_minor, (SELECT COALESCE(SUM(i.open_minor), 0) "
        "FROM open_item i WHERE i.client_id = b.client_id AND i.currency = b.currency) "
        "FROM balance b"
    )
    assert all(account == items for account, items in rows)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=moves)
def test_net_equals_items_after_any_sequence_of_imports(
    migrated_sqlite: Path,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, str, int]],
) -> None:
    folder = tmp_path_factory.mktemp("books")
    copy = shutil.copy(migrated_sqlite, folder / "goodcop.sqlite3")
    database = Database(f"sqlite:///{copy}", Vault(("test-key",)))
    try:
        run(open_desk(database, folder), steps)
    finally:
        database.close()
