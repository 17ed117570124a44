"""Words of order safety: doses that are taken, combinations, switches, allergies, statins ordered, what is planned."""

from decimal import Decimal
from typing import Any

import pytest

from hooks.criteria import latest, ordering
from hooks.criterion import Answer, Criterion
from hooks.cutoffs import times_laboratory_limit
from hooks.reader import ReadOptions, read_chart
from hooks.scope import Scope
from hooks.shared.clashes import allergy_met, statin_allergy
from hooks.shared.draft_changes import finerenone_10_instead, statin_instead
from hooks.shared.history import combined, taking_dose, together
from hooks.staging.ordered_statins import simvastatin_high_for_a_year, statin_above_kdigo_dose, statin_dose_unchanged
from hooks.staging.planned import procedure_soon
from hooks.terminology.labs import ALT
from hooks.terminology.medications import ACE_INHIBITORS, ARBS, METFORMIN, NONSTEROIDAL_MRAS, STATINS
from tests.build import NOW, PATIENT, chart_of, concept, drug, payloads, resources_of
from tests.core.charts import RXNORM, chart, scope_of, verdict

Row = dict[str, str]
KIDNEY = {"conditions": "ckd-stage-3a", "egfr": "50 @9d", "alt": "20 @9d ref 40", "ast": "20 @9d ref 40"}


def asked(criterion: Criterion, row: Row, *, native: bool = False) -> Answer:
    values: dict[str, Decimal | bool] = {"native": native, "times": Decimal(3)}
    return criterion.judge(Scope(chart_of(row, hook="order-sign"), criterion.reads, values, safety=True))


def without(key: str, criterion: Criterion, row: Row) -> Answer:
    """Judge a chart whose search for ``key`` failed."""
    chart = read_chart(payloads(resources_of(row), failed=(key,)), ReadOptions(PATIENT, NOW, "order-sign"))
    return criterion.judge(Scope(chart, criterion.reads))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "no"),
        ({"taking": "metformin 500 mg twice daily"}, "no"),
        ({"taking": "metformin 850 mg twice daily"}, "yes"),
        ({"taking": "metformin 500 mg once daily, metformin 1000 mg once daily"}, "yes"),
        ({"taking": "metformin"}, "unknown"),
        ({"taking": "medications not read"}, "unknown"),
    ],
)
def test_doses_that_are_taken_are_added_up(row: Row, expected: str) -> None:
    assert asked(taking_dose(METFORMIN, above=Decimal(1000)), row).verdict.value == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"draft": "metformin 500 mg"}, "no"),
        ({"draft": "sitagliptin 50 mg / metformin 1000 mg"}, "yes"),
        ({"taking": "sitagliptin 50 mg / metformin 1000 mg"}, "yes"),
    ],
)
def test_a_combination_is_known(row: Row, expected: str) -> None:
    assert asked(combined(METFORMIN), row).verdict.value == expected


@pytest.mark.parametrize(
    ("row", "switch", "expected"),
    [
        ({"draft": "losartan", "taking": "lisinopril"}, True, "yes"),
        ({"draft": "losartan", "taking": "lisinopril", "stops": "lisinopril"}, True, "no"),
        ({"draft": "losartan", "taking": "lisinopril", "stops": "lisinopril"}, False, "yes"),
        ({"draft": "losartan", "taking": "lisinopril", "stops": "amlodipine"}, True, "yes"),
        ({"draft": "losartan, lisinopril"}, True, "yes"),
    ],
)
def test_a_drug_that_the_call_stops_is_left_out_of_a_switch(row: Row, switch: bool, expected: str) -> None:
    assert asked(together(ARBS, ACE_INHIBITORS, switch=switch), row).verdict.value == expected


@pytest.mark.parametrize(
    ("allergies", "native", "severe", "usual", "mild"),
    [
        ("", False, "no", "no", "no"),
        ("simvastatin", False, "no", "yes", "no"),
        ("simvastatin with angio-oedema", False, "yes", "no", "no"),
        ("simvastatin; mild", False, "no", "no", "yes"),
        ("simvastatin; coded", False, "no", "no", "no"),
        ("simvastatin; coded", True, "no", "yes", "no"),
        ("lisinopril with angioedema", False, "no", "no", "no"),
        ("allergies not read", False, "unknown", "unknown", "unknown"),
    ],
)
def test_an_order_meets_an_allergy(allergies: str, native: bool, severe: str, usual: str, mild: str) -> None:
    row = {"draft": "atorvastatin 20 mg", "allergies": allergies}
    answers = [asked(allergy_met(each, native="native"), row, native=native) for each in ("severe", "usual", "mild")]
    assert [each.verdict.value for each in answers] == [severe, usual, mild]


@pytest.mark.parametrize(
    ("allergies", "expected"),
    [
        ("", "no"),
        ("simvastatin", "yes"),
        ("simvastatin; coded", "yes"),
        ("simvastatin; mild", "no"),
        ("simvastatin; mild with rhabdomyolysis", "yes"),
        ("lisinopril", "no"),
        ("allergies not read", "unknown"),
    ],
)
def test_a_statin_allergy_is_more_than_a_mild_intolerance(allergies: str, expected: str) -> None:
    assert asked(statin_allergy, {"allergies": allergies}).verdict.value == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("", "no"),
        ("atorvastatin 20 mg once daily", "no"),
        ("atorvastatin 40 mg once daily", "yes"),
        ("atorvastatin 40 mg", "unknown"),
        ("atorvastatin", "unknown"),
        ("lovastatin 80 mg once daily", "no"),  # not in the table
        ("simvastatin 40 mg once daily", "no"),
        ("fluvastatin 80 mg once daily, pravastatin 80 mg once daily", "yes"),
    ],
)
def test_a_statin_is_ordered_above_the_table(draft: str, expected: str) -> None:
    assert asked(statin_above_kdigo_dose, {"draft": draft}).verdict.value == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "no"),
        ({"draft": "atorvastatin 40 mg once daily"}, "no"),
        ({"draft": "atorvastatin 40 mg once daily", "taking": "atorvastatin 40 mg once daily"}, "yes"),
        ({"draft": "atorvastatin 40 mg once daily", "taking": "atorvastatin 20 mg once daily"}, "no"),
        ({"draft": "atorvastatin", "taking": "atorvastatin"}, "no"),
        ({"draft": "atorvastatin 40 mg once daily", "taking": "medications not read"}, "unknown"),
    ],
)
def test_a_dose_that_is_taken_already(row: Row, expected: str) -> None:
    assert asked(statin_dose_unchanged, row).verdict.value == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "no"),
        ({"taking": "simvastatin 80 mg once daily @365d"}, "yes"),
        ({"taking": "simvastatin 80 mg once daily @364d"}, "no"),
        ({"taking": "simvastatin 40 mg once daily @900d"}, "no"),
        ({"stopped": "simvastatin 80 mg once daily @2d"}, "no"),
        ({"taking": "simvastatin 80 mg once daily @30d", "stopped": "simvastatin 80 mg once daily @30d"}, "yes"),
        ({"taking": "medications not read"}, "unknown"),
    ],
)
def test_simvastatin_80_for_a_year(row: Row, expected: str) -> None:
    assert asked(simvastatin_high_for_a_year, row).verdict.value == expected


@pytest.mark.parametrize(
    ("ordered", "expected"),
    [
        ("", "no"),
        ("pci", "no"),  # no day is given
        ("pci due 0d", "yes"),
        ("nil-by-mouth due 3d", "yes"),
        ("pci due 4d", "no"),
        ("nephrology-referral due 2d", "no"),
    ],
)
def test_a_procedure_is_planned_soon(ordered: str, expected: str) -> None:
    assert asked(procedure_soon, {"ordered": ordered}).verdict.value == expected


def test_what_is_planned_is_not_known_without_the_requests() -> None:
    assert without("orders", procedure_soon, {}).verdict.value == "unknown"


def test_a_multiple_of_the_laboratory_limit_may_be_a_setting() -> None:
    high = latest(ALT, within=90).at_least(times_laboratory_limit("times"))
    assert asked(high, {"alt": "120 @9d ref 40"}).verdict.value == "yes"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "yes"),
        ({"allergies": "simvastatin"}, "no"),
        ({"allergies": "allergies not read"}, "unknown"),
        ({"conditions": "ckd-stage-3a, active-liver-disease"}, "no"),
        ({"conditions": "ckd-stage-3a, rhabdomyolysis resolved"}, "no"),
        ({"taking": "gemfibrozil 600 mg"}, "no"),
        ({"taking": "fenofibrate 145 mg"}, "no"),
        ({"conditions": "dialysis-status"}, "no"),
        ({"conditions": "dialysis-status", "taking": "rosuvastatin 40 mg once daily"}, "yes"),
        ({"draft": "ezetimibe 10 mg / rosuvastatin 40 mg"}, "no"),
        ({"alt": "120 @9d ref 40"}, "no"),
    ],
)
def test_a_statin_is_offered_instead_only_where_no_rule_warns_of_it(row: Row, expected: str) -> None:
    offer = statin_instead(STATINS, "atorvastatin", 20, "617310", ordering(STATINS))
    assert offer.when is not None
    assert asked(offer.when, {**KIDNEY, "draft": "rosuvastatin 40 mg once daily", **row}).verdict.value == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "yes"),
        ({"potassium": "4.8 @5d"}, "yes"),
        ({"potassium": "4.9 @5d"}, "no"),
        ({"potassium": ""}, "unknown"),
        ({"egfr": "24 @5d"}, "no"),
        ({"egfr": ""}, "unknown"),
        ({"taking": "spironolactone 25 mg"}, "no"),
        ({"taking": "clarithromycin 500 mg"}, "no"),
        ({"conditions": "adrenal-insufficiency"}, "no"),
        ({"conditions": "dialysis-status"}, "no"),
        ({"allergies": "finerenone"}, "no"),
        ({"sex": "female", "age": "31", "conditions": "pregnancy"}, "no"),
    ],
)
def test_finerenone_10_is_offered_only_where_it_may_be_started(row: Row, expected: str) -> None:
    offer = finerenone_10_instead(ordering(NONSTEROIDAL_MRAS))
    base: dict[str, Any] = {"draft": "finerenone 20 mg once daily", "potassium": "4.5 @5d", "egfr": "45 @5d"}
    assert offer.when is not None
    assert asked(offer.when, {**base, **row}).verdict.value == expected


@pytest.mark.parametrize(
    ("rxcui", "answer"),
    [
        ("476349", "no"),  # ezetimibe 10 mg with simvastatin 20 mg: KDIGO's dose beside ezetimibe
        ("476350", "yes"),  # with 40 mg, which alone would be KDIGO's dose
        ("312961", "no"),  # simvastatin 20 mg alone
    ],
)
def test_simvastatin_beside_ezetimibe_has_a_lower_dose(rxcui: str, answer: str) -> None:
    draft = drug("x", status="draft", medicationCodeableConcept=concept(RXNORM, rxcui))
    assert verdict(statin_above_kdigo_dose(scope_of(chart(drafts=[draft])))) == answer
