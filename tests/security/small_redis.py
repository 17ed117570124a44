"""A server on loopback that knows as much of the Redis protocol as is needed: SET with NX and EX."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread


class SmallRedis(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Connection)
        self.seconds: dict[bytes, int] = {}
        self.silent = False
        self._lock = Lock()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.server_address[1]}/0"

    def answer(self, words: list[bytes]) -> bytes:
        if words[0].upper() == b"HELLO":
            return b"%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:3\r\n"
        if words[0].upper() != b"SET":
            return b"+OK\r\n"
        options = words[3:]
        assert b"NX" in options
        with self._lock:
            if words[1] in self.seconds:
                return b"_\r\n"
            self.seconds[words[1]] = int(options[options.index(b"EX") + 1])
            return b"+OK\r\n"


class _Connection(socketserver.StreamRequestHandler):
    server: SmallRedis

    def handle(self) -> None:
        while line := self.rfile.readline():
            words = [self._word() for _ in range(int(line[1:]))]
            if self.server.silent:
                return
            self.wfile.write(self.server.answer(words))

    def _word(self) -> bytes:
        size = int(self.rfile.readline()[1:])
        return self.rfile.read(size + 2)[:-2]


@contextmanager
def small_redis() -> Iterator[SmallRedis]:
    """Give a running server; it is stopped afterwards."""
    with SmallRedis() as server:
        # Not the inherited default: shutdown waits for one poll.
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()
