"""The demo's ledger is the same each time, balances, and tells the story it must tell."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from stdnum.fr import siren

from bot.demo import companies
from bot.demo.clock import MovableClock, latest_business_day, ten_o_clock
from bot.demo.files import write_clients, write_fec, write_people
from bot.demo.ledger import DemoLedger, generate

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def ledger() -> DemoLedger:
    return generate(TODAY)


def test_the_same_seed_gives_the_same_ledger(ledger: DemoLedger) -> None:
    again = generate(TODAY)
    assert [(i.number, i.cents, i.open_cents) for i in again.invoices] == [
        (i.number, i.cents, i.open_cents) for i in ledger.invoices
    ]


def test_it_has_the_promised_size(ledger: DemoLedger) -> None:
    assert len(ledger.clients) == 120
    assert 1_800 <= len(ledger.invoices) <= 2_100


def test_no_document_is_dated_after_today(ledger: DemoLedger) -> None:
    days = [i.issued_on for i in ledger.invoices] + [
        on for i in ledger.invoices for on, _ in i.paid
    ]
    assert max(days) <= TODAY


def test_every_client_has_a_valid_siren_of_its_own(ledger: DemoLedger) -> None:
    sirens = {client.siren for client in ledger.clients}
    assert len(sirens) == len(ledger.clients)
    assert all(siren.is_valid(number) for number in sirens)
    assert siren.is_valid(companies.SELLER_SIREN)


def test_the_fec_balances_to_the_cent(ledger: DemoLedger, tmp_path: Path) -> None:
    path = write_fec(ledger, tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    debit = sum(Decimal(row["Debit"].replace(",", ".")) for row in rows)
    credit = sum(Decimal(row["Credit"].replace(",", ".")) for row in rows)
    assert debit == credit > 0


def test_the_client_and_people_files_carry_the_canonical_headers(
    ledger: DemoLedger, tmp_path: Path
) -> None:
    clients = write_clients(ledger, tmp_path).read_text(encoding="utf-8").splitlines()
    people = write_people(tmp_path).read_text(encoding="utf-8").splitlines()
    assert clients[0].startswith("code;name;siren;owner;terms;credit_limit;currency")
    assert people[0] == "email;slack_user_id;name;roles;channel;manager"


def test_a_payment_clears_all_that_one_client_owes() -> None:
    ledger = generate(TODAY)
    owed = sum(i.open_cents for i in ledger.open_invoices("C0412"))
    assert ledger.pay("C0412", TODAY) == owed > 0
    assert not ledger.open_invoices("C0412")


def test_the_clock_goes_to_the_next_working_morning_and_never_back() -> None:
    clock = MovableClock(ten_o_clock(date(2026, 11, 27)))
    assert clock.next_morning().date() == date(2026, 11, 30)
    before = clock()
    clock.move_to(before - timedelta(days=3))
    assert clock() >= before


def test_the_demo_starts_on_the_latest_business_day() -> None:
    assert latest_business_day(date(2026, 11, 29)) == date(2026, 11, 27)
