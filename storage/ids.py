"""Row ids made by the application: 63-bit, rising with time, unique across processes."""

import secrets
import threading
import time

_EPOCH_MS = 1_735_689_600_000  # 2025-01-01
_PROCESS_BITS, _COUNTER_BITS = 10, 12


class _Ids:
    """41 bits of milliseconds, 10 of process, 12 of counter; a full counter borrows the next ms."""

    def __init__(self) -> None:
        self._process = secrets.randbits(_PROCESS_BITS) << _COUNTER_BITS
        self._last_ms = 0
        self._counter = 0
        self._lock = threading.Lock()

    def take(self, count: int) -> list[int]:
        with self._lock:
            ids = []
            now = time.time_ns() // 1_000_000 - _EPOCH_MS
            if now > self._last_ms:
                self._last_ms, self._counter = now, 0
            for _ in range(count):
                base = (self._last_ms << (_PROCESS_BITS + _COUNTER_BITS)) | self._process
                ids.append(base | self._counter)
                self._counter += 1
                if self._counter >> _COUNTER_BITS:
                    self._last_ms, self._counter = self._last_ms + 1, 0
            return ids


_ids = _Ids()


def new_id() -> int:
    """Return one fresh id."""
    return _ids.take(1)[0]


def new_ids(count: int) -> list[int]:
    """Return `count` fresh rising ids."""
    return _ids.take(count)
