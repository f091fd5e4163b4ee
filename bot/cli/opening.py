"""Opens goodcop for a command: settings, database, schema, clock, workspace."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot.domain.errors import Conflict, GoodcopError
from bot.services.workspaces.service import WorkspaceService
from bot.settings import Settings, secret_keys
from storage import version
from storage.unit_of_work import Database
from storage.vault import Vault

if TYPE_CHECKING:
    from bot.core import Core
    from bot.services.solvency.open_data import Addresses


class BadSettings(GoodcopError):
    """A setting is missing or wrong; the message names it."""

    code = "bad_settings"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open database, the workspace the command speaks of, and the day it judges.

    A command that only reads builds the one service it needs: it starts in half the time.
    """

    database: Database
    clock: Callable[[], datetime]
    workspace_id: int
    today: date

    def core(self) -> "Core":
        """Return every service on this database, for the commands that judge and send."""
        from bot.core import core_on

        return core_on(self.database, self.clock)


def read_settings() -> Settings:
    """Return the settings; raise BadSettings naming each one that is wrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        lines = (f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in wrong.errors())
        raise BadSettings("; ".join(lines)) from wrong


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Opened]:
    """Open the database (migrated when it is new or ours alone) and choose the workspace."""
    settings = read_settings()
    clock = _Clock()
    database = Database(settings.database_url, Vault(keys(settings)))
    workspaces = WorkspaceService(database, clock)
    try:
        bring_up_to_date(database)
        workspace_id = workspaces.choose(arguments.workspace or settings.goodcop_workspace)
        zone = ZoneInfo(workspaces.get(workspace_id).time_zone)
        clock.stand_at(getattr(arguments, "today", None), zone)
        yield Opened(database, clock, workspace_id, clock().astimezone(zone).date())
    finally:
        database.close()


def bring_up_to_date(database: Database) -> bool:
    """Migrate the database where it needs it; return whether it did."""
    if version.is_current(database.engine):
        return False
    from storage import migrate

    migrate.upgrade(database.engine)
    return True


def keys(settings: Settings) -> tuple[str, ...]:
    """Return the secret keys; raise BadSettings with what to do."""
    try:
        return secret_keys(settings)
    except ValueError as missing:
        raise BadSettings(str(missing)) from missing


def addresses(settings: Settings) -> "Addresses":
    """Return where open data is asked."""
    from bot.services.solvency.open_data import Addresses  # httpx behind it loads slowly

    key = settings.goodcop_sirene_key
    return Addresses(
        companies=settings.goodcop_companies_url,
        notices=settings.goodcop_notices_url,
        ratios=settings.goodcop_ratios_url,
        sirene=settings.goodcop_sirene_url,
        vies=settings.goodcop_vies_url,
        sirene_key=key.get_secret_value() if key else "",
    )


def need(value: object, what: str) -> None:
    """Raise Conflict when something a command needs is absent."""
    if not value:
        raise Conflict(what, code="not_found")


class _Clock:
    """Real time, or 10:00 on the day that `--today` names."""

    def __init__(self) -> None:
        self._fixed: datetime | None = None

    def __call__(self) -> datetime:
        return self._fixed or datetime.now(UTC)

    def stand_at(self, day: date | None, zone: ZoneInfo) -> None:
        if day is not None:
            self._fixed = datetime.combine(day, time(10), zone).astimezone(UTC)
