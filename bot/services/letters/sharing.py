"""Documents put into the finance channel, in the thread of the client's file when it has one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import TemporaryDeliveryError
from bot.outlets.slack_uploads import SlackUploads
from bot.services.delivery.job_queue import JobToDo
from storage import client_files, handovers, installations, papers, unsafe_channels
from storage.papers import PaperLine
from storage.sessions import Session
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class Place:
    """Where finance reads of a client."""

    channel: str
    thread: str


@dataclass(frozen=True, slots=True)
class SharingPapers:
    """Uploads what was made, once; what Slack refuses is tried again by its job."""

    database: Database
    clock: Callable[[], datetime]
    uploads: SlackUploads

    def share(self, job: JobToDo) -> None:
        """Put a job's document into Slack; raise `DeliveryError` when it must be tried again."""
        tenant, paper_id = job.workspace_id, int(job.body["paper_id"])
        with self.database.read() as uow:
            paper = papers.find_paper(uow.session, workspace_id=tenant, id=paper_id)
            installed = installations.find_installation(uow.session, workspace_id=tenant)
            if paper is None or paper.is_shared or installed is None:
                return
            place = place_of(uow.session, tenant, paper.client_id)
            known = unsafe_channels.find_channel(
                uow.session, workspace_id=tenant, channel=place.channel
            )
            is_safe = known is None or known.is_consented
            content = papers.content_of(uow.session, workspace_id=tenant, id=paper_id)
        if place.channel and content:
            if not is_safe:
                raise TemporaryDeliveryError("the finance channel is not safe: see Home")
            self._upload(installed.bot_token, place, paper, content)
        with self.database.write() as uow:
            papers.change(uow.session, workspace_id=tenant, id=paper_id, shared_at=self.clock())
            uow.commit()

    def _upload(self, token: str, place: Place, paper: PaperLine, content: bytes) -> None:
        self.uploads.upload(
            token,
            channel=place.channel,
            thread=place.thread,
            name=paper.file_name,
            title=f"{paper.reference} · {paper.client}",
            content=content,
        )


def place_of(session: Session, workspace_id: int, client_id: int) -> Place:
    """Return the finance channel, and the thread of the client's open handover if there is one."""
    house = client_files.get_house(session, workspace_id=workspace_id)
    alert_id = client_files.find_open_alert_id(
        session, workspace_id=workspace_id, client_id=client_id
    )
    latest = alert_id and handovers.find_latest_handover(
        session, workspace_id=workspace_id, alert_id=alert_id
    )
    if not latest or not latest.ts:
        return Place(house.finance_channel, "")
    return Place(latest.channel or house.finance_channel, latest.ts)
