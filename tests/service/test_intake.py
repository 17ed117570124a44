"""Strict intake: what is judged as FHIR R4, what is withheld because of it, and what the ledger says of it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from msgspec import Raw

from hooks.resources import TYPES
from hooks.strict import flaws_of
from service.clients import Client, Validation
from service.intake import prepare
from tests.web.apps import CALL, STORES, STORY, body, hook_request, make_app, prefetched

FIXTURES = Path(__file__).parents[2] / "fhir_fixtures"
LEDGER = "org.vascular-cds.ledger"
BINDER = "phosphate-persistent-start-binder"
MESSY = "messy-record"
SECRET = "Jones 12 May 1960"

Resource = dict[str, Any]


class Ehr:
    """A client whose resources are judged as ``validate`` says, with everything prefetched; nothing may change it."""

    def __init__(self, folder: Path, validate: str, sent: dict[str, Any]) -> None:
        toml = f'[clients.ehr]\nauthentication = "none"\nexplain = true\nvalidate = "{validate}"\n'
        self.client: FlaskClient = make_app(folder, toml=toml).test_client()
        self.sent = sent

    def call(self, **prefetch: Any) -> dict[str, Any]:
        return body(self.client.post(CALL, json=hook_request(prefetch=self.sent | prefetch)))

    def spoilt(self, key: str, members: dict[str, Any], most: int = 1) -> dict[str, Any]:
        """What was sent for a key, with other members in the first resources."""
        entries = json.loads(json.dumps(self.sent[key]["entry"]))
        for entry in entries[:most]:
            entry["resource"] |= members
        return {key: self.sent[key] | {"entry": entries}}


EhrOf = Callable[[str], Ehr]


@pytest.fixture(scope="module")
def ehr_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EhrOf]:
    """Gives the client with a way of judging."""
    sent = prefetched(make_app(tmp_path_factory.mktemp("demo")).test_client())
    yield cache(lambda validate: Ehr(tmp_path_factory.mktemp("ehr"), validate, sent))
    while STORES:
        STORES.pop().close()


def rules(answer: dict[str, Any]) -> list[str]:
    return [card["source"]["topic"]["code"] for card in answer["cards"]]


def ledger(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = answer["extension"][LEDGER]
    return found


BAD = {"issued": SECRET}
"""A member that we read, that says nothing here, and that is not valid."""


@pytest.mark.parametrize("validate", ["none", "evidence", "all"])
def test_valid_data_gives_the_same_cards_and_no_word_of_validation(ehr_of: EhrOf, validate: str) -> None:
    answer = ehr_of(validate).call()
    assert BINDER in rules(answer)
    assert "validation" not in ledger(answer)


@pytest.mark.parametrize(("validate", "told"), [("none", 0), ("evidence", 1), ("all", 1)])
def test_a_flaw_behind_a_card_is_told_to_those_who_ask(ehr_of: EhrOf, validate: str, told: int) -> None:
    ehr = ehr_of(validate)
    found = ledger(ehr.call(**ehr.spoilt("phosphate", BAD))).get("validation", [])
    assert len(found) == told
    assert all((each["where"], each["problem"]) == ("issued", "the value does not fit this element") for each in found)


@pytest.mark.parametrize(("validate", "told"), [("evidence", 0), ("all", 1)])
def test_a_flaw_elsewhere_is_told_only_where_everything_is_judged(ehr_of: EhrOf, validate: str, told: int) -> None:
    ehr = ehr_of(validate)
    found = ledger(ehr.call(**ehr.spoilt("potassium", BAD))).get("validation", [])
    assert len(found) == told


def test_evidence_is_only_told_of(ehr_of: EhrOf) -> None:
    ehr = ehr_of("evidence")
    assert BINDER in rules(ehr.call(**ehr.spoilt("phosphate", BAD)))


def test_no_card_rests_on_what_is_not_valid_where_everything_is_judged(ehr_of: EhrOf) -> None:
    ehr = ehr_of("all")
    answer = ehr.call(**ehr.spoilt("phosphate", BAD, 99))
    assert BINDER not in rules(answer)
    found = ledger(answer)["inputs"]["phosphate"]
    assert found["state"] == "unusable"
    assert all(line.endswith(": it is not valid FHIR R4 at issued") for line in found["set_aside"])


def test_a_list_with_an_entry_set_aside_proves_nothing_missing(ehr_of: EhrOf) -> None:
    ehr = ehr_of("all")
    order: Resource = {"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order"}
    stray = order | {"subject": {"reference": f"Patient/{STORY}"}, "medicationCodeableConcept": SECRET}
    answer = ehr.call(medications={"resourceType": "Bundle", "entry": [{"resource": stray}]})
    assert BINDER not in rules(answer)
    assert ledger(answer)["inputs"]["medications"]["state"] == "unusable"


def test_a_medication_that_is_not_valid_is_not_looked_up(ehr_of: EhrOf) -> None:
    ehr = ehr_of("all")
    order: Resource = {"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order"}
    order |= {"subject": {"reference": f"Patient/{STORY}"}, "medicationReference": {"reference": "Medication/d"}}
    named = {"resourceType": "Medication", "id": "d", "code": {"text": "sevelamer carbonate"}, "status": 5}
    answer = ehr.call(medications={"resourceType": "Bundle", "entry": [{"resource": order}, {"resource": named}]})
    aside = ledger(answer)["inputs"]["medications"]["set_aside"]
    assert "Medication/d: it is not valid FHIR R4 at status" in aside


@pytest.mark.parametrize("validate", ["evidence", "all"])
def test_no_value_is_repeated(ehr_of: EhrOf, validate: str) -> None:
    ehr = ehr_of(validate)
    answer = ehr.call(**ehr.spoilt("phosphate", {**BAD, SECRET: 1, "device": SECRET}))
    assert len(ledger(answer)["validation"]) == 3
    assert SECRET not in json.dumps(answer)


ODD = [
    {"resourceType": "Nonsense", "id": "n"},
    {"resourceType": "Observation", "contained": [{"resourceType": "Nonsense"}]},
    {"id": "x"},
    [1, 2],
    "text",
    5,
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_entries_are_flaws_and_no_failure(ehr_of: EhrOf, odd: object) -> None:
    ehr = ehr_of("all")
    entries = [*ehr.sent["phosphate"]["entry"], {"resource": odd}]
    answer = ehr.call(phosphate=ehr.sent["phosphate"] | {"entry": entries})
    assert BINDER in rules(answer)
    assert len(ledger(answer)["validation"]) >= 1


@pytest.mark.parametrize("validate", ["evidence", "all"])
def test_a_draft_that_is_not_valid_is_judged_all_the_same(ehr_of: EhrOf, validate: str) -> None:
    ehr = ehr_of(validate)
    draft = {"resourceType": "MedicationRequest", "id": "d", "status": "draft", "priority": 5,
             "subject": {"reference": f"Patient/{STORY}"},
             "medicationCodeableConcept": {"text": "aluminium hydroxide 500 mg three times daily"}}  # fmt: skip
    drafts = {"resourceType": "Bundle", "entry": [{"resource": draft}]}
    request = hook_request("order-sign", prefetch=ehr.sent)
    request["context"]["draftOrders"] = drafts
    answer = body(ehr.client.post("/cds-services/order-sign-safety", json=request))
    assert "order-aluminium-binder" in rules(answer)
    told = {(each["resource"], each["where"]) for each in ledger(answer)["validation"]}
    assert told == {("MedicationRequest/d", "priority")}


@pytest.mark.parametrize(("validate", "judged"), [("none", 0), ("evidence", len(TYPES)), ("all", len(TYPES))])
def test_what_judging_takes_is_loaded_before_the_first_call_if_anybody_asks_for_it(
    monkeypatch: pytest.MonkeyPatch, validate: Validation, judged: int
) -> None:
    seen: list[Raw] = []
    monkeypatch.setattr("service.intake.flaws_in", seen.extend)
    prepare([Client(name="plain"), Client(name="ehr", validate=validate)])
    assert len(seen) == judged


def test_nothing_of_it_is_loaded_with_the_application() -> None:
    code = "import sys, service.app; sys.exit(any(name.startswith('fhir.') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=FIXTURES.parent).returncode == 0


def test_every_resource_of_every_story_is_valid_but_those_that_are_messy_on_purpose() -> None:
    flaws = {
        (file.parent.name, flaw.where)
        for file in sorted(FIXTURES.glob("stories/*/bundle.json"))
        for entry in json.loads(file.read_bytes())["entry"]
        for flaw in flaws_of(Raw(json.dumps(entry["resource"]).encode()))
    }
    assert flaws == {(MESSY, "category")}


ROUGH = {
    "observation-category-object.json": "category",
    "observation-zoneless-datetime.json": "effectiveDateTime",
    "observation-infinite-value.txt": "valueQuantity.value",
    "medicationrequest-array-for-object.json": "medicationCodeableConcept",
    "dstu2-medication-order.json": "its root",
    "html-error-page.txt": "its root",
    "truncated.txt": "its root",
    "top-level-list.json": "its root",
}


@pytest.mark.parametrize(("name", "where"), ROUGH.items())
def test_rough_data_has_its_flaw(name: str, where: str) -> None:
    assert where in {flaw.where for flaw in flaws_of((FIXTURES / "rough" / name).read_bytes())}
