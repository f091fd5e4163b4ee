"""Other programs (an ERP, a warehouse) told that deliveries are to be held, or are free again."""

from dataclasses import dataclass
from typing import Any

from bot.outlets.webhook import Webhook
from bot.services.delivery.job_queue import JobToDo
from storage import delivery_holds
from storage.unit_of_work import Database


@dataclass(frozen=True, slots=True)
class WebhookService:
    """Tells the webhook of the settings; without one there is nobody to tell."""

    database: Database
    webhook: Webhook | None

    def tell(self, job: JobToDo) -> None:
        """Tell what a job names; raise what the webhook answered when it must be told again."""
        if self.webhook is not None:
            document = self._document(job)
            if document is not None:
                self.webhook.send(document, key=job.key)

    def _document(self, job: JobToDo) -> dict[str, Any] | None:
        with self.database.read() as uow:
            tenant = job.workspace_id
            hold = delivery_holds.get_hold(
                uow.session, workspace_id=tenant, id=int(job.body["delivery_hold_id"])
            )
            if hold is None:
                return None
            client = delivery_holds.find_client(uow.session, workspace_id=tenant, id=hold.client_id)
        if client is None:
            return None
        is_lifted = hold.lifted_at is not None and job.body["event"] == "deliveries_freed"
        return {
            "event": job.body["event"],
            "client": {"code": client.code, "name": client.name, "siren": client.siren or None},
            "scope": hold.scope.value,
            "reason": hold.reason,
            "by": (hold.lifted_by if is_lifted else hold.by) or None,
            "how": hold.lifted_how if is_lifted else None,
            "at": (hold.lifted_at if is_lifted and hold.lifted_at else hold.made_at).isoformat(),
        }
