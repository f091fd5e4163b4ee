"""Rules are set whole or not at all; what was kept before is read as it is."""

from typing import Any

import pytest

from bot.domain.errors import InvalidInput
from bot.services.workspaces.policies import PolicyService
from storage.unit_of_work import Database
from tests.books import Books, open_books
from tests.follow_up_rows import AT_TEN, Clock

BY_MANAGERS = {"finance": 100_00, "manager": 50_00}


@pytest.fixture
def books(database: Database) -> Books:
    return open_books(database)


def test_who_may_not_give_fees_up_has_no_authority_to_be_set(books: Books) -> None:
    service = PolicyService(books.database, Clock())
    document: dict[str, Any] = service.show(books.workspace_id)
    with pytest.raises(InvalidInput, match=r"waiver_authority\.manager"):
        service.set(
            books.workspace_id, document | {"waiver_authority": BY_MANAGERS}, by="fiona@x.example"
        )
    assert service.show(books.workspace_id) == document


def test_rules_kept_with_such_an_authority_are_still_read(books: Books) -> None:
    books.add("policy", version=1, body={"waiver_authority": BY_MANAGERS}, set_at=AT_TEN)
    shown = PolicyService(books.database, Clock()).show(books.workspace_id)
    assert shown["waiver_authority"] == BY_MANAGERS
