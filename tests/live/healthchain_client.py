"""HealthChain in a virtual environment of its own, which is made once and kept in .cache."""

import fcntl
import hashlib
import json
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.live.processes import NotHere

HOME = Path(__file__).parent / "healthchain"
CACHE = Path(__file__).parents[2] / ".cache"
_INSTALL_SECONDS, _CALL_SECONDS = 600, 60


@dataclass(frozen=True)
class Fired:
    """One call by SandboxClient: what it received, and what its own model of an answer finds wrong with that."""

    received: int
    answer: dict[str, Any]
    complaints: list[str]


@dataclass(frozen=True)
class SandboxClient:
    """HealthChain's SandboxClient, run by ``python``."""

    python: Path

    def fire(self, url: str, data: Path, patient: str = "") -> Fired:
        """Fire patient-view at ``url`` with ``data``; raise AssertionError where HealthChain breaks down."""
        command = [str(self.python), str(HOME / "fire.py"), url, patient, str(data)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_CALL_SECONDS, check=False)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        return Fired(found["status"]["responses_received"], found["answer"], found["complaints"])


def installed() -> SandboxClient:
    """The client, installed where it is not; raise NotHere where pip cannot get it."""
    wanted = hashlib.sha256((HOME / "requirements.txt").read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = CACHE / f"healthchain-{wanted}"
    CACHE.mkdir(exist_ok=True)
    # Tests run in several processes: the others wait for the one that installs.
    with (CACHE / "healthchain.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            _install(folder)
    return SandboxClient(folder / "bin" / "python")


def _install(folder: Path) -> None:
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    command = [*pip, "--no-deps", "-r", str(HOME / "requirements.txt")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False)
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["it says nothing"]
        raise NotHere(f"pip cannot install {HOME.name}/requirements.txt: {errors[-1]}")
    (folder / "complete").touch()
