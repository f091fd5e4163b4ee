"""A circuit breaker: after three failures in a row a source is left alone for a while."""

from collections.abc import Callable

FAILURES = 3
REST_SECONDS = 60.0


class Breaker:
    """Closed while things go well; open after FAILURES in a row; then one trial decides."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._closed_again_at = 0.0
        self._trying = False

    def allows(self) -> bool:
        """Say whether a request may go out now: closed, or rested enough for one trial."""
        if self._failures < FAILURES:
            return True
        return not self._trying and self._clock() >= self._closed_again_at

    def begins(self) -> bool:
        """Take the right to send one request; False when it may not."""
        if not self.allows():
            return False
        self._trying = self._failures >= FAILURES
        return True

    def worked(self) -> None:
        """Close it: the source answered."""
        self._failures, self._trying = 0, False

    def failed(self) -> None:
        """Count a failure; the third in a row, or a failed trial, opens it."""
        self._failures += 1
        self._trying = False
        self._closed_again_at = self._clock() + REST_SECONDS

    def abandoned(self) -> None:
        """Give the right back: nobody waits for the answer any more, so it says nothing."""
        self._trying = False
