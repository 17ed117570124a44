"""The retry budget: second tries stay a small part of all requests, so that they never add to an outage."""

import time
from collections.abc import Callable
from threading import Lock

from service.outbound.recent import Recent

SHARE = 0.1
AT_LEAST = 5
WINDOW_SECONDS = 30.0


class RetryBudget:
    """Lets a tenth of the recent requests be tried again, and a handful where there were few; threads may share it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked, self._again = Recent(WINDOW_SECONDS), Recent(WINDOW_SECONDS)
        self._lock = Lock()

    def asked(self) -> None:
        """Count a request."""
        with self._lock:
            self._asked.add(now := self._clock())
            self._asked.count(now)

    def spend(self) -> bool:
        """Return whether a request may be tried again, and count that."""
        with self._lock:
            now = self._clock()
            if self._again.count(now) >= max(AT_LEAST, SHARE * self._asked.count(now)):
                return False
            self._again.add(now)
            return True
