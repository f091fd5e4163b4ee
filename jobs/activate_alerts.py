"""Once, when finance presses “Activer”: alerts are turned on and the backlog is listed."""

from typing import Protocol

from bot.services.delivery.job_queue import JobToDo


class Activations(Protocol):
    """The activation service, as this job sees it."""

    def carry_out(self, job: JobToDo) -> object:
        """Turn alerts on for whom the job names."""


def activate_alerts(activations: Activations, job: JobToDo) -> None:
    """Turn alerts on, whatever time that takes."""
    activations.carry_out(job)
