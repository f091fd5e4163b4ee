"""The risk file: what a CRM takes, and what no spreadsheet may run."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.factoring import Receivable
from bot.rendering.exports import (
    FACTOR_COLUMNS,
    JOURNAL_COLUMNS,
    RISK_COLUMNS,
    ReceivableLine,
    RiskLine,
    factor_csv,
    guarded,
    journal_csv,
    receivables_csv,
    risk_csv,
)
from storage.journal import JournalLine
from tests.rendering.views import TODAY

LINE = RiskLine("552032534", "C0412", "B", "sell", 12_000_50, "EUR", ("unpaid", "plan"), TODAY)


def test_a_company_is_one_line_under_the_columns() -> None:
    header, row = csv.reader(io.StringIO(risk_csv([LINE])))
    assert tuple(header) == RISK_COLUMNS
    assert row == [
        "552032534", "C0412", "B", "sell", "12000.50", "EUR", "unpaid plan", TODAY.isoformat(),
    ]  # fmt: skip


def test_a_french_spreadsheet_gets_semicolons_and_decimal_commas() -> None:
    assert ";12000,50;EUR;" in risk_csv([LINE], ";")


@pytest.mark.parametrize("code", ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1"])
def test_no_cell_is_taken_for_a_formula(code: str) -> None:
    row = list(csv.reader(io.StringIO(risk_csv([replace(LINE, code=code)]))))[1]
    assert row[1] == "'" + code


def test_an_ordinary_cell_stays_as_it_is() -> None:
    assert guarded("C-0412") == "C-0412"


def test_an_invoice_for_the_factor_is_one_line_under_the_columns() -> None:
    one = Receivable(
        "552032534", "C0412", "Roy", "ordinary", "FA-1", "invoice", TODAY, TODAY, 12_50, "EUR",
        is_disputed=False, in_proceeding=False,
    )  # fmt: skip
    header, row = csv.reader(io.StringIO(factor_csv([one])))
    assert tuple(header) == FACTOR_COLUMNS
    day = TODAY.isoformat()
    assert row == ["552032534", "C0412", "Roy", "FA-1", day, day, "12.50", "EUR"]


def test_the_journal_says_who_did_what_and_not_what_was_typed() -> None:
    done = JournalLine(
        7, datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "Fiona", "UFIONA", "muted", "C0412", "Roy",
        "slack", {"day": "2026-12-24", "reason_sealed": "x"},
    )  # fmt: skip
    header, row = csv.reader(io.StringIO(journal_csv([done], ZoneInfo("Europe/Paris"))))
    assert tuple(header) == JOURNAL_COLUMNS
    assert row == [
        "7", "2026-11-24T10:00:00+01:00", "Fiona", "UFIONA", "muted", "C0412", "Roy", "slack",
        '{"day": "2026-12-24"}',
    ]  # fmt: skip


def test_a_receivable_that_is_over_has_no_next_date() -> None:
    line = ReceivableLine(
        "C1", "Menuiserie Roy", "", "Anne", "F1", date(2026, 9, 1), date(2026, 10, 1), 120_050,
        "EUR", "finished", "every_step_made",
    )  # fmt: skip
    row = receivables_csv([line], date(2026, 11, 24)).splitlines()[1].split(",")
    assert row[7:] == ["54", "31-60", "1200.50", "EUR", "finished", "every_step_made", "", "", ""]
