"""What is told, what was posted, and the row that says so."""

from sqlalchemy import select
from sqlmodel import col

from bot.playground.server import Playground
from storage import messages
from storage.tables.queue import Message
from storage.unit_of_work import Database
from tests.storage.queue_rows import told

POST = messages.POST


def tell(database: Database, *keys: str, **how: object) -> None:
    with database.write() as uow:
        for key in keys:
            told(uow.session, key, **how)  # type: ignore[arg-type]
        uow.commit()


def row(database: Database, key: str) -> Message:
    with database.read() as uow:
        chosen = select(Message).where(col(Message.dedupe_key) == key)
        found: Message = uow.session.execute(chosen).scalar_one()
    return found


def posted(playground: Playground) -> list[str]:
    return [str(post["text"]) for post in playground.posts()]
