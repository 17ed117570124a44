"""Signed calls over HTTP, and what the log says of those refused. Finer tables of forged tokens: tests/security."""

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from hooks.publish import prefetch_templates
from hooks.rules import load_rules
from tests.security.tokens import (
    bearer,
)
from tests.web.apps import CALL, hook_request

PATIENT = {"resourceType": "Patient", "id": "p", "birthDate": "1960-01-01", "gender": "female"}
# Everything that any rule reads was looked for, and nothing was there: enough for an answer of 200.
PREFETCH = dict.fromkeys(prefetch_templates(load_rules())) | {"patient": PATIENT}


def post(app: Flask, text: str | None = None, path: str = CALL, **headers: str) -> TestResponse:
    """The answer to a call with this token."""
    sent = headers | (bearer(text) if text is not None else {})
    request = hook_request(prefetch=PREFETCH)
    return app.test_client().post(path, json=request, headers=sent)


def status(app: Flask, text: str | None = None, **headers: str) -> int:
    """The status of the answer to a call with this token."""
    return post(app, text, **headers).status_code


def refusals(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The lines of the log on calls that were refused."""
    lines = [json.loads(record.message) for record in caplog.records if record.name == "vascular_cds.access"]
    return [line for line in lines if line["status"] == 401]


def both(*sets: dict[str, Any]) -> list[dict[str, Any]]:
    """The keys of several key sets."""
    return [key for each in sets for key in each["keys"]]
