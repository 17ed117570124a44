"""The schemas that the service publishes, as checks."""

from datetime import datetime
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from service.web.openapi import openapi_document

MOMENTS = FormatChecker([])
DOCUMENT = openapi_document("0", "https://cds.example.org")


@MOMENTS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    """Whether a text is a date and time with its zone."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@cache
def validator(name: str) -> Draft202012Validator:
    """The check of the schema with this name."""
    root = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    return Draft202012Validator(root, format_checker=MOMENTS)


def faults(name: str, body: Any) -> list[str]:
    """What is wrong with ``body``; [] where it is as the schema says."""
    return [f"{error.json_path}: {error.message}"[:300] for error in validator(name).iter_errors(body)]
