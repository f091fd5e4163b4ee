"""What people type in a reason is sealed where it is kept."""

from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import select

from bot.domain.lifecycle import HoldKind
from storage import events, exchanges, tasks
from storage.tables.alerts import Event
from storage.tables.follow_ups import Hold
from storage.unit_of_work import Database
from tests.follow_up_rows import a_company

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_an_events_reason_is_sealed_at_rest_and_read_as_typed(database: Database) -> None:
    company = a_company(database)
    of_client: Any = {"workspace_id": company.workspace_id, "client_id": company.client_id}
    body = {"reason": "inventaire", "day": "2026-12-01"}
    with database.write() as work:
        id = events.append(work.session, key="k", kind="snoozed", at=NOW, body=body, **of_client)
        work.commit()
    with database.read() as work:
        kept = work.session.scalars(select(Event)).one().body
        read = events.find_event(work.session, workspace_id=company.workspace_id, id=id or 0)
        (shown,) = exchanges.list_history(work.session, before=None, most=5, **of_client)
    assert sorted(kept) == ["day", "reason_sealed"]
    assert "inventaire" not in kept["reason_sealed"]
    assert read is not None
    assert (read.body, shown.body) == (body, body)


def test_a_pauses_reason_is_sealed_at_rest_and_read_as_typed(database: Database) -> None:
    company = a_company(database)
    of_client: Any = {"workspace_id": company.workspace_id, "client_id": company.client_id}
    with database.write() as work:
        tasks.add_hold(
            work.session,
            key="k",
            kind=HoldKind.MANUAL,
            reason="inventaire",
            by_id=None,
            until_on=date(2026, 12, 1),
            at=NOW,
            **of_client,
        )
        work.commit()
    with database.read() as work:
        kept = work.session.scalars(select(Hold)).one().reason_sealed
        (read,) = tasks.list_holds(work.session, today=date(2026, 11, 30), **of_client)
    assert "inventaire" not in kept
    assert read.reason == "inventaire"
