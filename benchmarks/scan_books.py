"""Books for the scan's benchmarks: clients, salespeople and open items, written straight in."""

import random
from datetime import UTC, date, datetime, timedelta

from storage.bulk import insert_rows
from storage.ids import new_id, new_ids
from storage.unit_of_work import Database

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def write_books(
    database: Database,
    *,
    items: int,
    clients: int,
    salespeople: int = 20,
    overdue: float = 0.5,
    active: bool = True,
) -> int:
    """Write a workspace with that many open items; return its id. `overdue` is a share of them."""
    chance = random.Random(7)
    workspace_id, entity_id = new_id(), new_id()
    people, debtors = new_ids(salespeople), new_ids(clients)
    with database.write() as uow:
        session = uow.session
        insert_rows(session, "workspace", [_workspace(workspace_id, active)])
        entity = {"workspace_id": workspace_id, "id": entity_id, "created_at": NOW, "name": "E"}
        insert_rows(
            session,
            "entity",
            [
                entity
                | {"address": "", "iban_sealed": "", "currency": "EUR", "rhythm_days": 2}
                | {"default_terms": "", "late_rate": "", "limitation": "commercial"}
            ],
        )
        insert_rows(session, "person", [_person(workspace_id, id) for id in people])
        insert_rows(
            session,
            "client",
            [
                _client(workspace_id, entity_id, id, n, people[n % salespeople])
                for n, id in enumerate(debtors)
            ],
        )
        for start in range(0, items, 50_000):
            count = min(50_000, items - start)
            rows = [
                _item(workspace_id, id, debtors[(start + n) % clients], chance, overdue)
                for n, id in enumerate(new_ids(count))
            ]
            insert_rows(session, "open_item", rows)
        uow.commit()
    return workspace_id


def _workspace(id: int, active: bool) -> dict[str, object]:
    return {
        "id": id,
        "name": "",
        "currency": "EUR",
        "locale": "fr",
        "time_zone": "Europe/Paris",
        "digest_at": "09:00",
        "finance_channel": "CFIN",
        "finance_name": "",
        "formal": True,
        "sales_see_totals": False,
        "activated_at": NOW if active else None,
        "names_version": 0,
        "people_version": 0,
        "policy_version": 0,
        "created_at": NOW,
    }


def _person(workspace_id: int, id: int) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "id": id,
        "name": f"P{id}",
        "roles": "sales",
        "channel": f"C{id}",
        "locale": "fr",
        "time_zone": "",
    }


def _client(
    workspace_id: int, entity_id: int, id: int, number: int, owner_id: int
) -> dict[str, object]:
    return {
        "workspace_id": workspace_id,
        "id": id,
        "entity_id": entity_id,
        "code": f"C{number:06}",
        "account": "411000",
        "name": f"Client {number}",
        "search_name": f"client {number}",
        "town": "",
        "owner_id": owner_id,
        "terms": "",
        "late_rate": "",
        "currency": "EUR",
        "kind": "ordinary",
        "kind_confirmed": True,
        "name_given": False,
        "muted_reason_sealed": "",
        "created_at": NOW,
    }


def _item(
    workspace_id: int, id: int, client_id: int, chance: random.Random, overdue: float
) -> dict[str, object]:
    late = chance.random() < overdue
    due_on = TODAY - timedelta(days=chance.randint(1, 120) if late else -chance.randint(0, 60))
    minor = chance.randint(2_000, 200_000)
    return {
        "workspace_id": workspace_id,
        "id": id,
        "client_id": client_id,
        "key": str(id),
        "number": f"F{id}",
        "kind": "invoice",
        "issued_on": due_on - timedelta(days=30),
        "due_on": due_on,
        "due_from": "stated",
        "minor": minor,
        "open_minor": minor,
        "currency": "EUR",
        "label": "",
        "foreign_text": "",
    }
