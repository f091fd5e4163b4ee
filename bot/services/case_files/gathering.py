"""Everything about a client for whoever takes the case over, piece by piece."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from bot.domain.lifecycle import DisputeState
from bot.domain.papers import PaperKind, PaperState
from bot.rendering import case_files as texts
from bot.rendering.case_files import Piece, SaidDispute, SaidNote, SaidPromise
from bot.rendering.formal_notices import statement
from bot.rendering.letters import pdf_of
from bot.services.late_payment.service import LatePayment
from bot.services.letters.views import statement_view
from storage import disputes, e_invoices, emails, follow_ups, papers, people, promises
from storage.parties import Parties
from storage.sessions import Session

_ALL = 10_000


@dataclass(frozen=True, slots=True)
class Case:
    """What a file is made from."""

    session: Session
    workspace_id: int
    client_id: int
    today: date
    sides: Parties
    figures: LatePayment

    @property
    def language(self) -> str:
        """Return the language of the file."""
        return self.sides.language


def _statement(case: Case) -> list[Piece]:
    view = statement_view(
        case.session,
        case.sides,
        workspace_id=case.workspace_id,
        client_id=case.client_id,
        today=case.today,
    )
    letter = statement(view, case.language)
    return [Piece("1-releve.pdf", letter.title, pdf_of(letter))]


def _figures(case: Case) -> list[Piece]:
    found = case.figures.currencies
    return [texts.items_piece(found, case.language), texts.interest_piece(found, case.language)]


def _exchanges(case: Case) -> list[Piece]:
    names = _names(case)
    notes = follow_ups.list_notes(
        case.session, workspace_id=case.workspace_id, client_id=case.client_id, limit=_ALL
    )
    said = [
        SaidNote(
            note.at,
            names.get(note.by_id or 0, ""),
            note.reached,
            note.means,
            note.outcome,
            " ".join(part for part in (note.text, note.orders, note.gesture) if part),
        )
        for note in reversed(notes)
    ]
    return [texts.notes_piece(said, case.language)]


def _promises(case: Case) -> list[Piece]:
    found = promises.list_promises(
        case.session, workspace_id=case.workspace_id, client_id=case.client_id
    )
    said = [
        SaidPromise(one.made_on, one.due_on, one.minor, one.received_minor, one.currency, one.state)
        for one in found
    ]
    contested = [
        SaidDispute(
            one.opened_at.date(),
            one.minor,
            one.currency,
            one.reason,
            one.state is DisputeState.OPEN,
        )
        for one in disputes.list_disputes(
            case.session, workspace_id=case.workspace_id, client_id=case.client_id
        )
    ]
    return [
        texts.promises_piece(said, case.language),
        texts.disputes_piece(contested, case.language),
    ]


def _letters(case: Case) -> list[Piece]:
    found = papers.list_of_client(
        case.session, workspace_id=case.workspace_id, client_id=case.client_id
    )
    pieces = []
    for paper in reversed(found):
        if paper.kind is PaperKind.CASE_FILE:
            continue
        content = papers.content_of(case.session, workspace_id=case.workspace_id, id=paper.id)
        came_back = paper.state is PaperState.RETURNED
        days = texts.post_words(
            paper.posted_on, paper.received_on, case.language, came_back=came_back
        )
        named = texts.paper_name(paper.kind, paper.reference, case.language)
        what = " · ".join(part for part in (named, paper.tracking, *days) if part)
        pieces.append(Piece(f"7-courriers/{paper.file_name}", what, content))
    sent = emails.list_of_client(
        case.session, workspace_id=case.workspace_id, client_id=case.client_id
    )
    for email in reversed(sent):
        text = papers.sent_text(case.session, workspace_id=case.workspace_id, id=email.id)
        if text and email.settled_at:
            name = f"7-courriers/{email.settled_at:%Y-%m-%d}-{email.id}.txt"
            pieces.append(Piece(name, text.partition("\n")[0], text.encode()))
    return pieces


def _invoices(case: Case) -> list[Piece]:
    found = e_invoices.list_files(
        case.session, workspace_id=case.workspace_id, client_id=case.client_id
    )
    return [
        Piece(
            f"8-factures/{place:03d}-{PurePosixPath(one.file_name).name}", one.number, one.content
        )
        for place, one in enumerate(found, start=1)
    ]


STAGES: Sequence[Callable[[Case], list[Piece]]] = (
    _statement,
    _figures,
    _exchanges,
    _promises,
    _letters,
    _invoices,
)


def zipped(case: Case, reference: str, dated: str, pieces: Sequence[Piece]) -> bytes:
    """Return the whole file with its table of contents."""
    sides = case.sides
    contents = texts.contents_letter(
        sides.seller, sides.client, reference, dated, pieces, case.language
    )
    return texts.zip_of(contents, pieces)


def _names(case: Case) -> dict[int, str]:
    everybody = people.list_people(case.session, workspace_id=case.workspace_id)
    return {one.id: one.name or one.email or "" for one in everybody}
