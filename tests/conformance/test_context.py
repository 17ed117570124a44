"""S-040 to S-044: the context of orders."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conformance.exchanges import story_requests
from tests.web.apps import CALL, hook_request, outcome

SELECT, SIGN = "order-select-safety", "order-sign-safety"
STORY = "calcium-carbonate-order-hypercalcaemia"
HARMLESS = {
    "resourceType": "MedicationRequest",
    "id": "harmless",
    "status": "draft",
    "intent": "order",
    "medicationCodeableConcept": {"text": "paracetamol 500 mg"},
}


@pytest.fixture
def select(standing: FlaskClient) -> dict[str, Any]:
    """The story's request while an order is chosen."""
    found: dict[str, Any] = json.loads(json.dumps(story_requests(standing, STORY, "order-select")[SELECT]))
    return found


@pytest.fixture
def sign(standing: FlaskClient) -> dict[str, Any]:
    """The story's request while orders are signed."""
    found: dict[str, Any] = json.loads(json.dumps(story_requests(standing, STORY, "order-sign")[SIGN]))
    return found


def drafts(request: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in request["context"]["draftOrders"]["entry"]]


def topics(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200
    return [card["source"]["topic"]["code"] for card in json.loads(answer.data)["cards"]]


def call(client: FlaskClient, service: str, request: dict[str, Any]) -> TestResponse:
    return client.post(f"/cds-services/{service}", json=request)


def test_s040_drafts_that_lack_parts_are_borne(standing: FlaskClient, sign: dict[str, Any]) -> None:
    told = topics(call(standing, SIGN, sign))
    bare = {"resourceType": "MedicationRequest", "status": "draft"}
    odd = {"resourceType": "MedicationRequest", "id": "x", "category": {}, "reasonCode": {"text": "x"}}
    sign["context"]["draftOrders"]["entry"] += [{"resource": bare}, {"resource": odd}, {}]
    sign["context"]["draftOrders"].pop("type", None)
    assert topics(call(standing, SIGN, sign)) == told
    assert told


def test_s040_a_draft_without_a_drug_makes_no_card(standing: FlaskClient, sign: dict[str, Any]) -> None:
    for draft in drafts(sign):
        draft.pop("medicationCodeableConcept", None)
    assert topics(call(standing, SIGN, sign)) == []


def test_s041_only_what_is_selected_makes_a_card(standing: FlaskClient, select: dict[str, Any]) -> None:
    told = topics(call(standing, SELECT, select))
    assert told
    chosen = select["context"]["selections"]
    select["context"]["selections"] = [*chosen, "MedicationRequest/not-there"]
    assert topics(call(standing, SELECT, select)) == told
    select["context"]["draftOrders"]["entry"].append({"resource": HARMLESS})
    select["context"]["selections"] = ["MedicationRequest/harmless"]
    assert topics(call(standing, SELECT, select)) == []


def test_s041_selections_that_lead_nowhere_hide_no_order_and_the_ledger_says_so(
    standing: FlaskClient, select: dict[str, Any]
) -> None:
    told = topics(call(standing, SELECT, select))
    select["context"]["selections"] = ["MedicationRequest/not-there"]
    answer = call(standing, SELECT, select)
    assert topics(answer) == told
    assert "the selections name no draft that can be read: all drafts are judged" in answer.text


@pytest.mark.parametrize("status", ["draft", "active", "on-hold"])
def test_s042_orders_to_sign_may_have_another_status(standing: FlaskClient, sign: dict[str, Any], status: str) -> None:
    told = topics(call(standing, SIGN, sign))
    for draft in drafts(sign):
        draft["status"] = status
    assert topics(call(standing, SIGN, sign)) == told


def test_s043_each_of_many_answers_is_fresh_and_quick(standing: FlaskClient, select: dict[str, Any]) -> None:
    uuids, told, took = [], set(), []
    for _ in range(20):
        started = time.perf_counter()
        answer = call(standing, SELECT, select)
        took.append(time.perf_counter() - started)
        told.add(tuple(topics(answer)))
        uuids += [card["uuid"] for card in json.loads(answer.data)["cards"]]
    assert len(told) == 1
    assert len(set(uuids)) == len(uuids) >= 20
    assert sorted(took)[18] < 0.5  # the nineteenth of twenty


def test_s043_answers_at_the_same_time_do_not_mix(standing: FlaskClient, select: dict[str, Any]) -> None:
    def answered(request: dict[str, Any]) -> list[str]:
        return topics(call(standing.application.test_client(), SELECT, request))

    harmless = json.loads(json.dumps(select))
    harmless["context"]["draftOrders"]["entry"] = [{"resource": HARMLESS}]
    harmless["context"]["selections"] = ["MedicationRequest/harmless"]
    told = topics(call(standing, SELECT, select))
    with ThreadPoolExecutor(4) as callers:
        answers = list(callers.map(answered, [select, harmless] * 10))
    assert told
    assert answers == [told, []] * 10


def test_s044_a_hook_without_a_user_is_refused_for_its_hook(standing: FlaskClient) -> None:
    context = {"patientId": "p", "dispatchedOrders": ["ServiceRequest/1"], "performer": "Organization/1"}
    answer = standing.post(
        CALL, json=hook_request(hook="patient-view") | {"hook": "order-dispatch", "context": context}
    )
    assert answer.status_code == 400
    assert outcome(answer)[1].startswith("hook: ")
    assert "userId" not in outcome(answer)[1]
