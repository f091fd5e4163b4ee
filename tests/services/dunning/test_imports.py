"""An import has the clients it touched looked at again, and nobody else."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.dunning.service import DunningService, PlanningReport
from storage import scan_settings
from storage.unit_of_work import Database
from tests.import_files import AT, TODAY, Desk, open_desk

ROY = "C1;Roy;F1;2026-10-20;2026-11-19;1000,00;1000,00;EUR;invoice"
DUPONT = "C2;Dupont;F2;2026-11-20;2027-01-20;1000,00;1000,00;EUR;invoice"
PETIT = "C3;Petit;F3;2026-11-20;2027-01-21;1000,00;1000,00;EUR;invoice"
LATE = "C2;Dupont;F9;2026-10-20;2026-11-19;500,00;500,00;EUR;invoice"
TOMORROW = TODAY + timedelta(days=1)


class Desks:
    """Finance's desk, and the planning of its clients."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.desk: Desk = open_desk(database, folder)
        self.dunning = DunningService(database, lambda: AT)
        with database.write() as uow:
            place = self.desk.workspace_id
            scan_settings.mark_active(uow.session, workspace_id=place, person_id=None, now=AT)
            uow.commit()

    def plan(self, days: int) -> PlanningReport:
        day = TODAY + timedelta(days=days)
        now = AT + timedelta(days=days)
        return self.dunning.plan(self.desk.workspace_id, today=day, now=now)


@pytest.fixture
def desks(database: Database, tmp_path: Path) -> Desks:
    desks = Desks(database, tmp_path)
    desks.desk.items(ROY, DUPONT, PETIT)
    desks.plan(0)
    desks.plan(1)
    return desks


def test_an_invoice_that_came_late_brings_its_client_a_step(desks: Desks) -> None:
    desks.desk.items(ROY, DUPONT, PETIT, LATE, as_of=TOMORROW, today=TOMORROW)
    report = desks.plan(2)
    assert (report.judged, report.made) == (1, {"finance": 1})


def test_what_is_paid_drops_the_step_that_waits(desks: Desks) -> None:
    desks.desk.items(DUPONT, PETIT, as_of=TOMORROW, today=TOMORROW)
    report = desks.plan(2)
    assert (report.judged, report.cancelled) == (1, 1)


def test_the_same_books_again_touch_nobody(desks: Desks) -> None:
    desks.desk.items(ROY, DUPONT, PETIT, as_of=TOMORROW, today=TOMORROW)
    assert desks.plan(2).judged == 0


def test_books_taken_back_have_everybody_looked_at(desks: Desks) -> None:
    desks.desk.items(ROY, DUPONT, PETIT, LATE, as_of=TOMORROW, today=TOMORROW)
    desks.desk.imports.undo_last(desks.desk.workspace_id, by="fiona", now=AT + timedelta(days=2))
    assert desks.plan(2).judged == 3
