"""What the window of a step shows, and an e-mail sent as its reader left it there."""

from dataclasses import replace
from datetime import date

from bot.domain.actors import Actor
from bot.domain.dunning.facts import PauseKind
from bot.domain.dunning.scenarios import Channel, StepState
from bot.domain.errors import InvalidInput
from bot.rendering.step_mail import edited
from bot.rendering.step_windows import StepView
from bot.rendering.views import ContactView
from bot.services.dunning.step_views import StepCard, done_already
from bot.services.dunning.steps import StepService
from bot.services.follow_ups.forms import FormService
from bot.services.lookups.account_views import note_view
from bot.services.mornings.steps import doing_of
from storage import exchanges
from storage.unit_of_work import Database

_TO_DO = (StepState.DUE, StepState.DRAFTED)


class StepWindowService:
    """Opens the window of a step for who may act on it, and sends what was left in it."""

    def __init__(self, database: Database, steps: StepService) -> None:
        self._database, self._steps = database, steps
        self._forms = FormService(database)

    def window(self, actor: Actor, step_id: int, today: date) -> StepView:
        """Return a step as of now, an e-mail that came back in the words it was given.

        Raise `Conflict` when it was done, else as `show` does.
        """
        card = self._steps.show(actor, step_id)
        if card.step.state not in _TO_DO:
            with self._database.read() as uow:
                raise done_already(uow.session, card.step, workspace_id=actor.workspace_id)
        client_id = card.step.client_id
        about = self._forms.client_form(actor, client_id, today=today)
        with self._database.read() as uow:
            notes = exchanges.list_latest_notes(
                uow.session, workspace_id=actor.workspace_id, client_id=client_id
            )
        view = StepView(
            step_id=step_id,
            about=about,
            doing=doing_of(card.step),
            items=card.asked_items,
            contact=_contact(card, about.contacts),
            last_note=note_view(notes[0]) if notes else None,
            void=card.because is not None,
            pause=card.because if isinstance(card.because, PauseKind) else None,
        )
        if view.void or card.step.channel is not Channel.EMAIL or card.contact is None:
            return view
        written, words = self._steps.draft(actor, step_id), card.step.words
        return replace(view, written=edited(words, written) if words else written)

    def send(self, actor: Actor, step_id: int, subject: str | None, text: str | None) -> None:
        """Send an e-mail as edited; one left as it was is written anew when it leaves.

        None: it could not be edited. Raise `InvalidInput` naming `subject` or `text`, else as
        `StepService.send`.
        """
        if subject is None or text is None:
            self._steps.send(actor, step_id)
            return
        for field, typed in (("subject", subject), ("text", text)):
            if not typed.strip():
                raise InvalidInput("Write something here.", field=field)
        written = self._steps.draft(actor, step_id)
        same = (subject.split(), text.split()) == (written.subject.split(), written.body.split())
        self._steps.send(actor, step_id, "" if same else f"{subject}\n{text}")


def _contact(card: StepCard, known: tuple[ContactView, ...]) -> ContactView | None:
    """Return who is addressed: the e-mail's contact, else somebody with a number to call."""
    if card.contact is not None:
        return next((one for one in known if one.id == card.contact.contact_id), None)
    callable_ = [one for one in known if one.phone and not one.do_not_contact]
    return callable_[0] if callable_ else None
