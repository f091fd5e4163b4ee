"""goodcop without Slack: one database, one clock, every service; the command line needs no more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.services.alerts.actions import AlertActions
from bot.services.alerts.activation import ActivationService
from bot.services.alerts.muting import MutingService
from bot.services.alerts.previews import PreviewService
from bot.services.alerts.refreshing import RefreshService
from bot.services.alerts.scan_report import ScanReport
from bot.services.alerts.service import AlertService
from bot.services.bank.service import BankService
from bot.services.case_files.service import CaseFileService
from bot.services.delivery.job_queue import JobQueue
from bot.services.dunning.room import DunningRoom, dunning_room
from bot.services.follow_ups.concessions import ConcessionService
from bot.services.follow_ups.forms import FormService
from bot.services.follow_ups.service import FollowUpService
from bot.services.handovers.service import HandoverService
from bot.services.importing.service import ImportReport, ImportService
from bot.services.items.deliveries import DeliveryHoldService
from bot.services.items.finance_file import FinanceFileService
from bot.services.items.service import ItemStateService
from bot.services.late_payment.room import LatePaymentRoom, late_payment_room
from bot.services.letters.service import LetterService
from bot.services.lookups.names import Names
from bot.services.lookups.service import LookupService
from bot.services.lookups.sharing import SharingService
from bot.services.mail.bounces import BounceService
from bot.services.mail.settling import SettlingService
from bot.services.mail.texts import TextService
from bot.services.mail_kinds import MAIL_KINDS
from bot.services.mornings.digests import DigestService
from bot.services.mornings.home import HomeService
from bot.services.solvency.claims import ClaimService
from bot.services.solvency.company_events import CompanyEventService
from bot.services.solvency.cover_clocks import CoverService
from bot.services.solvency.flags import FlagService
from bot.services.solvency.gathering import Gatherer
from bot.services.solvency.linking import LinkService
from bot.services.solvency.open_data import Addresses, OpenData, open_data
from bot.services.solvency.proposals import ProposalService
from bot.services.solvency.prospects import ProspectService
from bot.services.solvency.requests import RequestService
from bot.services.solvency.sent_lists import SentListService
from bot.services.solvency.service import SolvencyService
from bot.services.solvency.usage import UsageService
from bot.services.solvency.watching import WatchReport, WatchService
from bot.services.workspaces.absences import AbsenceService
from bot.services.workspaces.account_kinds import KindService
from bot.services.workspaces.channels import ChannelService
from bot.services.workspaces.health import HealthService
from bot.services.workspaces.installing import InstallationService
from bot.services.workspaces.introductions import IntroductionService
from bot.services.workspaces.people import PeopleService
from bot.services.workspaces.policies import PolicyService
from bot.services.workspaces.readers import ReaderService
from bot.services.workspaces.service import WorkspaceService
from storage import schema
from storage.unit_of_work import Database
from storage.vault import Vault

_DOCUMENTS = frozenset({".pdf", ".xml"})  # electronic invoices, statements: no tables
_REPORT = ".eml"  # what a mail server says of an e-mail that came back


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case, by the room it belongs to."""

    readers: ReaderService
    people: PeopleService
    absences: AbsenceService
    workspaces: WorkspaceService
    policies: PolicyService
    installations: InstallationService
    introductions: IntroductionService
    imports: ImportService
    bank: BankService
    previews: PreviewService
    alerts: AlertService
    alert_actions: AlertActions
    refreshes: RefreshService
    activations: ActivationService
    muting: MutingService
    item_states: ItemStateService
    deliveries: DeliveryHoldService
    finance_files: FinanceFileService
    late_payment: LatePaymentRoom
    letters: LetterService
    case_files: CaseFileService
    follow_ups: FollowUpService
    concessions: ConcessionService
    handovers: HandoverService
    dunning: DunningRoom
    client_texts: TextService
    bounces: BounceService
    emails: SettlingService
    digests: DigestService
    lookups: LookupService
    sharing: SharingService
    solvency: SolvencyService
    requests: RequestService
    flags: FlagService
    watching: WatchService
    company_events: CompanyEventService
    claims: ClaimService
    covers: CoverService
    usage: UsageService
    proposals: ProposalService
    prospects: ProspectService
    sent_lists: SentListService
    links: LinkService
    home: HomeService
    forms: FormService
    queue: JobQueue
    health: HealthService
    channels: ChannelService
    kinds: KindService


@dataclass(frozen=True, slots=True)
class Core:
    """An open database, the clock, and the services on it."""

    database: Database
    clock: Callable[[], datetime]
    services: Services

    def workspace_id(self, team_id: str = "") -> int:
        """Return the workspace meant: the team's, else the only one (made in a new database).

        Raises Conflict (`which_workspace`) when there are several and none was named.
        """
        return self.services.workspaces.choose(team_id)

    def today(self, workspace_id: int) -> date:
        """Return the day it is in the workspace's time zone."""
        zone = self.services.workspaces.get(workspace_id).time_zone
        return self.clock().astimezone(ZoneInfo(zone)).date()

    def take_file(self, path: Path) -> None:
        """Take a file dropped in the inbox: a document, prospects, books, a mail report."""
        chosen = self.workspace_id()
        if path.suffix.lower() == _REPORT:
            self.services.bounces.take_file(chosen, path)
            return
        if path.suffix.lower() not in _DOCUMENTS and self.services.prospects.take_file(
            chosen, path, today=self.today(chosen)
        ):
            return
        self.import_and_judge(path, chosen)

    def import_and_judge(self, path: Path, workspace_id: int | None = None) -> ImportReport:
        """Import a file, judge by what it says, tell finance what it asks; of the inbox."""
        chosen = self.workspace_id() if workspace_id is None else workspace_id
        today = self.today(chosen)
        report = self.services.imports.import_file(chosen, path, today=today, by="inbox")
        if report.run_id is None and report.kind == "e_invoice":
            return report
        self.judge(chosen, today)
        if report.run_id is not None:
            self.services.previews.tell_import(chosen, report.run_id)
        return report

    def judge(self, workspace_id: int, today: date) -> ScanReport:
        """Judge promises, then every client, then steps: the order in which the rules depend."""
        now = self.clock()
        self.services.bank.match(workspace_id, today)
        self.services.follow_ups.judge_promises(workspace_id, today, now)
        self.services.follow_ups.take_credit_notes(workspace_id, today, now)
        self.services.late_payment.offers.judge(workspace_id, today)
        report = self.services.alerts.scan(workspace_id, today=today, now=now)
        self.services.handovers.run_clocks(workspace_id, today, now)
        self.services.deliveries.lift_paid(workspace_id, today)
        self.services.dunning.planning.plan(workspace_id, today=today, now=now)
        self.services.previews.tell_finance(workspace_id)
        return report

    def watch(self, workspace_id: int, today: date) -> WatchReport:
        """Look at followed companies, end what is over, judge again when there is news."""
        report = self.services.watching.run(workspace_id, today)
        self.services.requests.expire(workspace_id, today)
        self.services.flags.erase_persons(workspace_id, today)
        self.services.covers.refresh(workspace_id, today)
        self.services.usage.refresh(workspace_id, today)
        if report.events:
            self.judge(workspace_id, today)
        return report

    def is_reachable(self) -> bool:
        """Say whether the database answers and has this code's schema."""
        return schema.is_current(self.database.engine)

    def close(self) -> None:
        """Give back every connection."""
        self.database.close()


def open_core(
    url: str,
    keys: tuple[str, ...],
    clock: Callable[[], datetime],
    addresses: Addresses | None = None,
) -> Core:
    """Return goodcop on the database at `url`; nothing is read, written or asked yet."""
    return core_on(Database(url, Vault(keys)), clock, addresses)


def core_on(
    database: Database, clock: Callable[[], datetime], addresses: Addresses | None = None
) -> Core:
    """Return goodcop on a database that is already open; without addresses no source is asked."""
    names = Names()
    about_companies = _about_companies(database, clock, names, addresses)
    services = about_companies(
        readers=ReaderService(database, clock),
        people=PeopleService(database, clock),
        absences=AbsenceService(database, clock),
        workspaces=WorkspaceService(database, clock),
        policies=PolicyService(database, clock),
        installations=InstallationService(database, clock),
        introductions=IntroductionService(database, clock),
        imports=ImportService(database, clock),
        bank=BankService(database, clock),
        previews=PreviewService(database, clock),
        alerts=AlertService(database),
        alert_actions=AlertActions(database, clock),
        refreshes=RefreshService(database),
        activations=ActivationService(database, clock),
        muting=MutingService(database, clock),
        item_states=ItemStateService(database, clock),
        deliveries=DeliveryHoldService(database, clock),
        finance_files=FinanceFileService(database),
        late_payment=late_payment_room(database, clock),
        letters=LetterService(database, clock),
        case_files=CaseFileService(database, clock),
        follow_ups=FollowUpService(database, clock),
        concessions=ConcessionService(database, clock),
        handovers=HandoverService(database, clock),
        dunning=dunning_room(database, clock),
        client_texts=TextService(database, clock),
        bounces=BounceService(database, clock, MAIL_KINDS),
        emails=SettlingService(database, clock, MAIL_KINDS),
        digests=DigestService(database, clock),
        lookups=LookupService(database, names),
        sharing=SharingService(database, clock),
        home=HomeService(database),
        forms=FormService(database),
        queue=JobQueue(database, clock),
        health=HealthService(database, clock),
        channels=ChannelService(database, clock),
        kinds=KindService(database, clock),
    )
    return Core(database, clock, services)


def _about_companies(
    database: Database, clock: Callable[[], datetime], names: Names, addresses: Addresses | None
) -> partial[Services]:
    """Return what makes the services, with those about companies to sell to already there."""
    gatherer = Gatherer(open_data(addresses), clock) if addresses else None
    prospects = ProspectService(database, clock, _sources(addresses))
    return partial(
        Services,
        solvency=SolvencyService(database, clock, names, gatherer),
        requests=RequestService(database, clock),
        flags=FlagService(database, clock),
        watching=WatchService(database, clock, _sources(addresses)),
        company_events=CompanyEventService(database, clock),
        claims=ClaimService(database, clock, names),
        covers=CoverService(database, clock),
        usage=UsageService(database),
        proposals=ProposalService(database, clock),
        prospects=prospects,
        sent_lists=SentListService(database, clock, prospects),
        links=LinkService(database, clock, _sources(addresses)),
    )


def _sources(addresses: Addresses | None) -> Callable[[], OpenData] | None:
    """Return what opens the sources on one run's own event loop."""
    return partial(open_data, addresses) if addresses else None
