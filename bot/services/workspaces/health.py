"""Whether a workspace is ready and well: what is set, what came in, what could not go out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from storage import (
    company_status,
    dead_messages,
    emails,
    messages,
    people,
    unsafe_channels,
    workspaces,
)
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Health:
    """A workspace at a glance."""

    finance_channel: str
    people_count: int
    client_count: int
    as_of: date | None
    is_active: bool
    dead_count: int
    unsent_count: int
    stuck_email_count: int
    refused_channels: tuple[str, ...]
    consented_channels: tuple[str, ...]


class HealthService:
    """Looks at a workspace for `doctor`."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def look(self, workspace_id: int) -> Health:
        """Return how the workspace stands now."""
        with self._database.read() as uow:
            session, now = uow.session, self._clock()
            row = workspaces.get_workspace(session, workspace_id=workspace_id)
            channels = unsafe_channels.list_channels(session, workspace_id=workspace_id)
            books = company_status.list_entities(session, workspace_id=workspace_id)
            return Health(
                finance_channel=row.finance_channel,
                people_count=len(people.list_people(session, workspace_id=workspace_id)),
                client_count=company_status.count_clients(session, workspace_id=workspace_id),
                as_of=max((one.as_of for one in books if one.as_of), default=None),
                is_active=row.activated_at is not None,
                dead_count=dead_messages.count_dead(session, workspace_id=workspace_id),
                unsent_count=messages.count_unsent(session, workspace_id=workspace_id, now=now),
                stuck_email_count=emails.count_stuck(session, workspace_id=workspace_id),
                refused_channels=tuple(
                    f"{one.channel} ({', '.join(one.troubles)})"
                    for one in channels
                    if not one.is_consented
                ),
                consented_channels=tuple(one.channel for one in channels if one.is_consented),
            )
