"""What the service sends is as its published schemas say, and the schemas refuse what CDS Hooks forbids."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from tests.conformance.exchanges import Exchange, exchanges
from tests.conformance.schemas import DOCUMENT, faults
from tests.web.apps import make_app

Cards = list[dict[str, Any]]

SOURCE = {"label": "Source"}
CARD = {"summary": "Said", "indicator": "info", "source": SOURCE}
CREATE = {"type": "create", "description": "Order", "resource": {"resourceType": "ServiceRequest"}}
DELETE = {"type": "delete", "description": "Remove", "resourceId": "MedicationRequest/1"}
SUGGESTION = {"label": "Order", "actions": [CREATE]}
CHOICE = CARD | {"suggestions": [SUGGESTION], "selectionBehavior": "any"}
LINK = {"label": "More", "url": "https://x.example/y", "type": "absolute"}
SERVICE = {"hook": "patient-view", "description": "About", "id": "a"}
FEEDBACK = {"card": "c", "outcome": "overridden", "outcomeTimestamp": "2026-01-15T10:00:00Z"}
PATIENT = {"patientId": "p", "userId": "Practitioner/1"}
BUNDLE = {"resourceType": "Bundle"}
ASKED = {"hook": "patient-view", "hookInstance": "i", "context": PATIENT}
ISSUE = {"severity": "error", "code": "invalid", "diagnostics": "Say it again."}


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_a_schema_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(DOCUMENT["components"]["schemas"][name])


def test_every_answer_to_every_story_is_as_published(told: list[Exchange]) -> None:
    assert len(told) > 100
    assert [fault for each in told for fault in faults("Cards", each.body)] == []


@pytest.mark.parametrize(
    ("line", "name"),
    [('dialect = "epic"', "Cards"), ('dialect = "cds-hooks-1.0"', "Cards10"), ("action_selection = true", "Cards")],
)
def test_every_answer_in_the_manner_of_a_client_is_as_published(tmp_path: Path, line: str, name: str) -> None:
    toml = f'[clients.ehr]\nauthentication = "none"\n{line}\n'
    answers = [each.body for each in exchanges(make_app(tmp_path, toml=toml).test_client())]
    assert sum(len(body["cards"]) for body in answers) > 50
    assert [fault for body in answers for fault in faults(name, body)] == []


def test_every_card_of_every_example_of_every_rule_is_as_published(all_cards: Cards) -> None:
    assert [fault for card in all_cards for fault in faults("Card", card)] == []


def test_discovery_and_errors_are_as_published(standing: FlaskClient, every_error: Mapping[str, TestResponse]) -> None:
    assert faults("Services", json.loads(standing.get("/cds-services").data)) == []
    assert [fault for each in every_error.values() for fault in faults("OperationOutcome", json.loads(each.data))] == []


def test_every_request_of_the_stories_is_as_published(told: list[Exchange]) -> None:
    assert [fault for each in told for fault in faults("Request", each.request)] == []


GOOD: list[tuple[str, Any]] = [
    ("Cards", {"cards": []}),
    ("Cards", {"cards": [CARD], "systemActions": [CREATE], "extension": {"org.example.x": 1}}),
    ("Card", CHOICE),
    ("Card", CARD | {"summary": "x" * 139, "links": [LINK]}),
    ("Action", DELETE),
    ("Link", LINK | {"type": "smart", "appContext": "x"}),
    ("Services", {"services": []}),
    ("Service", SERVICE | {"prefetch": {"patient": "Patient/{{context.patientId}}"}, "version": "3.0.0"}),
    ("Cards10", {"cards": [CARD]}),
    ("Action", CREATE | {"type": "update", "resource": {"resourceType": "Patient", "id": "1", "given": [None, "a"]}}),
    ("Request", ASKED),
    ("Request", ASKED | {"fhirAuthorization": None, "prefetch": None, "unknown": 1}),
    ("Request", ASKED | {"hook": "order-sign", "context": PATIENT | {"draftOrders": BUNDLE}}),
    ("Request", ASKED | {"hook": "order-select", "context": PATIENT | {"draftOrders": BUNDLE, "selections": []}}),
    ("Feedback", {"feedback": [], "extension": {"com.example.x": 1}}),
    ("FeedbackTaken", {"accepted": 0}),
    ("OperationOutcome", {"resourceType": "OperationOutcome", "issue": [ISSUE]}),
]


@pytest.mark.parametrize(("name", "body"), GOOD)
def test_what_is_allowed_is_allowed(name: str, body: Any) -> None:
    assert faults(name, body) == []


BAD: list[tuple[str, Any]] = [
    ("Cards", {}),
    ("Cards", []),
    ("Cards", {"cards": None}),
    ("Cards", {"cards": [], "systemActions": []}),
    ("Cards", {"cards": [], "foo": 1}),
    ("Cards", {"cards": [], "extension": {}}),
    ("Cards", {"cards": [], "extension": {"ledger": 1}}),
    ("Cards", {"cards": [], "extension": [{"url": "x"}]}),
    ("Card", CARD | {"summary": "x" * 140}),
    ("Card", CARD | {"summary": " "}),
    ("Card", CARD | {"summary": "two\nlines"}),
    ("Cards", {"cards": [], "extension": {"org.example.x": None}}),
    ("Cards", {"cards": [], "extension": {"org.example.x": {"list": []}}}),
    ("Cards", {"cards": [], "extension": {"org.example.x": [""]}}),
    ("Card", CARD | {"indicator": "hard-stop"}),
    ("Card", CARD | {"uuid": "6C3C1F3E-9B0E-4A43-9F6C-1D1A4B7D5A11"}),
    ("Card", CARD | {"detail": ""}),
    ("Card", CARD | {"source": {}}),
    ("Card", CARD | {"source": SOURCE | {"topic": {"code": "x"}}}),
    ("Card", CARD | {"source": SOURCE | {"url": "/rules/x"}}),
    ("Card", CARD | {"links": []}),
    ("Card", CARD | {"suggestions": []}),
    ("Card", CARD | {"selectionBehavior": "any"}),
    ("Card", CHOICE | {"selectionBehavior": "all"}),
    ("Suggestion", {"actions": [CREATE]}),
    ("Suggestion", SUGGESTION | {"actions": []}),
    ("Suggestion", SUGGESTION | {"isRecommended": "yes"}),
    ("Action", CREATE | {"type": "replace"}),
    ("Action", CREATE | {"resource": {"status": "draft"}}),
    ("Action", CREATE | {"resource": "ServiceRequest/1"}),
    ("Action", CREATE | {"resource": {"resourceType": ""}}),
    ("Action", CREATE | {"resource": {"resourceType": "ServiceRequest", "status": None}}),
    ("Action", CREATE | {"resource": {"resourceType": "ServiceRequest", "note": [{"text": ""}]}}),
    ("Action", CREATE | {"type": "update"}),
    ("Action", DELETE | {"resourceId": "1"}),
    ("Link", LINK | {"url": "y"}),
    ("Link", LINK | {"url": "https://x.example/a b"}),
    ("Link", LINK | {"type": "relative"}),
    ("Link", {"label": "More", "url": "https://x.example/y"}),
    ("Link", LINK | {"autolaunchable": "true"}),
    ("Services", {"services": [SERVICE | {"prefetch": {}}]}),
    ("Services", {"services": [SERVICE | {"prefetch": {"patient": None}}]}),
    ("Service", SERVICE | {"id": "a/b"}),
    ("Service", SERVICE | {"name": "old"}),
    ("Card10", CARD | {"uuid": "6c3c1f3e-9b0e-4a43-9f6c-1d1a4b7d5a11"}),
    ("Card10", CHOICE),
    ("Source10", SOURCE | {"topic": {"code": "x", "system": "y"}}),
    ("Request", {"hook": "patient-view"}),
    ("Request", ASKED | {"hook": "order-sign"}),
    ("Request", ASKED | {"hook": "order-select", "context": PATIENT | {"draftOrders": BUNDLE}}),
    ("Request", ASKED | {"fhirAuthorization": {}}),
    ("Feedback", [FEEDBACK]),
    ("FeedbackItem", FEEDBACK | {"outcomeTimestamp": "yesterday"}),
    ("FeedbackItem", FEEDBACK | {"card": "a b"}),
    ("FeedbackTaken", {"accepted": 1, "rejected": []}),
    ("OperationOutcome", {"resourceType": "OperationOutcome", "issue": []}),
    ("OperationOutcome", {"resourceType": "OperationOutcome", "issue": [ISSUE | {"severity": "bad"}]}),
]


@pytest.mark.parametrize(("name", "body"), BAD)
def test_what_is_forbidden_is_refused(name: str, body: Any) -> None:
    assert faults(name, body) != []


@pytest.mark.parametrize("member", ["summary", "indicator", "source"])
def test_a_card_without_what_is_required_is_refused(member: str) -> None:
    assert faults("Card", {name: value for name, value in CARD.items() if name != member}) != []


@pytest.mark.parametrize("action", [{}, CREATE | {"description": ""}, CREATE | {"type": "replace"}, {"label": "Order"}])
def test_s128_a_system_action_has_the_shape_of_an_action(action: dict[str, Any]) -> None:
    assert faults("Cards", {"cards": [], "systemActions": [CREATE, DELETE]}) == []
    assert faults("Cards", {"cards": [], "systemActions": [CREATE, action]}) != []
