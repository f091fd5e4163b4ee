"""The clicks on a file, and another file beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.domain.actors import Actor
from bot.domain.follow_ups import AlreadyHandled
from bot.services.handovers.offers import offer_automatically
from bot.services.handovers.service import HandedOver
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, TUESDAY, Company

WEDNESDAY = date(2026, 11, 25)
OPINION = "bonne relation, un échéancier passerait"


def _at(day: date) -> datetime:
    return datetime.combine(day, AT_TEN.timetz())


def _another(company: Company) -> Actor:
    return replace(company.fiona, person_id=company.nadia.person_id, name="Nadia")


def _answer_of(click: Callable[[], HandedOver]) -> str:
    try:
        click()
    except AlreadyHandled as refused:
        return refused.code
    return "done"


def _automatic(database: Database, company: Company, now: datetime = AT_TEN) -> int | None:
    with database.write() as work:
        id = offer_automatically(
            work.session,
            workspace_id=company.workspace_id,
            alert_id=company.alert_id,
            now=now,
            today=TUESDAY,
        )
        work.commit()
    return id
