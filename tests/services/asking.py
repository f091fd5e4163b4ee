"""Who asks, and how, in the tests of lookups."""

from datetime import date, timedelta
from typing import Any

from bot.domain.actors import Actor, system
from bot.domain.lifecycle import Role
from bot.rendering.card_views import BalanceView
from bot.services.lookups.service import LookupService
from tests.books import TODAY, Books


def finance(books: Books) -> Actor:
    """Return somebody who sees everything."""
    return system(books.workspace_id)


def sales(books: Books, person_id: int, *team: int) -> Actor:
    """Return a salesperson, or the manager of `team`."""
    role = Role.MANAGER if team else Role.SALES
    return Actor(
        books.workspace_id, person_id, name="Anne", roles=frozenset({role}), team=frozenset(team)
    )


def asked(books: Books, query: str, actor: Actor | None = None) -> Any:
    """Return the answer to `/balance query`."""
    return LookupService(books.database).balance(actor or finance(books), query, today=TODAY)


def balance_of(books: Books, query: str) -> BalanceView:
    """Return the balance that finance is shown."""
    answer = asked(books, query)
    assert isinstance(answer, BalanceView)
    return answer


def json_of(books: Books, query: str) -> dict[str, Any]:
    """Return what a script reads."""
    return LookupService(books.database).balance_json(finance(books), query, today=TODAY)


def days_ago(days: int) -> date:
    """Return the day that many days before today."""
    return TODAY - timedelta(days=days)
