"""A client's events as lines of its history."""

from collections.abc import Mapping
from datetime import date

from bot.domain.follow_ups import TaskKind
from bot.domain.lifecycle import DisputeOutcome
from bot.rendering.views import AlertEventView, EventKind
from bot.services.lookups.account_views import note_view
from storage.exchanges import HistoryRow, NoteRow
from storage.promises import read_plan

_KINDS = frozenset(EventKind)
_TASKS = frozenset(TaskKind)


def history_line(
    row: HistoryRow, client: str, client_id: int, notes: Mapping[int, NoteRow]
) -> AlertEventView | None:
    """Return an event as it is shown, with its note; None for kinds that nobody reads."""
    if row.kind not in _KINDS:
        return None
    body = row.body
    note = notes.get(body.get("note_id", 0))
    task = body.get("task_kind", "")
    return AlertEventView(
        kind=EventKind(row.kind),
        client=client,
        at=row.at,
        client_id=client_id,
        by=row.by_name or "",
        to=str(body.get("to", "")),
        currency=str(body.get("currency", "EUR")),
        minor=int(body.get("minor", 0)),
        received_minor=int(body.get("received_minor", 0)),
        day=date.fromisoformat(body["day"]) if body.get("day") else None,
        ends_on=date.fromisoformat(body["ends_on"]) if body.get("ends_on") else None,
        text=str(body.get("reason", "")),
        note=note_view(note) if note else None,
        task_kind=TaskKind(task) if task in _TASKS else None,
        plan=read_plan(body.get("plan", ())),
        part=int(body.get("part", 0)),
        parts=int(body.get("parts", 0)),
        outcome=DisputeOutcome(body["outcome"]) if body.get("outcome") else None,
    )
