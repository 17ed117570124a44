"""What clients of each dialect are sent, and what of the later ballots and of extensions is in force, over the wire."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from hooks.services import HOOK_VERSIONS
from service.web.schemas import reference, schemas
from tests.conformance.exchanges import Exchange, actions, story_requests, suggestions, walk
from tests.web.apps import CALL, body, hook_request, make_app

DIALECTS = ("standard", "epic", "cds-hooks-1.0")
SCENES = (
    ("haemodialysis-high-phosphate-pth", "patient-view"),  # alternatives, several actions, goals
    ("calcium-carbonate-order-hypercalcaemia", "order-sign"),  # deletes
    ("finerenone-dose-order", "order-sign"),  # updates
)
CONFORMING_TOPIC = re.compile(r"[A-Za-z0-9]{1,100}")
DOTTED = re.compile(r"[a-z]+(\.[A-Za-z0-9-]+)+")
TRIGGER = "com.epic.cdshooks.request.bpa-trigger-action"
LEDGER = "org.vascular-cds.ledger"
UNREAD = "no trigger that can be read was sent, and only_triggers is set"

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


def cards(client: FlaskClient) -> list[dict[str, Any]]:
    found = [card for each in bodies(client) for card in each["cards"]]
    assert len(found) > 4
    return found


def kept(folder: Path, table: str) -> list[str]:
    """The uuids in a table of the database, sorted."""
    database = sqlite3.connect(folder / "cds.db")
    try:
        return [uuid for (uuid,) in database.execute(f"SELECT uuid FROM {table} ORDER BY uuid")]  # noqa: S608
    finally:
        database.close()


def entries(client: FlaskClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = body(client.get("/cds-services"))["services"]
    assert found
    return found


def without_uuids(value: dict[str, Any]) -> str:
    return re.sub(r'"uuid": "[^"]+"', "", json.dumps(value))


def test_s020_discovery_names_no_version_unless_one_is_configured(tmp_path: Path, client: FlaskClient) -> None:
    assert not any("version" in each for each in entries(client))
    named = app(tmp_path, top='discovery_version = "3.0.0"')
    assert {each["version"] for each in entries(named)} == {"3.0.0"}


def test_s021_hook_versions_come_with_the_version_and_are_those_of_the_library(
    tmp_path: Path, client: FlaskClient
) -> None:
    assert not any("hookVersion" in each for each in entries(client))
    named = app(tmp_path, top='discovery_version = "3.0.0"')
    assert {each["hook"]: each["hookVersion"] for each in entries(named)} == HOOK_VERSIONS
    assert HOOK_VERSIONS == {"patient-view": "1.0", "order-select": "1.0", "order-sign": "1.0"}


@pytest.mark.parametrize(
    ("dialect", "schema"), [("standard", "Cards"), ("epic", "Cards"), ("cds-hooks-1.0", "Cards10")]
)
def test_every_answer_in_a_dialect_fits_its_published_schema(tmp_path: Path, dialect: str, schema: str) -> None:
    validator = Draft202012Validator(reference(schema) | {"components": {"schemas": schemas()}})
    for answer in bodies(app(tmp_path, f'dialect = "{dialect}"', "explain = true")):
        assert [error.message for error in validator.iter_errors(answer)] == []


def test_an_answer_in_the_standard_dialect_does_not_fit_1_0(tmp_path: Path) -> None:
    validator = Draft202012Validator(reference("Cards10") | {"components": {"schemas": schemas()}})
    assert not all(map(validator.is_valid, bodies(app(tmp_path))))


@each_dialect
def test_s109_suggestions_come_with_a_selection_behavior_and_it_with_them(tmp_path: Path, dialect: str) -> None:
    found = cards(app(tmp_path, f'dialect = "{dialect}"'))
    assert any("suggestions" in card for card in found)
    assert all(("selectionBehavior" in card) == ("suggestions" in card) for card in found)


@pytest.mark.parametrize(
    ("dialect", "behaviors"),
    [("standard", {"any", "at-most-one"}), ("epic", {"any"}), ("cds-hooks-1.0", {"at-most-one"})],
)
def test_s110_a_client_gets_only_the_selection_behavior_that_its_dialect_knows(
    tmp_path: Path, dialect: str, behaviors: set[str]
) -> None:
    found = cards(app(tmp_path, f'dialect = "{dialect}"'))
    assert {card["selectionBehavior"] for card in found if "suggestions" in card} == behaviors


@each_dialect
def test_s112_every_suggestion_has_a_uuid_of_its_own_and_that_is_the_one_on_record(
    tmp_path: Path, dialect: str
) -> None:
    found = cards(app(tmp_path, f'dialect = "{dialect}"'))
    uuids = [each["uuid"] for each in suggestions(found)]
    assert len(uuids) == len(set(uuids))
    assert kept(tmp_path, "suggestions") == sorted(uuids)


def test_a_card_of_1_0_has_no_uuid_and_is_on_record_all_the_same(tmp_path: Path) -> None:
    found = cards(app(tmp_path, 'dialect = "cds-hooks-1.0"'))
    assert not any("uuid" in card for card in found)
    assert len(kept(tmp_path, "cards")) == len(found)


@each_dialect
def test_s115_no_client_gets_action_selection_behavior_by_default(tmp_path: Path, dialect: str) -> None:
    found = suggestions(cards(app(tmp_path, f'dialect = "{dialect}"')))
    assert found
    assert not any("actionSelectionBehavior" in each for each in found)


def test_s115_a_client_that_knows_it_gets_action_selection_behavior_on_several_actions(tmp_path: Path) -> None:
    found = suggestions(cards(app(tmp_path, "action_selection = true")))
    several = [each for each in found if len(each["actions"]) > 1]
    assert several
    assert [each for each in found if each.get("actionSelectionBehavior") == "all"] == several


@pytest.mark.parametrize(
    ("dialect", "member", "other"),
    [
        ("standard", "resourceId", "resource"),
        ("epic", "resourceId", "resource"),
        ("cds-hooks-1.0", "resource", "resourceId"),
    ],
)
def test_s120_a_delete_names_its_order_as_the_dialect_does(
    tmp_path: Path, dialect: str, member: str, other: str
) -> None:
    found = [each for each in actions(cards(app(tmp_path, f'dialect = "{dialect}"'))) if each["type"] == "delete"]
    assert found
    assert all(re.fullmatch(r"MedicationRequest/[A-Za-z0-9.-]+", each[member]) for each in found)
    assert not any(other in each for each in found)


@each_dialect
def test_s128_s129_s130_no_answer_holds_system_actions(tmp_path: Path, dialect: str) -> None:
    found = bodies(app(tmp_path, f'dialect = "{dialect}"'))
    assert {name for each in found for name in each} == {"cards"}
    assert not any(path.endswith(".systemActions") for each in found for path, _ in walk(each))


def test_s128_s129_s130_no_story_is_answered_with_system_actions(told: list[Exchange]) -> None:
    assert told
    assert not any("systemActions" in path for each in told for path, _ in walk(each.body))


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


def test_every_topic_for_epic_is_letters_and_digits(tmp_path: Path) -> None:
    codes = [card["source"]["topic"]["code"] for card in cards(app(tmp_path, 'dialect = "epic"'))]
    assert all(CONFORMING_TOPIC.fullmatch(code) for code in codes)


@pytest.mark.parametrize(
    "user", ["Practitioner/1", "PractitionerRole/1", "Patient/1", "RelatedPerson/1", "COREPRACTITIONER1"]
)
def test_every_kind_of_user_is_answered(client: FlaskClient, user: str) -> None:
    request = story(client)
    request["context"]["userId"] = user
    assert client.post(CALL, json=request).status_code == 200


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


def story(client: FlaskClient) -> dict[str, Any]:
    (name, hook), _, _ = SCENES
    return story_requests(client, name, hook)["mineral-metabolism"]
