"""Applications with a client of some dialect, and what they answer to three stories."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conformance.exchanges import story_requests
from tests.web.apps import body, make_app

DIALECTS = ("standard", "epic", "cds-hooks-1.0")
SCENES = (
    ("haemodialysis-high-phosphate-pth", "patient-view"),  # alternatives, several actions, goals
    ("calcium-carbonate-order-hypercalcaemia", "order-sign"),  # deletes
    ("finerenone-dose-order", "order-sign"),  # updates
)
each_dialect = pytest.mark.parametrize("dialect", DIALECTS)


def app(folder: Path, *lines: str, top: str = "") -> FlaskClient:
    """A client of an application whose one CDS Client is configured with ``lines``."""
    toml = "\n".join([top, "[clients.any]", 'authentication = "none"', *lines])
    return make_app(folder, toml=toml).test_client()


def bodies(client: FlaskClient) -> list[dict[str, Any]]:
    """The answers to three stories at every service of their hooks."""
    found = []
    for story, hook in SCENES:
        for service, request in story_requests(client, story, hook).items():
            answer = client.post(f"/cds-services/{service}", json=request)
            assert answer.status_code == 200
            found.append(body(answer))
    return found


def story(client: FlaskClient) -> dict[str, Any]:
    """The request about the first of the stories to one service."""
    (name, hook), _, _ = SCENES
    return story_requests(client, name, hook)["mineral-metabolism"]
