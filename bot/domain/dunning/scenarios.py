"""What is done about a client that does not pay, step after step: the words and shapes of it.

A scenario is data: one per sort of payer, written by finance, with the house's own to begin with.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any

from bot.domain.profiles import Profile


class StepActor(StrEnum):
    """Who does a step."""

    GOODCOP = "goodcop"
    SALES = "sales"
    FINANCE = "finance"


class Channel(StrEnum):
    """How the client is reached; a decision reaches nobody yet: finance says what comes next."""

    EMAIL = "email"
    CALL = "call"
    LETTER = "letter"
    DECISION = "decision"


class Tone(StrEnum):
    """How a step speaks, from kind to dry."""

    COURTEOUS = "courteous"
    FRIENDLY = "friendly"
    FIRM = "firm"
    FORMAL = "formal"


class Mode(StrEnum):
    """Whether an e-mail waits for its sender's approval, leaves by itself, or a step is off."""

    DRAFT = "draft"
    AUTOMATIC = "automatic"
    OFF = "off"


class StepState(StrEnum):
    """Where a step made for a client stands."""

    DUE = "due"
    DRAFTED = "drafted"
    QUEUED = "queued"
    SENT = "sent"
    DONE = "done"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    OVERTAKEN = "overtaken"

    @property
    def waits(self) -> bool:
        """Say whether somebody, or the outbox, still has it to do."""
        return self in (StepState.DUE, StepState.DRAFTED, StepState.QUEUED)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `offset_days` from the due date of the oldest item, negative for a courtesy.

    `minimum_days` part it from the step before; below `minimum_minor` owed (for a courtesy: of one
    item) it is not for this client. `contact` is the function of the person it addresses, `text`
    the key of the words it sends.
    """

    key: str
    offset_days: int
    actor: StepActor
    channel: Channel
    tone: Tone
    mode: Mode = Mode.AUTOMATIC
    contact: str = ""
    minimum_days: int = 7
    minimum_minor: int = 0
    text: str = ""

    @property
    def is_courtesy(self) -> bool:
        """Say whether it comes before the due date."""
        return self.offset_days < 0

    @property
    def is_on(self) -> bool:
        """Say whether it is made at all."""
        return self.mode is not Mode.OFF

    def to_document(self) -> dict[str, Any]:
        """Return the step as a scenario's document holds it."""
        return {name: getattr(self, name) for name in STEP_NAMES}


STEP_NAMES = tuple(Step.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Scenario:
    """The steps for one sort of payer, in the order of their offsets."""

    profile: Profile
    steps: tuple[Step, ...]

    @property
    def courtesy(self) -> Step | None:
        """Return the step before the due date, where it is on."""
        return next((step for step in self.steps if step.is_courtesy and step.is_on), None)

    @property
    def reminders(self) -> tuple[Step, ...]:
        """Return the steps after the due date that are on."""
        return tuple(step for step in self.steps if step.is_on and not step.is_courtesy)

    def level_of(self, step: Step) -> int:
        """Return the rank of a step after the due date, from 1; 0 for a courtesy."""
        return sum(one.offset_days <= step.offset_days for one in self.steps if not one.is_courtesy)

    def next_step(self) -> Step:
        """Return a step to add: ten days after the last, an e-mail that waits for approval."""
        keys = {step.key for step in self.steps}
        return Step(
            key=next(key for n in count(1) if (key := f"step_{n}") not in keys),
            offset_days=max(self.steps[-1].offset_days, 0) + 10,
            actor=StepActor.GOODCOP,
            channel=Channel.EMAIL,
            tone=Tone.FIRM,
            mode=Mode.DRAFT,
            contact="accounts",
            text="reminder_2",
        )

    def to_document(self) -> dict[str, Any]:
        """Return the scenario as the JSON document that is read back."""
        return {"profile": self.profile.value, "steps": [step.to_document() for step in self.steps]}
