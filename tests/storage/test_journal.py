"""The journal of every action: added to, never changed."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import events
from storage.unit_of_work import Database
from tests.follow_up_rows import AT_TEN, a_company


@pytest.mark.parametrize("verb", ["UPDATE event SET kind = 'other'", "DELETE FROM event"])
def test_what_happened_cannot_be_changed_nor_taken_away(database: Database, verb: str) -> None:
    company = a_company(database)
    with database.write() as uow:
        events.append(
            uow.session, workspace_id=company.workspace_id, key="k", kind="noted", at=AT_TEN
        )
        uow.commit()
    with database.write() as uow, pytest.raises(DBAPIError, match="append-only"):
        uow.session.execute(text(verb))
