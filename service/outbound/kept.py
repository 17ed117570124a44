"""Connections that are kept for the next request, and what may have become of them meanwhile."""

import time
from typing import Any

from urllib3 import HTTPConnectionPool
from urllib3.response import BaseHTTPResponse

# Firewalls forget what is silent for some minutes, and do not say so: a request would then hang.
IDLE_SECONDS = 30.0


class KeptConnections(HTTPConnectionPool):
    """A pool whose kept connections are either alive or replaced, at no cost to the request."""

    def _get_conn(self, timeout: float | None = None) -> Any:  # noqa: ANN401 (as inherited)
        connection = super()._get_conn(timeout)
        if time.monotonic() - getattr(connection, "kept_since", float("inf")) >= IDLE_SECONDS:
            connection.close()
        return connection

    def _put_conn(self, conn: Any) -> None:  # noqa: ANN401 (as inherited)
        if conn is not None:
            conn.kept_since = time.monotonic()
        super()._put_conn(conn)

    def _make_request(self, *request: Any, **options: Any) -> BaseHTTPResponse:  # noqa: ANN401 (as inherited)
        """Return the answer; a kept connection that turns out to be closed is replaced once, if that is harmless."""
        connection, method = request[:2]
        was_kept = connection.sock is not None
        try:
            return super()._make_request(*request, **options)
        except ConnectionError:
            if not was_kept or method != "GET":
                raise
        connection.close()
        return super()._make_request(*request, **options)
