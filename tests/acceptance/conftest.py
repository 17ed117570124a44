"""The application and a FHIR server for the acceptance tests; --update-golden writes the golden cards anew."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

import pytest

from service.sandbox.fhir import fhir_blueprint
from service.sandbox.fixtures import ANCHOR, Library
from tests.acceptance.calls import InProcess, write_bundle
from tests.acceptance.casebook import cases
from tests.acceptance.facts import told
from tests.acceptance.servers import app_of, serving
from tests.acceptance.vignettes import vignettes
from tests.web.apps import TODAY, make_app

FHIR = "/fhir"


class ServiceFor(Protocol):
    """Gives the application for a client with these settings, some rules switched on."""

    def __call__(self, client: Mapping[str, Any] | None, *, on: Iterable[str] = ()) -> InProcess: ...


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden cards of the stories anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden", default=False))


@pytest.fixture(scope="session")
def fhir_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a FHIR server on loopback that has the record of every case."""
    root = tmp_path_factory.mktemp("records")
    for case in (*cases(), *vignettes()):
        write_bundle(root, told(case.slug, case.patient, case.facts, TODAY))
    with serving(app_of(fhir_blueprint(Library.of(root, ANCHOR)), FHIR)) as origin:
        yield origin + FHIR


@pytest.fixture(scope="session")
def service_for(tmp_path_factory: pytest.TempPathFactory, fhir_server: str) -> ServiceFor:
    """Makes the application for a client with these settings, with some rules switched on, once."""
    made: dict[str, InProcess] = {}

    def service(client: Mapping[str, Any] | None, *, on: Iterable[str] = ()) -> InProcess:
        key = json.dumps([client, *on])
        if key not in made:
            made[key] = InProcess(
                make_app(tmp_path_factory.mktemp("app"), toml=toml_of(client, fhir_server, on=on)).test_client()
            )
        return made[key]

    return service


def toml_of(client: Mapping[str, Any] | None, fhir_server: str, *, on: Iterable[str] = ()) -> str:
    """The configuration of one client that need not sign, may search ``fhir_server`` and gets the ledger.

    ``rules`` among the client's settings: rule id -> the settings of that rule.
    """
    modes = "".join(f'[rules.{rule}]\nmode = "on"\n' for rule in on)
    settings = {
        "authentication": "none",
        "fhir_origins": [fhir_server],
        "open_fhir": True,
        "explain": True,
        "budget_ms": 10_000,
    }
    own = dict(client or {})
    tuned = "".join(f"[rules.{rule}.settings]\n{_lines(values)}" for rule, values in own.pop("rules", {}).items())
    return f"{modes}{tuned}[clients.acceptance]\n{_lines({**settings, **own})}"


def _lines(values: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
