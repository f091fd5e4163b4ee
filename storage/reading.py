"""A session that reads on a driver's connection: SQLAlchemy joins only when a query needs it."""

from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.prepared import DRIVER

_STILL = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class Reading(Session):
    """A session whose transaction the driver began: prepared statements cost nothing around them.

    A connection of SQLAlchemy's and its transaction take 40 us; an account's largest query 15.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        dialect = engine.dialect
        self._engine = engine
        self._joined: Connection | None = None
        try:
            self._held = engine.raw_connection()
            driver: Any = self._held.dbapi_connection
            if dialect.name == "sqlite":
                driver.execute("BEGIN")
            else:
                _begin_still(driver, dialect.loaded_dbapi)
        except dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance("BEGIN", None, error, dialect.loaded_dbapi.Error) from error
        self.info[DRIVER] = (dialect, driver)

    def get_bind(self, *_: Any, **__: Any) -> Connection:
        """Return the connection that other queries run on, in the same transaction."""
        if self._joined is None:
            self._joined = Connection(self._engine, connection=self._held)
        return self._joined

    def close(self) -> None:
        """End the transaction and give the connection back.

        With a commit: after a rollback psycopg drops its prepared statements, and every read
        would plan anew.
        """
        try:
            if self._held.is_valid and self._engine.dialect.name != "sqlite":
                self._held.commit()
        except self._engine.dialect.loaded_dbapi.Error as error:
            self._held.invalidate(error)  # the server went away: what was read was read
        if self._joined is not None:  # else the session itself has nothing to end
            super().close()
        self._held.close()


def _begin_still(driver: Any, psycopg: Any) -> None:
    """Begin to read one instant: psycopg begins only what has not begun."""
    result = driver.pgconn.exec_(_STILL)
    if result.status != psycopg.pq.ExecStatus.COMMAND_OK:
        raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
