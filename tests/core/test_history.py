"""Drugs over time: lately taken, new or continued, beside another, at what dose."""

from decimal import Decimal
from typing import Any

import pytest

from hooks.criterion import Answer, Criterion
from hooks.scope import Scope
from hooks.shared.history import continuing, ordering_dose, together, took
from hooks.terminology.medications import CALCIMIMETICS, SGLT2_INHIBITORS, STATINS
from tests.build import chart_of

Row = dict[str, str]


def asked(criterion: Criterion, row: Row) -> Answer:
    return criterion.judge(Scope(chart_of(row, hook="order-sign"), criterion.reads, {"limit": Decimal(20)}))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "no"),
        ({"taking": "cinacalcet"}, "yes"),
        ({"stopped": "cinacalcet @7d"}, "yes"),
        ({"stopped": "cinacalcet @8d"}, "no"),
        ({"stopped": "sevelamer @2d"}, "no"),
        ({"taking": "medications not read"}, "unknown"),
    ],
)
def test_a_drug_was_taken_within_a_week(row: Row, expected: str) -> None:
    assert asked(took(CALCIMIMETICS, within=7), row).verdict.value == expected


@pytest.mark.parametrize(
    ("row", "within", "expected"),
    [
        ({}, 90, "no"),
        ({"draft": "dapagliflozin 10 mg"}, 90, "no"),
        ({"draft": "dapagliflozin 10 mg", "taking": "dapagliflozin 10 mg"}, 0, "yes"),
        ({"draft": "dapagliflozin 10 mg", "taking": "empagliflozin 10 mg"}, 90, "no"),
        ({"draft": "dapagliflozin 10 mg", "stopped": "dapagliflozin @90d"}, 90, "yes"),
        ({"draft": "dapagliflozin 10 mg", "stopped": "dapagliflozin @91d"}, 90, "no"),
        ({"draft": "dapagliflozin 10 mg", "stopped": "dapagliflozin @5d"}, 0, "no"),
        ({"draft": "dapagliflozin 10 mg", "taking": "medications not read"}, 0, "unknown"),
        ({"draft": "dapagliflozin 10 mg, empagliflozin 10 mg", "taking": "empagliflozin"}, 0, "no"),
    ],
)
def test_an_order_continues_what_was_taken(row: Row, within: int, expected: str) -> None:
    assert asked(continuing(SGLT2_INHIBITORS, within=within), row).verdict.value == expected


@pytest.mark.parametrize(
    ("row", "expected", "said"),
    [
        ({}, "no", "no calcimimetic is being ordered"),
        ({"draft": "cinacalcet 30 mg"}, "no", "no other"),
        ({"draft": "cinacalcet 30 mg", "taking": "cinacalcet 30 mg"}, "no", "no other"),
        ({"draft": "cinacalcet 30 mg", "taking": "etelcalcetide 5 mg"}, "yes", "while etelcalcetide is active"),
        ({"draft": "cinacalcet 30 mg, etelcalcetide 5 mg"}, "yes", "is being ordered while"),
        ({"draft": "cinacalcet 30 mg", "stopped": "etelcalcetide @7d"}, "yes", "was stopped on 8 Jan 2026"),
        ({"draft": "cinacalcet 30 mg", "stopped": "etelcalcetide @8d"}, "no", "no other"),
        ({"draft": "cinacalcet 30 mg", "taking": "medications not read"}, "unknown", "could not be read"),
    ],
)
def test_an_order_meets_another_drug(row: Row, expected: str, said: str) -> None:
    answer = asked(together(CALCIMIMETICS, CALCIMIMETICS, within=7), row)
    assert answer.verdict.value == expected
    assert said in answer.reason


@pytest.mark.parametrize(
    ("draft", "expected", "dose"),
    [
        ("", "no", None),
        ("rosuvastatin 20 mg once daily", "no", None),
        ("rosuvastatin 40 mg once daily", "yes", "40"),
        ("rosuvastatin 20 mg twice daily", "yes", "40"),
        ("rosuvastatin", "unknown", None),
        ("rosuvastatin 5 mg once daily, atorvastatin 20.5 mg once daily", "yes", "20.5"),
    ],
)
@pytest.mark.parametrize("above", ["limit", Decimal(20)])
def test_a_dose_is_ordered_above_a_limit(draft: str, expected: str, dose: str | None, above: Any) -> None:
    answer = asked(ordering_dose(STATINS, above=above), {"draft": draft})
    assert answer.verdict.value == expected
    assert answer.values.get("dose") == dose
