"""How eGFR falls, the risk map, albuminuria in the unit that was sent, and ACE inhibitors over time."""

from decimal import Decimal

import pytest

from hooks.shared.decline import fallen, falling
from hooks.staging.albuminuria import category_of, ratio_limit
from hooks.staging.decline import decline_of
from hooks.staging.ras import had_angioedema, ras_below_half, uacr_drawn_on_ras
from hooks.staging.risk_map import monitoring_days, risk_cell
from tests.build import condition, drug, lab, patient, resource
from tests.core.charts import Resource, chart, scope, scope_of, verdict

TWENTY, FIVE = Decimal(20), Decimal(5)


def egfr(value: float, days_ago: int) -> Resource:
    return lab("egfr", value, days_ago=days_ago)


def bound(days_ago: int) -> Resource:
    found = egfr(60, days_ago)
    found["valueQuantity"]["comparator"] = ">"
    return found


@pytest.mark.parametrize(
    ("resources", "percent", "slope"),
    [
        ([], None, None),
        ([egfr(40, 10)], None, None),
        ([egfr(40, 10), egfr(50, 99)], None, None),  # 89 days apart
        ([egfr(40, 10), egfr(50, 100)], 20, None),
        ([egfr(40, 366), egfr(50, 500)], None, None),  # the newest is too old
        ([egfr(40, 10), egfr(45, 400), egfr(80, 731)], 11, None),  # outside of two years
        ([egfr(40, 10), bound(200), egfr(50, 400)], 20, None),  # a bound is no third value
        ([egfr(40, 10), egfr(45, 190), egfr(50, 375)], 20, -10),
        ([egfr(40, 10), egfr(45, 190), egfr(50, 374)], 20, None),  # 364 days
        ([egfr(50, 10), egfr(20, 190), egfr(50, 375)], 0, 0),  # least squares, not two points
        ([egfr(40, 10), egfr(50, 400), drug("lisinopril 10 mg", days_ago=93)], None, None),  # in the 12 weeks
        ([egfr(40, 10), egfr(50, 400), drug("lisinopril 10 mg", days_ago=94)], 20, None),
        ([egfr(40, 10), egfr(50, 400), drug("amlodipine 5 mg", days_ago=20)], 20, None),
        (
            [
                egfr(40, 10),
                egfr(50, 400),
                drug("lisinopril 10 mg", days_ago=20),
                drug("lisinopril 5 mg", days_ago=300, status="completed"),
            ],
            20,  # a renewal is no start
            None,
        ),
        # when it began is not known: no value is left out for it
        ([egfr(40, 10), egfr(50, 400), drug("lisinopril 10 mg", authoredOn=None)], 20, None),
    ],
)
def test_the_fall_and_the_slope(resources: list[Resource], percent: int | None, slope: int | None) -> None:
    found = decline_of(scope(patient(), *resources))
    assert (found and round(found.percent)) == percent
    assert (found and found.slope is not None and round(found.slope)) == (False if found and slope is None else slope)


@pytest.mark.parametrize(
    ("resources", "failed", "fell", "falls"),
    [
        ([], (), "unknown", "unknown"),
        ([egfr(40, 10)], (), "no", "no"),
        ([egfr(40, 10), egfr(50, 100)], (), "yes", "no"),
        ([egfr(41, 10), egfr(50, 100)], (), "no", "no"),
        ([egfr(49, 10), egfr(53, 190), egfr(55, 375)], (), "no", "yes"),
        ([egfr(40, 10), egfr(50, 100)], ("medications",), "unknown", "no"),
    ],
)
def test_a_fall_is_told(resources: list[Resource], failed: tuple[str, ...], fell: str, falls: str) -> None:
    seen = scope(patient(), *resources, failed=failed, declinePct=TWENTY, slopePerYear=FIVE)
    assert verdict(fallen(by_percent="declinePct").judge(seen)) == fell
    assert verdict(falling(per_year="slopePerYear").judge(seen)) == falls


@pytest.mark.parametrize(
    ("value", "unit", "category"),
    [
        ("29", "mg/g", "A1"),
        ("30", "mg/g", "A2"),
        ("300", "mg/g", "A3"),
        ("2.9", "mg/mmol", "A1"),
        ("3", "mg/mmol", "A2"),
        ("30", "mg/mmol", "A3"),
    ],
)
def test_categories_of_albuminuria_by_the_unit_sent(value: str, unit: str, category: str) -> None:
    (found,) = chart(patient(), lab("uacr", float(value), days_ago=5, unit=unit)).labs["uacr"]
    assert category_of(found) == category


@pytest.mark.parametrize(
    ("sign", "value", "category"), [("<", 30, "A1"), ("<", 40, ""), (">", 300, "A3"), (">", 5, "")]
)
def test_an_open_end_tells_a_category_or_none(sign: str, value: int, category: str) -> None:
    sent = lab("uacr", value, days_ago=5)
    sent["valueQuantity"]["comparator"] = sign
    (found,) = chart(patient(), sent).labs["uacr"]
    assert category_of(found) == category


@pytest.mark.parametrize(("unit", "text"), [("mg/g", "30 mg/g"), ("mg/mmol", "3 mg/mmol")])
def test_a_limit_is_read_out_in_the_unit_sent(unit: str, text: str) -> None:
    made = chart(patient(), lab("uacr", 5, days_ago=5, unit=unit))
    assert ratio_limit("acrMin")(scope_of(made, values={"acrMin": Decimal(30)}), made.labs["uacr"][0]).text == text


@pytest.mark.parametrize(
    ("resources", "text", "days"),
    [
        ([], "eGFR not measured, albuminuria not measured: 1 a year", 456),
        ([egfr(95, 10)], "G1, albuminuria not measured: 1 a year", 456),
        ([egfr(95, 10), lab("uacr", 10, days_ago=10)], "G1, A1 (green, low risk): 1 a year", 456),
        ([egfr(70, 10), lab("uacr", 30, days_ago=10)], "G2, A2 (yellow, moderate risk): 2 a year", 228),
        ([egfr(50, 10), lab("uacr", 300, days_ago=10)], "G3a, A3 (red, very high risk): 3 a year", 152),
        ([egfr(40, 900), lab("uacr", 10, days_ago=900)], "G3b, A1 (orange, high risk): 2 a year", 228),
        ([egfr(20, 10), lab("uacr", 10, days_ago=10)], "G4, A1 (red, very high risk): 3 a year", 152),
        ([egfr(10, 10)], "G5, albuminuria not measured: 3 a year", 152),
        ([condition("dialysis-status")], "G5D, albuminuria not measured: 1 a year", 456),
    ],
)
def test_the_risk_map(resources: list[Resource], text: str, days: int) -> None:
    seen = scope(patient(), *resources, graceFactor=Decimal("1.25"))
    assert risk_cell(seen).text == text
    assert monitoring_days(seen) == days


@pytest.mark.parametrize(
    ("drugs", "failed", "answer"),
    [
        ([], (), "no"),
        ([], ("medications",), "unknown"),
        (["lisinopril 10 mg once daily"], (), "yes"),
        (["lisinopril 20 mg once daily"], (), "no"),  # exactly half
        (["lisinopril"], (), "unknown"),
        (["lisinopril 10 mg once daily", "losartan 100 mg once daily"], (), "no"),
    ],
)
def test_below_half_of_the_usual_maximum(drugs: list[str], failed: tuple[str, ...], answer: str) -> None:
    assert verdict(ras_below_half(scope(*map(drug, drugs), failed=failed))) == answer


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([lab("uacr", 50, days_ago=10)], (), "no"),
        ([lab("uacr", 50, days_ago=10)], ("medications",), "unknown"),
        ([drug("lisinopril 10 mg", days_ago=40)], (), "unknown"),
        ([drug("lisinopril 10 mg", days_ago=40), lab("uacr", 50, days_ago=10)], (), "yes"),
        ([drug("lisinopril 10 mg", days_ago=39), lab("uacr", 50, days_ago=10)], (), "no"),
        ([drug("lisinopril 10 mg", authoredOn=None), lab("uacr", 50, days_ago=10)], (), "unknown"),
        (
            [
                drug("lisinopril 10 mg", days_ago=5),
                drug("losartan 50 mg", days_ago=400, status="stopped"),
                lab("uacr", 50, days_ago=10),
            ],
            (),
            "yes",
        ),
    ],
)
def test_albuminuria_measured_on_an_ace_inhibitor(
    resources: list[Resource], failed: tuple[str, ...], answer: str
) -> None:
    assert verdict(uacr_drawn_on_ras(scope(*resources, failed=failed))) == answer


def allergy(reaction: str) -> Resource:
    shown = [{"manifestation": [{"text": reaction}]}]
    return resource("AllergyIntolerance", "a1", code={"text": "lisinopril"}, reaction=shown)


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([], (), "no"),
        ([], ("allergies",), "unknown"),
        ([allergy("cough")], (), "no"),
        ([allergy("angioedema of the face")], (), "yes"),
        ([condition("angioedema")], (), "yes"),
    ],
)
def test_angioedema(resources: list[Resource], failed: tuple[str, ...], answer: str) -> None:
    assert verdict(had_angioedema(scope(*resources, failed=failed))) == answer
