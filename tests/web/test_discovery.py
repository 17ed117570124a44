from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hooks.rules import load_rules
from tests.web.apps import CALL, body, hook_request, make_app

HOOKS = {
    "risk-factors": "patient-view",
    "mineral-metabolism": "patient-view",
    "interventional-options": "patient-view",
    "order-select-safety": "order-select",
    "order-sign-safety": "order-sign",
}


@pytest.mark.parametrize("path", ["/cds-services", "/cds-services/"])
def test_discovery_answers_without_a_redirect(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content_type) == (200, "application/json")


def test_discovery_lists_the_services_with_their_hooks(client: FlaskClient) -> None:
    services = body(client.get("/cds-services"))["services"]
    assert {each["id"]: each["hook"] for each in services}.items() >= HOOKS.items()


def test_every_entry_has_the_required_texts_and_nothing_empty(client: FlaskClient) -> None:
    for entry in body(client.get("/cds-services"))["services"]:
        assert {"hook", "title", "description", "id"} <= entry.keys()
        assert all(entry.values())
        assert all(isinstance(value, str) and value for value in entry.get("prefetch", {}).values())


def test_every_service_of_discovery_can_be_called(client: FlaskClient) -> None:
    for entry in body(client.get("/cds-services"))["services"]:
        answer = client.post(f"/cds-services/{entry['id']}", json=hook_request(entry["hook"]))
        assert answer.status_code in (200, 412), entry["id"]


def test_discovery_takes_only_get(client: FlaskClient) -> None:
    answer = client.post("/cds-services", json={})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_service_without_a_rule_that_is_on_is_neither_listed_nor_answers(tmp_path: Path) -> None:
    client = make_app(
        tmp_path, toml="".join(f'[rules.{rule.id}]\nmode = "off"\n' for rule in load_rules())
    ).test_client()
    assert body(client.get("/cds-services")) == {"services": []}
    assert client.post(CALL, json=hook_request()).status_code == 404


def test_rules_in_shadow_keep_their_service_and_its_prefetch(tmp_path: Path, client: FlaskClient) -> None:
    (folder := tmp_path / "shadow").mkdir()
    toml = "".join(f'[rules.{rule.id}]\nmode = "shadow"\n' for rule in load_rules() if rule.default_mode == "on")
    in_shadow = make_app(folder, toml=toml).test_client()
    assert body(in_shadow.get("/cds-services")) == body(client.get("/cds-services"))


def test_the_prefetch_is_that_of_the_rules_that_are_on(tmp_path: Path) -> None:
    only = "phosphate-persistent-start-binder"
    toml = "".join(f'[rules.{rule.id}]\nmode = "off"\n' for rule in load_rules() if rule.id != only)
    (entry,) = body(make_app(tmp_path, toml=toml).test_client().get("/cds-services"))["services"]
    assert "phosphate" in entry["prefetch"]
    assert "hba1c" not in entry["prefetch"]
    assert entry["prefetch"]["patient"] == "Patient/{{context.patientId}}"


def test_discovery_asks_for_a_client_where_the_configuration_says_so(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text('{"keys": []}', encoding="utf-8")
    jwt = 'discovery_auth = true\n[clients.ehr]\nissuer = "https://ehr.example.org"\njwks_file = "keys.json"\n'
    assert make_app(tmp_path, toml=jwt).test_client().get("/cds-services").status_code == 401
