"""Which day books are true on, how years follow, whose books, and what is asked first."""

from datetime import date

import pytest

from bot.domain.entity_choice import Choice, Company, choose_entity
from bot.domain.errors import Conflict, InvalidInput
from bot.domain.import_guards import LastFile, Year, YearStep, as_of, shrinks, year_step
from bot.domain.ledger import ClientKind, ParsedClient, ParsedLedger
from bot.domain.payment_record import PaidPart, PaymentRecord, payment_record

TODAY = date(2026, 11, 24)
HELD = Year(1, date(2026, 1, 1), date(2026, 12, 31))
OWED = {f"C{n}": 100 for n in range(10)}


def a_ledger(kind: str = "fec", rows: int = 100, *codes: str) -> ParsedLedger:
    """Return a file of `rows` lines with these clients, its last receipt on 1 November."""
    clients = [ParsedClient(code, "", code, ClientKind.ORDINARY, 0, 0, "EUR") for code in codes]
    return ParsedLedger(
        kind=kind,
        clients=tuple(clients),
        rejected=(),
        rows=rows,
        accepted=rows,
        currency="EUR",
        starts_on=None,
        ends_on=None,
        first_entry_on=None,
        last_entry_on=None,
        receipts_until=date(2026, 11, 1),
        sales_until=None,
    )


@pytest.mark.parametrize(
    ("stated", "last", "expected"),
    [
        (date(2026, 11, 1), date(2026, 11, 20), date(2026, 11, 1)),
        (None, date(2026, 11, 20), TODAY),
        (None, date(2026, 10, 26), TODAY),
        (None, date(2026, 10, 25), date(2026, 10, 25)),
        (None, None, TODAY),
        (None, date(2026, 12, 31), TODAY),
    ],
)
def test_books_are_true_on_the_stated_day_else_now_while_recent(
    stated: date | None, last: date | None, expected: date
) -> None:
    assert as_of(stated, last, TODAY) == expected


@pytest.mark.parametrize(
    ("held", "starts_on", "ends_on", "step"),
    [
        (None, date(2026, 1, 1), date(2026, 12, 31), YearStep.FIRST),
        (HELD, date(2026, 1, 1), date(2026, 12, 31), YearStep.SAME),
        (HELD, date(2026, 1, 1), date(2026, 6, 30), YearStep.SAME),
        (HELD, date(2027, 1, 1), date(2027, 12, 31), YearStep.NEXT),
        (HELD, date(2026, 12, 1), date(2027, 11, 30), YearStep.NEXT),
        (HELD, date(2025, 1, 1), date(2025, 12, 31), YearStep.OLDER),
    ],
)
def test_a_year_follows_the_newest_held(
    held: Year | None, starts_on: date, ends_on: date, step: YearStep
) -> None:
    assert year_step(held, starts_on, ends_on) is step


def test_books_that_grow_are_not_asked_about() -> None:
    assert shrinks(a_ledger(rows=100), LastFile("fec", 100, date(2026, 11, 1)), OWED) is None


def test_far_fewer_lines_are_asked_about() -> None:
    assert shrinks(a_ledger(rows=69), LastFile("fec", 100, None), {}) is not None


def test_books_that_end_earlier_are_asked_about() -> None:
    assert shrinks(a_ledger(), LastFile("fec", 100, date(2026, 11, 2)), {}) is not None


def test_a_list_that_loses_many_debtors_is_asked_about() -> None:
    assert shrinks(a_ledger("open_items", 6, *list(OWED)[:6]), None, OWED) is not None


def test_a_list_that_loses_a_few_debtors_is_believed() -> None:
    assert shrinks(a_ledger("open_items", 7, *list(OWED)[:7]), None, OWED) is None


def test_a_short_list_may_empty() -> None:
    assert shrinks(a_ledger("open_items", 0), None, {"C1": 100}) is None


ACME, BELL = Company(1, "732829320", has_books=True), Company(2, "552100554", has_books=True)


@pytest.mark.parametrize(
    ("companies", "stated", "in_name", "choice"),
    [
        ([], None, None, Choice(None)),
        ([], None, "732829320", Choice(None, "732829320")),
        ([], "732 829 320", None, Choice(None, "732829320")),
        ([ACME], None, None, Choice(1)),
        ([ACME], None, "732829320", Choice(1)),
        ([ACME, BELL], None, "552100554", Choice(2)),
        ([ACME], "552100554", None, Choice(None, "552100554")),
        ([Company(3, None, has_books=False)], None, "732829320", Choice(3, "732829320")),
        ([Company(3, None, has_books=True)], "732829320", None, Choice(3, "732829320")),
    ],
)
def test_a_file_finds_its_company(
    companies: list[Company], stated: str | None, in_name: str | None, choice: Choice
) -> None:
    assert choose_entity(companies, stated=stated, in_name=in_name) == choice


@pytest.mark.parametrize(
    ("companies", "in_name", "code"),
    [
        ([ACME], "552100554", "other_entity"),
        ([Company(3, None, has_books=True)], "552100554", "other_entity"),
        ([ACME, BELL], None, "which_entity"),
    ],
)
def test_a_doubtful_company_is_asked_about(
    companies: list[Company], in_name: str | None, code: str
) -> None:
    with pytest.raises(Conflict) as asked:
        choose_entity(companies, stated=None, in_name=in_name)
    assert asked.value.code == code


def test_a_siren_has_nine_digits() -> None:
    with pytest.raises(InvalidInput):
        choose_entity([ACME], stated="12345", in_name=None)


def test_nothing_received_is_no_record() -> None:
    assert payment_record([]) == PaymentRecord()


def test_the_usual_delay_weighs_amounts() -> None:
    parts = [PaidPart(1, -3, 100), PaidPart(2, 5, 100), PaidPart(3, 40, 900)]
    assert payment_record(parts) == PaymentRecord(3, 40, -3, 40)


def test_receipts_on_one_item_count_once() -> None:
    assert payment_record([PaidPart(1, 2, 50), PaidPart(1, 9, 50)]).paid_count == 1
