"""What a client's history keeps of a step: who did what about how much, never the words."""

from datetime import datetime

from storage import events
from storage.sessions import Session
from storage.steps import StepLine


def remember_step(
    session: Session,
    line: StepLine,
    *,
    workspace_id: int,
    person_id: int | None,
    kind: str,
    now: datetime,
) -> None:
    """Write what became of a step into its client's history, once an occasion."""
    currency, minor = max(line.totals.items(), key=lambda one: one[1], default=("EUR", 0))
    events.append(
        session,
        workspace_id=workspace_id,
        key=f"{kind}:{line.id}:{line.planned_on}",
        kind=kind,
        at=now,
        client_id=line.client_id,
        person_id=person_id,
        source="step",
        body={
            "step": line.step_key,
            "level": line.level,
            "channel": line.channel.value,
            "minor": minor,
            "currency": currency,
        },
    )
