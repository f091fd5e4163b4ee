"""Who acts, as the database knows them."""

from bot.domain.actors import Actor
from storage import people
from storage.unit_of_work import Database
from tests.books import TODAY


def actor_of(database: Database, workspace_id: int, slack_user_id: str) -> Actor:
    """Return the person with this Slack id, with their roles and team."""
    with database.read() as uow:
        found = people.find_actor(
            uow.session, workspace_id=workspace_id, slack_user_id=slack_user_id, today=TODAY
        )
    assert found is not None
    return found
