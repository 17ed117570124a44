"""S-158 to S-164 and S-169: the claims of a token."""

import logging
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conformance.signed import refusals, status
from tests.security import tokens
from tests.security.tokens import (
    AUDIENCE,
    ISSUER,
    NOW,
    PUBLIC_URL,
    handmade,
    header,
    raw_token,
    signed_app,
    token,
)
from tests.web.apps import CALL


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
