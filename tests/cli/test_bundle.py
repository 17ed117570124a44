"""A Bundle file: resources that are known by ``fullUrl`` alone, and references by it."""

import json
from pathlib import Path
from typing import Any

import pytest

from hooks.payload import kind_of
from service.cli.bundle import patient_in, read_bundle

PATIENT = {"resourceType": "Patient", "gender": "male", "birthDate": "1960-01-01"}


def transaction(*entries: tuple[str | None, Any]) -> dict[str, Any]:
    listed = [{"resource": resource} | ({"fullUrl": url} if url else {}) for url, resource in entries]
    return {"resourceType": "Bundle", "type": "transaction", "entry": listed}


def lab(subject: str) -> dict[str, Any]:
    return {"resourceType": "Observation", "subject": {"reference": subject}, "valueQuantity": {"value": 6.10}}


def written(folder: Path, bundle: object) -> Path:
    (folder / "bundle.json").write_text(json.dumps(bundle), encoding="utf-8")
    return folder / "bundle.json"


@pytest.mark.parametrize(
    ("url", "own", "patient"),
    [
        ("urn:uuid:4d3c", None, "4d3c"),  # the id stands only in fullUrl
        ("urn:uuid:4d3c", "p1", "p1"),  # its own id wins
        ("https://ehr.example.org/fhir/Patient/p2", None, "p2"),
    ],
)
def test_references_by_full_url_are_followed(tmp_path: Path, url: str, own: str | None, patient: str) -> None:
    person = PATIENT | ({"id": own} if own else {})
    found = read_bundle(written(tmp_path, transaction((url, person), ("urn:uuid:77", lab(url)))))
    assert patient_in(found, None) == patient
    assert [kind_of(raw).id for raw in found] == [patient, "77"]
    assert json.loads(bytes(found[1]))["subject"] == {"reference": f"Patient/{patient}"}


def test_other_references_and_numbers_stay_as_they_are(tmp_path: Path) -> None:
    text = json.dumps(transaction(("urn:uuid:4d3c", PATIENT), (None, lab("Patient/p9")))).replace("6.1", "6.10")
    (tmp_path / "bundle.json").write_text(text, encoding="utf-8")
    _, observation = read_bundle(tmp_path / "bundle.json")
    assert b"6.10" in bytes(observation)
    assert b"Patient/p9" in bytes(observation)


@pytest.mark.parametrize("odd", [("urn:uuid:1", "no resource"), (None, PATIENT | {"id": "p1"})])
def test_entries_without_a_full_url_or_a_resource_change_nothing(tmp_path: Path, odd: tuple[str | None, Any]) -> None:
    found = read_bundle(written(tmp_path, transaction((None, PATIENT | {"id": "p0"}), odd)))
    assert kind_of(found[0]).id == "p0"
