"""The texts finance made of the house's own, version after version; the newest is in force."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from storage.ids import new_id
from storage.tables.mail import ClientTextRow


class KeptText(NamedTuple):
    """A version of a text, and who wrote it."""

    subject: str
    body: str
    version: int
    made_by: str
    made_at: datetime


def find_text(session: Session, *, workspace_id: int, key: str, language: str) -> KeptText | None:
    """Return the newest version, None where nobody changed the house's."""
    query = (
        select(*(getattr(ClientTextRow, name) for name in KeptText._fields))
        .where(
            col(ClientTextRow.workspace_id) == workspace_id,
            col(ClientTextRow.key) == key,
            col(ClientTextRow.language) == language,
        )
        .order_by(col(ClientTextRow.version).desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None else KeptText(*row)


def add_version(
    session: Session,
    *,
    workspace_id: int,
    key: str,
    language: str,
    subject: str,
    body: str,
    by: str,
    at: datetime,
) -> int:
    """Write a text's next version; return its number."""
    version = 1 + (
        session.scalar(
            select(func.max(col(ClientTextRow.version))).where(
                col(ClientTextRow.workspace_id) == workspace_id,
                col(ClientTextRow.key) == key,
                col(ClientTextRow.language) == language,
            )
        )
        or 0
    )
    session.add(
        ClientTextRow(
            workspace_id=workspace_id,
            id=new_id(),
            key=key,
            language=language,
            version=version,
            subject=subject,
            body=body,
            made_by=by,
            made_at=at,
        )
    )
    session.flush()
    return version
