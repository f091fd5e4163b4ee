"""What a database says when it cannot, in words a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from bot.domain.errors import GoodcopError, TryAgain

_FULL = ("disk is full", "no space left", "disk full")
_BUSY = ("locked", "lock timeout", "statement timeout")


@contextmanager
def spoken() -> Iterator[None]:
    """Turn a full disk, a locked or failing database into errors with a code; nothing is lost.

    Raises GoodcopError `disk_full` or `database_failed`, or TryAgain.
    """
    try:
        yield
    except DBAPIError as error:
        words = str(error.orig).lower()
        if any(sign in words for sign in _FULL):
            raise GoodcopError(
                "The disk is full: nothing was changed. Make room, then try again.",
                code="disk_full",
            ) from error
        if any(sign in words for sign in _BUSY):
            raise TryAgain("The database was busy: nothing was saved. Try again.") from error
        raise GoodcopError(
            "The database failed: nothing was changed.", code="database_failed"
        ) from error
