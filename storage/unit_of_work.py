"""One use case, one transaction: committed on the last line, rolled back otherwise."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.domain.errors import TryAgain
from storage.engine import make_engine
from storage.reading import Reading
from storage.vault import Vault


@dataclass(slots=True)
class UnitOfWork:
    """A session and the vault of its database; leaving the block without `commit` undoes all."""

    session: Session
    vault: Vault

    def commit(self) -> None:
        """Make everything done in this unit of work durable."""
        self.session.commit()


class Database:
    """The engine and vault of one goodcop; hands out units of work.

    `interactive` ones wait at most 1.5 s for a lock and end in `TryAgain`; `url` is kept so that
    another process can be given the same database.
    """

    def __init__(self, url: str, vault: Vault) -> None:
        self.url = url
        self.vault = vault
        self.engine = make_engine(url)
        self._quick = make_engine(url, busy_ms=1500) if self.is_sqlite else self.engine

    @property
    def is_sqlite(self) -> bool:
        """Say whether the database is an SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(
        self, *, interactive: bool = False, before: Callable[[Connection], None] | None = None
    ) -> Iterator[UnitOfWork]:
        """Open a unit of work that may change things; raise `TryAgain` when it stays locked.

        `before` prepares its connection while nothing is locked yet.
        """
        with self._session(self._quick if interactive else self.engine, before) as session:
            if interactive and not self.is_sqlite:
                session.execute(_PATIENCE)
            yield UnitOfWork(session, self.vault)

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that only reads, all of it as of one instant; no writer delays it.

        It ends with a commit: after a rollback psycopg drops its prepared statements, and every
        read would plan anew.
        """
        with _spoken(), Reading(self._quick) as session:
            session.info["vault"] = self.vault
            yield UnitOfWork(session, self.vault)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
        self._quick.dispose()

    @contextmanager
    def _session(
        self, engine: Engine, before: Callable[[Connection], None] | None = None
    ) -> Iterator[Session]:
        with (
            _spoken(),
            engine.connect() as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            if before is not None:
                before(connection)
            session.info["vault"] = self.vault
            yield session


@contextmanager
def _spoken() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if is_busy(error):
            raise TryAgain("The database was busy: nothing was saved. Try again.") from error
        raise


_PATIENCE = text("SET LOCAL lock_timeout = '1500ms'; SET LOCAL statement_timeout = '2000ms'")


def is_busy(error: OperationalError) -> bool:
    """Say whether a database refused only because somebody else held it."""
    words = str(error.orig).lower()
    return any(sign in words for sign in ("locked", "lock timeout", "statement timeout"))
