"""The demo's days: books written as files and brought in by the normal door, again and again."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from bot.demo import files
from bot.demo.bank import Transfer, receive, write_statement
from bot.demo.clock import PARIS, MovableClock
from bot.demo.ledger import DemoLedger, generate
from bot.sources.holidays_fr import french_holidays

STAR = "C0412"
HALF_NAMED = "C0332"


class Books(Protocol):
    """goodcop as the story uses it: files in, judgement, the first activation."""

    def bring(self, path: Path, today: date) -> None:
        """Import one file as finance would."""

    def judge(self, today: date) -> None:
        """Judge promises and alerts by what the books say."""

    def set_up(self) -> None:
        """Name the company and its finance channel."""

    def open_for_business(self, today: date) -> None:
        """Press “Activer”."""


@dataclass(slots=True)
class Story:
    """The ledger, the clock and the folder of files, moved forward together."""

    books: Books
    clock: MovableClock
    folder: Path
    ledger: DemoLedger

    @property
    def today(self) -> date:
        """Return the demo's day in Paris."""
        return self.clock().astimezone(PARIS).date()

    def begin(self, *, activated: bool = True) -> None:
        """Bring in people, books and clients, then let alerts go out unless finance is to do it."""
        self.books.bring(files.write_people(self.folder), self.today)
        self._bring_books()
        self.books.bring(files.write_clients(self.ledger, self.folder), self.today)
        self.books.set_up()
        if activated:
            self.books.open_for_business(self.today)
        self.books.judge(self.today)

    def next_morning(self) -> date:
        """Go to 9:00 on the next business day, with the books that finance brings that day."""
        year = self.today.year
        self.clock.next_morning(french_holidays([year, year + 1]))
        self.ledger.advance(self.today)
        self._bring_books()
        self.books.judge(self.today)
        return self.today

    def payment(self) -> int:
        """The star of the story pays all that it owes; return the cents received."""
        self.ledger.advance(self.today)
        cents = self.ledger.pay(STAR, self.today)
        self._bring_books()
        self.books.judge(self.today)
        return cents

    def statement(self) -> list[Transfer]:
        """The day's bank statement arrives, before the books have it; return what came in."""
        self.ledger.advance(self.today)
        transfers = receive(self.ledger, STAR, HALF_NAMED)
        if transfers:
            self.books.bring(write_statement(transfers, self.today, self.folder), self.today)
            self.books.judge(self.today)
        return transfers

    def _bring_books(self) -> None:
        self.books.bring(files.write_fec(self.ledger, self.folder), self.today)


def tell(books: Books, clock: MovableClock, folder: Path) -> Story:
    """Return a story that has not begun; its ledger is drawn for the clock's day."""
    ledger = generate(clock().astimezone(PARIS).date())
    return Story(books, clock, folder, ledger)
