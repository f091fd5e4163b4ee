"""The window of a step, in each of the things it may ask, and why it is skipped."""

from dataclasses import replace
from datetime import date

from bot.domain.dunning.facts import PauseKind
from bot.domain.lifecycle import Outcome
from bot.rendering.client_writing import WrittenText
from bot.rendering.step_mail import AskedItem
from bot.rendering.step_windows import StepView, skip_form, step_form
from bot.rendering.team_views import StepDoing
from bot.rendering.views import ContactView, NoteView
from tests.rendering.sample import Sample
from tests.rendering.views import NOW, TODAY, a_form

ITEMS = (
    AskedItem("FA-118", date(2026, 9, 24), date(2026, 10, 24), 8_200_00, "EUR"),
    AskedItem("FA-131", date(2026, 11, 1), TODAY, 1_240_00, "EUR"),
)
WHOM = ContactView(5, "Luc Roy", "accounts", "+33612345678", "compta@roy.example")
NOTE = NoteView("Anne", NOW, Outcome.PROMISES, text="paie vendredi")
SILENT = NoteView("Anne", NOW, Outcome.NO_ANSWER)
MAIL = WrittenText("Vos factures échues", "Bonjour,\n\nMerci de régler FA-118.\n")
LONG = WrittenText("Vos factures échues", "ligne\n" * 600)


def step_windows() -> dict[str, Sample]:
    """Return every sample of the room."""
    views = {
        f"step_{doing}": StepView(11, a_form(), doing, ITEMS, WHOM, last_note=NOTE)
        for doing in StepDoing
    }
    views["step_mail"] = StepView(11, a_form(), StepDoing.EMAIL, ITEMS, WHOM, MAIL, SILENT)
    views["step_mail_long"] = StepView(11, a_form(), StepDoing.EMAIL, ITEMS * 30, WHOM, LONG)
    views["step_bare"] = StepView(11, a_form(), StepDoing.CALL, ITEMS, ContactView(None, "Luc Roy"))
    views["step_alone"] = StepView(11, a_form(), StepDoing.LETTER, ITEMS)
    views["step_void"] = StepView(11, a_form(), StepDoing.EMAIL, void=True)
    views["step_paused"] = replace(views["step_void"], pause=PauseKind.PROMISE)
    drawn = {name: Sample(step_form, view) for name, view in views.items()}
    return {**drawn, "skip_step": Sample(skip_form, views["step_call"])}
