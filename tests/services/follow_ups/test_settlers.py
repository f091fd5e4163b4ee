"""Who settles a dispute: its author, or the colleague they choose, who hears of it."""

import pytest
from sqlmodel import select

from bot.domain.errors import InvalidInput
from bot.domain.lifecycle import Outcome
from bot.domain.told import Told
from bot.services.follow_ups.service import FollowUpService
from storage.tables.follow_ups import Dispute
from storage.unit_of_work import Database
from tests.follow_up_rows import Company, a_company
from tests.services.follow_ups.noting import a_note
from tests.services.outbox import messages_of


def owner_of(database: Database) -> int | None:
    with database.read() as work:
        return work.session.scalars(select(Dispute)).one().owner_id


def test_the_author_settles_a_dispute_unless_somebody_is_chosen(
    database: Database, company: Company, service: FollowUpService
) -> None:
    service.record(company.anne, a_note(company, Outcome.DISPUTES, reason="rayures"))
    assert owner_of(database) == company.anne.person_id


def test_a_chosen_colleague_settles_it_and_is_named_in_the_thread(
    database: Database, company: Company, service: FollowUpService
) -> None:
    karim = company.karim.person_id
    note = a_note(company, Outcome.DISPUTES, reason="rayures", settler_id=karim)
    service.record(company.anne, note)
    (line,) = [row for row in messages_of(database, company) if row.kind == Told.ALERT_EVENT]
    assert (owner_of(database), line.body["mention_id"]) == (karim, karim)


def test_somebody_of_another_company_cannot_be_chosen(
    database: Database, company: Company, service: FollowUpService
) -> None:
    stranger = a_company(database).karim.person_id
    with pytest.raises(InvalidInput, match="Choose a person"):
        service.record(
            company.anne,
            a_note(company, Outcome.DISPUTES, reason="rayures", settler_id=stranger),
        )
