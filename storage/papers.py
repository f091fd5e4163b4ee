"""Documents about clients: numbered, kept sealed, followed through the post."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from bot.domain.papers import PaperKind, PaperState
from storage.follow_ups import vault_of
from storage.once import insert_once
from storage.tables.ledger import Client
from storage.tables.mail import Email
from storage.tables.papers import Paper

_PREFIXES = {
    PaperKind.FORMAL_NOTICE: "MD",
    PaperKind.STATEMENT: "RC",
    PaperKind.CASE_FILE: "DOS",
}


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A document without its content."""

    id: int
    kind: PaperKind
    client_id: int
    client: str
    reference: str
    language: str
    state: PaperState
    currency: str
    minor: int
    deadline_on: date | None
    posted_on: date | None
    tracking: str
    received_on: date | None
    by_id: int | None
    made_at: datetime
    stage: int
    stages: int
    is_shared: bool
    error: str

    @property
    def file_name(self) -> str:
        """Return what its file is called."""
        return f"{self.reference}.{'zip' if self.kind is PaperKind.CASE_FILE else 'pdf'}"


def next_reference(session: Session, *, workspace_id: int, kind: PaperKind, year: int) -> str:
    """Return the next reference of a kind and year: MD-2026-0007."""
    start = f"{_PREFIXES[kind]}-{year}-"
    latest = session.scalar(
        select(func.max(col(Paper.reference))).where(
            col(Paper.workspace_id) == workspace_id, col(Paper.reference).startswith(start)
        )
    )
    return f"{start}{int(latest.rpartition('-')[2]) + 1 if latest else 1:04d}"


def add_paper(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    kind: PaperKind,
    client_id: int,
    reference: str,
    by_id: int | None,
    at: datetime,
    **values: Any,
) -> int | None:
    """Keep a document once per `key`; None when that key was there."""
    content: bytes = values.pop("content", b"")
    row = {
        "workspace_id": workspace_id,
        "key": key,
        "kind": kind.value,
        "client_id": client_id,
        "reference": reference,
        "by_id": by_id,
        "made_at": at,
        "content_sealed": _sealed(session, workspace_id, content),
        **values,
    }
    return insert_once(session, Paper, row)


def find_by_key(session: Session, *, workspace_id: int, key: str) -> int | None:
    """Return the document made for a key, or None."""
    query = select(col(Paper.id)).where(
        col(Paper.workspace_id) == workspace_id, col(Paper.key) == key
    )
    return session.scalars(query).one_or_none()


def find_paper(session: Session, *, workspace_id: int, id: int) -> PaperLine | None:
    """Return one document, or None."""
    row = session.get(Paper, (workspace_id, id), populate_existing=True)
    return None if row is None else _line(session, row)


def list_of_client(session: Session, *, workspace_id: int, client_id: int) -> list[PaperLine]:
    """Return a client's documents, newest first."""
    query = (
        select(Paper)
        .where(col(Paper.workspace_id) == workspace_id, col(Paper.client_id) == client_id)
        .order_by(col(Paper.id).desc())
    )
    return [_line(session, row) for row in session.scalars(query)]


def content_of(session: Session, *, workspace_id: int, id: int) -> bytes:
    """Return a document's content; empty while it is being made."""
    row = session.get_one(Paper, (workspace_id, id), populate_existing=True)
    return base64.b64decode(vault_of(session).unseal(workspace_id, row.content_sealed))


def change(session: Session, *, workspace_id: int, id: int, **values: Any) -> None:
    """Change a document; `content` and `tracking` are sealed."""
    if "content" in values:
        values["content_sealed"] = _sealed(session, workspace_id, values.pop("content"))
    if "tracking" in values:
        sealed = vault_of(session).seal(workspace_id, values.pop("tracking"))
        values["tracking_sealed"] = sealed
    session.execute(
        update(Paper)
        .where(col(Paper.workspace_id) == workspace_id, col(Paper.id) == id)
        .values(**values)
    )


def _sealed(session: Session, workspace_id: int, content: bytes) -> str:
    return vault_of(session).seal(workspace_id, base64.b64encode(content).decode())


def _line(session: Session, row: Paper) -> PaperLine:
    client = session.get(Client, (row.workspace_id, row.client_id))
    return PaperLine(
        row.id,
        PaperKind(row.kind),
        row.client_id,
        client.name if client else "",
        row.reference,
        row.language,
        PaperState(row.state),
        row.currency,
        row.minor,
        row.deadline_on,
        row.posted_on,
        vault_of(session).unseal(row.workspace_id, row.tracking_sealed),
        row.received_on,
        row.by_id,
        row.made_at,
        row.stage,
        row.stages,
        row.shared_at is not None,
        row.error,
    )


def sent_text(session: Session, *, workspace_id: int, id: int) -> str:
    """Return an e-mail as it left: its subject, an empty line, its text; empty when it did not."""
    row = session.get_one(Email, (workspace_id, id))
    return vault_of(session).unseal(workspace_id, row.sent_sealed)
