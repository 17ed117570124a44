"""What came for one prefetch key or from one search: its state, its resources, and its next page."""

import json
from typing import Any

import pytest
from msgspec import Raw

from hooks.decoding import Unreadable, decode
from hooks.opening import open_payload, self_link
from hooks.payload import PayloadState, kind_of
from hooks.resources import TYPES, MedicationRequest, Observation
from tests.build import patient
from tests.core.charts import chart, reasons

NOT_FHIR = "the value is not a FHIR resource"
NO_BUNDLE = "the Bundle does not have the shape of a FHIR Bundle"
ONLY_OUTCOME = "the Bundle holds only an OperationOutcome"
OUTCOME = "the value is an OperationOutcome"
UNANSWERED = "it holds an answer without a resource: it is not known to be complete"
NESTED = "it holds a Bundle, which is not read: it is not known to be complete"
NO_ADDRESS = "it names a next page without its address: it is not known to be complete"
BESIDE = "an error came beside the results: it is not known to be complete"


def entry(**resource: Any) -> dict[str, Any]:
    return {"resource": resource}


def issue(severity: str | None, **more: Any) -> dict[str, Any]:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": severity} | more]}
    return {"resource": outcome, "search": {"mode": "outcome"}}


def bundle(*entries: object, **members: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "searchset", "entry": list(entries)} | members


PATIENT = entry(resourceType="Patient", id="p1")
PAYLOADS: list[tuple[object, PayloadState, int, str | None]] = [
    # the JSON, its state, how many resources, what the problem is
    (None, "empty", 0, None),
    ({}, "empty", 0, None),
    (bundle(), "empty", 0, None),
    ({"resourceType": "Bundle"}, "empty", 0, None),
    ({"resourceType": "Bundle", "entry": None}, "empty", 0, None),
    (bundle({}), "empty", 0, None),
    (bundle({"resource": None}), "empty", 0, None),
    (bundle({"fullUrl": "urn:uuid:1"}), "empty", 0, None),
    (bundle(issue("information")), "empty", 0, None),
    (bundle(issue("warning")), "empty", 0, None),
    (bundle(issue(None)), "empty", 0, None),
    (bundle(entry(resourceType="OperationOutcome")), "empty", 0, None),
    (bundle(issue("error")), "error", 0, ONLY_OUTCOME),
    (bundle(issue("error"), total=0), "error", 0, ONLY_OUTCOME),
    (bundle(issue("error", code="forbidden"), total=0), "error", 0, ONLY_OUTCOME),
    (bundle(issue("error", code="not-found")), "error", 0, ONLY_OUTCOME),  # no word that nothing was found
    (bundle(issue("error", code="not-found"), issue("error", code="timeout"), total=0), "error", 0, ONLY_OUTCOME),
    (bundle(issue("error", details="text"), total=0), "error", 0, ONLY_OUTCOME),
    (bundle(issue("warning", code="timeout"), total=0), "error", 0, ONLY_OUTCOME),
    (bundle(issue("warning", code="incomplete")), "error", 0, ONLY_OUTCOME),
    (bundle(issue("error", code="not-found"), total=0), "empty", 0, None),
    (bundle(issue("error", details={"coding": [{"code": "4101"}]}), total=0), "empty", 0, None),
    (bundle(issue("warning", details={"coding": [{"code": "4101"}]}), total=0), "empty", 0, None),
    (bundle(total=0), "empty", 0, None),
    (bundle(total="none"), "empty", 0, None),
    (bundle(issue("fatal")), "error", 0, ONLY_OUTCOME),
    (bundle(issue("information"), issue("error")), "error", 0, ONLY_OUTCOME),
    (bundle({"resource": {"resourceType": "OperationOutcome", "issue": "bad"}}), "error", 0, ONLY_OUTCOME),
    ({"resourceType": "OperationOutcome"}, "error", 0, OUTCOME),
    ({"id": "x"}, "error", 0, NOT_FHIR),
    ("<html><body>502 Bad Gateway</body></html>", "error", 0, NOT_FHIR),
    ([], "error", 0, NOT_FHIR),
    ([PATIENT], "error", 0, NOT_FHIR),
    (0, "error", 0, NOT_FHIR),
    (5.4, "error", 0, NOT_FHIR),
    (True, "error", 0, NOT_FHIR),
    ("", "error", 0, NOT_FHIR),
    ({"resourceType": 5}, "error", 0, NOT_FHIR),
    (bundle("text"), "error", 0, NO_BUNDLE),
    (bundle(None), "error", 0, NO_BUNDLE),
    ({"resourceType": "Bundle", "entry": {"resource": {}}}, "error", 0, NO_BUNDLE),
    ({"resourceType": "Bundle", "link": "next"}, "error", 0, NO_BUNDLE),
    ({"resourceType": "Patient", "id": "p1"}, "present", 1, None),
    (bundle(PATIENT), "present", 1, None),
    ({"resourceType": "Bundle", "entry": [PATIENT]}, "present", 1, None),  # without a type
    (bundle(PATIENT, PATIENT), "present", 2, None),
    (bundle(PATIENT, issue("warning")), "present", 1, None),
    (bundle(issue("error"), PATIENT), "present", 1, BESIDE),
    (bundle(PATIENT, issue("information", code="suppressed")), "present", 1, BESIDE),
    (bundle(PATIENT, issue("warning", code="business-rule")), "present", 1, None),
    (bundle(PATIENT, total=900), "present", 1, None),
    (bundle({"resource": "text"}), "present", 1, None),  # counted by the reader as no resource
    (bundle(PATIENT, entry(resourceType="Bundle")), "present", 2, NESTED),
    (bundle(PATIENT, {"response": {"status": "500"}}), "present", 1, UNANSWERED),
    (bundle({"response": {"status": "500"}}), "error", 0, UNANSWERED),
    (bundle({"response": {"status": "200"}} | PATIENT), "present", 1, None),
    (bundle(PATIENT, link=[{"relation": "next"}]), "present", 1, NO_ADDRESS),
    (bundle(link=[{"relation": "next", "url": ""}]), "error", 0, NO_ADDRESS),
]


@pytest.mark.parametrize(("value", "state", "count", "problem"), PAYLOADS)
def test_the_state_of_a_payload(value: object, state: PayloadState, count: int, problem: str | None) -> None:
    found = open_payload(json.dumps(value).encode())
    assert (found.state, len(found.resources), found.problem) == (state, count, problem)


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        (b" null ", "empty"),
        (b"{ }", "empty"),
        (b"{\r\n\t}\n", "empty"),
        (b"", "error"),
        (b"{", "error"),
        (b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Pat', "error"),
        (b'{"resourceType": "Patient"} and more', "error"),
        (b'{"resourceType": "\xff"}', "error"),
        (b'{"resourceType": "Bundle", "link": [{"relation": "next", "url": "\xff"}]}', "error"),
        (
            b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "OperationOutcome", "issue": [{'
            b'"severity": "\xff"}]}}]}',
            "error",
        ),
        (b"\xef\xbb\xbf{}", "error"),
        (b"NaN", "error"),
        (b"<!DOCTYPE html>", "error"),
        (b"[" * 100_000, "error"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "error"),
        (b'{"resourceType": "Bundle", "entry": [{"resource": ' + b"[" * 50_000 + b"]" * 50_000 + b"}]}", "error"),
    ],
)
def test_bytes_that_are_no_good_json_never_raise(raw: bytes, state: PayloadState) -> None:
    assert open_payload(raw).state == state


def test_a_payload_already_cut_out_of_its_envelope_is_opened_alike() -> None:
    raw = json.dumps({"resourceType": "Patient", "id": "p1"}).encode()
    assert open_payload(Raw(raw)) == open_payload(raw)


@pytest.mark.parametrize(
    ("links", "page"),
    [
        (None, None),
        ([], None),
        ([{"relation": "self", "url": "a"}], None),
        ([{"relation": "next"}], None),
        ([{"relation": "self", "url": "a"}, {"relation": "next", "url": "b"}], "b"),
    ],
)
@pytest.mark.parametrize("entries", [[], [PATIENT]])
def test_the_next_page_is_named_whether_or_not_this_one_holds_anything(
    links: object, page: str | None, entries: list[object]
) -> None:
    assert open_payload(json.dumps(bundle(*entries, link=links)).encode()).next_page == page


NEXT = [{"relation": "next", "url": "b"}]


@pytest.mark.parametrize(
    ("value", "lacking"),
    [
        (bundle(PATIENT), 0),
        (bundle(PATIENT, total=1), 0),
        (bundle(PATIENT, PATIENT, total=1), 0),  # one was included
        (bundle(PATIENT, total=3), 2),
        (bundle(PATIENT, total=3, link=NEXT), 0),  # the pages that follow have them
        (bundle(PATIENT, total="3"), 2),
        (bundle(PATIENT, total="three"), 0),
        (bundle(PATIENT, {"search": {"mode": "include"}} | PATIENT, total=2), 1),
        (bundle(PATIENT, {"search": "match"} | PATIENT, total=2), 0),
        (bundle(PATIENT, total=-3), 0),
        (bundle(PATIENT, total=10**30), 0),
        (bundle(total=3), 3),
        (bundle(issue("information"), total=1), 0),  # some count it
        (bundle(total=3, link=NEXT), 0),
    ],
)
def test_a_total_tells_what_a_last_page_lacks(value: object, lacking: int) -> None:
    assert open_payload(json.dumps(value).encode()).lacking == lacking


@pytest.mark.parametrize(("entries", "outcomes"), [([PATIENT], 0), ([PATIENT, issue("warning")], 1)])
def test_outcomes_beside_resources_are_counted(entries: list[object], outcomes: int) -> None:
    assert open_payload(json.dumps(bundle(*entries)).encode()).outcomes == outcomes


@pytest.mark.parametrize(
    ("raw", "link"),
    [
        (json.dumps(bundle(link=[{"relation": "next", "url": "b"}, {"relation": "self", "url": "a"}])).encode(), "a"),
        (json.dumps(bundle()).encode(), None),
        (b'{"resourceType": "Patient"}', None),
        (b'{"link": 5}', None),
        (b"{", None),
        (b'"\xff"', None),
        (b"[" * 100_000, None),
    ],
)
def test_the_search_that_a_bundle_says_it_answers(raw: bytes, link: str | None) -> None:
    assert self_link(raw) == link


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b'{"resourceType": "Patient", "id": "p1"}', ("Patient", "p1")),
        (b'{"resourceType": "Patient"}', ("Patient", None)),
        (b'{"id": "p1"}', (None, "p1")),
        (b'{"resourceType": "Patient", "id": 5}', (None, None)),
        (b"[1]", (None, None)),
        (b"nothing", (None, None)),
    ],
)
def test_the_kind_of_a_resource(raw: bytes, kind: tuple[str | None, str | None]) -> None:
    found = kind_of(raw)
    assert (found.resource_type, found.id) == kind


@pytest.mark.parametrize("kind", TYPES)
def test_an_empty_resource_of_every_type_is_read(kind: str) -> None:
    assert type(decode(b"{}", kind)) is TYPES[kind]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("raw", [b"[]", b"5", b'"text"', b"null"])
def test_what_is_no_object_is_unreadable(kind: str, raw: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^it does not fit FHIR R4 at its root$"):
        decode(raw, kind)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b'{"status": "\xff"}', b'{"status": ' + b"[" * 100_000, b'{"status": 5, "x": ' + b"[" * 100_000],
)
def test_what_is_no_json_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^it is not JSON$"):
        decode(raw, "Observation")


def test_a_reason_names_the_element_and_never_its_value() -> None:
    with pytest.raises(Unreadable) as caught:
        decode(b'{"valueQuantity": {"value": "Jones, 12 May 1960"}}', "Observation")
    assert str(caught.value) == "it does not fit FHIR R4 at $.valueQuantity.value"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"status": 5}, {"status": "5"}),  # a number where text belongs
        ({"status": ["final", "amended"]}, {"status": "final"}),  # a list where one belongs
        ({"status": []}, {"status": None}),
        ({"status": None, "id": 1}, {"status": None, "id": "1"}),
        ({"valueInteger": "5"}, {"value_integer": 5}),
    ],
)
def test_an_observation_that_nearly_fits_is_repaired(given: dict[str, Any], kept: dict[str, Any]) -> None:
    found = decode(json.dumps(given).encode(), "Observation")
    assert isinstance(found, Observation)
    assert {name: getattr(found, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("given", "flag"),
    [({"doNotPerform": "true", "status": 1}, True), ({"doNotPerform": "false"}, False), ({"doNotPerform": 1}, True)],
)
def test_a_flag_written_as_text_is_repaired(given: dict[str, Any], flag: bool) -> None:
    found = decode(json.dumps(given).encode(), "MedicationRequest")
    assert isinstance(found, MedicationRequest)
    assert found.do_not_perform is flag


def test_one_object_where_a_list_belongs_is_repaired() -> None:
    given = {"dosageInstruction": {"text": "daily", "timing": {"repeat": {"when": "CM"}}}}
    found = decode(json.dumps(given).encode(), "MedicationRequest")
    assert isinstance(found, MedicationRequest)
    assert [each.text for each in found.dosage_instruction or ()] == ["daily"]


def test_a_list_loses_its_empty_places() -> None:
    found = decode(b'{"status": 5, "component": [null, {"valueString": "5"}]}', "Observation")
    assert isinstance(found, Observation)
    assert [each.value_string for each in found.component or ()] == ["5"]


def test_the_last_of_two_equal_keys_wins() -> None:
    found = decode(b'{"status": "final", "status": "cancelled"}', "Observation")
    assert isinstance(found, Observation)
    assert found.status == "cancelled"


def test_a_resource_that_cannot_be_read_is_set_aside_and_the_others_are_not() -> None:
    found = chart(patient(), {"resourceType": "Condition", "id": "c1", "code": "N18.4"})
    assert (found.person.sex, reasons(found)) == ("male", ["it does not fit FHIR R4 at $.code"])
