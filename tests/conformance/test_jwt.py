"""Checklist 2.16: signed calls, over HTTP; for items of the client, what happens if it breaks them.

The finer table of forged tokens is in tests/security.
"""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import responses
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from werkzeug.test import TestResponse

from hooks.publish import prefetch_templates
from hooks.publish_schema import ALGORITHMS
from hooks.rules import load_rules
from service.clients import Client
from service.config.model import Configuration
from service.settings import DeploymentSettings, production_refusals
from tests.security import tokens
from tests.security.tokens import (
    AUDIENCE,
    ISSUER,
    JWKS_URL,
    NOW,
    PUBLIC_URL,
    SANDBOX_JWK,
    bearer,
    handmade,
    header,
    raw_token,
    signed_app,
    signer,
    token,
)
from tests.web.apps import CALL, broken_store, hook_request, make_app

PATIENT = {"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01", "gender": "female"}
# Everything that any rule reads was looked for, and nothing was there: enough for an answer of 200.
PREFETCH = dict.fromkeys(prefetch_templates(load_rules())) | {"patient": PATIENT}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The application in production, with one client whose keys are in a file."""
    return signed_app(tmp_path)


def post(app: Flask, text: str | None = None, path: str = CALL, **headers: str) -> TestResponse:
    """The answer to a call with this token."""
    sent = headers | (bearer(text) if text is not None else {})
    request = hook_request(prefetch=PREFETCH)
    return app.test_client().post(path, json=request, headers=sent)


def status(app: Flask, text: str | None = None, **headers: str) -> int:
    return post(app, text, **headers).status_code


def refusals(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    lines = [json.loads(record.message) for record in caplog.records if record.name == "vascular_cds.access"]
    return [line for line in lines if line["status"] == 401]


def test_s147_production_lets_nobody_in_without_a_token(app: Flask) -> None:
    assert status(app) == 401
    assert status(app, token()) == 200


def test_s147_in_the_demo_a_client_that_need_not_sign_is_served_with_and_without_a_token(tmp_path: Path) -> None:
    demo = make_app(tmp_path)
    assert [status(demo), status(demo, token()), status(demo, "rubbish")] == [200, 200, 200]


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_s148_the_scheme_is_bearer_in_any_case(app: Flask, scheme: str) -> None:
    assert status(app, Authorization=f"{scheme} {token()}") == 200


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token abc", "Bearer a b", "eyJh.e30.e30"]
)
def test_s148_another_header_is_no_token(app: Flask, sent: str) -> None:
    assert status(app, Authorization=sent) == 401


def test_s148_a_header_of_blanks_takes_no_time(app: Flask) -> None:
    started = time.perf_counter()
    assert status(app, Authorization=f"Bearer a{' ' * 60_000}b") == 401
    assert time.perf_counter() - started < 1


def test_s148_discovery_call_and_feedback_are_all_guarded(tmp_path: Path) -> None:
    app = signed_app(tmp_path, top="discovery_auth = true")
    client, root = app.test_client(), f"{PUBLIC_URL}/cds-services"
    said = {"feedback": [{"card": "c", "outcome": "overridden", "outcomeTimestamp": "2026-01-15T10:30:00Z"}]}
    assert client.get("/cds-services").status_code == 401
    assert client.get("/cds-services", headers=bearer(token(aud=root))).status_code == 200
    assert client.post(f"{CALL}/feedback", json=said).status_code == 401
    for audience in (f"{AUDIENCE}/feedback", AUDIENCE):
        answer = client.post(f"{CALL}/feedback", json=said, headers=bearer(token(aud=audience)))
        assert answer.status_code == 200
    assert client.get("/cds-services", headers=bearer(token())).status_code == 401


@pytest.mark.parametrize("algorithm", ["ES256", "RS256", "PS384", "ES512", "EdDSA", "", None, 7, ["ES384"]])
def test_s149_an_algorithm_outside_the_list_of_the_client_is_refused(app: Flask, algorithm: object) -> None:
    assert status(app, handmade(header(alg=algorithm), tokens.claims())) == 401


def test_s149_the_list_of_the_client_decides(tmp_path: Path) -> None:
    made = signer("PS256")
    app = signed_app(tmp_path, 'algorithms = ["PS256"]', keys={"keys": _both(made.key_set(), signer().key_set())})
    assert [status(app, token(made)), status(app, token())] == [200, 401]


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE"])
@pytest.mark.parametrize("signature", [b"", b"\0", b"x" * 96])
def test_s150_an_unsigned_token_is_refused(app: Flask, name: str, signature: bytes) -> None:
    assert status(app, raw_token(header(alg=name), tokens.claims(), signature)) == 401


@pytest.mark.parametrize("name", ["HS256", "HS384", "HS512"])
def test_s151_a_token_signed_with_the_public_key_as_secret_is_refused(tmp_path: Path, name: str) -> None:
    public = signer("RS384").material.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{tokens.part(header(alg=name, kid='rsa-key'))}.{tokens.part(tokens.claims())}"
    digest = hmac.new(public, signed.encode(), getattr(hashlib, name.replace("HS", "sha"))).digest()
    assert status(signed_app(tmp_path, keys=signer("RS384").key_set()), f"{signed}.{tokens.part(digest)}") == 401


@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
def test_s152_both_recommended_algorithms_work_without_any_setting(tmp_path: Path, algorithm: str) -> None:
    app = signed_app(tmp_path, keys=signer(algorithm).key_set())
    assert status(app, token(signer(algorithm))) == 200


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_s153_each_algorithm_that_can_be_trusted_works_where_it_is_chosen(tmp_path: Path, algorithm: str) -> None:
    app = signed_app(tmp_path, f'algorithms = ["{algorithm}"]', keys=signer(algorithm).key_set())
    assert status(app, token(signer(algorithm))) == 200


@pytest.mark.filterwarnings("ignore:The RSA key is 1024")
def test_s153_a_short_rsa_key_or_another_curve_is_refused(tmp_path: Path) -> None:
    short, odd = tokens.short_rsa(), tokens.wrong_curve()
    app = signed_app(tmp_path, keys={"keys": _both(short.key_set(), odd.key_set())})
    assert status(app, token(short)) == 401
    assert status(app, handmade(header(kid=odd.key_id), tokens.claims())) == 401


@pytest.mark.parametrize("kid", [None, "", "other", 7, "' OR 1=1 --", "../keys.json"])
def test_s154_a_missing_or_unknown_kid_is_refused(app: Flask, kid: object) -> None:
    assert status(app, handmade(header(kid=kid), tokens.claims())) == 401


def test_s154_a_kid_with_odd_signs_is_one_like_any_other(tmp_path: Path) -> None:
    (jwk,) = signer().key_set()["keys"]
    app = signed_app(tmp_path, keys={"keys": [jwk | {"kid": "a/b+c=="}]})
    assert status(app, token(headers={"kid": "a/b+c=="})) == 200


@responses.activate
def test_s154_s156_s169_a_token_as_epic_makes_it_is_taken(tmp_path: Path) -> None:
    issuer, url = "https://ehr.example.org/interconnect/api/FHIR/R4", "https://ehr.example.org/interconnect/oauth2/keys"
    made = replace(signer("RS384"), key_id="Ab/c+dE/fgh0123456789+/==")
    (jwk,) = made.key_set()["keys"]
    responses.get(url, json={"keys": [{name: jwk[name] for name in ("kty", "n", "e", "use", "kid")}]})
    app = signed_app(tmp_path, f'jwks_url = "{url}"\naudiences = ["typed by hand"]', issuer=issuer)
    claims = {"iss": issuer, "sub": "typed by hand", "nbf": NOW - 300, "exp": NOW + 900}
    for audience in ("typed by hand", AUDIENCE):
        assert status(app, token(made, {"jku": url}, aud=audience, **claims)) == 200


@responses.activate
def test_s154_unknown_kids_fetch_the_keys_at_most_once_per_cool_down(tmp_path: Path) -> None:
    keys = responses.get(JWKS_URL, json=signer().key_set())
    app = signed_app(tmp_path, f'jwks_url = "{JWKS_URL}"')
    assert {status(app, token(headers={"kid": f"made-up-{number}"})) for number in range(30)} == {401}
    assert len(keys.calls) == 1


def test_s155_a_token_without_typ_is_taken_and_said_in_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert status(app, handmade(header(typ=None), tokens.claims())) == 200
    (line,) = [json.loads(record.message) for record in caplog.records if record.name == "vascular_cds.access"]
    assert line["odd"] == "token without typ"


@pytest.mark.parametrize("typ", ["at+jwt", "logout+jwt", "JWE", "", 1, ["JWT"]])
def test_s155_a_token_of_another_typ_is_refused(app: Flask, typ: object) -> None:
    assert status(app, handmade(header(typ=typ), tokens.claims())) == 401


@responses.activate
def test_s156_keys_come_from_the_configuration_whether_the_token_names_a_jku_or_not(tmp_path: Path) -> None:
    responses.get(JWKS_URL, json=signer().key_set())
    app = signed_app(tmp_path, f'jwks_url = "{JWKS_URL}"')
    assert [status(app, token()), status(app, token(headers={"jku": JWKS_URL}))] == [200, 200]


@responses.activate
@pytest.mark.parametrize(
    "jku",
    [
        "https://evil.example.org/jwks.json",
        f"{JWKS_URL}/",
        f"{JWKS_URL}?x",
        JWKS_URL.upper(),
        "https://ehr.example.org.evil.example/jwks.json",
        "https://ehr.example.org@evil.example/jwks.json",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "",
    ],
)
def test_s157_another_jku_is_refused_and_never_fetched(tmp_path: Path, jku: str) -> None:
    own = responses.get(JWKS_URL, json=signer().key_set())
    app = signed_app(tmp_path, f'jwks_url = "{JWKS_URL}"')
    assert status(app, token(headers={"jku": jku})) == 401
    assert len(responses.calls) == len(own.calls) == 0


@responses.activate
def test_s157_keys_of_an_attacker_are_not_fetched_where_the_keys_are_in_a_file(app: Flask) -> None:
    evil = signer("ES384", "evil")
    assert status(app, token(evil, headers={"jku": "https://evil.example.org/jwks.json"})) == 401
    assert len(responses.calls) == 0


def test_s157_one_client_does_not_sign_for_another(tmp_path: Path) -> None:
    b = signer("ES384", "b")
    (tmp_path / "b.json").write_text(json.dumps(b.key_set()), encoding="utf-8")
    app = signed_app(tmp_path, '[clients.b]\nissuer = "https://b.example.org"\njwks_file = "b.json"')
    assert status(app, token(b, iss="https://b.example.org")) == 200
    assert status(app, token(b)) == 401
    assert status(app, token(iss="https://b.example.org")) == 401


@pytest.mark.parametrize("iss", [None, "", f"{ISSUER}/", ISSUER.upper(), "https://other.example.org", ["x"], 7])
def test_s158_an_issuer_that_is_not_exactly_the_configured_one_is_refused(app: Flask, iss: object) -> None:
    assert status(app, handmade(header(), tokens.claims(iss=iss))) == 401


def test_s159_the_log_shows_an_audience_that_was_typed_otherwise(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert status(app, token(aud=f"{AUDIENCE} ")) == 401
    assert status(app, token(aud=token())) == 401
    assert [(line["refused"], line["said"]) for line in refusals(caplog)] == [
        ("bad-audience", f"{AUDIENCE} "),
        ("bad-audience", "withheld"),
    ]


@pytest.mark.parametrize(
    ("aud", "expected"),
    [
        (AUDIENCE, 200),
        ([AUDIENCE], 200),
        (["https://other.example.org", AUDIENCE], 200),
        (AUDIENCE.replace("mineral-metabolism", "risk-factors"), 401),
        (AUDIENCE.replace("https", "http"), 401),
        (f"http://localhost{CALL}", 401),
        (f"{PUBLIC_URL}/cds-services", 401),
        (PUBLIC_URL, 401),
        (f"{AUDIENCE}/feedback", 401),
        ([], 401),
        ({}, 401),
        (None, 401),
    ],
)
def test_s159_the_audience_is_this_service_by_its_public_url(app: Flask, aud: object, expected: int) -> None:
    assert status(app, handmade(header(), tokens.claims(aud=aud))) == expected


def test_s159_host_and_forwarding_headers_say_nothing_about_the_audience(app: Flask) -> None:
    forwarded = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
    assert status(app, token(aud=f"http://evil.example{CALL}"), **forwarded) == 401
    assert status(app, token(), **forwarded) == 200


def test_s159_an_audience_of_the_client_is_taken_for_every_address(tmp_path: Path) -> None:
    app = signed_app(tmp_path, 'audiences = ["typed by hand"]')
    assert status(app, token(aud="typed by hand")) == 200


@pytest.mark.parametrize("exp", [None, NOW - 90, "soon", True, -1, 1e400, 10**400])
def test_s160_a_missing_or_past_exp_is_refused(app: Flask, exp: object) -> None:
    assert status(app, handmade(header(), tokens.claims(iat=NOW - 300, exp=exp))) == 401


@pytest.mark.parametrize("iat", [None, NOW + 90, "now", False, -(10**400)])
def test_s161_a_missing_or_future_iat_is_refused(app: Flask, iat: object) -> None:
    assert status(app, handmade(header(), tokens.claims(iat=iat))) == 401


@pytest.mark.parametrize("jti", [None, "", 7, [], {}])
def test_s162_a_missing_jti_is_refused(app: Flask, jti: object) -> None:
    assert status(app, handmade(header(), tokens.claims(jti=jti))) == 401


def test_s163_a_tenant_counts_where_tenants_are_listed(tmp_path: Path, app: Flask) -> None:
    assert [status(app, token()), status(app, token(tenant="any"))] == [200, 200]
    (tmp_path / "listed").mkdir()
    listed = signed_app(tmp_path / "listed", 'tenants = ["north", "south"]')
    assert [status(listed, token(tenant=each)) for each in ("south", "west", None)] == [200, 401, 401]


IN_ORDER: list[tuple[str, dict[str, Any]]] = [
    ("unknown-issuer", {"iss": "https://other.example.org"}),
    ("bad-audience", {"aud": "https://other.example.org"}),
    ("expired", {"iat": NOW - 400, "exp": NOW - 100}),
    ("unknown-tenant", {"tenant": "west"}),
]


@pytest.mark.parametrize("first", range(4))
def test_s164_the_checks_come_in_the_order_of_the_best_practices(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, first: int
) -> None:
    caplog.set_level(logging.INFO)
    wrong: dict[str, Any] = {name: value for _, each in IN_ORDER[first:] for name, value in each.items()}
    claims = tokens.claims(**{"tenant": "north"} | wrong)
    app = signed_app(tmp_path, 'tenants = ["north"]')
    assert status(app, raw_token(header(), claims)) == 401
    assert [line["refused"] for line in refusals(caplog)] == [IN_ORDER[first][0]]


def test_s164_the_id_is_kept_only_once_the_signature_is_good(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    good = token(jti="one")
    assert status(app, raw_token(header(), tokens.claims(jti="one"))) == 401
    assert [status(app, good), status(app, good)] == [200, 401]
    assert [line["refused"] for line in refusals(caplog)] == ["bad-signature", "replayed"]


def test_s165_the_same_token_is_taken_once_by_all_workers_together(tmp_path: Path) -> None:
    workers = [signed_app(tmp_path), signed_app(tmp_path)]
    text = token()
    assert [status(app, text) for app in (*workers, *workers)] == [200, 401, 401, 401]


def test_s165_without_database_calls_are_served_each_worker_remembers_and_it_is_counted(tmp_path: Path) -> None:
    app = signed_app(tmp_path, store=broken_store(tmp_path))
    text = token()
    assert [status(app, text), status(app, text), status(app, token())] == [200, 401, 200]
    assert 'vascular_cds_token_ids_total{kept_in="memory"} 2.0' in app.test_client().get("/metrics").text


def test_s165_ids_are_kept_for_each_issuer(tmp_path: Path) -> None:
    b = signer("ES384", "b")
    (tmp_path / "b.json").write_text(json.dumps(b.key_set()), encoding="utf-8")
    app = signed_app(tmp_path, '[clients.b]\nissuer = "https://b.example.org"\njwks_file = "b.json"')
    assert status(app, token(jti="same")) == 200
    assert status(app, token(b, iss="https://b.example.org", jti="same")) == 200


@responses.activate
def test_s166_a_rotated_key_is_found_by_one_fetch_and_the_kept_ones_outlive_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.security.keys.COOL_DOWN", 0.0)
    new = signer("ES384", "rotated")
    app = signed_app(tmp_path, f'jwks_url = "{JWKS_URL}"')
    old_set = responses.get(JWKS_URL, json=signer().key_set())
    assert [status(app, token()), status(app, token())] == [200, 200]
    assert len(old_set.calls) == 1
    new_set = responses.replace("GET", JWKS_URL, json={"keys": _both(signer().key_set(), new.key_set())})
    assert [status(app, token(new)), status(app, token(new)), status(app, token())] == [200, 200, 200]
    assert len(new_set.calls) == 1
    responses.replace("GET", JWKS_URL, status=503)
    assert [status(app, token(new)), status(app, token())] == [200, 200]


@responses.activate
def test_s166_while_there_are_no_keys_nobody_is_let_in(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    responses.get(JWKS_URL, status=503)
    app = signed_app(tmp_path, f'jwks_url = "{JWKS_URL}"')
    assert status(app, token()) == 401
    assert [line["refused"] for line in refusals(caplog)] == ["no-keys"]


INVALID: dict[str, Callable[[], str | None]] = {
    "no token": lambda: None,
    "rubbish": lambda: "rubbish",
    "too large": lambda: "a" * 9000,
    "unknown issuer": lambda: token(iss="https://other.example.org"),
    "bad audience": lambda: token(aud="https://other.example.org"),
    "expired": lambda: token(iat=NOW - 400, exp=NOW - 100),
    "unknown key": lambda: token(headers={"kid": "other"}),
    "bad algorithm": lambda: raw_token(header(alg="none"), tokens.claims()),
    "bad signature": lambda: raw_token(header(), tokens.claims()),
    "critical header": lambda: handmade(header(crit=["x"]), tokens.claims()),
}


def test_s167_every_refusal_looks_the_same(app: Flask) -> None:
    used = token()
    assert status(app, used) == 200
    answers = [post(app, made()) for made in INVALID.values()] + [post(app, used)]
    seen = {(each.status_code, each.data, each.content_type, each.headers["WWW-Authenticate"]) for each in answers}
    ((code, data, kind, challenge),) = seen
    assert (code, kind, challenge) == (401, "application/json", "Bearer")
    assert json.loads(data)["issue"][0]["code"] == "login"
    names = {frozenset(each.headers.keys()) for each in answers}
    assert len(names) == 1


def test_s167_the_reason_is_counted_by_a_word_of_ours(app: Flask) -> None:
    for made in INVALID.values():
        post(app, made())
    counters = app.test_client().get("/metrics").text
    for word in ("no-token", "malformed", "too-large", "unknown-issuer", "expired", "bad-signature", "critical-header"):
        assert f'vascular_cds_refused_calls_total{{reason="{word}"}} 1.0' in counters
    assert "other.example.org" not in counters


def test_s168_no_token_is_logged_or_stored_and_the_log_says_who_called(
    app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sent = [token(jti="id-1", tenant="north"), token(jti=token()), *(made() for made in INVALID.values())]
    for text in sent:
        post(app, text)
    written = caplog.text + "".join(repr(vars(record)) for record in caplog.records)
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("cds.db*"))
    assert "eyJ" not in written
    assert b"eyJ" not in kept
    for text in sent:
        assert not text or text[-40:] not in written
    lines = [json.loads(record.message) for record in caplog.records if record.name == "vascular_cds.access"]
    assert {name: lines[0][name] for name in ("client", "iss", "tenant", "jti")} == {
        "client": "ehr",
        "iss": ISSUER,
        "tenant": "north",
        "jti": "id-1",
    }
    assert lines[1]["jti"] == "withheld"


def test_s168_what_a_token_says_stays_on_one_line_of_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    post(app, token(iss='x\r\n{"status": 200}\x1b[31m' + "y" * 500))
    (line,) = [record.message for record in caplog.records if record.name == "vascular_cds.access"]
    assert not {"\r", "\n", "\x1b"} & set(line)
    assert len(json.loads(line)["iss"]) == 200


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"iat": NOW - 300, "exp": NOW - 30}, 200),
        ({"iat": NOW - 300, "exp": NOW - 90}, 401),
        ({"iat": NOW + 30, "exp": NOW + 300}, 200),
        ({"exp": NOW + 900}, 200),
        ({"exp": NOW + 3600}, 200),
        ({"exp": NOW + 7200}, 401),
        ({"nbf": NOW - 300}, 200),
        ({"nbf": NOW + 90}, 401),
        ({"sub": "x", "nbf": NOW, "azp": [1]}, 200),
    ],
)
def test_s169_a_minute_of_leeway_an_hour_of_life_and_more_claims(
    app: Flask, changes: dict[str, Any], expected: int
) -> None:
    assert status(app, token(**changes)) == expected


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"issuer": "https://sandbox.cds-hooks.org"}, "issuer"),
        ({"jwks": None, "jwks_url": "https://sandbox.cds-hooks.org/.well-known/jwks.json"}, "jwks_url"),
        ({"jwks": {"keys": [SANDBOX_JWK]}}, "jwks"),
    ],
)
def test_s170_production_does_not_start_with_the_public_sandbox(changes: dict[str, Any], named: str) -> None:
    settings = DeploymentSettings(profile="production", public_url=PUBLIC_URL)
    client = Client(**{"name": "a", "issuer": ISSUER, "jwks": signer().key_set()} | changes)
    (line,) = production_refusals(settings, Configuration(clients={"a": client}))
    assert f"[clients.a] {named}" in line


@pytest.mark.parametrize(("profile", "expected"), [("demo", 200), ("development", 401), ("production", 401)])
def test_s170_the_sandbox_is_let_in_by_the_demo_alone(tmp_path: Path, profile: str, expected: int) -> None:
    sandbox = "https://sandbox.cds-hooks.org"
    app = signed_app(tmp_path, issuer=sandbox, profile=profile)
    assert status(app, token(iss=sandbox)) == expected


def test_s171_mutual_tls_is_described_with_a_server_in_front_that_checks_certificates() -> None:
    text = (Path(__file__).parents[2] / "docs" / "production.md").read_text(encoding="utf-8")
    section = text.partition("## Mutual TLS")[2].partition("\n## ")[0]
    for word in ("ssl_client_certificate", "ssl_verify_client on", "proxy_pass http://127.0.0.1:8000"):
        assert word in section
    assert 'authentication = "jwt"' in section


def _both(*sets: dict[str, Any]) -> list[dict[str, Any]]:
    return [key for each in sets for key in each["keys"]]
