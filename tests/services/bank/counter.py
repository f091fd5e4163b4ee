"""A company's books, its bank and its promises, for tests of what statements pay."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.domain.alert_facts import ClientFacts
from bot.domain.follow_ups import NewPromise
from bot.domain.lifecycle import PromiseState
from bot.domain.policy import DEFAULT
from bot.services.bank.service import BankService, MatchReport
from bot.services.follow_ups.service import FollowUpService
from bot.services.importing.service import ImportReport
from storage import bank_seen, facts, promises
from storage.unit_of_work import Database
from tests.import_files import AT, TODAY, Desk, open_desk, receipt, sale
from tests.sources.written_fec import Entry
from tests.sources.written_statements import camt053, entry, payment

DUVAL, ROY = "C1", "C2"
NUMBER, SECOND = "FA2026-0411", "FA2026-0412"
REVERSED = "<RvslInd>true</RvslInd>"
SALES = (
    sale(DUVAL, NUMBER, "20261001", 120_000, name="MENUISERIE DUVAL"),
    sale(DUVAL, SECOND, "20261005", 80_000, name="MENUISERIE DUVAL"),
    sale(ROY, "FA2026-0413", "20261002", 50_000, name="ATELIER ROY"),
)


@dataclass(slots=True)
class Counter:
    """Finance's counter: books, statements, promises, and what is judged of them."""

    desk: Desk
    bank: BankService
    follow_ups: FollowUpService
    files: int = 0

    def books(self, *more: Entry) -> ImportReport:
        """Import the sales, and more entries, as the books have them by now."""
        return self.desk.fec([*SALES, *more], force=True)

    def statement(self, *entries: str, today: date = TODAY) -> MatchReport:
        """Import a statement and look at its movements."""
        self.files += 1
        self.desk.bring(camt053(self.desk.folder / f"s{self.files}.xml", *entries), today=today)
        return self.bank.match(self.desk.workspace_id, today)

    def client_id(self, code: str = DUVAL) -> int:
        """Return a client's id."""
        found = self.desk.rows("SELECT id FROM client WHERE code = :code", code=code)
        return int(found[0][0])

    def promise(
        self, minor: int, *, code: str = DUVAL, due: date = date(2026, 11, 20), key: str = "k"
    ) -> int:
        """Write a promise made on 10 November."""
        with self.desk.database.write() as uow:
            made = promises.add_promise(
                uow.session,
                workspace_id=self.desk.workspace_id,
                key=key,
                client_id=self.client_id(code),
                alert_id=None,
                note_id=None,
                by_id=None,
                promise=NewPromise(minor, "EUR", due),
                made_on=date(2026, 11, 10),
            )
            uow.commit()
        assert made is not None
        return made

    def state(self, promise_id: int) -> PromiseState:
        """Return where a promise stands."""
        with self.desk.database.read() as uow:
            found = promises.get_promise(
                uow.session, workspace_id=self.desk.workspace_id, id=promise_id
            )
        assert found is not None
        return found.state

    def judge(self, today: date = TODAY, now: datetime = AT) -> None:
        """Judge promises as each morning does."""
        self.follow_ups.judge_promises(self.desk.workspace_id, today, now)

    def seen(self, code: str = DUVAL) -> int:
        """Return what the bank shows of a client and the books lack."""
        with self.desk.database.read() as uow:
            found = bank_seen.read_accounts(uow.session, workspace_id=self.desk.workspace_id)
        live = found.get((self.client_id(code), "EUR"))
        return live.seen().minor if live else 0

    def events(self) -> list[str]:
        """Return what the history of clients says, oldest first."""
        query = "SELECT kind FROM event WHERE client_id IS NOT NULL ORDER BY id"
        return [kind for (kind,) in self.desk.rows(query)]


def open_counter(database: Database, folder: Path) -> Counter:
    """Return a counter whose books were imported."""
    desk = open_desk(database, folder)
    counter = Counter(
        desk, BankService(database, lambda: AT), FollowUpService(database, lambda: AT)
    )
    counter.books()
    return counter


def paid(
    text: str = NUMBER, amount: str = "1200.00", payer: str = "Menuiserie Duval", day: str = "16"
) -> str:
    """Return a receipt of November 2026."""
    return entry(amount, payment(payer, text), day=f"<Dt>2026-11-{day}</Dt>")


def taken_back(
    text: str = NUMBER, amount: str = "1200.00", payer: str = "Menuiserie Duval", day: str = "18"
) -> str:
    """Return a receipt taken back."""
    return entry(
        amount, payment(payer, text), sign="DBIT", more=REVERSED, day=f"<Dt>2026-11-{day}</Dt>"
    )


def booked(number: str = NUMBER, minor: int = 120_000, client: str = DUVAL) -> Entry:
    """Return the books' entry of a receipt, three days after the bank's."""
    return receipt(client, number, "20261119", minor)


def facts_of(counter: Counter, code: str = DUVAL, today: date = TODAY) -> ClientFacts:
    """Return a client's facts as the rules read them."""
    with counter.desk.database.read() as uow:
        found = facts.list_client_facts(
            uow.session,
            workspace_id=counter.desk.workspace_id,
            today=today,
            policy=DEFAULT,
            standings={},
            client_ids=[counter.client_id(code)],
        )
        (one,) = list(found)
    return one
