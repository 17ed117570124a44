"""Criteria: what each word about drugs, problems, orders, age and answers says."""

from decimal import Decimal

import pytest

from hooks.criteria import (
    allergic_to,
    calcium_load,
    drug_names,
    ordering,
    taking,
)
from hooks.terminology.medications import ACE_INHIBITORS, CALCIUM_SALTS, STATINS
from tests.build import concept, condition, drug, patient, resource
from tests.core.charts import (
    ATC,
    Resource,
    chart,
    scope,
    scope_of,
    verdict,
)

# --- drugs


ATORVASTATIN, LISINOPRIL = drug("atorvastatin 40 mg once daily"), drug("lisinopril 10 mg once daily")


@pytest.mark.parametrize(
    ("resources", "failed", "answer"),
    [
        ([], (), "no"),
        ([LISINOPRIL], (), "no"),
        ([ATORVASTATIN | {"status": "stopped"}], (), "no"),
        ([], ("statements",), "no"),  # an optional input
        ([], ("medications",), "unknown"),
        ([ATORVASTATIN], ("medications",), "yes"),
        ([ATORVASTATIN], (), "yes"),
        ([drug("atorvastatin", kind="MedicationStatement")], (), "yes"),
    ],
)
def test_taking(resources: list[Resource], failed: tuple[str, ...], answer: str) -> None:
    assert verdict(taking(STATINS).judge(scope(*resources, failed=failed))) == answer


def test_taking_one_of_several_classes_names_all_that_are_taken() -> None:
    found = taking(STATINS, ACE_INHIBITORS).judge(scope(ATORVASTATIN, LISINOPRIL))
    assert found.values == {"drug": "atorvastatin and lisinopril"}


def test_a_drug_belongs_to_its_class_by_atc_prefix() -> None:
    made = drug("x", medicationCodeableConcept=concept(ATC, "C09AA99", "a new pril"))
    found = taking(ACE_INHIBITORS).judge(scope(made))
    assert (verdict(found), found.reason) == ("yes", "a new pril is active")


def test_drugs_are_named_once_by_their_ingredients() -> None:
    twice = chart(ATORVASTATIN, drug("atorvastatin 80 mg"), drug("ezetimibe and simvastatin")).medications
    assert drug_names(twice) == "atorvastatin and ezetimibe/simvastatin"


def test_a_kind_of_insulin_is_not_told_twice() -> None:
    taken = chart(drug("insulin glargine 20 units")).medications
    assert drug_names(taken) == "insulin glargine"


DRAFTS = [drug(name, id=name, status="draft") for name in ("atorvastatin", "lisinopril")]


@pytest.mark.parametrize(
    ("selections", "among_selected", "among_all"),
    [
        (None, "yes", "yes"),
        (["MedicationRequest/atorvastatin"], "yes", "yes"),
        (["MedicationRequest/lisinopril"], "no", "yes"),
        ([], "no", "yes"),
    ],
)
def test_ordering_looks_at_the_drafts_selected_or_at_all(
    selections: list[str] | None, among_selected: str, among_all: str
) -> None:
    seen = scope_of(chart(drafts=DRAFTS, selections=selections))
    answers = [verdict(ordering(STATINS, selected=each).judge(seen)) for each in (True, False)]
    assert answers == [among_selected, among_all]


NAMELESS = {"resourceType": "MedicationRequest", "status": "draft", "id": "n", "medicationCodeableConcept": {}}


@pytest.mark.parametrize(
    ("resources", "drafts", "answer"),
    [
        ([], [NAMELESS], "unknown"),
        ([drug("x", medicationCodeableConcept={})], [], "no"),  # a drug taken, not one ordered
        ([condition("ckd-stage-4", code=7)], [], "no"),
    ],
)
def test_only_a_draft_that_cannot_be_read_leaves_open_what_is_ordered(
    resources: list[Resource], drafts: list[Resource], answer: str
) -> None:
    seen = scope_of(chart(patient(), *resources, drafts=drafts))
    assert verdict(ordering(STATINS).judge(seen)) == answer


def test_a_drug_that_is_taken_is_not_being_ordered() -> None:
    assert verdict(ordering(STATINS).judge(scope(ATORVASTATIN))) == "no"


ALLERGY = resource("AllergyIntolerance", "a1", code={"text": "atorvastatin"})


@pytest.mark.parametrize(
    ("resources", "failed", "by_class", "by_name"),
    [
        ([], (), "no", "no"),
        ([], ("allergies",), "unknown", "unknown"),
        ([ALLERGY], (), "yes", "no"),
        ([ALLERGY | {"code": {"text": "simvastatin"}}], (), "yes", "yes"),
        ([ALLERGY | {"code": {"text": "statins"}}], (), "yes", "yes"),
    ],
)
def test_allergic_to_a_class_or_an_ingredient(
    resources: list[Resource], failed: tuple[str, ...], by_class: str, by_name: str
) -> None:
    seen = scope(*resources, failed=failed)
    assert [verdict(allergic_to(each).judge(seen)) for each in (STATINS, "simvastatin")] == [by_class, by_name]


@pytest.mark.parametrize(
    ("taken", "draft", "active_only", "with_drafts"),
    [
        ([], "", "no", "no"),
        (["calcium carbonate 2500 mg twice daily"], "", "no", "no"),  # 2000 mg elemental, at the limit
        (["calcium carbonate 2501 mg twice daily"], "", "yes", "yes"),
        (["calcium carbonate 2500 mg twice daily"], "calcium citrate 1 g once daily", "no", "yes"),
        (["calcium carbonate"], "", "unknown", "unknown"),
        ([], "calcium carbonate", "no", "unknown"),
    ],
)
def test_the_calcium_load_with_and_without_what_is_ordered(
    taken: list[str], draft: str, active_only: str, with_drafts: str
) -> None:
    drafts = [drug(draft, status="draft")] if draft else []
    seen = scope_of(chart(*map(drug, taken), drafts=drafts), values={"top": Decimal(2000)})
    answers = [verdict(calcium_load(above="top", with_drafts=each).judge(seen)) for each in (False, True)]
    assert answers == [active_only, with_drafts]


@pytest.mark.parametrize(
    ("failed", "taken", "answer", "named"),
    [
        (("medications",), [], "unknown", {"medications"}),
        (("medications",), ["calcium carbonate 2501 mg twice daily"], "yes", set()),  # what is known is enough
        ((), [], "no", set()),
    ],
)
def test_the_calcium_load_is_unknown_where_orders_could_not_be_read(
    failed: tuple[str, ...], taken: list[str], answer: str, named: set[str]
) -> None:
    found = calcium_load(above="top").judge(scope(*map(drug, taken), failed=failed, top=Decimal(2000)))
    assert (verdict(found), found.failed) == (answer, named)


@pytest.mark.parametrize(
    ("taken", "draft", "answer"),
    [
        ("calcium carbonate 1500 mg twice daily", "calcium carbonate 1500 mg twice daily", "no"),  # the same, renewed
        ("calcium carbonate 1500 mg twice daily", "calcium carbonate 1500 mg three times daily", "yes"),  # 1200 + 1800
    ],
)
def test_an_order_that_is_renewed_counts_once(taken: str, draft: str, answer: str) -> None:
    seen = scope_of(chart(drug(taken), drafts=[drug(draft, id="d", status="draft")]), values={"top": Decimal(2000)})
    assert verdict(calcium_load(above="top", with_drafts=True).judge(seen)) == answer


def test_calcium_salts_are_a_class() -> None:
    assert verdict(taking(CALCIUM_SALTS).judge(scope(drug("Tums")))) == "yes"
