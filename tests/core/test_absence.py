"""What was not measured: a test is overdue only where the search was whole, nothing is recent and nothing is ordered."""

from typing import Any

import pytest

from hooks.absence import overdue
from hooks.terminology.labs import EGFR, PHOSPHATE, UACR
from tests.build import concept, lab, patient, resource
from tests.core.charts import LOINC, Resource, scope, verdict


def phosphate(days_ago: int = 10, **members: Any) -> Resource:
    return lab("phosphate", 4.1, days_ago=days_ago, **members)


def ordered(loinc: str, status: str) -> Resource:
    code = concept(LOINC, loinc)
    return resource("ServiceRequest", f"order-{loinc}", status=status, intent="order", code=code)


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([], (), "yes"),
        ([phosphate(90)], (), "no"),
        ([phosphate(91)], (), "yes"),
        ([], ("phosphate",), "unknown"),
        ([phosphate(91)], ("phosphate",), "unknown"),
        ([phosphate(status="cancelled")], (), "yes"),  # never measured
        ([phosphate(dataAbsentReason={"text": "error"}, valueQuantity=None)], (), "yes"),
        ([phosphate(effectiveDateTime="2025-12")], (), "no"),  # a month is enough to tell that it was measured
        ([phosphate(effectiveDateTime="2026-01")], (), "no"),
        ([phosphate(effectiveDateTime="2025-09")], (), "yes"),  # its last day is 107 days ago
        ([phosphate(effectiveDateTime="2025")], (), "yes"),  # a year is not
        ([phosphate(effectiveDateTime="2026-03")], (), "yes"),  # the future proves nothing
        ([phosphate(effectiveDateTime="2026-01-20")], (), "yes"),
        ([phosphate(unit="furlongs")], (), "no"),  # measured, though it cannot be used
        ([phosphate(effectiveDateTime=None, effectivePeriod={"start": "2025-12"})], (), "no"),
        ([phosphate(effectiveDateTime=None)], (), "yes"),
        ([ordered("2777-1", "active")], (), "no"),
        ([ordered("2777-1", "draft")], (), "no"),
        ([ordered("2777-1", "completed")], (), "yes"),
        ([phosphate(valueQuantity="4.1")], (), "unknown"),  # what it says is not known
    ],
)
def test_a_test_is_overdue(resources: list[Resource], failed: tuple[str, ...], answer: str) -> None:
    assert verdict(overdue(PHOSPHATE, after=90).judge(scope(*resources, failed=failed))) == answer


@pytest.mark.parametrize(
    ("resources", "failed", "answer", "gap"),
    [
        ([], (), "yes", "no eGFR or urine albumin/creatinine ratio on record"),
        ([lab("creatinine", 1.1, days_ago=10)], (), "yes", "no urine albumin/creatinine ratio on record"),
        ([ordered("2160-0", "active")], (), "yes", "no urine albumin/creatinine ratio on record"),
        ([lab("egfr", 50, days_ago=10)], ("uacr",), "unknown", None),
        ([lab("uacr", 50, days_ago=10)], ("egfr",), "unknown", None),
        ([], ("uacr",), "yes", "no eGFR on record"),
        ([lab("egfr", 50, days_ago=10), lab("uacr", 30, days_ago=10)], (), "no", None),
        (
            [lab("egfr", 50, days_ago=610)],
            (),
            "yes",
            "no eGFR in 20 months and no urine albumin/creatinine ratio on record",
        ),
        (
            [lab("egfr", 50, days_ago=610), lab("uacr", 30, days_ago=610)],
            (),
            "yes",
            "no eGFR or urine albumin/creatinine ratio in 20 months",
        ),
    ],
)
def test_several_tests_are_named_together(
    resources: list[Resource], failed: tuple[str, ...], answer: str, gap: str | None
) -> None:
    found = overdue(EGFR, UACR, after=456).judge(scope(patient(), *resources, failed=failed))
    assert (verdict(found), found.values.get("gap")) == (answer, gap)
