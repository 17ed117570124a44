"""The newest result against a cut-off, and where an answer turns."""

from decimal import Decimal
from typing import Any

import pytest

from hooks.criteria import (
    allergic_to,
    answered,
    has,
    latest,
    missing,
    ordering,
    setting_on,
    taking,
)
from hooks.criterion import (
    Criterion,
)
from hooks.staging.windows import mineral_days
from hooks.terminology.conditions import AKI
from hooks.terminology.labs import EGFR, PHOSPHATE
from hooks.terminology.medications import STATINS
from hooks.terminology.questions import SMOKING
from tests.build import condition
from tests.core.charts import (
    Resource,
    chart,
    observation,
    quantity,
    scope,
    scope_of,
    verdict,
)
from tests.core.parts import phosphate

# --- the newest result against a cut-off


SIDES = ("above", "at_least", "below", "at_most")
AROUND = [
    # the value, is it above 5.5, at least 5.5, below 5.5, at most 5.5
    ("5.4", None, "no", "no", "yes", "yes"),
    ("5.5", None, "no", "yes", "no", "yes"),
    ("5.6", None, "yes", "yes", "no", "no"),
    ("5.4", "<", "no", "no", "yes", "yes"),
    ("5.5", "<", "no", "no", "yes", "yes"),
    ("5.6", "<", "unknown", "unknown", "unknown", "unknown"),
    ("5.4", "<=", "no", "no", "yes", "yes"),
    ("5.5", "<=", "no", "unknown", "unknown", "yes"),
    ("5.6", "<=", "unknown", "unknown", "unknown", "unknown"),
    ("5.4", ">", "unknown", "unknown", "unknown", "unknown"),
    ("5.5", ">", "yes", "yes", "no", "no"),
    ("5.6", ">", "yes", "yes", "no", "no"),
    ("5.4", ">=", "unknown", "unknown", "unknown", "unknown"),
    ("5.5", ">=", "unknown", "yes", "no", "unknown"),
    ("5.6", ">=", "yes", "yes", "no", "no"),
]


@pytest.mark.parametrize(("value", "comparator", "above", "at_least", "below", "at_most"), AROUND)
def test_the_newest_value_around_a_cut_off(
    value: str, comparator: str | None, above: str, at_least: str, below: str, at_most: str
) -> None:
    seen = scope(phosphate(value, comparator), top=Decimal("5.5"))
    answers = [verdict(getattr(latest(PHOSPHATE, within=90), side)("top").judge(seen)) for side in SIDES]
    assert answers == [above, at_least, below, at_most]


@pytest.mark.parametrize(
    ("low", "high", "above", "below"),
    [(4, 5, "no", "yes"), (5, 6, "unknown", "unknown"), (6, 7, "yes", "no"), ("5.5", 6, "unknown", "no")],
)
def test_a_range_around_a_cut_off(low: float, high: float, above: str, below: str) -> None:
    value = {"low": quantity(low, "mg/dL"), "high": quantity(high, "mg/dL")}
    seen = scope(observation("2777-1", valueRange=value), top=Decimal("5.5"))
    newest = latest(PHOSPHATE, within=90)
    assert [verdict(each.judge(seen)) for each in (newest.above("top"), newest.below("top"))] == [above, below]


ABOVE = latest(PHOSPHATE, within=90).above("top")
OLD = [
    # days ago, for therapy, for the safety of an order (the answer, and whether it is soft)
    (0, "yes", "yes", False),
    (90, "yes", "yes", False),
    (91, "unknown", "yes", True),
    (180, "unknown", "yes", True),
    (181, "unknown", "unknown", False),
]


@pytest.mark.parametrize(("days", "therapy", "safety", "soft"), OLD)
def test_for_the_safety_of_an_order_a_value_may_be_twice_as_old(
    days: int, therapy: str, safety: str, soft: bool
) -> None:
    found, values = chart(phosphate(6, days_ago=days)), {"top": Decimal("5.5")}
    usual, safe = (ABOVE.judge(scope_of(found, values=values, safety=each)) for each in (False, True))
    assert (verdict(usual), verdict(safe), usual.soft, safe.soft) == (therapy, safety, False, soft)


def test_an_old_value_is_called_old() -> None:
    found = ABOVE.judge(scope_of(chart(phosphate(6, days_ago=91)), values={"top": Decimal("5.5")}, safety=True))
    assert found.reason == "Phosphate 6 mg/dL (16 Oct 2025) (an old value) is above 5.5 mg/dL"


@pytest.mark.parametrize(("safety", "above", "below"), [(False, "no", "no"), (True, "yes", "yes")])
def test_for_the_safety_of_an_order_the_worst_value_of_a_day_counts(safety: bool, above: str, below: str) -> None:
    day = [phosphate(value, id=f"p{value}", effectiveDateTime=f"2026-01-14T{hour}:00:00Z")
           for value, hour in ((5, "12"), (6, "08"), (4, "06"))]  # fmt: skip
    seen = scope_of(chart(*day), values={"top": Decimal("5.5"), "low": Decimal("4.5")}, safety=safety)
    newest = latest(PHOSPHATE, within=90)
    assert [verdict(each.judge(seen)) for each in (newest.above("top"), newest.below("low"))] == [above, below]


def test_a_value_of_another_day_never_counts_as_worse() -> None:
    seen = scope_of(
        chart(phosphate(5, days_ago=2), phosphate(9, days_ago=4)), values={"top": Decimal("5.5")}, safety=True
    )
    assert verdict(ABOVE.judge(seen)) == "no"


@pytest.mark.parametrize(
    ("resources", "failed", "reason"),
    [
        ([], (), "no usable phosphate in 90 days"),
        ([phosphate(6, days_ago=91)], (), "no usable phosphate in 90 days"),
        ([], ("phosphate",), "no usable phosphate in 90 days (it could not be read)"),
        (
            [phosphate(6, status="cancelled"), phosphate(6, days_ago=6, valueQuantity={"value": 6})],
            (),
            "no usable phosphate in 90 days (set aside: its status is cancelled; it has no unit)",
        ),
    ],
)
def test_no_recent_value_is_unknown_and_says_why(
    resources: list[Resource], failed: tuple[str, ...], reason: str
) -> None:
    found = ABOVE.judge(scope_of(chart(*resources, failed=failed), values={"top": Decimal("5.5")}))
    assert (verdict(found), found.reason, found.failed) == ("unknown", reason, set(failed))


@pytest.mark.parametrize(
    ("value", "comparator", "reason"),
    [
        (5, None, "Phosphate 5 mg/dL (10 Jan 2026) is not above 5.5 mg/dL"),
        (6, None, "Phosphate 6 mg/dL (10 Jan 2026) is above 5.5 mg/dL"),
        (5, ">", "Phosphate >5 mg/dL (10 Jan 2026) does not say whether it is above 5.5 mg/dL"),
    ],
)
def test_the_reason_comes_from_the_comparison(value: float, comparator: str | None, reason: str) -> None:
    assert ABOVE.judge(scope(phosphate(value, comparator), top=Decimal("5.5"))).reason == reason


def test_the_value_is_given_for_the_card() -> None:
    assert ABOVE.judge(scope(phosphate(6), top=Decimal("5.5"))).values == {"phosphate": "6 mg/dL"}


WINDOWS: list[tuple[Any, int, str]] = [
    (90, 90, "yes"), (90, 91, "unknown"), ("days", 30, "yes"), ("days", 31, "unknown"),
    (mineral_days, 180, "yes"), (mineral_days, 181, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("within", "age", "answer"), WINDOWS)
def test_a_window_is_a_number_a_setting_or_a_function_of_the_stage(within: Any, age: int, answer: str) -> None:
    seen = scope(condition("ckd-stage-4"), phosphate(6, days_ago=age), top=Decimal("5.5"), days=Decimal(30))
    assert verdict(latest(PHOSPHATE, within=within).above("top").judge(seen)) == answer


@pytest.mark.parametrize(
    ("criterion", "reads"),
    [
        (ABOVE, {"phosphate"}),
        (latest(EGFR, within=90).above("top"), {"egfr", "creatinine", "patient"}),
        (missing(PHOSPHATE, within=90), {"phosphate"}),
        (taking(STATINS), {"medications", "statements"}),
        (has(AKI), {"conditions"}),
        (ordering(STATINS), set()),
        (allergic_to("warfarin"), {"allergies"}),
        (answered(SMOKING, "current", within=90), {"smoking"}),
        (setting_on("x"), set()),
    ],
)
def test_a_word_declares_what_it_reads(criterion: Criterion, reads: set[str]) -> None:
    assert criterion.reads == reads


@pytest.mark.parametrize(
    "criterion", [latest(PHOSPHATE, within=mineral_days).above("x"), missing(PHOSPHATE, within=mineral_days)]
)
def test_a_window_by_stage_reads_what_staging_reads(criterion: Criterion) -> None:
    assert {"phosphate", "egfr", "conditions", "procedures"} <= criterion.reads


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([], (), "yes"),
        ([phosphate(5, days_ago=91)], (), "yes"),
        ([phosphate(5, status="cancelled")], (), "yes"),
        ([], ("phosphate",), "unknown"),
        ([phosphate(5, days_ago=90)], (), "no"),
    ],
)
def test_a_missing_value_is_asked_for_unless_it_could_not_be_read(
    resources: list[Resource], failed: tuple[str, ...], answer: str
) -> None:
    assert verdict(missing(PHOSPHATE, within=90).judge(scope(*resources, failed=failed))) == answer
