"""A client that prefetches in its own way, and the values it may send: shared by the tests of prefetch."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from tests.conformance.exchanges import Nobody
from tests.web.apps import CALL, STORY, make_app

ROUGH = Path(__file__).parents[2] / "fhir_fixtures" / "rough"
BASE = "https://ehr.example.org/fhir"
LEDGER = "org.vascular-cds.ledger"
EHR = f'[clients.ehr]\nauthentication = "none"\nexplain = true\nopen_fhir = true\nfhir_origins = ["{BASE}"]\n'
BINDER = "phosphate-persistent-start-binder"
NOT_COMPLETE = "it is not known to be complete"

Resource = dict[str, Any]


class Ehr:
    """A client that prefetches, with a FHIR server at which nobody answers; ``asked`` notes what was searched there."""

    def __init__(self, client: FlaskClient, nobody: Nobody, request: dict[str, Any]) -> None:
        self.nobody, self._client, self._request = nobody, client, request
        self.sent: dict[str, Any] = request["prefetch"]

    def call(self, prefetch: object, *, access: bool = False) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer to a call with this prefetch."""
        del self.nobody.asked[:]
        reach = {"fhirServer": BASE} if access else {}
        answer = self._client.post(CALL, json=self._request | {"prefetch": prefetch} | reach)
        return answer.status_code, json.loads(answer.data)

    def cards(self, prefetch: object) -> list[str]:
        """The rules of the cards."""
        status, body = self.call(prefetch)
        assert status == 200
        return [card["source"]["topic"]["code"] for card in body["cards"]]

    def inputs(self, prefetch: object) -> dict[str, Any]:
        """The inputs of the ledger."""
        found: dict[str, Any] = ledger(self.call(prefetch)[1])["inputs"]
        return found

    @property
    def asked(self) -> list[str]:
        return [url.removeprefix(f"{BASE}/") for url in self.nobody.asked]


def ehr_of(folder: Path, request: dict[str, Any]) -> Ehr:
    """A client whose calls are like ``request`` (with everything prefetched), and its application in ``folder``."""
    nobody = Nobody()
    return Ehr(make_app(folder, toml=EHR, http=lambda: nobody).test_client(), nobody, request)


def ledger(body: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = body["extension"][LEDGER]
    return found


def rough(name: str) -> Any:
    text = (ROUGH / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else text


def bundle(*resources: Resource, **members: Any) -> Resource:
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": r} for r in resources]} | members


def outcome(severity: str, **more: Any) -> Resource:
    return {"resourceType": "OperationOutcome", "issue": [{"severity": severity, "code": "processing"} | more]}


def resources_in(value: Any) -> list[Resource]:
    return [entry["resource"] for entry in value.get("entry", [])]


def result(value: float, day: str, name: str = "new", **members: Any) -> Resource:
    return {
        "resourceType": "Observation",
        "id": name,
        "status": "final",
        "subject": {"reference": f"Patient/{STORY}"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "2777-1"}]},
        "effectiveDateTime": day,
        "valueQuantity": {"value": value, "system": "http://unitsofmeasure.org", "code": "mg/dL"},
    } | members


def drug(name: str, **members: Any) -> Resource:
    return {
        "resourceType": "MedicationRequest",
        "id": name,
        "status": "active",
        "intent": "order",
        "subject": {"reference": f"Patient/{STORY}"},
        "medicationCodeableConcept": {"text": name},
    } | members
