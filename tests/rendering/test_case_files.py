"""The pieces of the file for the lawyer, and the file itself."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.late_payment.interest import RateTable
from bot.domain.late_payment.limitation import Interruption
from bot.domain.lifecycle import Means, Outcome, PromiseState
from bot.rendering import case_files
from bot.rendering.case_files import Piece, SaidDispute, SaidNote, SaidPromise
from tests.rendering.paper_samples import RATES, TERMS, late

DAY = date(2026, 11, 24)


def rows_of(piece: Piece) -> list[str]:
    """Return the lines of a table, its header first."""
    return piece.content.decode("utf-8-sig").splitlines()


def test_each_invoice_has_both_readings_of_its_limitation() -> None:
    header, first, *_ = rows_of(case_files.items_piece(late(), "fr"))
    assert header.count(";") == 8
    assert first.startswith("FA-118;2026-09-01;2026-10-01;6240,00;")
    assert first.endswith("EUR;2031-09-01;2031-10-01")


def test_interest_that_is_not_known_is_empty_not_nothing() -> None:
    unknown = late(rates=RateTable((), 40_00, "EUR"))
    assert "6240,00;;40,00" in rows_of(case_files.items_piece(unknown, "fr"))[1]


def test_a_limitation_that_does_not_run_has_no_day() -> None:

    claimed = late(replace(TERMS, acts=((DAY, Interruption.CLAIM_FILED),)))
    assert rows_of(case_files.items_piece(claimed, "en"))[1].endswith("EUR;;")


def test_interest_is_given_with_the_source_of_its_rate() -> None:
    [_, only] = rows_of(case_files.interest_piece(late(rates=RATES), "fr"))
    assert only == "FA-118;2026-10-02;2026-11-24;54;6240,00;12.15;112,17;arrêté du 23 juin 2026"


def test_an_exchange_is_said_with_whom_how_and_what_came_out() -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    note = SaidNote(at, "Anne", "Mme Roy", Means.PHONE, Outcome.PROMISES, "Elle; signe vendredi")
    [_, line] = rows_of(case_files.notes_piece([note], "fr"))
    assert line.startswith("2026-11-20;Anne;Mme Roy;")
    assert line.endswith('"Elle; signe vendredi"')


@pytest.mark.parametrize("state", PromiseState)
def test_a_promise_says_what_became_of_it(state: PromiseState) -> None:
    promise = SaidPromise(DAY, DAY, 100_00, 40_00, "EUR", state)
    [_, line] = rows_of(case_files.promises_piece([promise], "fr"))
    assert line.startswith("2026-11-24;2026-11-24;100,00;40,00;EUR;")


def test_a_dispute_is_open_or_settled() -> None:
    told = [SaidDispute(DAY, 50_00, "EUR", "prix", is_open) for is_open in (True, False)]
    [_, first, second] = rows_of(case_files.disputes_piece(told, "fr"))
    assert (first.rpartition(";")[2], second.rpartition(";")[2]) == ("ouvert", "réglé")


def test_the_file_opens_with_its_table_of_contents_and_is_the_same_each_time() -> None:
    pieces = [Piece("2-factures.csv", "Factures", b"x")]
    contents = case_files.contents_letter(
        "Rives", "Roy", "DOS-2026-0001", "24/11/2026", pieces, "fr"
    )
    assert (contents.sender, contents.before) == (["Rives"], ["Roy"])
    whole = case_files.zip_of(contents, pieces)
    names = zipfile.ZipFile(io.BytesIO(whole)).namelist()
    assert names == ["0-sommaire.pdf", "0-sommaire.txt", "2-factures.csv"]


def posted(on: date | None, received: date | None, *, came_back: bool = False) -> str:
    words = case_files.post_words(on, received, "en", came_back=came_back)
    return ", ".join(words).replace("\u00a0", " ")


def test_a_letter_says_when_it_was_posted_and_received_or_came_back() -> None:
    later = date(2026, 12, 14)
    assert posted(DAY, None) == "posted on 24 November 2026"
    assert posted(None, later) == "received on 14 December 2026"
    assert posted(DAY, later, came_back=True).endswith("came back on 14 December 2026")
