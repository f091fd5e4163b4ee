"""Time's way into the services: `register` ties each kind of job to the service that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.domain.job_kinds import JobKind
from bot.services.delivery.job_queue import JobQueue
from jobs.activate_alerts import Activations, activate_alerts
from jobs.background import Background
from jobs.check_promises import Matches, Offers, Promises, check_promises
from jobs.deliver_messages import DeliverMessages, Delivers
from jobs.plan_steps import Plans, plan_steps
from jobs.refresh_alerts import Refreshes, refresh_alerts
from jobs.runner import Runner, Work
from jobs.scan_clients import Clocks, Lifts, Scans, scan_clients
from jobs.schedule import DIGEST, LINKS, PROMISES, REFRESH, SCAN, STEPS, WATCH, IsWorkingDay, Ticker
from jobs.send_digests import Digests, send_digests
from jobs.suggest_links import Suggests, suggest_links
from jobs.watch_companies import Watches, watch_companies
from jobs.watch_inbox import WatchInbox

MAIL_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Services:
    """What the jobs call."""

    queue: JobQueue
    delivery: Delivers
    scans: Scans
    handovers: Clocks
    promises: Promises
    digests: Digests
    activations: Activations
    refreshes: Refreshes
    watch: Watches | None = None
    steps: Plans | None = None
    links: Suggests | None = None
    rate_list: Work | None = None
    share_paper: Work | None = None
    case_file: Work | None = None
    webhook: Work | None = None
    lift_paid: Lifts | None = None
    bank: Matches | None = None
    offers: Offers | None = None
    mail: Delivers | None = None


def register(
    services: Services,
    clock: Callable[[], datetime],
    *,
    is_working_day: IsWorkingDay,
    inbox: Path | None = None,
    import_file: Callable[[Path], object] | None = None,
    more: Mapping[str, Work] | None = None,
) -> Background:
    """Return the background work of this process, not started yet.

    `inbox` is a folder whose files are given to `import_file`; `more` ties other kinds of jobs.
    """
    queue = services.queue

    def workspaces() -> list[int]:
        return [hours.workspace_id for hours in queue.timetables()]

    return Background(
        Ticker(queue, clock, is_working_day),
        Runner(queue, _prompt_work(services, clock) | dict(more or {})),
        DeliverMessages(services.delivery, workspaces, clock),
        workspaces,
        WatchInbox(inbox, import_file) if inbox and import_file else None,
        [Runner(queue, _slow_work(services)), Runner(queue, _awaited_work(services))],
        _mail(services, workspaces, clock),
    )


def _mail(
    services: Services, workspaces: Callable[[], list[int]], clock: Callable[[], datetime]
) -> DeliverMessages | None:
    """Return the loop of e-mails to clients: apart, since a mail server may be slow."""
    if services.mail is None:
        return None
    return DeliverMessages(
        services.mail, workspaces, clock, poll_seconds=MAIL_SECONDS, name="deliver_emails"
    )


def _prompt_work(services: Services, clock: Callable[[], datetime]) -> dict[str, Work]:
    """Return the work that a tick asks for and waits for."""
    work: dict[str, Work] = {
        SCAN: partial(
            scan_clients,
            services.scans,
            services.handovers,
            clock,
            lift_paid=services.lift_paid,
        ),
        REFRESH: partial(refresh_alerts, services.refreshes, clock),
        PROMISES: partial(
            check_promises, services.promises, clock, bank=services.bank, offers=services.offers
        ),
        DIGEST: partial(send_digests, services.digests, clock),
        JobKind.ACTIVATE: partial(activate_alerts, services.activations),
    }
    if services.steps is not None:
        work[STEPS] = partial(plan_steps, services.steps, clock)
    return work


def _slow_work(services: Services) -> dict[str, Work]:
    """Return the work that outside sources may hold up."""
    slow: dict[str, Work] = {}
    if services.watch is not None:
        slow[WATCH] = partial(watch_companies, services.watch)
    if services.links is not None:
        slow[LINKS] = partial(suggest_links, services.links)
    if services.webhook is not None:
        slow[JobKind.WEBHOOK] = services.webhook
    return slow


def _awaited_work(services: Services) -> dict[str, Work]:
    """Return what a person waits for: it does not queue behind the night's questions."""
    awaited = {
        JobKind.RATE_LIST: services.rate_list,
        JobKind.SHARE_PAPER: services.share_paper,
        JobKind.CASE_FILE: services.case_file,
    }
    return {kind.value: work for kind, work in awaited.items() if work is not None}
