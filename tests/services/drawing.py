"""Drawing a message as delivery would, and the states it is drawn from."""

import json
from datetime import date, datetime
from typing import Any

from bot.domain.lifecycle import AlertState, HandoverState
from bot.domain.told import Told
from bot.services.delivery.drawings import drawings
from storage.ids import new_id
from storage.messages import POST
from storage.outgoing import Drawing, Outgoing
from tests.books import Books
from tests.follow_up_rows import AT_TEN, Company

FRIDAY = date(2026, 11, 27)


def draw(
    books: Books,
    kind: Told,
    body: dict[str, Any],
    *,
    person_id: int | None = None,
    method: str = POST,
    now: datetime = AT_TEN,
) -> Drawing | None:
    """Draw one message as delivery would."""
    message = Outgoing(
        workspace_id=books.workspace_id,
        id=1,
        key="k",
        kind=kind,
        subject="s",
        version=1,
        method=method,
        channel="C",
        thread="",
        edits_ts="",
        person_id=person_id,
        attempts=1,
        attempted_at=now,
        taken_by="t",
        body=body,
    )
    with books.database.read() as work:
        return drawings(lambda: now)[kind.value](work.session, message)


def words(drawing: Drawing | None) -> str:
    """Return all that a drawing says, spaces plain."""
    assert drawing is not None
    said = f"{drawing.text} {json.dumps(list(drawing.blocks), ensure_ascii=False)}"
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def put(books: Books, company: Company, **values: Any) -> dict[str, Any]:
    """Change the company's alert; return the body of a message about it."""
    if isinstance(values.get("state"), AlertState):
        values["state"] = values["state"].value
    books.change("alert", company.alert_id, **values)
    return {"alert_id": company.alert_id}


def a_handover(books: Books, company: Company, state: HandoverState, question: str = "") -> int:
    """Add a handover of the company's alert."""
    return books.add(
        "handover",
        client_id=company.client_id,
        alert_id=company.alert_id,
        key=f"h{new_id()}",
        state=state.value,
        by_id=company.anne.person_id,
        offered_at=AT_TEN,
        take_by_on=FRIDAY,
        question_sealed=books.seal(question),
        opinion_sealed=books.seal(""),
        answered_by_id=None if state is HandoverState.OFFERED else company.fiona.person_id,
        answered_at=None if state is HandoverState.OFFERED else AT_TEN,
    )
