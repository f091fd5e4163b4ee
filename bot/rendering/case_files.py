"""The file for the lawyer or the collection partner: tables anyone can open, and what they are."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.late_payment.figures import CurrencyFigures
from bot.domain.lifecycle import Means, Outcome, PromiseState
from bot.domain.money import Money
from bot.domain.papers import PaperKind
from bot.rendering import formats
from bot.rendering.exports import csv_text
from bot.rendering.letters import Letter, LetterTable, pdf_of
from bot.rendering.speech import speech
from bot.rendering.views import Voice
from bot.rendering.vocabulary import CAME_OUT, MEANS, N_

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same content gives the same file
_PAPERS = {
    PaperKind.FORMAL_NOTICE: N_("Formal notice"),
    PaperKind.STATEMENT: N_("Account statement"),
    PaperKind.CASE_FILE: N_("File for the lawyer"),
}
_STATES = {
    "live": N_("expected"),
    "kept": N_("kept"),
    "kept_in_part": N_("kept in part"),
    "broken": N_("not kept"),
    "replaced": N_("replaced by another"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the case: its name, what it is, its content."""

    name: str
    what: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SaidNote:
    """An exchange: when, by whom of ours, whom they reached and how, what came out of it."""

    at: datetime
    by: str
    reached: str
    means: Means
    outcome: Outcome
    text: str


@dataclass(frozen=True, slots=True)
class SaidPromise:
    """A promise: made on, due on, how much, what came in of it, kept or not."""

    made_on: date
    due_on: date
    minor: int
    received_minor: int
    currency: str
    state: PromiseState


@dataclass(frozen=True, slots=True)
class SaidDispute:
    """A dispute: since when, how much, why, open or settled."""

    opened_on: date
    minor: int
    currency: str
    reason: str
    is_open: bool


def items_piece(found: Sequence[CurrencyFigures], language: str) -> Piece:
    """Return the items one by one, with interest, fee and both readings of the limitation."""
    said = speech(Voice(language))
    header = [
        said.words("Invoice"),
        said.words("Dated"),
        said.words("Due on"),
        said.words("Outstanding"),
        said.words("Late interest"),
        said.words("Fee"),
        said.words("Currency"),
        said.words("Limitation, from the invoice"),
        said.words("Limitation, from the due date"),
    ]
    rows = [
        (
            one.item.number,
            one.item.issued_on.isoformat(),
            one.item.due_on.isoformat(),
            _amount(one.item.open_minor, figures.currency),
            "" if one.interest_minor is None else _amount(one.interest_minor, figures.currency),
            _amount(one.fee_minor, figures.currency),
            figures.currency,
            _day(one.limitation.from_issue),
            _day(one.limitation.from_due),
        )
        for figures in found
        for one in figures.items
    ]
    return _table("2-factures.csv", said.words("Invoices, with limitation dates"), header, rows)


def interest_piece(found: Sequence[CurrencyFigures], language: str) -> Piece:
    """Return the interest period by period, with its rate and where the rate comes from."""
    said = speech(Voice(language))
    header = [
        said.words("Invoice"),
        said.words("From"),
        said.words("To"),
        said.words("Days"),
        said.words("Amount"),
        said.words("Yearly rate"),
        said.words("Late interest"),
        said.words("Source of the rate"),
    ]
    rows = [
        (
            one.item.number,
            period.first.isoformat(),
            period.last.isoformat(),
            str(period.days),
            _amount(period.base_minor, figures.currency),
            str(period.percent),
            _amount(period.minor, figures.currency),
            period.source,
        )
        for figures in found
        for one in figures.items
        for period in one.periods
    ]
    return _table("3-penalites.csv", said.words("Late-payment interest"), header, rows)


def notes_piece(notes: Iterable[SaidNote], language: str) -> Piece:
    """Return every exchange, the oldest first."""
    said = speech(Voice(language))
    header = [
        said.words("Day"),
        said.words("By"),
        said.words("Reached"),
        said.words("How"),
        said.words("What came out"),
        said.words("Note"),
    ]
    rows = [
        (
            note.at.date().isoformat(),
            note.by,
            note.reached,
            said.words(MEANS[note.means]),
            said.words(CAME_OUT[note.outcome]),
            note.text,
        )
        for note in notes
    ]
    return _table("4-echanges.csv", said.words("Exchanges"), header, rows)


def promises_piece(promises: Iterable[SaidPromise], language: str) -> Piece:
    """Return every promise and what became of it."""
    said = speech(Voice(language))
    header = [
        said.words("Made on"),
        said.words("Due on"),
        said.words("Amount"),
        said.words("Received"),
        said.words("Currency"),
        said.words("Outcome"),
    ]
    rows = [
        (
            one.made_on.isoformat(),
            one.due_on.isoformat(),
            _amount(one.minor, one.currency),
            _amount(one.received_minor, one.currency),
            one.currency,
            said.words(_STATES[one.state]),
        )
        for one in promises
    ]
    return _table("5-promesses.csv", said.words("Promises to pay"), header, rows)


def disputes_piece(disputes: Iterable[SaidDispute], language: str) -> Piece:
    """Return every dispute, settled ones too."""
    said = speech(Voice(language))
    header = [
        said.words("Since"),
        said.words("Amount"),
        said.words("Currency"),
        said.words("Reason"),
        said.words("State"),
    ]
    rows = [
        (
            one.opened_on.isoformat(),
            _amount(one.minor, one.currency),
            one.currency,
            one.reason,
            said.words("open") if one.is_open else said.words("settled"),
        )
        for one in disputes
    ]
    return _table("6-litiges.csv", said.words("Disputes"), header, rows)


def paper_name(kind: PaperKind, reference: str, language: str) -> str:
    """Return what a document is, with its number."""
    return f"{speech(Voice(language)).words(_PAPERS[kind])} {reference}"


def post_words(
    posted_on: date | None, received_on: date | None, language: str, *, came_back: bool
) -> list[str]:
    """Return when a letter was posted, and when it was received or came back."""
    said = speech(Voice(language))
    words = []
    if posted_on:
        words.append(said.words("posted on {day}", day=formats.full_day(posted_on, language)))
    if received_on:
        day = formats.full_day(received_on, language)
        came = said.words("came back on {day}", day=day)
        words.append(came if came_back else said.words("received on {day}", day=day))
    return words


def contents_letter(
    seller: str, client: str, reference: str, dated: str, pieces: Sequence[Piece], language: str
) -> Letter:
    """Lay out the table of contents of a client's file, and what it says of personal data."""
    said = speech(Voice(language))
    rows = [(piece.name, piece.what) for piece in pieces]
    table = LetterTable(
        head=[said.words("File"), said.words("What it is")], rows=rows, numbers_from=2
    )
    return Letter(
        lang=said.language,
        title=said.words("File {reference}", reference=reference),
        sender=[seller],
        receiver=[],
        dated=dated,
        subject=said.words("File {reference}: table of contents", reference=reference),
        before=[client],
        tables=[table],
        after=[
            said.words(
                "This file names people who work at the client, for the recovery of this debt"
                " alone. Keep it as long as the case lasts, and no longer."
            )
        ],
        footer=client,
    )


def zip_of(contents: Letter, pieces: Sequence[Piece]) -> bytes:
    """Return the file: the table of contents as PDF and text, then every piece."""
    listed = "\n".join(f"{piece.name}: {piece.what}" for piece in pieces)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in (
            ("0-sommaire.pdf", pdf_of(contents)),
            ("0-sommaire.txt", f"{contents.subject}\n\n{listed}\n".encode()),
            *((piece.name, piece.content) for piece in pieces),
        ):
            file.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _table(name: str, what: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Piece:
    text = csv_text(header, rows, ";")
    return Piece(name, what, text.encode("utf-8-sig"))


def _amount(minor: int, currency: str) -> str:
    return str(Money(minor, currency).amount).replace(".", ",")


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""
