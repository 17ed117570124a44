"""Shared by the conformance tests: the demo application, and everything it answers to the stories."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.store.store import Store
from tests.conformance.examples import example_cards
from tests.conformance.exchanges import Exchange, errors, exchanges, story_requests
from tests.conformance.fhir_servers import faulty, fhir, full, shared, stories_server  # noqa: F401 (fixtures)
from tests.conformance.prefetching import Ehr, ehr_of
from tests.security.tokens import signed_app
from tests.web.apps import SERVICE, STORES, STORY, make_app

Cards = list[dict[str, Any]]


@pytest.fixture(scope="session")
def _stores() -> Iterator[list[Store]]:
    kept: list[Store] = []
    yield kept
    for store in kept:
        store.close()


@pytest.fixture(autouse=True)
def _stores_are_closed() -> Iterator[None]:
    yield
    while STORES:
        STORES.pop().close()


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory, _stores: list[Store]) -> FlaskClient:
    """A client of one application in the demo profile that all tests share; nothing may change it."""
    app = make_app(tmp_path_factory.mktemp("standing"))
    _stores.append(STORES.pop())
    return app.test_client()


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    """A client of an application of one's own in the demo profile."""
    return make_app(tmp_path).test_client()


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The application in production, with one client whose keys are in a file."""
    return signed_app(tmp_path)


@pytest.fixture(scope="session")
def told(standing: FlaskClient) -> list[Exchange]:
    """Every story at every service, with everything prefetched and the dialect standard."""
    return exchanges(standing)


@pytest.fixture(scope="session")
def every_response(told: list[Exchange]) -> Callable[[], list[dict[str, Any]]]:
    """Gives the body of every answer to every story."""
    return lambda: [each.body for each in told]


@pytest.fixture(scope="session")
def every_card(told: list[Exchange]) -> Cards:
    """Every card of every answer to every story."""
    return [card for each in told for card in each.cards]


@pytest.fixture
def every_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, TestResponse]:
    """What was wrong -> the answer."""
    return errors(tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def all_cards(every_card: Cards) -> Cards:
    """Every card of every story, and of every example of every rule."""
    return [*every_card, *example_cards()]


@pytest.fixture(scope="session")
def ehr(tmp_path_factory: pytest.TempPathFactory, _stores: list[Store], standing: FlaskClient) -> Ehr:
    """A client that prefetches one story, with the ledger, and a FHIR server at which nobody answers."""
    found = ehr_of(tmp_path_factory.mktemp("ehr"), story_requests(standing, STORY)[SERVICE])
    _stores.append(STORES.pop())
    return found
