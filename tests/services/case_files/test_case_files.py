"""The file for the lawyer: what is in it, how far it is, once."""

import io
import zipfile
from datetime import timedelta

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.follow_ups import NewPromise
from bot.domain.job_kinds import JobKind
from bot.domain.lifecycle import Means, Outcome
from bot.domain.told import Told
from bot.services.case_files.gathering import STAGES
from bot.services.case_files.service import CaseFileService
from bot.services.delivery.job_queue import JobQueue
from bot.services.late_payment.rates import RateService
from bot.services.letters.service import LetterService
from storage import follow_ups, promises
from storage.follow_ups import NoteLine
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company
from tests.services.drawing import draw
from tests.services.outbox import messages_of


@pytest.fixture
def company(database: Database) -> Company:
    made = a_company(database)
    RateService(database, Clock()).add(
        made.fiona, "2026-2", legal="2.62", ecb="2.15", source="arrêté"
    )
    return made


@pytest.fixture
def files(database: Database) -> CaseFileService:
    return CaseFileService(database, Clock())


def live(database: Database, company: Company) -> None:
    """Note an exchange, a promise and a dispute."""
    with database.write() as uow:
        follow_ups.add_note(
            uow.session,
            workspace_id=company.workspace_id,
            note=NoteLine(
                "n",
                company.client_id,
                Outcome.PROMISES,
                Means.PHONE,
                AT_TEN,
                by_id=company.anne.person_id,
                reached="Mme Roy",
                text="virement promis",
            ),
        )
        promises.add_promise(
            uow.session,
            workspace_id=company.workspace_id,
            key="p",
            client_id=company.client_id,
            alert_id=None,
            note_id=None,
            by_id=company.anne.person_id,
            promise=NewPromise(5_000_00, "EUR", TUESDAY + timedelta(days=6)),
            made_on=TUESDAY,
        )
        uow.commit()
    Books(database, company.workspace_id, company.entity_id).add(
        "dispute",
        key="d",
        client_id=company.client_id,
        open_item_ids=[1],
        minor=300_00,
        currency="EUR",
        due_on=TUESDAY,
        opened_at=AT_TEN,
    )


def opened(content: bytes) -> dict[str, str]:
    """Return the texts of a file by name; PDF files are empty texts."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        return {
            name: "" if name.endswith(".pdf") else file.read(name).decode("utf-8-sig")
            for name in file.namelist()
        }


def test_everything_about_the_client_is_in_it_and_listed(
    database: Database, company: Company, files: CaseFileService
) -> None:
    live(database, company)
    letters = LetterService(database, Clock())
    letters.make_notice(
        company.fiona,
        company.client_id,
        deadline=TUESDAY + timedelta(days=8),
        with_interest=True,
        key="m",
    )
    reference, content = files.make_now(company.fiona, company.client_id, key="k")
    found = opened(content)
    assert reference == "DOS-2026-0001"
    assert list(found) == [
        "0-sommaire.pdf",
        "0-sommaire.txt",
        "1-releve.pdf",
        "2-factures.csv",
        "3-penalites.csv",
        "4-echanges.csv",
        "5-promesses.csv",
        "6-litiges.csv",
        "7-courriers/MD-2026-0001.pdf",
    ]
    assert "F1;2026-09-24;2026-10-24;12480,00;" in found["2-factures.csv"]
    assert "12.15" in found["3-penalites.csv"]
    assert "virement promis" in found["4-echanges.csv"]
    assert "5000,00;0,00;EUR;attendue" in found["5-promesses.csv"]
    assert "ouvert" in found["6-litiges.csv"]
    assert "Mise en demeure MD-2026-0001" in found["0-sommaire.txt"]


def test_how_far_it_is_is_one_message_edited(
    database: Database, company: Company, files: CaseFileService
) -> None:
    files.make_now(company.fiona, company.client_id, key="k")
    rows = [row for row in messages_of(database, company) if row.kind == Told.CASE_FILE]
    assert {row.channel for row in rows} == {"CFINANCE"}
    assert len(rows) == len(STAGES) + 2
    books = Books(database, company.workspace_id, company.entity_id)
    drawn = draw(books, Told.CASE_FILE, rows[-1].body)
    assert drawn is not None
    assert "est prêt" in drawn.text


def test_a_job_run_twice_makes_one_file(
    database: Database, company: Company, files: CaseFileService
) -> None:
    made = files.ask(company.fiona, company.client_id, key="k")
    assert files.ask(company.fiona, company.client_id, key="k") == made
    queue = JobQueue(database, Clock(AT_TEN + timedelta(minutes=1)))
    job = queue.take(company.workspace_id, [JobKind.CASE_FILE])
    assert job is not None
    files.make(job)
    files.make(job)
    assert queue.take(company.workspace_id, [JobKind.SHARE_PAPER]) is not None
    assert queue.take(company.workspace_id, [JobKind.SHARE_PAPER]) is None


def test_the_same_books_give_the_same_file(
    database: Database, company: Company, files: CaseFileService
) -> None:
    live(database, company)
    first = opened(files.make_now(company.fiona, company.client_id, key="a")[1])
    second = opened(files.make_now(company.fiona, company.client_id, key="b")[1])
    different = {name for name in first if first[name] != second[name]}
    assert different == {"0-sommaire.txt"}  # its own reference


def test_only_finance_has_it_made(company: Company, files: CaseFileService) -> None:
    with pytest.raises(NotAllowed):
        files.ask(company.anne, company.client_id, key="k")
