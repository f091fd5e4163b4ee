"""The e-mails of steps: drafted, queued, drawn anew as they leave, remembered once settled."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.dunning.scenarios import StepState
from bot.domain.errors import Conflict
from bot.domain.mailing import EmailState, Reachable
from bot.rendering.client_writing import WrittenText
from bot.rendering.step_mail import StepMailView, edited, step_mail
from bot.services.dunning.remembering import remember_step
from bot.services.dunning.step_views import StepCard, step_card
from bot.services.mail.drawing import Desk, DrawnMail, MailKind, NotSent
from bot.services.mail.mail_views import mail_view, with_named_facts
from bot.services.mail.texts import text_in_force
from storage import client_files, emails, steps
from storage.emails import EmailLine
from storage.follow_ups import vault_of
from storage.sessions import Session
from storage.steps import StepLine
from storage.unit_of_work import UnitOfWork

STEP_MAIL = "step"
_GAVE_BACK = (StepState.QUEUED.value, StepState.SENT.value)


def write_draft(
    session: Session, card: StepCard, *, workspace_id: int, person_id: int | None, today: date
) -> WrittenText:
    """Return the e-mail of a step as it would leave now, in the contact's language.

    Raise `Conflict` when its text names interest and a rate is missing.
    """
    view = _view(session, card, workspace_id, person_id, today)
    text = text_in_force(
        session, workspace_id=workspace_id, key=card.step.text_key, language=view.language
    ).text
    place = {"workspace_id": workspace_id, "client_id": card.step.client_id}
    return step_mail(text, with_named_facts(session, view, text, **place))


def queue_step(
    session: Session,
    line: StepLine,
    contact: Reachable | None,
    *,
    workspace_id: int,
    person_id: int | None,
    now: datetime,
    words: str = "",
    asked: Sequence[Sequence[str | int]] = (),
) -> None:
    """Queue the e-mail of a step; raise `Conflict` when nobody there can be written to.

    `words` somebody wrote leave only while `asked` is still what is asked for.
    """
    if contact is None:
        raise Conflict("Nobody at this client can be written to: there is no e-mail address.")
    emails.queue(
        session,
        workspace_id=workspace_id,
        key=f"step:{line.id}:{int(now.timestamp())}",
        kind=STEP_MAIL,
        client_id=line.client_id,
        contact_id=contact.contact_id,
        to=contact.address,
        person_id=person_id,
        now=now,
        body={"step_id": line.id, "asked": list(asked)},
        words=words,
    )


def step_mail_kind() -> MailKind:
    """Return how e-mails of steps are drawn, and what their steps become."""
    return MailKind(_draw, _settled)


def _draw(desk: Desk) -> DrawnMail | NotSent:
    """Draw a step on what is owed now; not at all once it was paid, paused or moved."""
    workspace_id, session = desk.email.workspace_id, desk.session
    line = steps.find_step(session, workspace_id=workspace_id, id=desk.email.body["step_id"])
    if line is None or line.state is not StepState.QUEUED:
        return NotSent("the step does not wait any more")
    uow = UnitOfWork(session, vault_of(session))
    card = step_card(uow, line, workspace_id=workspace_id, today=desk.today, now=desk.now)
    if card.because is not None:
        return NotSent(card.because.value)
    person_id = desk.email.person_id
    view = _view(session, card, workspace_id, person_id, desk.today)
    try:
        written = write_draft(
            session, card, workspace_id=workspace_id, person_id=person_id, today=desk.today
        )
    except Conflict as refused:
        return NotSent(refused.message, mends=True)
    if desk.email.words and desk.email.body.get("asked") != card.asked:
        return NotSent("What is owed changed since this was written: read it over.", mends=True)
    if desk.email.words:
        written = edited(desk.email.words, written)
    return DrawnMail(written.subject, written.body, view.voice, view.voice_email)


def _settled(session: Session, email: EmailLine, now: datetime) -> None:
    """Move the step as its e-mail went; what came back is a draft again, to mend or to skip."""
    to = _BECOMES[email.state]
    moved = steps.move(
        session,
        workspace_id=email.workspace_id,
        id=int(email.body["step_id"]),
        to=to,
        now=now,
        done_on=now.date() if to is StepState.SENT else None,
        by_id=email.person_id,
        reason=email.error if to is not StepState.SENT else "",
        among_states=_GAVE_BACK,
    )
    line = steps.find_step(session, workspace_id=email.workspace_id, id=email.body["step_id"])
    if moved and line is not None and email.state is EmailState.SENT:
        remember_step(
            session,
            line,
            workspace_id=email.workspace_id,
            person_id=email.person_id,
            kind="step_sent",
            now=now,
        )


_BECOMES = {
    EmailState.PENDING: StepState.QUEUED,
    EmailState.SENDING: StepState.QUEUED,
    EmailState.SENT: StepState.SENT,
    EmailState.UNKNOWN: StepState.SENT,  # it may have left: nothing harder or twice before a look
    EmailState.CANCELLED: StepState.CANCELLED,
    EmailState.REFUSED: StepState.DRAFTED,
    EmailState.DEAD: StepState.DRAFTED,
    EmailState.BOUNCED: StepState.DRAFTED,
}


def _view(
    session: Session, card: StepCard, workspace_id: int, person_id: int | None, today: date
) -> StepMailView:
    house = client_files.get_house(session, workspace_id=workspace_id)
    return mail_view(
        session,
        workspace_id=workspace_id,
        client_id=card.step.client_id,
        person_id=person_id,
        contact=card.contact,
        items=card.asked_items,
        today=today,
        language=card.contact.language if card.contact else house.locale,
    )
