"""What clients of each dialect are sent, and what of the later ballots is in force, over the wire."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from hooks.services import HOOK_VERSIONS
from service.store.records import Heard
from service.store.store import Store
from service.web.schema_parts import reference
from service.web.schemas import schemas
from tests.conformance.dialect_calls import app, bodies, each_dialect, story
from tests.conformance.exchanges import Exchange, actions, story_requests, suggestions, walk
from tests.web.apps import CALL, body

CONFORMING_TOPIC = re.compile(r"[A-Za-z0-9]{1,100}")
SIGN = "/cds-services/order-sign-safety"


def cards(client: FlaskClient) -> list[dict[str, Any]]:
    found = [card for each in bodies(client) for card in each["cards"]]
    assert len(found) > 4
    return found


def heard(folder: Path) -> list[Heard]:
    store = Store(f"sqlite:///{folder}/cds.db")
    try:
        return store.heard()
    finally:
        store.close()


def kept(folder: Path, table: str, column: str = "uuid") -> list[str]:
    """What a column of a table of the database holds, sorted."""
    database = sqlite3.connect(folder / "cds.db")
    try:
        return [value for (value,) in database.execute(f"SELECT {column} FROM {table} ORDER BY {column}")]  # noqa: S608
    finally:
        database.close()


def entries(client: FlaskClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = body(client.get("/cds-services"))["services"]
    assert found
    return found


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


def test_feedback_as_epic_sends_it_counts_on_each_suggestion_that_was_split_and_on_the_card(tmp_path: Path) -> None:
    client = app(tmp_path, 'dialect = "epic"')
    requests = story_requests(client, "calcium-carbonate-order-hypercalcaemia", "order-sign")
    (card,) = body(client.post(SIGN, json=requests["order-sign-safety"]))["cards"]
    taken = [{"id": each["uuid"]} for each in card["suggestions"]]
    reason = card["overrideReasons"][0]
    told: list[dict[str, Any]] = [
        {"outcome": "accepted", "acceptedSuggestions": taken},
        {"outcome": "accepted", "acceptedSuggestions": taken[-1:]},
        {"outcome": "overridden", "overrideReasons": {"reason": reason, "userComment": "later"}},
        {"outcome": "accepted", "acceptedSuggestions": [{"id": "nobody"}]},
    ]
    for minute, each in enumerate(told):
        each |= {"card": card["uuid"], "outcomeTimestamp": f"2026-01-15T11:0{minute}:00Z"}
    assert len(taken) > 3
    assert body(client.post(f"{SIGN}/feedback", json={"feedback": told})) == {"accepted": 4}
    assert [(each.outcome, len(each.suggestions), each.quarantine) for each in heard(tmp_path)] == [
        ("accepted", len(taken), None),
        ("accepted", 1, None),
        ("overridden", 0, None),
        ("accepted", 1, "unknown suggestion"),
    ]


def test_a_reason_of_the_site_in_epics_extension_is_kept(tmp_path: Path) -> None:
    client = app(tmp_path, 'dialect = "epic"')
    card = cards(client)[0]
    names = "com.epic.cdshooks.feedback.overrideReason"
    told = {f"{names}.reasonDisplay": "Not now", f"{names}.reasonCategory": "45"}
    item = {"card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": "2026-01-15T11:00:00Z"}
    sent = client.post(f"{CALL}/feedback", json={"feedback": [item | {"overrideReasons": {"extension": told}}]})
    assert body(sent) == {"accepted": 1}
    assert kept(tmp_path, "feedback", "reason_display") == ["Not now"]


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
