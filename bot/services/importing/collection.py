"""Python's cycle collector, paused while much is read at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_pauses = 0


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the collector: half the time of reading books goes to looking for cycles among rows.

    Books hold none; memory is freed by reference counts as ever. Pauses may overlap in threads.
    """
    global _pauses
    with _lock:
        if _pauses == 0:
            gc.disable()
        _pauses += 1
    try:
        yield
    finally:
        with _lock:
            _pauses -= 1
            if _pauses == 0:
                gc.enable()
