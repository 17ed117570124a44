"""HAPI FHIR R4 (JPA) on loopback, as hapi/pom.xml describes it, with the stories of fhir_fixtures as of today."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import requests

from tests.live.processes import HOST, NotHere, Server, answers, program
from tests.live.sharing import Running
from tests.web.live import free_port

HOME = Path(__file__).parent / "hapi"
PAGE = 5  # the most resources on a page: fewer than we ask for, so that pages have to be turned
FHIR_JSON = {"Content-Type": "application/fhir+json"}
# Half of this machine's memory is not ours to take, and a server for one test run need not be optimised.
_JAVA = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_DOWNLOAD_SECONDS, _START_SECONDS = 900, 240

Resource = dict[str, Any]


def hapi(folder: Path, stdin: int) -> Running:
    """A new and empty HAPI server, which ends when ``stdin`` does; its log lies in ``folder``."""
    _required("javac")  # a Java without its compiler cannot run a source file
    classpath, port = _classpath(folder), free_port()
    base = f"http://{HOST}:{port}/fhir"
    command = [_required("java"), *_JAVA, "-cp", classpath, str(HOME / "FhirServer.java"), str(port), str(PAGE)]
    server = Server(command, folder / "hapi.log", answers(f"{base}/metadata"), _START_SECONDS)
    return Running(base, server.start(stdin))


def put(base: str, resources: Iterable[Resource]) -> None:
    """Store resources under their own ids; raise AssertionError where the server refuses one."""
    entries = [
        {"resource": each, "request": {"method": "PUT", "url": f"{each['resourceType']}/{each['id']}"}}
        for each in resources
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    answer = requests.post(base, json=bundle, headers=FHIR_JSON, timeout=120)
    assert answer.status_code == 200, answer.text


def _classpath(folder: Path) -> str:
    """Return the jar files, taken from Maven's own store, and downloaded where that lacks them."""
    maven, file = _required("mvn"), folder / "classpath"
    command = [maven, "-q", "-B", "-Dstyle.color=never", "-f", str(HOME), "dependency:build-classpath"]
    # -U: what was not there yesterday is asked for again.
    for how in ("-o", "-U"):
        done = subprocess.run(
            [*command, how, f"-Dmdep.outputFile={file}"],
            capture_output=True,
            text=True,
            timeout=_DOWNLOAD_SECONDS,
            check=False,
        )
        if done.returncode == 0:
            return file.read_text(encoding="utf-8")
    errors = [line for line in done.stdout.splitlines() if "ERROR" in line] or ["it says nothing"]
    raise NotHere(f"Maven cannot get what {HOME.name}/pom.xml asks for: {errors[0]}")


def _required(name: str) -> str:
    path = program(name)
    if path is None:
        raise NotHere(f"no {name} on this machine: apt-get install maven default-jdk-headless")
    return path
