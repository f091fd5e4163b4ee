"""What a proposal of payment terms shows: the form, then the schedule with its wording."""

from dataclasses import dataclass

from bot.domain.solvency.schedules import Schedule, TermsForm


@dataclass(frozen=True, slots=True)
class TermsFormView:
    """The form about one company's order; a total of 0 is still to be typed."""

    siren: str
    name: str
    form: TermsForm


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A schedule that holds."""

    siren: str
    name: str
    schedule: Schedule
