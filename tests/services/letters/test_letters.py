"""Formal notices and statements: made, refused, posted, put into Slack once."""

import base64
import io
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.lifecycle import HoldKind
from bot.domain.papers import PaperState
from bot.services.late_payment.rates import RateService
from bot.services.letters.service import LetterService
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company, a_receipt

DEADLINE = TUESDAY + timedelta(days=8)


@pytest.fixture
def company(database: Database) -> Company:
    made = a_company(database)
    RateService(database, Clock()).add(
        made.fiona, "2026-2", legal="2.62", ecb="2.15", source="arrêté"
    )
    return made


@pytest.fixture
def books(database: Database, company: Company) -> Books:
    return Books(database, company.workspace_id, company.entity_id)


@pytest.fixture
def letters(database: Database) -> LetterService:
    return LetterService(database, Clock())


def notice(letters: LetterService, company: Company, **changed: Any) -> int:
    """Make a formal notice, as Fiona."""
    values: dict[str, Any] = {"deadline": DEADLINE, "with_interest": True, "key": "k"}
    return letters.make_notice(company.fiona, company.client_id, **{**values, **changed})


def text_of(letters: LetterService, company: Company, paper_id: int) -> str:
    """Return what a letter says."""
    pages = PdfReader(io.BytesIO(letters.content(company.fiona, paper_id))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_notice_asks_for_principal_interest_and_fees(
    letters: LetterService, company: Company
) -> None:
    said = text_of(letters, company, notice(letters, company))
    for part in ("MD-2026-0001", "Menuiserie Roy", "128,78", "40,00", "2 décembre 2026", "Fiona"):
        assert part in said


def test_a_double_click_makes_one_letter_and_the_next_has_the_next_number(
    letters: LetterService, company: Company
) -> None:
    assert notice(letters, company) == notice(letters, company)
    notice(letters, company, key="other")
    made = letters.list_papers(company.fiona, company.client_id)
    assert [one.reference for one in made] == ["MD-2026-0002", "MD-2026-0001"]


def test_in_a_proceeding_nothing_is_asked_for(
    letters: LetterService, company: Company, books: Books
) -> None:
    books.add(
        "hold",
        key="p",
        client_id=company.client_id,
        kind=HoldKind.PROCEEDING,
        until_on=date(9999, 12, 31),
        made_at=AT_TEN,
    )
    with pytest.raises(Conflict) as refused:
        notice(letters, company)
    assert refused.value.code == "in_proceeding"


def test_a_client_that_is_up_to_date_gets_no_notice(
    letters: LetterService, company: Company, books: Books
) -> None:
    books.change("open_item", company.item_id, due_on=TUESDAY + timedelta(days=3))
    with pytest.raises(Conflict) as refused:
        notice(letters, company)
    assert refused.value.code == "nothing_overdue"


def test_a_missing_rate_is_said_and_the_interest_can_be_left_out(
    letters: LetterService, company: Company, books: Books
) -> None:
    books.change("open_item", company.item_id, due_on=date(2024, 1, 15))
    with pytest.raises(InvalidInput) as refused:
        notice(letters, company)
    assert refused.value.field == "with_interest"
    assert notice(letters, company, with_interest=False)


@pytest.mark.parametrize("deadline", [None, TUESDAY, TUESDAY + timedelta(days=61)])
def test_a_deadline_leaves_time(
    letters: LetterService, company: Company, deadline: date | None
) -> None:
    with pytest.raises(InvalidInput) as refused:
        notice(letters, company, deadline=deadline)
    assert refused.value.field == "deadline"


def test_a_statement_says_the_balance(letters: LetterService, company: Company) -> None:
    made = letters.make_statement(company.fiona, company.client_id, key="s")
    assert letters.make_statement(company.fiona, company.client_id, key="s") == made
    assert "12 480,00" in text_of(letters, company, made)


def test_a_deposit_without_a_number_has_its_name_on_a_statement(
    database: Database, letters: LetterService, company: Company
) -> None:
    a_receipt(database, company, minor=1_000_00, on=TUESDAY, matched=False)
    made = letters.make_statement(company.fiona, company.client_id, key="s")
    said = text_of(letters, company, made)
    assert "Acompte 24 novembre 2026 – -1 000,00" in said.replace("\u202f", " ").replace(
        "\xa0", " "
    )


def test_posting_and_receipt_are_taken_down(letters: LetterService, company: Company) -> None:
    made = notice(letters, company)
    post: dict[str, Any] = {"tracking": "1A 234", "received_on": None, "key": "p"}
    letters.record_post(company.fiona, made, posted_on=TUESDAY, **post)
    [line] = letters.list_papers(company.fiona, company.client_id)
    assert (line.state, line.tracking) == (PaperState.POSTED, "1A 234")
    received = {**post, "received_on": TUESDAY + timedelta(days=2), "key": "r"}
    letters.record_post(company.fiona, made, posted_on=TUESDAY, **received)
    [line] = letters.list_papers(company.fiona, company.client_id)
    assert line.state is PaperState.RECEIVED


def test_a_letter_that_came_back_is_taken_down_as_such(
    letters: LetterService, company: Company
) -> None:
    made = notice(letters, company)
    letters.record_post(
        company.fiona,
        made,
        posted_on=TUESDAY,
        tracking="1A 234",
        received_on=TUESDAY + timedelta(days=20),
        came_back=True,
        key="b",
    )
    [line] = letters.list_papers(company.fiona, company.client_id)
    assert line.state is PaperState.RETURNED


@pytest.mark.parametrize(
    ("posted", "received", "field"),
    [(None, None, "posted_on"), (TUESDAY, TUESDAY - timedelta(days=1), "received_on")],
)
def test_dates_of_the_post_that_cannot_be_are_refused(
    letters: LetterService,
    company: Company,
    posted: date | None,
    received: date | None,
    field: str,
) -> None:
    made = notice(letters, company)
    with pytest.raises(InvalidInput) as refused:
        letters.record_post(
            company.fiona, made, posted_on=posted, tracking="", received_on=received, key="p"
        )
    assert refused.value.field == field


def test_a_statement_does_not_go_by_registered_post(
    letters: LetterService, company: Company
) -> None:
    made = letters.make_statement(company.fiona, company.client_id, key="s")
    with pytest.raises(Conflict):
        letters.record_post(
            company.fiona, made, posted_on=TUESDAY, tracking="", received_on=None, key="p"
        )


def test_only_finance_makes_letters(letters: LetterService, company: Company) -> None:
    for attempt in (
        lambda: letters.make_notice(
            company.anne, company.client_id, deadline=DEADLINE, with_interest=True, key="a"
        ),
        lambda: letters.make_statement(company.anne, company.client_id, key="a"),
        lambda: letters.list_papers(company.anne, company.client_id),
        lambda: letters.content(company.anne, 1),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    with pytest.raises(NotFound):
        letters.content(company.fiona, 1)


def test_a_letter_is_kept_sealed(
    letters: LetterService, company: Company, database: Database
) -> None:
    made = notice(letters, company)
    clear = base64.b64encode(letters.content(company.fiona, made)).decode()
    with database.read() as uow:
        [row] = uow.session.connection().exec_driver_sql("SELECT content_sealed FROM paper")
    assert clear[:24] not in row[0]
