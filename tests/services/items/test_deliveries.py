"""Advice to hold deliveries: who is told, what lifts it."""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.domain.delivery_holds import Scope
from bot.domain.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    PermanentSourceError,
    TemporarySourceError,
)
from bot.domain.job_kinds import JobKind
from bot.domain.lifecycle import HoldKind
from bot.domain.told import Told
from bot.outlets.webhook import Webhook
from bot.rendering.views import HeldView
from bot.services.delivery.job_queue import JobQueue, JobToDo
from bot.services.items.deliveries import DeliveryHoldService
from bot.services.items.webhooks import WebhookService
from bot.services.lookups.service import LookupService
from storage.tables.queue import Message
from storage.unit_of_work import Database
from tests.books import Books
from tests.follow_up_rows import AT_TEN, TUESDAY, Clock, Company, a_company
from tests.services.drawing import draw
from tests.services.outbox import messages_of


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def deliveries(database: Database) -> DeliveryHoldService:
    return DeliveryHoldService(database, Clock())


@pytest.fixture
def books(database: Database, company: Company) -> Books:
    return Books(database, company.workspace_id, company.entity_id)


def hold(deliveries: DeliveryHoldService, company: Company, key: str = "k") -> None:
    """Hold the client's deliveries, as Fiona."""
    deliveries.hold(company.fiona, company.client_id, reason="trois relances", key=key)


def told(database: Database, company: Company) -> list[Message]:
    """Return what was told of deliveries."""
    return [row for row in messages_of(database, company) if row.kind == Told.DELIVERIES]


def said(database: Database, company: Company, row: Message) -> str:
    """Return a message as it reads now, empty when it is no longer true."""
    books = Books(database, company.workspace_id, company.entity_id)
    drawn = draw(books, Told.DELIVERIES, row.body, person_id=row.person_id)
    return "" if drawn is None else drawn.text


def job_of(database: Database, company: Company) -> JobToDo:
    """Return the newest job for the webhook."""
    queue = JobQueue(database, Clock(AT_TEN + timedelta(minutes=1)))
    found: JobToDo | None = None
    while (job := queue.take(company.workspace_id, [JobKind.WEBHOOK])) is not None:
        found = job
    assert found is not None
    return found


def test_a_hold_is_seen_in_the_balance_and_told_to_the_owner(
    database: Database, company: Company, deliveries: DeliveryHoldService
) -> None:
    hold(deliveries, company)
    view: Any = LookupService(database).balance(company.anne, "C0412", today=TUESDAY)
    assert view.held == HeldView(Scope.DELIVERIES, "trois relances", "Fiona")
    [row] = told(database, company)
    assert row.person_id == company.anne.person_id
    assert "trois relances" in said(database, company, row)


def test_in_a_proceeding_new_orders_alone_are_held(
    company: Company, deliveries: DeliveryHoldService, books: Books
) -> None:
    books.add(
        "hold",
        key="p",
        client_id=company.client_id,
        kind=HoldKind.PROCEEDING,
        until_on=TUESDAY + timedelta(days=90),
        made_at=AT_TEN,
    )
    hold(deliveries, company)
    found = deliveries.of_client(company.fiona, company.client_id)
    assert found is not None
    assert found.scope is Scope.NEW_ORDERS
    assert deliveries.lift_paid(company.workspace_id, TUESDAY) == 0


def test_finance_frees_deliveries_and_the_owner_reads_it(
    database: Database, company: Company, deliveries: DeliveryHoldService
) -> None:
    hold(deliveries, company)
    deliveries.lift(company.fiona, company.client_id, key="l")
    deliveries.lift(company.fiona, company.client_id, key="l")
    assert deliveries.of_client(company.fiona, company.client_id) is None
    before, after = told(database, company)
    assert said(database, company, before) == ""
    assert "Fiona" in said(database, company, after)


def test_a_payment_of_all_that_is_overdue_frees_them(
    database: Database, company: Company, deliveries: DeliveryHoldService, books: Books
) -> None:
    hold(deliveries, company)
    assert deliveries.lift_paid(company.workspace_id, TUESDAY) == 0
    books.change("open_item", company.item_id, open_minor=0)
    assert deliveries.lift_paid(company.workspace_id, TUESDAY) == 1
    assert deliveries.lift_paid(company.workspace_id, TUESDAY) == 0
    assert "les livraisons reprennent" in said(database, company, told(database, company)[1])


def test_a_second_hold_and_a_second_end_are_answered_clearly(
    company: Company, deliveries: DeliveryHoldService
) -> None:
    hold(deliveries, company)
    hold(deliveries, company)
    with pytest.raises(Conflict):
        hold(deliveries, company, key="other")
    deliveries.lift(company.fiona, company.client_id, key="l")
    with pytest.raises(Conflict):
        deliveries.lift(company.fiona, company.client_id, key="m")


def test_only_finance_may_and_says_why(company: Company, deliveries: DeliveryHoldService) -> None:
    with pytest.raises(NotAllowed):
        deliveries.hold(company.anne, company.client_id, reason="x", key="k")
    with pytest.raises(NotAllowed):
        deliveries.lift(company.anne, company.client_id, key="k")
    with pytest.raises(InvalidInput):
        deliveries.hold(company.fiona, company.client_id, reason=" ", key="k")
    with pytest.raises(NotFound):
        deliveries.hold(company.fiona, 1, reason="x", key="k")


def test_the_webhook_is_told_once_with_a_signature(
    database: Database, company: Company, deliveries: DeliveryHoldService
) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(204)

    hold(deliveries, company)
    webhook = Webhook("https://erp.example/hold", "secret", httpx.MockTransport(answer))
    WebhookService(database, webhook).tell(job_of(database, company))
    [request] = seen
    signed = hmac.new(b"secret", request.content, hashlib.sha256).hexdigest()
    assert request.headers["X-Goodcop-Signature"] == f"sha256={signed}"
    heard = json.loads(request.content)
    assert heard["event"] == "deliveries_held"
    assert heard["client"] == {"code": "C0412", "name": "Menuiserie Roy", "siren": None}
    assert (heard["reason"], heard["by"], heard["scope"]) == (
        "trois relances",
        "Fiona",
        "deliveries",
    )


def test_the_webhook_learns_how_a_hold_ended(
    database: Database, company: Company, deliveries: DeliveryHoldService
) -> None:
    heard: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        heard.append(json.loads(request.content))
        return httpx.Response(200)

    hold(deliveries, company)
    deliveries.lift(company.fiona, company.client_id, key="l")
    webhook = Webhook("https://erp.example/hold", "secret", httpx.MockTransport(answer))
    WebhookService(database, webhook).tell(job_of(database, company))
    assert (heard[0]["event"], heard[0]["how"], heard[0]["by"]) == (
        "deliveries_freed",
        "finance",
        "Fiona",
    )


@pytest.mark.parametrize(
    ("status", "error"),
    [(500, TemporarySourceError), (429, TemporarySourceError), (410, PermanentSourceError)],
)
def test_a_webhook_that_does_not_take_it_is_told_again_or_given_up(
    status: int, error: type[Exception]
) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status))
    with pytest.raises(error):
        Webhook("https://erp.example", "secret", transport).send({}, key="k")


def test_a_webhook_that_is_down_is_told_again() -> None:
    def down(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(TemporarySourceError):
        Webhook("https://erp.example", "secret", httpx.MockTransport(down)).send({}, key="k")


def test_without_a_webhook_nobody_is_told(
    database: Database,
    company: Company,
    deliveries: DeliveryHoldService,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[object] = []
    monkeypatch.setattr(Webhook, "send", lambda *given, **_: told.append(given))
    hold(deliveries, company)
    WebhookService(database, None).tell(job_of(database, company))
    assert told == []
