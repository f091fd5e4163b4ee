"""Bank movements as finance and owners read them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.bank.matching import Tie
from bot.domain.bank.states import LineState
from bot.rendering.bank_views import BankLineView, PaidView, ProposalView
from storage import bank_lines, bank_rejects, bank_seen, client_files
from storage.sessions import Session


def line_view(session: Session, *, workspace_id: int, line_id: int) -> BankLineView | None:
    """Return a movement as it stands, with what it may pay."""
    line = bank_lines.get_line(session, workspace_id=workspace_id, id=line_id)
    if line is None:
        return None
    parts = bank_rejects.list_paid(session, workspace_id=workspace_id, line_id=line_id)
    return BankLineView(
        line_id=line.id,
        minor=abs(line.minor),
        currency=line.currency,
        day=line.booked_on,
        payer=line.payer,
        text=line.text,
        client_id=line.client_id,
        client=_name(session, workspace_id, line.client_id),
        paid=_paid(session, workspace_id, line.client_id, line.currency, parts),
        proposals=tuple(
            ProposalView(
                int(one["client_id"]),
                _name(session, workspace_id, int(one["client_id"])),
                _paid(session, workspace_id, int(one["client_id"]), line.currency, one["parts"]),
                frozenset(Tie(tie) for tie in one["ties"]),
            )
            for one in line.proposals
        ),
        is_open=line.state is LineState.SUGGESTED,
        by=client_files.find_person_name(session, workspace_id=workspace_id, id=line.decided_by_id),
        reject_code=line.reject_code,
    )


def reopened_view(session: Session, *, workspace_id: int, body: Mapping[str, Any]) -> BankLineView:
    """Return a payment that came back in the books, as the import that showed it kept it."""
    client_id, currency = int(body["client_id"]), str(body["currency"])
    return BankLineView(
        line_id=0,
        minor=int(body["minor"]),
        currency=currency,
        day=date.fromisoformat(body["day"]),
        client_id=client_id,
        client=_name(session, workspace_id, client_id),
        paid=_paid(session, workspace_id, client_id, currency, body["parts"]),
        in_books=True,
    )


def _name(session: Session, workspace_id: int, client_id: int | None) -> str:
    client = client_files.find_client(session, workspace_id=workspace_id, id=client_id or 0)
    return client.name if client else ""


def _paid(
    session: Session,
    workspace_id: int,
    client_id: int | None,
    currency: str,
    parts: object,
) -> tuple[PaidView, ...]:
    pairs = [(str(key), int(minor)) for key, minor in parts]  # type: ignore[attr-defined]
    numbers = bank_seen.list_numbers(
        session,
        workspace_id=workspace_id,
        client_id=client_id or 0,
        currency=currency,
        keys=[key for key, _ in pairs],
    )
    return tuple(PaidView(numbers.get(key, ""), abs(minor)) for key, minor in pairs)
