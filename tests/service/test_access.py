"""Whether the client's FHIR server may be asked, with which token, and what is odd about that."""

import json
from typing import Any

import pytest

from hooks.request import HookRequest, read_request
from service.clients import Client
from service.fhir.access import FhirAccess, NoAccess, access_of
from service.fhir.scopes import scopes_of

BASE = "https://ehr.example.org/fhir"
OTHER = "https://other.example.org/fhir"
GRANT = {"access_token": "s3cret", "token_type": "Bearer", "expires_in": 300, "scope": "", "subject": "us"}
CLIENT = Client(name="ehr", fhir_origins=(BASE, "loopback"))
OPEN = Client(name="ehr", fhir_origins=(BASE, "loopback"), open_fhir=True)


def asked(grant: Any = GRANT, server: Any = BASE, **more: Any) -> HookRequest:
    context = {"patientId": "p1", "userId": "Practitioner/1"}
    body = {"hook": "patient-view", "hookInstance": "i", "context": context, "fhirServer": server, **more}
    return read_request(json.dumps(body | {"fhirAuthorization": grant}).encode(), "patient-view")


def access(grant: Any = GRANT, server: Any = BASE, client: Client = CLIENT) -> FhirAccess | NoAccess:
    return access_of(asked(grant, server), client)


def token_of(found: FhirAccess | NoAccess) -> str | None:
    assert isinstance(found, FhirAccess)
    assert (found.base, found.bases, found.client) == (BASE, (BASE, "loopback"), "ehr")
    return found.token


def why_not(found: FhirAccess | NoAccess) -> str:
    assert isinstance(found, NoAccess)
    return found.reason


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"token_type": "bearer"},
        {"patient": "p1"},
        {"patient": "Patient/p1"},
        {"patient": None},
        {"expires_in": "300"},
        {"expires_in": None},
        {"expires_in": 0.5},
        {"expires_in": "soon"},
        {"expires_in": {"seconds": 0}},
        {"expires_in": [-1]},
        {"scope": None},
    ],
)
@pytest.mark.parametrize("client", [CLIENT, OPEN], ids=["closed", "open"])
def test_a_usable_token_is_used(more: dict[str, Any], client: Client) -> None:
    assert token_of(access(GRANT | more, client=client)) == "s3cret"


def test_a_token_without_a_lifetime_is_used() -> None:
    assert token_of(access({"access_token": "s3cret", "token_type": "Bearer"})) == "s3cret"


@pytest.mark.parametrize(
    ("grant", "reason"),
    [
        (None, "the request has no usable access token"),
        ({}, "the request has no usable access token"),
        (GRANT | {"token_type": "MAC"}, "the request has no usable access token"),
        (GRANT | {"token_type": None}, "the request has no usable access token"),
        (GRANT | {"access_token": None}, "the request has no usable access token"),
        (GRANT | {"access_token": ""}, "the request has no usable access token"),
        (GRANT | {"access_token": "a b"}, "the request has no usable access token"),
        (GRANT | {"access_token": "a\r\nHost: evil"}, "the request has no usable access token"),
        (GRANT | {"access_token": "é"}, "the request has no usable access token"),
        (GRANT | {"expires_in": 0}, "the access token has expired"),
        (GRANT | {"expires_in": -1}, "the access token has expired"),
        (GRANT | {"expires_in": 0.0}, "the access token has expired"),
        (GRANT | {"expires_in": "-300"}, "the access token has expired"),
        (GRANT | {"expires_in": " 0 "}, "the access token has expired"),
    ],
)
def test_without_a_usable_token_only_an_open_server_is_asked(grant: Any, reason: str) -> None:
    assert why_not(access(grant)) == reason
    assert token_of(access(grant, client=OPEN)) is None


@pytest.mark.parametrize("client", [CLIENT, OPEN], ids=["closed", "open"])
def test_a_token_for_another_patient_gives_no_access(client: Client) -> None:
    found = access(GRANT | {"patient": "p2"}, client=client)
    assert why_not(found) == "the access token is for another patient"
    assert found.remarks == ("token_for_another_patient",)


@pytest.mark.parametrize("server", [OTHER, f"{BASE}s", f"{BASE}?a=b", f"{BASE}/..", "http://[::1"])
def test_a_server_that_is_not_allowed_gives_no_access(server: str) -> None:
    assert why_not(access(server=server, client=OPEN)) == "its fhirServer is not among this client's fhir_origins"


@pytest.mark.parametrize("server", [None, "", "/"])
def test_a_request_may_name_no_server(server: str | None) -> None:
    assert why_not(access(server=server, client=OPEN)) == "the request names no fhirServer"
    assert why_not(access_of(asked(None, server, prefetch={"x": None}), OPEN)) == "the request names no fhirServer"


@pytest.mark.parametrize("prefetch", [None, {}])
def test_a_request_without_anything_is_told_why_that_may_be(prefetch: Any) -> None:
    reason = why_not(access_of(asked(None, None, prefetch=prefetch), CLIENT))
    assert reason.startswith("the request has neither prefetch nor fhirServer")
    assert "another address than the registered one" in reason


@pytest.mark.parametrize("server", [f"{BASE}/", f"{BASE}//"])
def test_the_base_has_no_slash_at_its_end(server: str) -> None:
    assert token_of(access(server=server)) == "s3cret"


def test_a_server_below_a_base_is_allowed() -> None:
    assert isinstance(access(server=f"{BASE}/tenant-a"), FhirAccess)
    assert isinstance(access(server="http://127.0.0.1:9000/fhir"), FhirAccess)


@pytest.mark.parametrize(
    ("grant", "client_id", "remarks"),
    [
        (GRANT, "us", ()),
        (GRANT, None, ()),
        (GRANT, "someone-else", ("token_for_another_service",)),
        (GRANT | {"subject": None}, "us", ("token_for_another_service",)),
        (GRANT | {"scope": "patient/*.read"}, None, ("patient_scope_without_patient",)),
        (GRANT | {"scope": "patient/*.read", "patient": "p1"}, None, ()),
        (GRANT | {"scope": "user/*.read"}, None, ()),
        (None, "us", ()),
    ],
)
def test_what_is_odd_about_a_token_is_remarked_and_the_token_used(
    grant: Any, client_id: str | None, remarks: tuple[str, ...]
) -> None:
    found = access(grant, client=Client(name="ehr", fhir_origins=(BASE,), open_fhir=True, client_id=client_id))
    assert isinstance(found, FhirAccess)
    assert (found.token, found.remarks) == (grant and "s3cret", remarks)


def test_a_token_without_a_server_is_remarked() -> None:
    assert access(server=None).remarks == ("token_without_fhir_server",)


def test_the_token_is_not_shown() -> None:
    assert "s3cret" not in repr(access())


@pytest.mark.parametrize(
    ("scope", "reads", "silent_about", "certain"),
    [
        ("user/Observation.read", "Observation", "Condition", True),
        ("patient/Observation.rs", "Observation", "Condition", True),
        ("patient/Observation.rs?category=laboratory&_tag=a", "Observation", "Condition", True),
        ("system/Observation.cruds", "Observation", "Condition", True),
        ("user/Observation.s openid fhirUser launch/patient offline_access", "Observation", "Condition", True),
        ("user/Observation.*", "Observation", "Condition", True),
        ("user/Observation.read user/Condition.write", "Observation", "Condition", True),
        ("user/Observation.read user/Condition.cud", "Observation", "Condition", True),
        ("user/Observation.r user/Condition.c", "Observation", "Condition", True),
        ("user/Observation.read Condition.Search (R4)", "Observation", "Condition", False),
        ("user/Observation.read user/Condition.sr", "Observation", "Condition", False),
        ("user/Observation.read user/Condition.", "Observation", "Condition", False),
    ],
)
def test_a_scope_says_what_a_token_reads(scope: str, reads: str, silent_about: str, certain: bool) -> None:
    found = scopes_of(scope)
    assert not found.lack(reads)
    assert found.lack(silent_about)
    assert not found.exclude(reads)
    assert found.exclude(silent_about) is certain


@pytest.mark.parametrize(
    "scope",
    [
        None,
        "",
        "   ",
        "patient/*.*",
        "user/*.read",
        "system/*.rs",
        "launch openid profile",
        "Condition.Read (Problems) [R4] Observation.Search",
        "patient/Observation/read",
        "PATIENT/OBSERVATION.READ",
        "user/Condition.r " * 10_000,
    ],
)
def test_a_scope_that_names_no_type_says_nothing(scope: str | None) -> None:
    assert not scopes_of(scope).lack("Observation")
    assert not scopes_of(scope).exclude("Observation")
