"""The texts to clients of a workspace: the house's own, or what finance made of them."""

from collections.abc import Callable
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.ledger import ItemKind
from bot.domain.mailing import choose
from bot.rendering.client_writing import (
    TEXT_KEYS,
    ClientText,
    WrittenText,
    check,
    default_text,
)
from bot.rendering.step_mail import AskedItem, StepMailView, step_mail
from bot.rendering.text_windows import TextsView, TextView
from bot.services.journal.writing import write_action
from bot.services.mail.mail_views import mail_view, with_named_facts
from storage import client_files, client_texts, clients, open_items, reachable
from storage.sessions import Session
from storage.unit_of_work import Database

LANGUAGES = ("fr", "en")


class TextService:
    """Shows and changes texts; an older version is never lost, a wrong one never kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def list_texts(self, workspace_id: int) -> list[TextView]:
        """Return every text in every language."""
        with self._database.read() as uow:
            return [
                text_in_force(uow.session, workspace_id=workspace_id, key=key, language=language)
                for key in TEXT_KEYS
                for language in LANGUAGES
            ]

    def show(self, workspace_id: int, key: str, language: str) -> TextView:
        """Return one text; raise `NotFound` for a key that does not exist."""
        with self._database.read() as uow:
            return text_in_force(
                uow.session, workspace_id=workspace_id, key=key, language=_known(language)
            )

    def preview(
        self, actor: Actor, client_id: int, text: ClientText, language: str, *, today: date
    ) -> WrittenText:
        """Return a text as this client would read it with what it owes today; nothing is sent.

        Raise `InvalidInput` where the text may not be, `NotFound` without such a client, `Conflict`
        when it names interest and a rate is missing.
        """
        allow(actor, Action.SET)
        with self._database.read() as uow:
            view = _view(uow.session, actor.workspace_id, client_id, language, today)
            check(text)
            place = {"workspace_id": actor.workspace_id, "client_id": client_id}
            view = with_named_facts(uow.session, view, text, **place)
        return step_mail(text, view)

    def client_of(self, workspace_id: int, code: str) -> int:
        """Return the client of that code; raise `NotFound`, `Conflict` when several have it."""
        with self._database.read() as uow:
            found = clients.list_ids(uow.session, workspace_id=workspace_id, code=code)
        if not found:
            raise NotFound("There is no such client.")
        if len(found) > 1:
            raise Conflict("Several companies have a client of this code.")
        return found[0]

    def windows(self, actor: Actor) -> TextsView:
        """Return every text for who may change them; raise `NotAllowed`."""
        allow(actor, Action.SET)
        return TextsView(tuple(self.list_texts(actor.workspace_id)))

    def window(self, actor: Actor, key: str, language: str) -> TextView:
        """Return one text for who may change it; raise `NotAllowed`, or as `show` does."""
        allow(actor, Action.SET)
        return self.show(actor.workspace_id, key, language)

    def set(
        self,
        actor: Actor,
        key: str,
        language: str,
        text: ClientText,
        seen: int | None = None,
    ) -> int:
        """Put a text into force; return its version. Raise `InvalidInput` when it may not be.

        What is in force already is not kept twice (0). Raise `Conflict` when somebody wrote a newer
        version than the one `seen`.
        """
        allow(actor, Action.SET)
        check(text)
        with self._database.write(interactive=True) as uow:
            before = text_in_force(
                uow.session, workspace_id=actor.workspace_id, key=key, language=_known(language)
            )
            if seen is not None and seen != before.version:
                raise Conflict("Somebody changed this text meanwhile: open it again.")
            if before.version and before.text == text:
                return 0
            version = client_texts.add_version(
                uow.session,
                workspace_id=actor.workspace_id,
                key=key,
                language=language,
                subject=text.subject,
                body=text.body,
                by=actor.name,
                at=self._clock(),
            )
            said = {"text": key, "language": language, "version": version}
            write_action(uow.session, actor, "text_changed", self._clock(), said)
            uow.commit()
        return version

    def reset(self, actor: Actor, key: str, language: str, seen: int | None = None) -> int:
        """Put the house's own text into force again; raise as `set` does."""
        return self.set(actor, key, language, default_text(key, _known(language)), seen)


def text_in_force(session: Session, *, workspace_id: int, key: str, language: str) -> TextView:
    """Return finance's newest version of a text, else the house's own; raise `NotFound`."""
    house = default_text(key, language)
    kept = client_texts.find_text(session, workspace_id=workspace_id, key=key, language=language)
    if kept is None:
        return TextView(key, language, house)
    text = ClientText(kept.subject, kept.body)
    own = text != house
    return TextView(key, language, text, kept.version, own, kept.made_by, kept.made_at)


def _view(
    session: Session, workspace_id: int, client_id: int, language: str, today: date
) -> StepMailView:
    """Return what a text would be about for a client: all that it owes, in its owner's voice."""
    client = client_files.find_client(session, workspace_id=workspace_id, id=client_id)
    if client is None:
        raise NotFound("There is no such client.")
    contacts = reachable.list_reachable(session, workspace_id=workspace_id, client_id=client_id)
    owed = open_items.list_open(session, workspace_id=workspace_id, client_id=client_id)
    return mail_view(
        session,
        workspace_id=workspace_id,
        client_id=client_id,
        person_id=client.owner_id,
        contact=choose(contacts, ()),
        items=[
            AskedItem(
                one.number,
                one.issued_on,
                one.due_on,
                one.open_minor,
                one.currency,
                ItemKind(one.kind),
            )
            for one in owed
        ],
        today=today,
        language=language,
    )


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise InvalidInput("Texts are in fr or en.", field="language")
    return language
