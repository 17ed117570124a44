"""Lipids and what is open: very high risk, goals, settled LDL, untreated LDL, counted gaps, another rule's settings."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from hooks.criteria import setting_on
from hooks.rule import switch
from hooks.scope import Scope
from hooks.shared.indications import CALCIFICATION_KNOWN, PRESSURE_ABOVE_GOAL, as_in
from hooks.shared.vascular_gaps import ANTAGONIST, SMOKER, STATIN, enough
from hooks.staging.dialysis_start import dialysis_began_lately
from hooks.staging.lipids import (
    ldl_goal,
    ldl_limit,
    ldl_settled,
    on_maximal_statin,
    risk_limit,
    severe_ldl,
    untreated_ldl,
    very_high_risk,
)
from hooks.staging.therapy import statin_below_moderate
from hooks.staging.vessels import calcium_score_risen, coded_calcification
from hooks.terminology.labs import ASCVD_RISK_10Y, CAC_SCORE, LDL, PHOSPHATE
from hooks.words import bare, cutoff_beside, months_of
from tests.build import condition, drug, lab, resources_of
from tests.core.charts import Resource, chart, scope, scope_of, verdict
from tests.core.parts import NO, UNKNOWN, YES, Fixed

MI, TIA, CLAUDICATION = condition("ascvd-mi"), condition("ascvd-stroke-tia"), condition("claudication")
HIGH, MODERATE = drug("atorvastatin 80 mg once daily"), drug("atorvastatin 20 mg once daily")
INTOLERANT = condition("statin-intolerance")


def row(**cells: str) -> Scope:
    """Return the scope of what a row of an example table describes."""
    return scope_of(chart(*resources_of({name.replace("_", "-"): cell for name, cell in cells.items()})))


def goals(*resources: Resource) -> Scope:
    return scope(*resources, goalAscvd=Decimal(70), goalVeryHigh=Decimal(55), ldlSevere=Decimal(190))


@pytest.mark.parametrize(
    ("resources", "failed", "answer", "goal"),
    [
        ([], (), "no", 70),  # no disease, no very high risk
        ([MI], (), "no", 70),
        ([MI, condition("ckd-stage-2")], (), "no", 70),
        ([MI, condition("ckd-stage-3a")], (), "yes", 55),
        ([MI, TIA], (), "yes", 55),
        ([TIA, CLAUDICATION], (), "yes", 55),
        ([MI, TIA, CLAUDICATION], (), "yes", 55),
        ([MI, condition("angina")], (), "no", 70),  # of one kind
        ([MI, condition("ckd-any")], (), "unknown", 70),  # the stage is not known
        ([], ("conditions",), "unknown", 70),
    ],
)
def test_very_high_risk_lowers_the_goal(
    resources: list[Resource], failed: tuple[str, ...], answer: str, goal: int
) -> None:
    seen = scope(*resources, failed=failed, goalAscvd=Decimal(70), goalVeryHigh=Decimal(55))
    newest = scope(lab("ldl", 90, days_ago=3)).labs("ldl")[0]
    assert (verdict(very_high_risk(seen)), ldl_goal(seen, newest).text) == (answer, str(goal))


@pytest.mark.parametrize(
    ("value", "turns", "own", "si"),
    [
        (190, 189.483, "190", "4.9 mmol/L"),
        (70, 69.606, "70", "1.8 mmol/L"),
        (55, 54.138, "55", "1.4 mmol/L"),
        (100, 100, "100", "2.6 mmol/L"),  # 2.6 mmol/L is above it
        (160, 160, "160", "4.1 mmol/L"),  # 4.1 mmol/L is too far below
    ],
)
def test_a_limit_is_the_round_number_of_either_unit(value: int, turns: float, own: str, si: str) -> None:
    newest = scope(lab("ldl", 90, days_ago=3)).labs("ldl")[0]
    abroad = scope(lab("ldl", 3, days_ago=3, unit="mmol/L")).labs("ldl")[0]
    found = [ldl_limit(each, Decimal(value)) for each in (newest, abroad)]
    assert [(float(each.value), each.text) for each in found] == [(turns, own), (turns, si)]


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([], (), "no"),
        ([], ("medications",), "unknown"),
        ([HIGH], (), "yes"),
        ([MODERATE], (), "no"),
        ([MODERATE, INTOLERANT], (), "yes"),
        ([INTOLERANT], (), "no"),
        ([drug("atorvastatin")], (), "unknown"),
        ([MODERATE], ("conditions",), "unknown"),
    ],
)
def test_the_most_statin_that_is_tolerated(resources: list[Resource], failed: tuple[str, ...], answer: str) -> None:
    assert verdict(on_maximal_statin(scope(*resources, failed=failed))) == answer


@pytest.mark.parametrize(
    ("drugs", "failed", "answer"),
    [
        ([], (), "yes"),
        ([], ("medications",), "unknown"),
        (["simvastatin 10 mg once daily"], (), "yes"),
        (["simvastatin 20 mg once daily"], (), "no"),
        (["atorvastatin 80 mg once daily"], (), "no"),
        (["atorvastatin"], (), "unknown"),
    ],
)
def test_a_statin_below_moderate_intensity(drugs: list[str], failed: tuple[str, ...], answer: str) -> None:
    assert verdict(statin_below_moderate(scope(*map(drug, drugs), failed=failed))) == answer


@pytest.mark.parametrize(
    ("ldl", "drugs", "answer"),
    [
        ("", "atorvastatin 80 mg once daily @300d", "unknown"),
        ("90 @30d", "", "unknown"),  # nothing that lowers it
        ("90 @30d", "atorvastatin 80 mg once daily @58d", "yes"),
        ("90 @30d", "atorvastatin 80 mg once daily @57d", "no"),
        ("90 @30d", "atorvastatin 80 mg once daily @20d", "no"),
        ("90 @30d", "atorvastatin 80 mg once daily @300d, ezetimibe 10 mg once daily @40d", "no"),
        ("90 @30d", "atorvastatin 80 mg once daily @300d, ezetimibe 10 mg once daily @90d", "yes"),
    ],
)
def test_ldl_is_judged_four_weeks_after_the_last_change(ldl: str, drugs: str, answer: str) -> None:
    assert verdict(ldl_settled(row(ldl=ldl, taking=drugs))) == answer


def test_ldl_is_not_judged_where_a_start_is_not_known() -> None:
    seen = scope(lab("ldl", 90, days_ago=30), drug("atorvastatin 80 mg", authoredOn=None))
    assert verdict(ldl_settled(seen)) == "unknown"


@pytest.mark.parametrize(
    ("drugs", "values"),
    [
        ([], [210, 150]),
        ([drug("ezetimibe 10 mg", days_ago=300)], [150]),
        ([drug("fenofibrate", days_ago=300)], [150]),
        ([drug("amlodipine 5 mg", days_ago=300)], [210, 150]),
        ([drug("simvastatin 20 mg", days_ago=300, status="stopped")], [150]),
        ([drug("simvastatin 20 mg", authoredOn=None)], []),
    ],
)
def test_ldl_before_the_first_lipid_drug(drugs: list[Resource], values: list[int]) -> None:
    results = [lab("ldl", 120, days_ago=3), lab("ldl", 210, days_ago=200), lab("ldl", 150, days_ago=400)]
    assert [lab.value for lab in untreated_ldl(scope(*results, *drugs))] == values


@pytest.mark.parametrize(("method", "limit"), [({}, "10 %"), ({"method": {"text": "AHA PREVENT"}}, "7.5 %")])
def test_a_risk_by_prevent_has_its_own_limit(method: dict[str, Any], limit: str) -> None:
    seen = scope(
        lab("ascvd-risk-10y", 8, days_ago=3, **method), riskPce=Decimal(10), riskPrevent=Decimal("7.5")
    )  # fmt: skip
    assert risk_limit(seen, seen.labs("ascvd-risk-10y")[0]).text == limit


def test_other_values_are_not_called_prevent() -> None:
    (newest,) = scope(lab("ldl", 90, days_ago=3, method={"text": "PREVENT"})).labs("ldl")
    assert newest.note == ""


# --- dialysis and vessels


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ({}, "no"),
        ({"conditions": "esrd"}, "unknown"),
        ({"conditions": "dialysis-status @180d"}, "yes"),
        ({"conditions": "dialysis-status @181d"}, "no"),
        ({"conditions": "dialysis-status"}, "unknown"),
        ({"conditions": "dialysis-status", "procedures": "haemodialysis @10d"}, "unknown"),
        ({"conditions": "dialysis-status", "procedures": "haemodialysis @200d"}, "no"),
        ({"procedures": "haemodialysis @10d, haemodialysis @90d"}, "yes"),
    ],
)
def test_dialysis_began_lately(cells: dict[str, str], answer: str) -> None:
    assert verdict(dialysis_began_lately(row(**cells))) == answer


@pytest.mark.parametrize(
    ("scores", "answer"),
    [
        ("", "unknown"),
        ("400 @30d", "no"),
        ("400 @30d, 300 @30d", "no"),  # of one day
        ("300 @30d, 300 @900d", "no"),
        ("301 @30d, 300 @900d", "yes"),
        (">400 @30d, 300 @900d", "yes"),
        ("<400 @30d, 300 @900d", "unknown"),
        ("400 @30d, >300 @900d", "unknown"),
    ],
)
def test_a_calcium_score_that_has_risen(scores: str, answer: str) -> None:
    assert verdict(calcium_score_risen(row(cac_score=scores))) == answer


@pytest.mark.parametrize(
    ("failed", "resources", "least", "answer"),
    [
        ((), [], 100, "no"),
        (("conditions",), [], 100, "unknown"),
        ((), [condition("coronary-calcification")], 400, "yes"),
        ((), [lab("cac-score", 100, days_ago=9000)], 100, "yes"),
        ((), [lab("cac-score", 99, days_ago=3)], 100, "no"),
        ((), [lab("cac-score", 200, days_ago=3)], 400, "no"),
    ],
)
def test_calcification_that_is_known(
    failed: tuple[str, ...], resources: list[Resource], least: int, answer: str
) -> None:
    seen = scope(*resources, failed=failed, cacKnownVc=Decimal(least))
    assert verdict(CALCIFICATION_KNOWN.judge(seen)) == answer


def test_calcification_on_a_list_that_could_not_be_read_is_unknown() -> None:
    assert coded_calcification(scope(failed=("conditions",))).failed == {"conditions"}


# --- another rule's question, and how many are open


SHOWS = (switch("shows", default=True, why="a test"),)


@pytest.mark.parametrize(
    ("peers", "only_on", "answer"),
    [
        ({}, False, "yes"),  # not judged in this call: its defaults
        ({"a-rule": {"shows": False}}, False, "no"),  # the settings in force there
        ({"a-rule": None}, False, "yes"),  # off: its defaults
        ({"a-rule": None}, True, "no"),
        ({"a-rule": {"shows": True}}, True, "yes"),
    ],
)
def test_a_question_of_another_rule_is_asked_by_its_settings(peers: dict[str, Any], only_on: bool, answer: str) -> None:
    seen = replace(scope(shows=False), peers=peers)
    assert verdict(as_in("a-rule", setting_on("shows"), SHOWS, only_on=only_on).judge(seen)) == answer


OUT = Fixed("unknown", failed=("medications",))


@pytest.mark.parametrize(
    ("parts", "answer", "failed"),
    [
        ([NO, NO, NO], "no", set()),
        ([YES, NO, NO], "no", set()),
        ([YES, NO, UNKNOWN], "unknown", set()),
        ([NO, OUT, UNKNOWN], "unknown", {"medications"}),
        ([NO, NO, OUT], "no", set()),  # one more would not be enough
        ([YES, YES, OUT], "yes", set()),
    ],
)
def test_enough_of_several(parts: list[Fixed], answer: str, failed: set[str]) -> None:
    found = enough(dict(zip("abc", parts, strict=True)), at_least="minGaps").judge(scope(minGaps=Decimal(2)))
    assert (verdict(found), found.failed) == (answer, failed)


def test_what_is_enough_is_counted_and_named() -> None:
    found = enough({"one": YES, "two": NO, "three": YES}, at_least="minGaps").judge(scope(minGaps=Decimal(2)))
    assert found.values == {"count": "2", "open": "one, three"}


@pytest.mark.parametrize(
    ("cells", "statin", "antagonist", "smoker", "pressure"),
    [
        ({}, "no", "no", "unknown", "unknown"),
        ({"conditions": "ckd-stage-4", "smoking": "current @30d"}, "yes", "no", "yes", "unknown"),
        (
            {"conditions": "ckd-stage-4", "smoking": "current @30d", "taking": "varenicline"},
            "yes",
            "no",
            "no",
            "unknown",
        ),
        ({"conditions": "ckd-stage-4", "taking": "warfarin, atorvastatin"}, "no", "yes", "unknown", "unknown"),
        ({"conditions": "mechanical-heart-valve", "taking": "warfarin"}, "no", "no", "unknown", "unknown"),
        ({"conditions": "ascvd-mi", "bp": "130/70 @3d, 130/70 @9d"}, "yes", "no", "unknown", "yes"),
        ({"conditions": "type2-diabetes", "bp": "129/79 @3d, 129/79 @9d"}, "yes", "no", "unknown", "no"),
        ({"ldl": "190 @30d", "age": "45"}, "yes", "no", "unknown", "unknown"),
        ({"cac-score": "100 @30d"}, "yes", "no", "unknown", "unknown"),
        ({"conditions": "dialysis-status", "bp": "150/90 @3d, 150/90 @9d"}, "no", "no", "unknown", "no"),
        ({"conditions": "esrd, ascvd-mi", "bp": "150/90 @3d, 150/90 @9d"}, "unknown", "no", "unknown", "unknown"),
        ({"conditions": "ascvd-mi, statin-intolerance"}, "no", "no", "unknown", "unknown"),
    ],
)
def test_what_is_open(cells: dict[str, str], statin: str, antagonist: str, smoker: str, pressure: str) -> None:
    seen = row(**cells)
    found = [verdict(each.judge(seen)) for each in (STATIN, ANTAGONIST, SMOKER, PRESSURE_ABOVE_GOAL)]
    assert found == [statin, antagonist, smoker, pressure]


# --- words


@pytest.mark.parametrize(
    ("resources", "text"),
    [
        ([], "?"),
        ([lab("ldl", 200, days_ago=3)], "190 mg/dL"),
        ([lab("ldl", 5.2, days_ago=3, unit="mmol/L")], "4.9 mmol/L"),
    ],
)
def test_a_limit_stands_in_the_unit_of_the_value(resources: list[Resource], text: str) -> None:
    assert cutoff_beside(LDL, severe_ldl)(goals(*resources)) == text


def test_a_score_has_no_unit() -> None:
    assert bare(CAC_SCORE)(scope(lab("cac-score", 312, days_ago=3))) == "312"
    assert bare(ASCVD_RISK_10Y)(scope()) == "not on record"
    above = lab("phosphate", 6, days_ago=3)
    above["valueQuantity"]["comparator"] = ">"
    assert bare(PHOSPHATE)(scope(above)) == ">6"


@pytest.mark.parametrize(("days", "months"), [(365, "12"), (180, "5"), (730, "24")])
def test_days_are_read_as_months(days: int, months: str) -> None:
    assert months_of("intervalDays")(scope(intervalDays=Decimal(days))) == months
