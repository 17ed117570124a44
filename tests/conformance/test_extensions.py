"""S-172 to S-174: extensions that we send, and those that we are sent, Epic's trigger among them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conformance.dialect_calls import SCENES, app, bodies, each_dialect, story
from tests.conformance.exchanges import story_requests, walk
from tests.web.apps import CALL, body, hook_request

DOTTED = re.compile(r"[a-z]+(\.[A-Za-z0-9-]+)+")
TRIGGER = "com.epic.cdshooks.request.bpa-trigger-action"
LEDGER = "org.vascular-cds.ledger"
UNREAD = "no trigger that can be read was sent, and only_triggers is set"


def without_uuids(value: dict[str, Any]) -> str:
    return re.sub(r'"uuid": "[^"]+"', "", json.dumps(value))


@each_dialect
def test_s172_s173_an_extension_is_an_object_with_names_of_reverse_domains(tmp_path: Path, dialect: str) -> None:
    client = app(tmp_path, f'dialect = "{dialect}"', "explain = true")
    found = [value for each in bodies(client) for path, value in walk(each) if path.endswith(".extension")]
    assert found
    assert all(isinstance(each, dict) and each for each in found)
    assert all(DOTTED.fullmatch(name) for each in found if isinstance(each, dict) for name in each)


@pytest.mark.parametrize(
    "extension",
    [
        {"com.example.any": ["thing"]},
        {TRIGGER: 18},
        [{"url": "x", "valueString": "y"}],
        None,
        "text",
        {},
        {TRIGGER: {"deep": [[[[]]]]}},
    ],
)
def test_s174_an_extension_that_was_not_agreed_on_changes_nothing(client: FlaskClient, extension: object) -> None:
    (story, hook), _, _ = SCENES
    for service, request in story_requests(client, story, hook).items():
        plain = body(client.post(f"/cds-services/{service}", json=request))
        context = request["context"] | {"extension": extension}
        answer = client.post(f"/cds-services/{service}", json=request | {"extension": extension, "context": context})
        assert answer.status_code == 200
        assert without_uuids(body(answer)) == without_uuids(plain)


@pytest.mark.parametrize("trigger", [60, "60"])
def test_s174_the_agreed_trigger_is_answered(tmp_path: Path, trigger: object) -> None:
    client = epic(tmp_path)
    answer = client.post(CALL, json=story(client) | {"extension": {TRIGGER: trigger}})
    assert body(answer)["cards"]


@pytest.mark.parametrize(
    ("extension", "reason"),
    [
        ({TRIGGER: "18"}, "trigger 18 is not among only_triggers"),
        ({TRIGGER: 23}, "trigger 23 is not among only_triggers"),
        ({}, UNREAD),
        ({TRIGGER: None}, UNREAD),
        ({TRIGGER: True}, UNREAD),
        ({TRIGGER: "Zebulon 60"}, UNREAD),
        ({TRIGGER: "٦٠"}, UNREAD),
        ({TRIGGER: 10**30}, UNREAD),
        ({TRIGGER: 60.0}, UNREAD),
        ({TRIGGER: -60}, UNREAD),
        ({TRIGGER: " 60 "}, UNREAD),
        ({TRIGGER: [60]}, UNREAD),
        ({"deep": [[[[]]]] * 5000, TRIGGER: "60.0"}, UNREAD),
        ([TRIGGER], UNREAD),
    ],
)
def test_s174_any_other_trigger_gets_no_cards_and_the_ledger_says_why_for_every_rule(
    tmp_path: Path, extension: object, reason: str
) -> None:
    client = epic(tmp_path)
    answer = client.post(CALL, json=story(client) | {"extension": extension})
    assert (answer.status_code, body(answer)["cards"]) == (200, [])
    lines = body(answer)["extension"][LEDGER]["rules"]
    assert len(lines) > 10
    assert {(line["outcome"], line["reason"]) for line in lines} == {("off", reason)}


def test_s174_triggers_are_about_patient_view_alone(tmp_path: Path) -> None:
    client = epic(tmp_path)
    requests = story_requests(client, "calcium-carbonate-order-hypercalcaemia", "order-sign")
    answer = client.post(
        "/cds-services/order-sign-safety", json=requests["order-sign-safety"] | {"extension": {TRIGGER: "23"}}
    )
    assert body(answer)["cards"]


def test_a_stripped_call_is_412_and_counted_as_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    client = epic(tmp_path)
    caplog.set_level("INFO", logger="vascular_cds.access")
    answer = client.post(CALL, json=hook_request(extension={TRIGGER: "60"}))
    assert answer.status_code == 412
    line = json.loads(caplog.messages[-1])
    assert (line["word"], line["trigger"]) == ("stripped_request", "60")
    counted = 'vascular_cds_unusual_calls_total{service="mineral-metabolism",word="stripped_request"} 1.0'
    assert counted in client.get("/metrics").text


def test_a_call_that_was_not_asked_for_is_logged_as_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    client = epic(tmp_path)
    caplog.set_level("INFO", logger="vascular_cds.access")
    client.post(CALL, json=story(client) | {"extension": {TRIGGER: "18"}})
    line = json.loads(caplog.messages[-1])
    assert (line["word"], line["trigger"], line["status"]) == ("not_triggered", "18", 200)


@pytest.mark.parametrize("trigger", ["Zebulon", "1234567", "6\n0", {"Zebulon": 1}])
def test_nothing_but_digits_is_logged_of_a_trigger(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, trigger: object
) -> None:
    client = epic(tmp_path)
    caplog.set_level("INFO", logger="vascular_cds.access")
    client.post(CALL, json=story(client) | {"extension": {TRIGGER: trigger}})
    assert "trigger" not in json.loads(caplog.messages[-1])


def epic(folder: Path) -> FlaskClient:
    """An Epic client that wants patient-view when the chart is opened."""
    return app(folder, 'dialect = "epic"', 'only_triggers = ["60"]', "explain = true")
