"""goodcop without Slack: one database, one clock, every service; the command line needs no more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.services.alert_actions import AlertActions
from bot.services.alerts import AlertService
from bot.services.digests import DigestService
from bot.services.follow_ups import FollowUpService
from bot.services.forms import FormService
from bot.services.handovers import HandoverService
from bot.services.home import HomeService
from bot.services.imports import ImportService
from bot.services.installing import InstallationService
from bot.services.job_queue import JobQueue
from bot.services.lookups import LookupService
from bot.services.people import PeopleService
from bot.services.policies import PolicyService
from bot.services.previews import PreviewService
from bot.services.readers import ReaderService
from bot.services.sharing import SharingService
from bot.services.workspaces import WorkspaceService
from storage.unit_of_work import Database
from storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case, by the room it belongs to."""

    readers: ReaderService
    people: PeopleService
    workspaces: WorkspaceService
    policies: PolicyService
    installations: InstallationService
    imports: ImportService
    previews: PreviewService
    alerts: AlertService
    alert_actions: AlertActions
    follow_ups: FollowUpService
    handovers: HandoverService
    digests: DigestService
    lookups: LookupService
    sharing: SharingService
    home: HomeService
    forms: FormService
    queue: JobQueue


@dataclass(frozen=True, slots=True)
class Core:
    """An open database, the clock, and the services on it."""

    database: Database
    clock: Callable[[], datetime]
    services: Services

    def close(self) -> None:
        """Give back every connection."""
        self.database.close()


def open_core(url: str, keys: tuple[str, ...], clock: Callable[[], datetime]) -> Core:
    """Return goodcop on the database at `url`; nothing is read or written yet."""
    database = Database(url, Vault(keys))
    services = Services(
        readers=ReaderService(database),
        people=PeopleService(database, clock),
        workspaces=WorkspaceService(database, clock),
        policies=PolicyService(database, clock),
        installations=InstallationService(database, clock),
        imports=ImportService(database, clock),
        previews=PreviewService(database, clock),
        alerts=AlertService(database),
        alert_actions=AlertActions(database, clock),
        follow_ups=FollowUpService(database, clock),
        handovers=HandoverService(database, clock),
        digests=DigestService(database, clock),
        lookups=LookupService(database),
        sharing=SharingService(database, clock),
        home=HomeService(database),
        forms=FormService(database),
        queue=JobQueue(database, clock),
    )
    return Core(database, clock, services)
