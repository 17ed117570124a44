"""What real clients send: each oddity changes nothing in the answer, or is refused in words, and never leads to 5xx."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conformance.exchanges import story_requests, walk
from tests.web.apps import CALL, SERVICE, STORY, outcome

Request = dict[str, Any]

JSON = "application/json"
EMPTY_TOKEN = {"access_token": "", "token_type": "Bearer", "expires_in": 300, "scope": "", "subject": ""}


@pytest.fixture
def full(standing: FlaskClient) -> Request:
    """A request with everything prefetched, to be changed at will."""
    found: Request = json.loads(json.dumps(story_requests(standing, STORY)[SERVICE]))
    return found


def told(client: FlaskClient, request: Request, path: str = CALL, **options: Any) -> list[str]:
    answer = client.post(path, data=json.dumps(request), **{"content_type": JSON, **options})
    assert answer.status_code == 200, answer.text
    return [card["summary"] for card in json.loads(answer.data)["cards"]]


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (f"{CALL}/", {}),
        (f"/cds-services//{SERVICE}", {}),
        (f"/cds-services//{SERVICE}/", {}),
        (f"{CALL}?trace=1", {}),
        (CALL, {"content_type": "application/json; charset=utf-8"}),
        (CALL, {"content_type": "APPLICATION/JSON"}),
        (CALL, {"content_type": "application/fhir+json"}),
        (CALL, {"content_type": "application/json+fhir"}),
        (CALL, {"headers": {"Accept": "application/json+fhir"}}),
        (CALL, {"headers": {"Accept": "application/fhir+json; fhirVersion=4.0"}}),
        (CALL, {"headers": {"Accept": "text/html"}}),
        (CALL, {"headers": {"Accept": "*/*"}}),
        (CALL, {"headers": {"Accept": ""}}),
        (CALL, {"headers": {"Accept": "no such thing"}}),
        (CALL, {"headers": {"Authorization": "Basic eDp5"}}),
        (CALL, {"headers": {"Authorization": ""}}),
        (CALL, {"headers": {"Accept-Language": "tlh", "Expect": ""}}),
        (CALL, {"headers": {"If-None-Match": "*", "Range": "bytes=0-1"}}),
    ],
)
def test_however_a_call_is_addressed_the_cards_are_the_same(
    standing: FlaskClient, full: Request, path: str, options: dict[str, Any]
) -> None:
    assert told(standing, full, path, **options) == told(standing, full) != []


def in_context(**members: Any) -> Callable[[Request], Request]:
    return lambda request: request | {"context": request["context"] | members}


def beside(**members: Any) -> Callable[[Request], Request]:
    return lambda request: request | members


def everywhere(request: Request) -> Request:
    """An unknown member in every object of the request."""
    for _, value in [*walk(request)]:
        if isinstance(value, dict):
            value["x-unknown"] = {"deep": [None, {"er": True}]}
    # As a key of prefetch it is data; that has rows of its own.
    del request["prefetch"]["x-unknown"]
    return request


def padded(request: Request) -> Request:
    """The same in 400 kB."""
    patient = request["prefetch"]["patient"]
    return request | {"prefetch": request["prefetch"] | {"patient": patient | {"text": {"div": "x" * 400_000}}}}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(beside(hookInstance="12345"), id="hookInstance is no UUID"),
        pytest.param(beside(hookInstance="x" * 4000), id="hookInstance is long"),
        pytest.param(beside(fhirAuthorization=None), id="no authorization"),
        pytest.param(beside(fhirServer=None, fhirAuthorization=None), id="no server"),
        pytest.param(beside(fhirServer=""), id="empty server"),
        pytest.param(beside(fhirServer="not a url"), id="server is no URL"),
        pytest.param(beside(fhirServer="http://localhost:9/fhir", fhirAuthorization=EMPTY_TOKEN), id="empty token"),
        pytest.param(beside(fhirAuthorization={}), id="empty authorization"),
        pytest.param(beside(extension={"com.example.x": {"a": [1]}}), id="extension"),
        pytest.param(beside(extension=[{"url": "x"}]), id="extension as a list"),
        pytest.param(beside(extension=None), id="extension null"),
        pytest.param(beside(user="Practitioner/1", oauth=None), id="members of former versions"),
        pytest.param(in_context(patientId=f"Patient/{STORY}"), id="patientId with its type"),
        pytest.param(in_context(userId="COREPRACTITIONER1"), id="bare userId"),
        pytest.param(in_context(encounterId=None), id="encounterId null"),
        pytest.param(in_context(encounterId="e1"), id="encounterId that nothing tells of"),
        pytest.param(in_context(draftOrders={"resourceType": "Bundle"}, selections=[]), id="orders on patient-view"),
        pytest.param(everywhere, id="unknown members everywhere"),
        pytest.param(padded, id="400 kB"),
    ],
)
def test_however_a_request_is_made_the_cards_are_the_same(
    standing: FlaskClient, full: Request, change: Callable[[Request], Request]
) -> None:
    wanted = told(standing, full)
    assert told(standing, change(full)) == wanted != []


def test_one_hook_instance_for_several_services_is_no_repetition(standing: FlaskClient) -> None:
    requests = story_requests(standing, STORY)
    assert len({request["hookInstance"] for request in requests.values()}) == 1
    answers = [standing.post(f"/cds-services/{name}", json=requests[name]) for name in (*requests, *requests)]
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize("path", ["/cds-services", CALL, f"{CALL}/feedback"])
@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_every_other_method_is_answered_without_a_fault(standing: FlaskClient, path: str, method: str) -> None:
    answer = standing.open(path, method=method)
    expected = {"HEAD": (200,) if path == "/cds-services" else (405,), "OPTIONS": (200, 204)}
    assert answer.status_code in expected.get(method, (405,))
    if method == "HEAD":
        assert answer.data == b""


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 400, "invalid"),
        (b"null", 400, "invalid"),
        (b"7", 400, "invalid"),
        (b"[" * 100_000, 400, "invalid"),
        (b'{"a":' * 100_000, 400, "invalid"),
        (b"\xff\xfe{\x00}\x00", 400, "invalid"),
        (b'{"hook": "\xff"}', 400, "invalid"),
        (b'{"hook": 1e999}', 400, "invalid"),
        (b'{"hook": ' + b"9" * 5000 + b"}", 400, "invalid"),
        (b"{} {}", 400, "invalid"),
        (b"\x00" * 1000, 400, "invalid"),
    ],
)
@pytest.mark.parametrize("path", [CALL, f"{CALL}/feedback"])
def test_rubbish_is_refused_in_words(standing: FlaskClient, path: str, data: bytes, status: int, code: str) -> None:
    answer = standing.post(path, data=data, content_type=JSON)
    assert (answer.status_code, outcome(answer)[0]) == (status, code)


@pytest.mark.parametrize("surrogate", ['"\\ud800"', '"\\udc00x"', '"\\u0000"'])
def test_odd_text_in_the_record_leads_to_no_fault(standing: FlaskClient, full: Request, surrogate: str) -> None:
    text = json.dumps(full | {"hookInstance": "MARK", "foo": "MARK"}).replace('"MARK"', surrogate)
    answer = standing.post(CALL, data=text, content_type=JSON)
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert "JSON" in outcome(answer)[1]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Encoding": "gzip"},
        {"Content-Encoding": "br"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "text/json"},
        {"Content-Type": ""},
    ],
)
def test_other_encodings_and_types_are_415(standing: FlaskClient, headers: dict[str, str]) -> None:
    answer = standing.post(CALL, data=b"{}", headers={"Content-Type": JSON} | headers)
    assert (answer.status_code, outcome(answer)[0]) == (415, "not-supported")
