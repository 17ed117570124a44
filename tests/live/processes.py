"""Servers that a test starts: processes of their own, ready before they are used, stopped by their id."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

HOST = "127.0.0.1"
_PAUSE = 0.1
_SECONDS_TO_END = 10
_LAST_LINES = 40


class NotHere(Exception):
    """What a test needs cannot be had on this machine; the message says why, and what to do."""


def program(name: str, *folders: Path) -> str | None:
    """The path of a program on the search path or in one of ``folders``; None where it is not on this machine."""
    found = (shutil.which(name, path=str(folder)) for folder in folders)
    return shutil.which(name) or next((each for each in found if each), None)


@dataclass(frozen=True)
class Server:
    """How a server is started: what it prints goes to ``log``; ``ready`` tells whether it can be used."""

    command: Sequence[str]
    log: Path
    ready: Callable[[], bool]
    seconds: float = 60
    user: str | None = None

    def start(self, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Its process, once it is ready; raise AssertionError with its last words where it ends or takes too long."""
        with self.log.open("wb") as output:
            process = subprocess.Popen(
                self.command,
                stdin=stdin,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.user,
            )
        try:
            _wait(process, self, time.monotonic() + self.seconds)
        except BaseException:
            process.kill()
            process.wait(_SECONDS_TO_END)
            raise
        return process

    @contextmanager
    def running(self, stop: signal.Signals = signal.SIGTERM) -> Iterator[None]:
        """Runs for as long as the block lasts; ``stop`` ends it, and if it does not, it is killed."""
        process = self.start()
        try:
            yield
        finally:
            process.send_signal(stop)
            try:
                process.wait(_SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(_SECONDS_TO_END)


def answers(url: str) -> Callable[[], bool]:
    """Tells whether a GET of ``url`` succeeds."""

    def found() -> bool:
        try:
            return requests.get(url, timeout=30).ok
        except requests.RequestException:
            return False

    return found


def succeeds(command: Sequence[str]) -> Callable[[], bool]:
    """Tells whether the command ends well."""
    return lambda: subprocess.run(command, capture_output=True, timeout=30, check=False).returncode == 0


def listens(port: int) -> Callable[[], bool]:
    """Tells whether something listens on the port."""

    def found() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, port)) == 0

    return found


def _wait(process: subprocess.Popen[bytes], server: Server, until: float) -> None:
    while not server.ready():
        ended, late = process.poll() is not None, time.monotonic() > until
        if ended or late:
            said = "\n".join(server.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:])
            raise AssertionError(f"{server.command[0]} {'ended' if ended else 'is not ready in time'}:\n{said}")
        time.sleep(_PAUSE)
