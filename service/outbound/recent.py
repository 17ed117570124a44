"""How often something happened lately."""

from collections import deque


class Recent:
    """Counts what happened in the last ``seconds``; not for several threads at once: who shares it locks it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._times: deque[float] = deque()

    def add(self, now: float) -> None:
        """Count something that happens ``now``, a ``time.monotonic()`` value."""
        self._times.append(now)

    def count(self, now: float) -> int:
        """Return how often it happened in the seconds before ``now``."""
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        return len(self._times)

    def forget(self) -> None:
        """Begin anew."""
        self._times.clear()
