"""The texts to clients of a workspace: the house's own, or what finance made of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.actors import Action, Actor, allow
from bot.domain.errors import InvalidInput
from bot.rendering.client_writing import TEXT_KEYS, ClientText, check, default_text
from storage import client_texts
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


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise InvalidInput("Texts are in fr or en.", field="language")
    return language
