"""The real FHIR server, with the stories of fhir_fixtures as of today."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from service.sandbox.fixtures import Story
from tests.acceptance.patients import Told
from tests.acceptance.stories import STORIES
from tests.live.fhir_server import hapi, put
from tests.live.processes import NotHere
from tests.live.sharing import Running, shared

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


def told_today(story: Story) -> Told:
    """The story's record as it reads today."""
    found = Told(story.name, NOON)
    found.record = [entry["resource"] for entry in story.bundle(NOON.date())["entry"] if entry.get("resource")]
    return found


@pytest.fixture(scope="session")
def fhir_base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of HAPI FHIR, which holds every story; there is one for all processes of a test run."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(request.config, "workerinput") else own) / "hapi"

    def start(stdin: int) -> Running:
        server = hapi(folder, stdin)
        for story in STORIES:
            put(server.address, told_today(story).record)
        return server

    with ExitStack() as until_the_end:
        try:
            base = until_the_end.enter_context(shared(folder, start))
        except NotHere as reason:
            pytest.skip(str(reason))
        yield base
