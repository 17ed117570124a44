"""A shared server lives exactly as long as somebody holds it; here it is `cat`, which ends when its input does."""

import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.live.sharing import Running, shared


class Starter:
    """Starts `cat`, and counts."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def __call__(self, stdin: int) -> Running:
        self.started.append(subprocess.Popen(["cat"], stdin=stdin, stdout=subprocess.DEVNULL))
        return Running(f"cat-{len(self.started)}", self.started[-1])


def test_the_second_joins_the_first_and_it_ends_with_the_last(tmp_path: Path) -> None:
    start = Starter()
    with ExitStack() as later:
        with shared(tmp_path, start) as first, shared(tmp_path, start) as second:
            assert first == second == "cat-1"
            assert start.started[0].poll() is None
        assert start.started[0].poll() == 0
        assert later.enter_context(shared(tmp_path, start)) == "cat-2"


def test_it_goes_on_while_another_process_holds_it(tmp_path: Path) -> None:
    start, hold = Starter(), f"exec 3> {tmp_path}/pipe; echo held; sleep 0.3"
    with shared(tmp_path, start):
        other = subprocess.Popen(["sh", "-c", hold], stdout=subprocess.PIPE, text=True)
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        began = time.monotonic()
    # Leaving waits for the server, which waits for the other process.
    assert time.monotonic() - began > 0.2
    assert start.started[0].returncode == 0
    other.communicate()


def test_where_the_start_fails_the_next_tries_again(tmp_path: Path) -> None:
    def fail(stdin: int) -> Running:
        raise LookupError(stdin)

    start = Starter()
    with pytest.raises(LookupError), shared(tmp_path, fail):
        pass
    with shared(tmp_path, start) as address:
        assert address == "cat-1"
