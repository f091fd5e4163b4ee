"""A client's whole story as a window: 300 events opened, page after page, within 150 ms.

Run `python -m benchmarks.client_story [EVENTS]` (300 by default, a third of them notes). In
process: read, unsealed, drawn and turned into the JSON that Slack gets.
"""

import json
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.lookup_books import TODAY, fill, open_database
from bot.domain.actors import system
from bot.domain.lifecycle import Means, Outcome
from bot.rendering.card_views import HistoryView
from bot.rendering.messages import history_modal
from bot.rendering.views import EventKind, Voice
from bot.services.lookups.service import LookupService
from storage import bulk
from storage.ids import new_ids
from storage.tables.follow_ups import Note
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN

MOST_SECONDS, ROUNDS, NOTE = 0.150, 20, "Mme Roy attend le virement de son propre client. " * 8
_KINDS = [kind for kind in EventKind if kind is not EventKind.NOTED]


def live(database: Database, workspace_id: int, client_id: int, count: int) -> None:
    """Write what happened with a client over a few years."""
    ids = new_ids(count)
    with database.write() as uow:
        sealed = uow.vault.seal(workspace_id, NOTE)
        rows = []
        for place, id in enumerate(ids):
            at = AT_TEN - timedelta(days=count - place)
            is_note = place % 3 == 0
            if is_note:
                uow.session.add(
                    Note(
                        workspace_id=workspace_id,
                        id=id,
                        key=f"note:{id}",
                        client_id=client_id,
                        outcome=Outcome.PROMISES,
                        means=Means.PHONE,
                        text_sealed=sealed,
                        at=at,
                    )
                )
            kind = EventKind.NOTED if is_note else _KINDS[place % len(_KINDS)]
            said = {"minor": 12_480_00, "day": at.date().isoformat(), "task_kind": "call_again"}
            body = {"note_id": id} if is_note else said
            rows.append(
                {
                    "workspace_id": workspace_id,
                    "id": id,
                    "key": f"event:{id}",
                    "kind": kind.value,
                    "at": at,
                    "client_id": client_id,
                    "source": "slack",
                    "body": body,
                }
            )
        bulk.insert_rows(uow.session, "event", rows)
        uow.commit()


def main() -> int:
    """Measure the first page and all of them; the exit code says whether the goal is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory(prefix="goodcop-bench-") as folder:
        database = open_database(f"sqlite:///{Path(folder) / 'books.sqlite3'}")
        workspace_id, client_ids = fill(database, 1_000, 10_000)
        live(database, workspace_id, client_ids[0], count)
        service, first, whole = LookupService(database), [], []
        for _ in range(ROUNDS):
            before: int | None = None
            pages: list[float] = []
            while before is not None or not pages:
                start = time.perf_counter()
                view = service.history(
                    system(workspace_id), client_ids[0], today=TODAY, before=before
                )
                assert isinstance(view, HistoryView)
                json.dumps(history_modal(view, Voice("fr")))
                pages.append(time.perf_counter() - start)
                before = view.older_before
            first.append(pages[0])
            whole.append(sum(pages))
        database.close()
    opened, told = statistics.median(first), statistics.median(whole)
    met = opened <= MOST_SECONDS
    print(
        f"a story of {count} events: opened in {opened * 1e3:.1f} ms, at most"
        f" {MOST_SECONDS * 1e3:.0f} ms: {'met' if met else 'NOT MET'};"
        f" all its pages {told * 1e3:.1f} ms"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
