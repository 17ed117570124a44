"""Coronary and limb disease in words: what a text says, what it denies, and what the record then answers."""

from decimal import Decimal
from typing import Any

import pytest

from hooks.criterion import Criterion
from hooks.staging.coronary import (
    has_complex_coronary_disease,
    heavy_calcification,
    pci_planned,
    severe_stenosis,
    syntax_score,
)
from hooks.staging.coronary_words import (
    called_severe,
    is_left_main_disease,
    is_severe,
    measures_stenosis,
    speaks_of_coronaries,
    syntax_scores,
)
from hooks.staging.gaps import gaps
from hooks.staging.limb import limiting_despite_therapy, vascular_referral_open
from hooks.terminology.procedures import PCI, VASCULAR_SURGERY_REFERRAL
from tests.build import ago, concept, condition, drug, resource
from tests.core.charts import Resource, chart, scope_of
from tests.core.parts import NO, UNKNOWN, YES


def worded(text: str, *, days_ago: int | None = 30) -> Resource:
    onset = {} if days_ago is None else {"onsetDateTime": ago(days_ago)}
    return condition("coronary-findings", code={"text": text}, **onset)


def answer(part: Criterion, *resources: Resource, failed: tuple[str, ...] = ()) -> str:
    return part.judge(scope_of(chart(*resources, failed=failed))).verdict.value


def ordered(code: Any, *, days_ago: int | None = 5, **members: Any) -> Resource:
    named = concept(code.codes[0].system, code.codes[0].code)
    when = {} if days_ago is None else {"authoredOn": ago(days_ago)}
    return resource("ServiceRequest", "order", status="active", intent="order", code=named, **when, **members)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("LAD stenosis 80 %", True),
        ("Stenosis of the left anterior descending artery", True),
        ("FFR 0.75", True),
        ("SYNTAX score 34", True),
        ("Carotid stenosis 80 %", False),
        ("Coronary disease, renal artery stenosis 80 %", False),  # whose stenosis?
        ("Aortic valve stenosis", False),
        ("No coronary stenosis above 50 %", False),
        ("Coronary stenosis ruled out", False),
        ("LAD stenosis < 50 %", False),
        ("Ladder stenosis 80 %", False),  # whole words
    ],
)
def test_a_text_is_read_only_where_it_is_about_the_coronaries_and_denies_nothing(text: str, about: bool) -> None:
    assert speaks_of_coronaries(text) is about


@pytest.mark.parametrize(
    ("text", "severe"),
    [
        ("LAD stenosis 70 %", True),
        ("LAD stenosis 69%", False),
        ("LAD 70-80 % stenosis", True),
        ("LAD 60 to 70 percent stenosis", False),  # the lower end
        ("RCA 40 %, LAD 80 %", True),
        ("Left main 50 %", True),
        ("Left main 49 %", False),
        ("50 % stenosis of the left main", True),
        ("LAD 60 %, left main 30 %", False),
        ("FFR 0.80", True),
        ("FFR 0,79", True),
        ("FFR <= 0.80", True),
        ("FFR .81", False),
        ("FFR > 0.75", False),  # an open end
        ("Positive FFR of the LAD", True),
        ("LAD stenosis", False),
    ],
)
def test_a_severe_stenosis_in_words(text: str, severe: bool) -> None:
    assert is_severe(text, Decimal(70)) is severe


@pytest.mark.parametrize(
    ("text", "measured"),
    [("LAD stenosis 40 %", True), ("FFR 0.9", True), ("FFR positive", True), ("LAD stenosis", False)],
)
def test_whether_a_text_measures_anything(text: str, measured: bool) -> None:
    assert measures_stenosis(text) is measured


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("SYNTAX score 33", ["33"]),
        ("SYNTAX I score: 22.5", ["22.5"]),
        ("SYNTAX score of 34,5", ["34.5"]),
        ("SYNTAX II score 40", []),  # another number
        ("syntax error", []),
    ],
)
def test_a_syntax_score_in_words(text: str, scores: list[str]) -> None:
    assert syntax_scores(text) == [Decimal(each) for each in scores]


def test_left_main_disease_needs_half_of_the_lumen_where_a_per_cent_is_written() -> None:
    said = ("Left main disease", "Left main stenosis 50 %", "Left main stenosis 40 %")
    assert [is_left_main_disease(each) for each in said] == [True, True, False]


def test_what_is_called_severe() -> None:
    said = ("Severe calcification", "Heavily calcified", "Calcification", "Persevered")
    assert [called_severe(each) for each in said] == [True, True, False, False]


@pytest.mark.parametrize(
    ("resources", "failed", "verdict"),
    [
        ([worded("LAD stenosis 80 %")], (), "yes"),
        ([worded("LAD stenosis 80 %", days_ago=None)], (), "unknown"),  # of which day?
        ([worded("LAD stenosis 40 %")], (), "no"),
        ([], (), "unknown"),
        ([], ("conditions",), "unknown"),
        ([worded("LAD stenosis 80 %")], ("procedures",), "unknown"),  # perhaps treated since
    ],
)
def test_a_severe_stenosis_on_record(resources: list[Resource], failed: tuple[str, ...], verdict: str) -> None:
    assert answer(severe_stenosis(Decimal(70)), *resources, failed=failed) == verdict


@pytest.mark.parametrize(
    ("resources", "failed", "verdict"),
    [
        ([ordered(PCI)], (), "yes"),
        ([ordered(PCI, days_ago=None)], (), "unknown"),  # ordered, but not when
        ([ordered(PCI, days_ago=91)], (), "no"),
        ([], (), "no"),
        ([], ("orders",), "unknown"),
        ([], ("procedures",), "unknown"),
    ],
)
def test_a_planned_intervention(resources: list[Resource], failed: tuple[str, ...], verdict: str) -> None:
    assert answer(pci_planned, *resources, failed=failed) == verdict


@pytest.mark.parametrize(
    ("part", "input_"),
    [
        (has_complex_coronary_disease, "conditions"),
        (syntax_score(Decimal(33)), "conditions"),
        (heavy_calcification(Decimal(400)), "conditions"),
        (heavy_calcification(Decimal(400)), "cacScore"),
    ],
)
def test_a_list_that_could_not_be_had_is_not_empty(part: Criterion, input_: str) -> None:
    assert answer(part, failed=(input_,)) == "unknown"


def test_complex_disease_waits_for_the_list_of_operations() -> None:
    three = condition("multivessel-disease", onsetDateTime=ago(30))
    assert answer(has_complex_coronary_disease, three) == "yes"
    assert answer(has_complex_coronary_disease, three, failed=("procedures",)) == "unknown"


@pytest.mark.parametrize(("days_ago", "verdict"), [(5, "yes"), (90, "yes"), (91, "no"), (None, "yes")])
def test_a_vascular_referral_that_is_open(days_ago: int | None, verdict: str) -> None:
    assert answer(vascular_referral_open, ordered(VASCULAR_SURGERY_REFERRAL, days_ago=days_ago)) == verdict


def test_limiting_claudication_waits_for_the_medication_list() -> None:
    limiting = condition("claudication", code={"text": "Lifestyle-limiting claudication"})
    part = limiting_despite_therapy(Decimal(12))
    assert answer(part, limiting, failed=("medications",)) == "unknown"
    assert answer(part, limiting, drug("aspirin 81 mg", days_ago=200)) == "no"
    assert answer(part, condition("claudication"), failed=("medications",)) == "no"


@pytest.mark.parametrize(
    ("named", "verdict", "missing"),
    [
        ({"a": YES, "b": NO, "c": YES}, "yes", "a and c"),
        ({"a": YES, "b": UNKNOWN}, "yes", "a"),
        ({"a": NO, "b": UNKNOWN}, "unknown", None),
        ({"a": NO, "b": NO}, "no", None),
    ],
)
def test_gaps_name_what_is_missing(named: dict[str, Criterion], verdict: str, missing: str | None) -> None:
    found = gaps(named).judge(scope_of(chart()))
    assert (found.verdict.value, found.values.get("missing")) == (verdict, missing)
    assert not missing or found.reason == f"not found: {missing}"
