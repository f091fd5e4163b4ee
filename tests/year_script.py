"""What happens to an invented company in 2026: its invoices and payments, as its books have them.

Each client is one case. What it owes at the end can be read off its lines.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.import_files import receipt, sale
from tests.sources.written_fec import Entry

OPENING, CLOSING = date(2026, 1, 5), date(2026, 12, 31)
AMAR, BRUN, CHER, DUPUIS, ETANG = "C01", "C02", "C03", "C04", "C05"
FABRE, GARNIER, HUBERT, ISERE, JOLY = "C06", "C07", "C08", "C09", "C10"
KLEIN, LAURE, MARCHAL, NOEL, OUDIN = "C11", "C12", "C13", "C14", "C15"
NAMES = {
    AMAR: "BOULANGERIE AMAR",
    BRUN: "GARAGE BRUN",
    CHER: "CARTONNAGE CHER",
    DUPUIS: "DUPUIS PEINTURE",
    ETANG: "PISCINES ETANG",
    FABRE: "FABRE COUVERTURE",
    GARNIER: "GARNIER DECORS",
    HUBERT: "HUBERT FLEURS",
    ISERE: "ISERE MACONNERIE",
    JOLY: "JOLY VERRERIE",
    KLEIN: "KLEIN USINAGE",
    LAURE: "LAURE TEXTILES",
    MARCHAL: "MARCHAL CHANTIERS",
    NOEL: "NOEL JARDINS",
    OUDIN: "OUDIN SIGNALETIQUE",
}
KARIMS = (KLEIN,)
WITHOUT_ADDRESS, BOUNCING = LAURE, JOLY

# Who owes what on 31 December, in euros: the last column of each case below.
OWED = dict.fromkeys(NAMES, 0) | {
    DUPUIS: 2_500,
    ISERE: 5_000,
    JOLY: 1_100,
    KLEIN: 7_000,
    LAURE: 1_300,
    MARCHAL: 500,
}

_CASES = (
    # A promise of all, kept: first seen on a bank statement, then in the books.
    (CHER, "FA-300", 3_000, date(2026, 1, 15), ((3_000, date(2026, 3, 5)),)),
    # A promise of 4 000, kept in part: 2 500 are never paid.
    (DUPUIS, "FA-400", 4_000, date(2026, 1, 20), ((1_500, date(2026, 3, 18)),)),
    # A plan of three times 2 000: the third comes six weeks late.
    (ETANG, "FA-500", 6_000, date(2026, 2, 2), (
        (2_000, date(2026, 3, 30)), (2_000, date(2026, 4, 29)), (2_000, date(2026, 7, 15)),
    )),
    # A dispute that the client loses.
    (FABRE, "FA-600", 2_400, date(2026, 3, 2), ((2_400, date(2026, 6, 10)),)),
    # A dispute that the client wins: a credit note of 600 (below), and the rest paid.
    (GARNIER, "FA-700", 1_800, date(2026, 3, 10), ((1_200, date(2026, 6, 30)),)),
    # A direct debit that comes back (below), then a transfer.
    (HUBERT, "FA-800", 900, date(2026, 4, 1), (
        (900, date(2026, 5, 4)), (900, date(2026, 7, 1)),
    )),
    # A proceeding: 5 000 are frozen.
    (ISERE, "FA-900", 5_000, date(2026, 2, 10), ()),
    # An address that refuses every e-mail.
    (JOLY, "FA-1000", 1_100, date(2026, 5, 5), ()),
    # One that never pays.
    (KLEIN, "FA-1100", 7_000, date(2026, 1, 5), ()),
    # One without an address.
    (LAURE, "FA-1200", 1_300, date(2026, 9, 1), ()),
    # Retention money: 500 are due in a year only.
    (MARCHAL, "FA-1300", 10_000, date(2026, 6, 1), ((9_500, date(2026, 7, 1)),)),
    # Late while its salesperson is away.
    (OUDIN, "FA-1500", 1_500, date(2026, 7, 1), ((1_500, date(2026, 8, 26)),)),
)  # fmt: skip
BANK_SEES = (CHER, "FA-300", 3_000, date(2026, 3, 5))
DEBIT_BACK = date(2026, 5, 12)


def entries(until: date) -> list[Entry]:
    """Return the books' entries up to a day, inclusive, oldest first."""
    found = [*_regular(), *_cases(), *_corrections(), *_counter(until)]
    last = f"{until:%Y%m%d}"
    return sorted((one for one in found if one.day <= last), key=lambda one: one.day)


def owed(client: str, until: date) -> int:
    """Return what the books up to a day say a client owes, in minor units."""
    return sum(one.minor for one in entries(until) if one.client == client)


def _regular() -> Iterator[Entry]:
    for month in range(1, 13):
        issued = date(2026, month, 5)
        yield _sale(AMAR, f"FA-1{month:02}", 1_000, issued)
        yield _paid(AMAR, f"FA-1{month:02}", 1_000, issued + timedelta(days=25))
    for month in range(1, 12, 2):
        issued = date(2026, month, 1)
        yield _sale(BRUN, f"FA-2{month:02}", 2_000, issued)
        yield _paid(BRUN, f"FA-2{month:02}", 2_000, issued + timedelta(days=50))


def _cases() -> Iterator[Entry]:
    for client, number, euros, issued, payments in _CASES:
        yield _sale(client, number, euros, issued)
        for part, on in payments:
            yield _paid(client, number, part, on)


def _corrections() -> Iterator[Entry]:
    note = sale(GARNIER, "AV-700", "20260615", -600_00, name=NAMES[GARNIER], label="Avoir")
    yield note
    back = f"{DEBIT_BACK:%Y%m%d}"
    label = "Rejet de prelevement FA-800"
    yield Entry("BQ", back, HUBERT, 900_00, number="REJ", label=label, name=NAMES[HUBERT])
    # Paid without a reference, two days early: nobody matched it.
    yield _sale(NOEL, "FA-1400", 800, date(2026, 8, 3))
    yield Entry("BQ", "20260831", NOEL, -800_00, label="Virement recu", name=NAMES[NOEL])


def _counter(until: date) -> Iterator[Entry]:
    """Yield a sale paid at the counter each Friday, which shows how far the books go."""
    day = date(2026, 1, 2)
    while day <= until:
        yield _sale("C00", f"TK-{day:%m%d}", 10, day, "CLIENTS COMPTOIR")
        yield _paid("C00", f"TK-{day:%m%d}", 10, day, "CLIENTS COMPTOIR")
        day += timedelta(days=7)


def _sale(client: str, number: str, euros: int, on: date, name: str = "") -> Entry:
    return sale(client, number, f"{on:%Y%m%d}", euros * 100, name=name or NAMES[client])


def _paid(client: str, number: str, euros: int, on: date, name: str = "") -> Entry:
    return receipt(client, number, f"{on:%Y%m%d}", euros * 100, name=name or NAMES[client])
