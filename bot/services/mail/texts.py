"""The texts to clients of a workspace: the house's own, or what finance made of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import Conflict, InvalidInput, NotFound
from bot.domain.mailing import choose
from bot.rendering.client_writing import (
    TEXT_KEYS,
    ClientText,
    WrittenText,
    check,
    default_text,
)
from bot.rendering.step_mail import AskedItem, StepMailView, step_mail
from storage import alerts, client_texts, clients, entities, open_items, people, reachable
from storage.sessions import Session
from storage.unit_of_work import Database

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class TextInForce:
    """A text as it leaves; `is_own` says that finance changed the house's."""

    key: str
    language: str
    text: ClientText
    is_own: bool


class TextService:
    """Shows and changes texts; an older version is never lost, a wrong one never kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    def list_texts(self, workspace_id: int) -> list[TextInForce]:
        """Return every text in every language."""
        with self._database.read() as uow:
            return [
                text_in_force(uow.session, workspace_id=workspace_id, key=key, language=language)
                for key in TEXT_KEYS
                for language in LANGUAGES
            ]

    def show(self, workspace_id: int, key: str, language: str) -> TextInForce:
        """Return one text; raise `NotFound` for a key that does not exist."""
        with self._database.read() as uow:
            return text_in_force(
                uow.session, workspace_id=workspace_id, key=key, language=_known(language)
            )

    def preview(
        self, actor: Actor, client_id: int, text: ClientText, language: str, *, today: date
    ) -> WrittenText:
        """Return a text as this client would read it with what it owes today; nothing is sent.

        Raise `InvalidInput` where the text may not be, `NotFound` without such a client.
        """
        allow(actor, Action.SET)
        with self._database.read() as uow:
            view = _view(uow.session, actor.workspace_id, client_id, language, today)
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

    def set(self, actor: Actor, key: str, language: str, text: ClientText) -> int:
        """Put a text into force; return its version. Raise `InvalidInput` when it may not be.

        What is in force already is not kept twice.
        """
        allow(actor, Action.SET)
        check(text)
        with self._database.write() as uow:
            before = text_in_force(
                uow.session, workspace_id=actor.workspace_id, key=key, language=_known(language)
            )
            if before.is_own and before.text == text:
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
            uow.commit()
        return version


def text_in_force(session: Session, *, workspace_id: int, key: str, language: str) -> TextInForce:
    """Return finance's newest version of a text, else the house's own; raise `NotFound`."""
    house = default_text(key, language)
    own = client_texts.find_text(session, workspace_id=workspace_id, key=key, language=language)
    text = ClientText(*own) if own else house
    return TextInForce(key, language, text, own is not None)


def _view(
    session: Session, workspace_id: int, client_id: int, language: str, today: date
) -> StepMailView:
    """Return what a text would be about for a client: all that it owes, in its owner's voice."""
    line = alerts.list_clients(session, workspace_id=workspace_id, ids=[client_id]).get(client_id)
    if line is None:
        raise NotFound("There is no such client.")
    companies = entities.list_entities(session, workspace_id=workspace_id)
    company = next(one for one in companies if one.id == line.entity_id)
    contacts = reachable.list_reachable(session, workspace_id=workspace_id, client_id=client_id)
    to = choose(contacts, ())
    owed = open_items.list_open(session, workspace_id=workspace_id, client_id=client_id)
    voice = people.find_voice(session, workspace_id=workspace_id, person_id=line.owner_id)
    return StepMailView(
        client=line.name,
        client_code=line.code,
        contact=to.name if to else "",
        items=tuple(
            AskedItem(one.number, one.issued_on, one.due_on, one.open_minor, one.currency)
            for one in owed
        ),
        today=today,
        language=language,
        voice=voice[0] if voice else "",
        voice_email=voice[1] if voice else "",
        company=company.name,
        company_siren=company.siren or "",
        iban=company.iban,
    )


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise InvalidInput("Texts are in fr or en.", field="language")
    return language
