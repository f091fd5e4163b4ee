"""A seeded, realistic ledger: invoices and how each client pays them, relative to today."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.demo import companies
from bot.domain.due_dates import due_on, parse_terms

CLIENTS, ITEMS = 120, 2000
_CAST_TERMS_DAYS = 30
_SETTLED_DAYS = 100  # the cast's older invoices are all paid: what they owe is told by the scenes


@dataclass(frozen=True, slots=True)
class DemoClient:
    """A client account and the habits that its history is drawn from."""

    code: str
    name: str
    town: str
    siren: str
    owner: str
    terms: str
    limit: int
    contact: str
    function: str
    phone: str
    email: str
    delay: int
    spread: int
    account: str = "411000"
    kind: str = ""


@dataclass(slots=True)
class Invoice:
    """One sales document (negative for a credit note) and what has been paid on it, in cents.

    `pays_on` is the day its client will pay the rest, when it ever does.
    """

    client: DemoClient
    number: str
    issued_on: date
    cents: int
    paid: list[tuple[date, int]] = field(default_factory=list)
    pays_on: date | None = None

    @property
    def open_cents(self) -> int:
        """Return what is still to be paid."""
        return self.cents - sum(cents for _, cents in self.paid)


@dataclass(slots=True)
class DemoLedger:
    """The whole book of the current year; `opens_on` is its first day."""

    opens_on: date
    today: date
    clients: list[DemoClient]
    invoices: list[Invoice]
    deposits: list[tuple[DemoClient, date, int]]

    def open_invoices(self, code: str) -> list[Invoice]:
        """Return one client's unpaid invoices, oldest first."""
        found = [i for i in self.invoices if i.client.code == code and i.open_cents > 0]
        return sorted(found, key=lambda invoice: (invoice.issued_on, invoice.number))

    def due_invoices(self, code: str) -> list[Invoice]:
        """Return one client's unpaid invoices whose due date has come, oldest first."""
        open_now = self.open_invoices(code)
        return [i for i in open_now if _due_on(i) <= self.today]

    def advance(self, to: date) -> None:
        """Let the days go by: clients pay when they had it in mind."""
        self.today = max(self.today, to)
        for invoice in self.invoices:
            if invoice.pays_on and invoice.pays_on < self.today and invoice.open_cents > 0:
                invoice.paid.append((invoice.pays_on, invoice.open_cents))

    def pay(self, code: str, on: date) -> int:
        """Pay all that one client owes; return the cents received."""
        total = 0
        for invoice in self.open_invoices(code):
            total += invoice.open_cents
            invoice.paid.append((on, invoice.open_cents))
        return total


def generate(today: date, *, seed: int = 7) -> DemoLedger:
    """Return the demo's ledger as its books stand on `today`; the same seed gives the same one."""
    chance = random.Random(seed)  # noqa: S311 — a story, not a secret
    opens_on = (today.replace(day=1) - timedelta(days=330)).replace(day=1)
    cast = {client.code for client in _cast()}
    clients = [*_cast(), *_crowd(chance)]
    ledger = DemoLedger(opens_on, today, clients, [], [])
    counter = iter(range(260001, 999999))
    weights = [1 + 3 * chance.random() ** 3 for _ in clients]
    for _ in range(ITEMS - 40):
        client = chance.choices(clients, weights)[0]
        if not client.kind:
            days = (today - opens_on).days - (_SETTLED_DAYS if client.code in cast else 0)
            issued = opens_on + timedelta(days=chance.randrange(days))
            cents = round(chance.lognormvariate(6.8, 0.8) * 100)
            invoice = Invoice(client, "", issued, cents)
            invoice.pays_on = _usual_day(invoice, chance)
            ledger.invoices.append(invoice)
    ledger.invoices += _scenes(ledger)
    ledger.invoices.sort(key=lambda invoice: (invoice.issued_on, invoice.client.code))
    for invoice in ledger.invoices:
        prefix = "AV" if invoice.cents < 0 else "FA"
        invoice.number = f"{prefix}-{next(counter)}"
    ledger.advance(today)
    return ledger


def _usual_day(invoice: Invoice, chance: random.Random) -> date:
    client = invoice.client
    lateness = max(-10, round(chance.gauss(client.delay, client.spread)))
    paid_on = _due_on(invoice) + timedelta(days=lateness)
    while paid_on.weekday() > 4:
        paid_on += timedelta(days=1)
    return paid_on


def _due_on(invoice: Invoice) -> date:
    return due_on(invoice.issued_on, parse_terms(invoice.client.terms))


def _client(code: str, name: str, **more: object) -> DemoClient:
    base = DemoClient(
        code=code, name=name, town="Lyon", siren=siren_for(code), owner=companies.ANNE.email,
        terms="30", limit=20_000, contact="Claire Roy", function="accounts",
        phone="+33 4 00 00 00 12", email=f"compta@{code.lower()}.example", delay=12, spread=6,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def _cast() -> list[DemoClient]:
    """Return the clients with a part in the story; their invoices are written by hand."""
    karim = companies.KARIM.email
    return [
        _client("C0412", "Menuiserie Roy SARL", town="Nantes"),
        _client("C0157", "Dupont Charpente SAS", contact="Julien Dupont", limit=30_000),
        _client("C0203", "Clinique du Parc SA", contact="Hélène Tessier", limit=60_000),
        _client("C0330", "Imprimerie Vauclair SAS", owner=karim, contact="Marc Vauclair"),
        _client("C0331", "Lefèvre Peinture SARL", owner=karim, town="Rennes"),
        _client("C0332", "Lefebvre Peinture EURL", owner=karim, town="Tours"),
        _client("C0444", "Fonderie Orsini SA", owner="", contact="Bruno Orsini", phone=""),
        _client("C0445", "Scierie Aubrac SARL", owner="", contact="", phone="", email=""),
        _client("C0500", "Atelier Baudry SAS", delay=2, spread=2),
        _client("CBOUT", "Recettes boutique CB", owner="", kind="till", contact=""),
        _client("CDOUT", "Verrerie Hersent (douteux)", account="416000", kind="doubtful"),
    ]


def _scenes(ledger: DemoLedger) -> list[Invoice]:
    cast = {client.code: client for client in ledger.clients}
    today, invoices = ledger.today, []

    def bill(code: str, days_late: int, cents: int, paid: int = 0) -> None:
        issued = today - timedelta(days=days_late + _CAST_TERMS_DAYS)
        invoice = Invoice(cast[code], "", issued, cents)
        if paid:
            invoice.paid.append((issued + timedelta(days=20), paid))
        invoices.append(invoice)

    for late, cents in ((31, 830_000), (18, 418_000), (-6, 642_000)):
        bill("C0412", late, cents)
    bill("C0157", 12, 276_540)
    bill("C0157", 47, 512_000, paid=200_000)
    bill("C0157", -20, -48_000)
    bill("C0203", -3, 960_000)
    bill("C0330", 52, 1_490_000)
    bill("C0330", 20, 315_075)
    bill("C0331", 9, 98_000)
    bill("C0332", 33, 187_200)
    bill("C0444", 26, 742_000)
    bill("C0445", 15, 121_350)
    bill("C0500", 3, 820_000)
    bill("CDOUT", 210, 356_000)
    ledger.deposits.append((cast["C0412"], today - timedelta(days=20), 100_000))
    ledger.deposits.append((cast["CBOUT"], today - timedelta(days=3), 61_230))
    return invoices


def _crowd(chance: random.Random) -> list[DemoClient]:
    """Return the ordinary clients: most pay on time, some late by habit, a few drift."""
    clients = []
    for rank in range(CLIENTS - 11):
        trade = companies.TRADES[rank % len(companies.TRADES)]
        surname = companies.SURNAMES[(rank * 7) % len(companies.SURNAMES)]
        terms = chance.choices(["30", "45", "30 FDM", "45 FDM", "FDM 45"], [5, 3, 1, 1, 1])[0]
        delay, spread = chance.choices([(-1, 2), (2, 3), (12, 7), (26, 15)], [70, 20, 7, 3])[0]
        owner = (companies.ANNE.email, companies.KARIM.email)[rank % 2]
        code = f"C1{rank:03d}"
        clients.append(
            _client(
                code,
                f"{trade} {surname} {chance.choice(companies.FORMS)}",
                town=chance.choice(companies.TOWNS),
                owner="" if rank % 40 == 39 else owner,
                terms=terms,
                limit=chance.choice([0, 5_000, 10_000, 20_000]),
                contact=f"{chance.choice(companies.FIRST_NAMES)} {surname}",
                function=chance.choice(companies.FUNCTIONS),
                phone=f"+33 4 00 00 {rank // 100:02d} {rank % 100:02d}",
                delay=delay,
                spread=spread,
            )
        )
    return clients


def siren_for(code: str) -> str:
    """Return a SIREN with a right check digit that belongs to a code of the demo alone."""
    body = f"99{sum(ord(c) * 31**i for i, c in enumerate(code)) % 1_000_000:06d}"
    doubled = (int(c) * (2 if i % 2 else 1) for i, c in enumerate(body))
    total = sum(digit - 9 if digit > 9 else digit for digit in doubled)
    return body + str(-total % 10)
