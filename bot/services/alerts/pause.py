"""Python's cycle collector, held back while many objects are made that form no cycle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let the collector rest until the block ends: it would walk the whole program, several times.

    Measured: 85 of 190 ms of a first run over 2,000 clients. Another scan's thread may end the
    pause early, which costs time only.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
