"""A server that all processes of a test run share: the first starts it, and it ends when the last lets go of it.

What holds it is the pipe at its standard input: a test process that is killed lets go, too.
"""

import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SECONDS_TO_END = 600  # the other processes may have tests left


@dataclass(frozen=True)
class Running:
    """A server that is ready at ``address``."""

    address: str
    process: subprocess.Popen[bytes]


Start = Callable[[int], Running]


@contextmanager
def shared(folder: Path, start: Start) -> Iterator[str]:
    """The address of the server that ``start`` gave to the first process; ``folder`` is known to all of them.

    ``start`` gets the file descriptor for the server's standard input. The server has to end when that ends.
    """
    running = None
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        # The others wait until the first is done.
        fcntl.flock(lock, fcntl.LOCK_EX)
        held = _joined(folder)
        if held is None:
            held, running = _started(folder, start)
    try:
        yield (folder / "address").read_text(encoding="utf-8")
    finally:
        os.close(held)
        if running:
            running.process.wait(_SECONDS_TO_END)


def _joined(folder: Path) -> int | None:
    try:
        return os.open(folder / "pipe", os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # there is no pipe yet, or nobody reads from it any more
        return None


def _started(folder: Path, start: Start) -> tuple[int, Running]:
    pipe = folder / "pipe"
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    stdin = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    held = os.open(pipe, os.O_WRONLY)
    os.set_blocking(stdin, True)
    try:
        running = start(stdin)
    except BaseException:
        os.close(held)
        raise
    finally:
        os.close(stdin)
    (folder / "address").write_text(running.address, encoding="utf-8")
    return held, running
