"""Problems, procedures, orders, allergies, goals, the patient and the visit: what counts, and why the rest does not."""

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import msgspec
import pytest

from hooks.chart import InputState, Person
from hooks.payload import Payload
from hooks.reader import ReadOptions, read_chart
from hooks.reader.matching import text_of, words_of
from hooks.terminology.medications import ACE_INHIBITORS, SGLT2_INHIBITORS, STATINS
from tests.build import NOW, PATIENT, ago, blood_pressure, concept, condition, drug, lab, patient, payloads, resource
from tests.core.charts import (
    ICD10CM,
    LOINC,
    RXNORM,
    SNOMED,
    Resource,
    chart,
    quantity,
    read,
    reasons,
    scope_of,
    without,
)

CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


# --- problems


def problem(**members: Any) -> Resource:
    return resource("Condition", members.pop("id", "c1"), code=concept(ICD10CM, "N18.4", "CKD 4"), **members)


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ({"clinicalStatus": concept(CLINICAL, "inactive")}, "history"),
        ({"clinicalStatus": concept(CLINICAL, "resolved")}, "history"),
        ({"clinicalStatus": concept(CLINICAL, "remission")}, "history"),
        ({"clinicalStatus": concept(CLINICAL, "unknown")}, "history"),
        ({"clinicalStatus": concept(CLINICAL, "active"), "abatementDateTime": "2020-01-01"}, "active"),
        ({"clinicalStatus": concept(CLINICAL, "active")}, "active"),
        ({"clinicalStatus": concept(CLINICAL, "recurrence")}, "active"),
        ({"clinicalStatus": concept(CLINICAL, "relapse")}, "active"),
        ({"abatementDateTime": "2020-01-01"}, "history"),
        ({}, "active"),
        ({"clinicalStatus": {"text": "Active"}}, "active"),
        ({"verificationStatus": concept(VERIFICATION, "refuted")}, "its verification status is refuted"),
        (
            {"verificationStatus": concept(VERIFICATION, "entered-in-error")},
            "its verification status is entered-in-error",
        ),
        ({"verificationStatus": concept(VERIFICATION, "unconfirmed")}, "active"),
        ({"verificationStatus": concept(VERIFICATION, "provisional")}, "active"),
        ({"verificationStatus": concept(VERIFICATION, "confirmed")}, "active"),
        ({"subject": {"reference": "Patient/p2"}}, "it is about another patient"),
    ],
)
def test_the_status_of_a_problem_decides_whether_it_counts(members: dict[str, Any], outcome: str) -> None:
    found = chart(without(problem(), *members) | members)
    states = ["active" if each.active else "history" for each in found.conditions]
    assert (states or reasons(found)) == [outcome]


@pytest.mark.parametrize(
    ("members", "day"),
    [
        ({}, None),
        ({"onsetDateTime": "2020"}, None),
        ({"onsetDateTime": "2020-05-01", "recordedDate": "2021-01-01"}, date(2020, 5, 1)),
        ({"onsetPeriod": {"start": "2020-05-01"}}, date(2020, 5, 1)),
        ({"onsetAge": {"value": 50}, "recordedDate": "2021-01-01"}, date(2021, 1, 1)),
    ],
)
def test_the_day_of_a_problem_is_its_onset_else_when_it_was_recorded(members: dict[str, Any], day: date | None) -> None:
    assert chart(problem(**members)).conditions[0].day == day


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (concept(ICD10CM, "N18.4"), {"ckd-any", "ckd-stage-4"}),
        (concept(SNOMED, "431857002"), {"ckd-stage-4"}),
        (concept("urn:oid:2.16.840.1.113883.6.96", "431857002"), {"ckd-stage-4"}),
        (concept("urn:oid:2.16.840.1.113883.6.90", "N18.4"), {"ckd-any", "ckd-stage-4"}),
        (concept(SNOMED + "/", "431857002"), {"ckd-stage-4"}),
        (concept(ICD10CM, "I25.10"), {"coronary-disease"}),
        (concept(ICD10CM, "I25.84"), {"coronary-calcification"}),  # not atherosclerotic disease by its prefix
        (concept(ICD10CM, "E83.59"), set()),  # too broad without the word
        (concept(ICD10CM, "E83.59", "Calciphylaxis of the leg"), {"calciphylaxis"}),
        ({"text": "intermittent claudication"}, {"claudication"}),
        ({"coding": [{"system": SNOMED, "code": "x", "display": "Claudication"}]}, {"claudication"}),
        ({"coding": [{"system": SNOMED, "code": "44054006"}, {"system": ICD10CM, "code": "E11.22"}]},
         {"type2-diabetes", "ckd-any", "diabetic-kidney-disease"}),
        (concept(SNOMED, "N18.4"), set()),  # a code of another system
        ({"text": "Chronic kidney disease stage 4"}, set()),  # words count only where the terminology says so
        ({}, set()),
    ],
)  # fmt: skip
def test_a_problem_is_known_by_code_prefix_or_word(code: dict[str, Any], names: set[str]) -> None:
    found = chart(resource("Condition", "c1", code=code)).conditions
    assert {name for each in found for name in each.names} == names


def test_what_is_not_there_says_nothing() -> None:
    assert (text_of(None), words_of(None)) == ("", "")


def test_a_problem_that_no_rule_asks_about_is_counted() -> None:
    found = chart(*(resource("Condition", f"c{n}", code=concept(ICD10CM, "J06.9")) for n in range(2)))
    assert (found.conditions, found.not_read) == ((), {"Condition that no rule asks about": 2})


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (concept(ICD10CM, "N18.4", "CKD stage 4"), "CKD stage 4"),
        ({"coding": [{"system": ICD10CM, "code": "N18.4"}, {"display": "Stage four"}]}, "Stage four"),
        (concept(ICD10CM, "N18.4"), ""),
    ],
)
def test_the_text_of_a_problem_is_its_text_else_its_first_display(code: dict[str, Any], text: str) -> None:
    assert chart(resource("Condition", "c1", code=code)).conditions[0].text == text


# --- procedures


def procedure(status: str | None = "completed", code: str = "302497006", **members: Any) -> Resource:
    return resource("Procedure", members.pop("id", "x1"), status=status, code=concept(SNOMED, code), **members)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("preparation", "its status is preparation"),
        ("not-done", "its status is not-done"),
        ("on-hold", "its status is on-hold"),
        ("stopped", "its status is stopped"),
        ("entered-in-error", "its status is entered-in-error"),
        ("unknown", "its status is unknown"),
        (None, "its status is missing"),
        ("in-progress", "done"),
        ("completed", "done"),
    ],
)
def test_the_status_of_a_procedure_decides_whether_it_counts(status: str | None, outcome: str) -> None:
    found = chart(procedure(status, performedDateTime=ago(5)))
    assert (["done" for _ in found.procedures] or reasons(found)) == [outcome]


@pytest.mark.parametrize(
    ("made", "day", "still"),
    [
        (procedure(), None, False),
        (procedure(performedString="last spring"), None, False),
        (procedure(performedDateTime="2025-11"), None, False),
        (procedure(performedDateTime="2025-11-05"), date(2025, 11, 5), False),
        (procedure(performedPeriod={"start": "2025-11-05", "end": "2025-11-06"}), date(2025, 11, 6), False),
        (procedure(performedPeriod={"start": "2025-11-05"}), date(2025, 11, 5), False),
        (procedure("in-progress", performedDateTime="2025-11-05"), date(2025, 11, 5), False),
        (
            procedure("in-progress", performedPeriod={"start": "2025-11-05", "end": "2026-01-05"}),
            date(2026, 1, 5),
            False,
        ),
        (procedure("in-progress", performedPeriod={"start": "2025-11-05"}), date(2025, 11, 5), True),
    ],
)
def test_a_procedure_is_dated_by_its_end_and_open_while_it_lasts(made: Resource, day: date | None, still: bool) -> None:
    done = chart(made).procedures[0]
    assert (done.day, done.open) == (day, still)


def test_one_procedure_may_have_several_names() -> None:
    assert chart(procedure()).procedures[0].names == {"haemodialysis", "dialysis"}


def test_a_procedure_that_no_rule_asks_about_is_counted_whatever_its_status() -> None:
    assert chart(procedure("not-done", code="80146002")).not_read == {"Procedure that no rule asks about": 1}


# --- orders for tests and referrals


def service(**members: Any) -> Resource:
    base = {"status": "active", "intent": "order", "code": concept(LOINC, "2777-1")}
    return resource("ServiceRequest", members.pop("id", "s1"), **base | members)


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ({"status": "revoked"}, "its status is revoked, its intent order"),
        ({"status": "entered-in-error"}, "its status is entered-in-error, its intent order"),
        ({"status": "unknown"}, "its status is unknown, its intent order"),
        ({"status": None}, "its status is missing, its intent order"),
        ({"intent": "proposal"}, "its status is active, its intent proposal"),
        ({"intent": "plan"}, "its status is active, its intent plan"),
        ({"intent": "option"}, "its status is active, its intent option"),
        ({"doNotPerform": True}, "it asks that this not be done"),
        ({"status": "completed"}, "past"),
        ({"status": "draft"}, "open"),
        ({"status": "on-hold"}, "open"),
        ({"intent": "original-order"}, "open"),
        ({"intent": None}, "open"),
        ({"doNotPerform": False}, "open"),
        ({"category": {"text": "laboratory"}}, "open"),  # an object where R4 has a list
        ({}, "open"),
    ],
)
def test_the_status_of_an_order_decides_whether_it_counts(members: dict[str, Any], outcome: str) -> None:
    found = chart(service(**members))
    assert (["open" if each.open else "past" for each in found.orders] or reasons(found)) == [outcome]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        (concept(LOINC, "2777-1"), {"phosphate"}),
        (concept(SNOMED, "306286007"), {"nephrology-referral"}),
        (concept(LOINC, "0000-0"), set()),
        ({"text": "phosphate"}, set()),
    ],
)
def test_an_order_is_known_by_the_act_or_the_analyte_it_names(code: dict[str, Any], names: set[str]) -> None:
    assert {name for each in chart(service(code=code)).orders for name in each.names} == names


@pytest.mark.parametrize("authored", [None, "2025-11-05"])
def test_an_order_is_dated_by_when_it_was_authored(authored: str | None) -> None:
    assert chart(service(authoredOn=authored)).orders[0].day == (authored and date.fromisoformat(authored))


@pytest.mark.parametrize(
    ("members", "orders"),
    [
        ({"status": "draft", "doNotPerform": True}, 0),
        ({"status": "draft", "code": {"text": "something else"}}, 0),
        ({"status": "draft", "intent": "proposal"}, 1),
        ({"status": "draft", "intent": "plan", "category": {"text": "lab"}}, 1),  # as the sandbox writes it
        ({"status": None, "intent": None}, 1),
    ],
)
def test_a_draft_order_of_this_call_counts_whatever_its_status(members: dict[str, Any], orders: int) -> None:
    assert len(chart(drafts=[service(**members)]).orders) == orders


def test_drafts_are_read_from_a_bundle_without_type() -> None:
    drafted = chart(
        drafts=[service(), resource("MedicationRequest", "m", medicationCodeableConcept={"text": "warfarin"})]
    )
    assert (len(drafted.orders), len(drafted.drafts)) == (1, 1)


# --- allergies


def allergy(**members: Any) -> Resource:
    return resource("AllergyIntolerance", members.pop("id", "a1"), **{"code": {"text": "lisinopril"}} | members)


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ({"verificationStatus": concept(VERIFICATION, "refuted")}, "its verification status is refuted"),
        (
            {"verificationStatus": concept(VERIFICATION, "entered-in-error")},
            "its verification status is entered-in-error",
        ),
        ({"clinicalStatus": concept(CLINICAL, "inactive")}, "its clinical status is inactive"),
        ({"clinicalStatus": concept(CLINICAL, "resolved")}, "its clinical status is resolved"),
        ({"patient": None}, "it does not say which patient it is about"),
        ({"patient": {"reference": "Patient/p2"}}, "it is about another patient"),
        ({"verificationStatus": concept(VERIFICATION, "unconfirmed")}, "allergy"),
        ({"verificationStatus": concept(VERIFICATION, "confirmed")}, "allergy"),
        ({"clinicalStatus": concept(CLINICAL, "active")}, "allergy"),
        ({"category": "medication"}, "allergy"),  # a word where R4 has a list
        ({}, "allergy"),
    ],
)
def test_the_status_of_an_allergy_decides_whether_it_counts(members: dict[str, Any], outcome: str) -> None:
    found = chart(allergy(**members))
    assert (["allergy" for _ in found.allergies] or reasons(found)) == [outcome]


@pytest.mark.parametrize(
    ("code", "ingredients"),
    [
        ({"text": "peanut"}, None),
        ({"text": "No known allergies"}, None),
        ({"text": "lisinopril"}, {"lisinopril"}),
        (concept(RXNORM, "29046"), {"lisinopril"}),
        (concept(RXNORM, "29046", "not warfarin"), {"lisinopril"}),
        ({"text": "Zestoretic (hydrochlorothiazide / lisinopril)"}, {"hydrochlorothiazide", "lisinopril"}),
        ({"text": "atorvastatin"}, {"atorvastatin"}),
        ({"text": "Statins"}, STATINS.ingredients),
        ({"text": "statin intolerance"}, STATINS.ingredients),
        ({"text": "HMG-CoA reductase inhibitors"}, STATINS.ingredients),
        (concept(SNOMED, "372912004"), STATINS.ingredients),
        (concept(SNOMED, "96302009", "HMG-CoA reductase inhibitor"), STATINS.ingredients),
        ({"text": "ACE inhibitors"}, ACE_INHIBITORS.ingredients),
        ({"text": "angiotensin-converting enzyme inhibitor"}, ACE_INHIBITORS.ingredients),
        ({"text": "SGLT2 inhibitor"}, SGLT2_INHIBITORS.ingredients),
        ({"text": "Gliflozins"}, SGLT2_INHIBITORS.ingredients),
        ({"text": "surface"}, None),
        ({"text": "somatostatins"}, None),
        ({"text": "nystatin"}, None),
    ],
)
def test_an_allergy_is_known_by_ingredient_or_class(code: dict[str, Any], ingredients: set[str] | None) -> None:
    found = chart(allergy(code=code))
    assert [each.ingredients for each in found.allergies] == ([] if ingredients is None else [ingredients])


def test_an_allergy_to_something_else_is_counted() -> None:
    assert chart(allergy(code={"text": "peanut"})).not_read == {"AllergyIntolerance that no rule asks about": 1}


@pytest.mark.parametrize(
    ("reaction", "shown"),
    [
        (None, ""),
        ([{}], ""),
        ([{"manifestation": [{"text": "angioedema"}]}, {"manifestation": [{"text": "rash"}]}], "angioedema rash"),
    ],
)
def test_the_reaction_of_an_allergy_is_kept(reaction: object, shown: str) -> None:
    assert chart(allergy(reaction=reaction)).allergies[0].reaction == shown


# --- goals


def goal(target: object, **members: Any) -> Resource:
    return resource("Goal", members.pop("id", "g1"), **{"lifecycleStatus": "active", "target": target} | members)


A1C = concept(LOINC, "4548-4")
SEVEN = {"measure": A1C, "detailQuantity": quantity(7, "%")}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("proposed", "its lifecycle status is proposed"),
        ("completed", "its lifecycle status is completed"),
        ("cancelled", "its lifecycle status is cancelled"),
        ("entered-in-error", "its lifecycle status is entered-in-error"),
        ("rejected", "its lifecycle status is rejected"),
        (None, "its lifecycle status is missing"),
        ("planned", "its lifecycle status is planned"),
        ("accepted", "goal"),
        ("active", "goal"),
        ("on-hold", "its lifecycle status is on-hold"),
    ],
)
def test_a_goal_counts_while_it_is_pursued(status: str | None, outcome: str) -> None:
    found = chart(goal([SEVEN], lifecycleStatus=status))
    assert (["goal" for _ in found.targets] or reasons(found)) == [outcome]


@pytest.mark.parametrize(
    ("target", "high"),
    [
        (None, None),
        ([{}], None),
        ([{"measure": concept(LOINC, "0000-0"), "detailQuantity": quantity(7, "%")}], None),
        ([{"measure": A1C}], None),
        ([{"measure": A1C, "detailString": "below 7"}], None),
        ([{"measure": A1C, "detailQuantity": {"unit": "%"}}], None),
        ([{"measure": A1C, "detailQuantity": {"value": 7}}], None),
        ([{"measure": A1C, "detailQuantity": quantity(7, "%", ">")}], None),
        ([{"measure": A1C, "detailQuantity": quantity(7, "%", ">=")}], None),
        ([{"measure": A1C, "detailQuantity": quantity("NaN", "%")}], None),
        ([{"measure": A1C, "detailQuantity": quantity(700, "%")}], None),
        ([{"measure": A1C, "detailRange": {"low": quantity(6, "%")}}], None),
        ([{"measure": A1C, "detailRange": {"low": quantity(6, "%"), "high": quantity(8, "%")}}], "8"),
        ([{"measure": A1C, "detailQuantity": quantity(53, "mmol/mol")}], "7.00044"),
        ([{"measure": A1C, "detailQuantity": quantity(7, "%", "<")}], "7"),
        ([SEVEN], "7"),
        (SEVEN, "7"),  # one target instead of a list
    ],
)
def test_the_upper_limit_of_a_goal_is_read_in_the_canonical_unit(target: object, high: str | None) -> None:
    assert [each.high for each in chart(goal(target)).targets] == ([] if high is None else [Decimal(high)])


def test_the_newest_goal_comes_first_and_an_undated_one_last() -> None:
    goals = [
        goal([SEVEN], id=name, startDate=day) for name, day in (("a", None), ("b", "2025-01-01"), ("c", "2025-06-01"))
    ]
    orders = {tuple(each.ref for each in chart(*order).targets) for order in permutations(goals)}
    assert orders == {("Goal/c", "Goal/b", "Goal/a")}


# --- the patient


@pytest.mark.parametrize(
    ("members", "person"),
    [
        ({}, Person()),
        ({"birthDate": "1960"}, Person(date(1960, 12, 31))),
        ({"birthDate": "1960-05"}, Person(date(1960, 5, 31))),
        ({"birthDate": "1960-05-17", "gender": "female"}, Person(date(1960, 5, 17), "female")),
        ({"gender": "other"}, Person(sex="other")),
        ({"deceasedBoolean": False}, Person()),
        ({"deceasedBoolean": True}, Person(deceased=True)),
        ({"deceasedDateTime": "2025"}, Person(deceased=True)),
    ],
)
def test_who_the_patient_is(members: dict[str, Any], person: Person) -> None:
    assert chart({"resourceType": "Patient", "id": "p1"} | members).person == person


def test_another_patient_is_never_the_patient() -> None:
    found = chart(patient() | {"id": "p2"})
    assert (found.person, reasons(found)) == (Person(), ["it is another patient"])


# --- the visit


def encounter(**members: Any) -> Resource:
    return resource("Encounter", "e1", **members)


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({}, None),
        ({"class": {}}, None),
        ({"class": {"code": "AMB"}}, "AMB"),
        ({"class": [{"code": "IMP"}]}, "IMP"),  # as R5 writes it
    ],
)
def test_the_class_of_the_encounter_is_read(members: dict[str, Any], kind: str | None) -> None:
    assert chart(encounter(**members)).encounter_class == kind


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ("e1", "IMP"),
        ("Encounter/e1", "IMP"),
        ("https://ehr.example.org/fhir/Encounter/e1", "IMP"),
        ("e2", None),  # another one, found among the data
        ("Encounter/e2", None),
    ],
)
def test_only_the_encounter_that_the_call_names_is_used(named: str, kind: str | None) -> None:
    found = chart(encounter(**{"class": {"code": "IMP"}}), encounter=named)
    assert found.encounter_class == kind
    assert found.not_read == ({} if kind else {"Encounter that the call does not name": 1})


def test_an_encounter_of_another_patient_is_set_aside() -> None:
    assert reasons(chart(encounter(subject={"reference": "Patient/p2"}))) == ["it is about another patient"]


# --- everything else


@pytest.mark.parametrize(
    ("resources", "counted"),
    [
        ([resource("CarePlan", "c1"), resource("CarePlan", "c2")], {"CarePlan": 2}),
        ([{"id": "x"}], {"something that is no resource": 1}),
        ([{"resourceType": "Bundle", "entry": []}], {"Bundle": 1}),
    ],
)
def test_a_resource_that_no_rule_asks_for_is_counted(resources: list[Resource], counted: dict[str, int]) -> None:
    assert chart(*resources).not_read == counted


def test_a_resource_without_id_is_still_named() -> None:
    assert [each.ref for each in chart(without(problem(), "id")).conditions] == ["Condition/?"]


# --- how far each input could be had


REFUTED = condition("hypertension", number=9, verificationStatus=concept(VERIFICATION, "refuted"))
STATES: list[tuple[str, list[Resource], tuple[str, ...], InputState]] = [
    ("phosphate", [], (), "absent"),
    ("phosphate", [], ("phosphate",), "failed"),
    ("phosphate", [lab("phosphate", 5, days_ago=3, status="cancelled")], (), "unusable"),
    ("phosphate", [lab("phosphate", 5, days_ago=3, status="cancelled")], ("phosphate",), "failed"),
    ("phosphate", [lab("phosphate", 5, days_ago=3), lab("phosphate", 5, days_ago=9, status="cancelled")], (), "ok"),
    ("phosphate", [lab("phosphate", 5, days_ago=3)], ("phosphate",), "ok"),  # it came under another key
    ("ast", [lab("alt", 30, days_ago=3)], (), "absent"),
    ("ast", [], ("alt",), "failed"),  # the two share a key
    ("conditions", [], (), "absent"),
    ("conditions", [], ("conditions",), "failed"),
    ("conditions", [REFUTED], (), "unusable"),
    ("conditions", [REFUTED, condition("ckd-stage-4")], (), "ok"),
    ("conditions", [REFUTED, resource("Condition", "c", code={"text": "a cold"})], (), "ok"),
    ("conditions", [condition("ckd-stage-4")], (), "ok"),
    ("conditions", [condition("ckd-stage-4")], ("conditions",), "ok"),  # it came under another key
    ("conditions", [REFUTED], ("conditions",), "failed"),
    ("medications", [drug("warfarin")], ("medications",), "ok"),
    ("past-medications", [drug("warfarin")], ("pastMedications",), "failed"),
    ("past-medications", [drug("warfarin", status="stopped")], ("pastMedications",), "ok"),
    ("medications", [drug("warfarin", status="stopped")], ("medications",), "failed"),
    ("patient", [patient()], ("patient",), "ok"),
    ("patient", [patient()], (), "ok"),
    ("patient", [patient() | {"id": "p2"}], (), "unusable"),
]


@pytest.mark.parametrize(("name", "resources", "failed", "state"), STATES)
def test_the_state_of_an_input(
    name: str, resources: list[Resource], failed: tuple[str, ...], state: InputState
) -> None:
    assert chart(*resources, failed=failed).inputs[name] == state


def test_a_list_that_came_and_holds_nothing_of_interest_is_ok() -> None:
    data = payloads([]) | {"conditions": payloads([resource("CarePlan", "c")])["everything"]}
    assert read(data).inputs["conditions"] == "ok"


OTHER_NAME = "it was sent under another name: it is not known to be complete"


@pytest.mark.parametrize(
    ("name", "resources", "failed", "problem"),
    [
        ("conditions", [condition("ckd-stage-4")], ("conditions",), OTHER_NAME),
        ("conditions", [condition("ckd-stage-4")], (), None),  # its key came, and was empty
        ("conditions", [], ("conditions",), "not sent"),
        ("phosphate", [lab("phosphate", 5, days_ago=3)], ("phosphate",), OTHER_NAME),
        ("phosphate", [lab("phosphate", 5, days_ago=3, status="cancelled")], ("phosphate",), "not sent"),
        ("patient", [patient()], ("patient",), None),  # one resource is whole
    ],
)
def test_what_came_under_another_name_is_not_known_to_be_complete(
    name: str, resources: list[Resource], failed: tuple[str, ...], problem: str | None
) -> None:
    assert chart(*resources, failed=failed).problems.get(name) == problem


def test_what_came_under_another_name_beside_a_failed_search_keeps_its_reason() -> None:
    data = payloads([condition("ckd-stage-4")]) | {"conditions": Payload("error", problem="no answer")}
    found = read(data)
    assert (found.inputs["conditions"], found.problems["conditions"]) == ("ok", "no answer")


def test_a_declared_key_serves_no_other_list() -> None:
    stopped = payloads([drug("warfarin", status="stopped")])["everything"]
    found = read({"pastMedications": stopped, "medications": Payload("missing")})
    assert (found.inputs["medications"], found.inputs["past-medications"]) == ("failed", "ok")


def test_a_copy_that_is_not_used_never_hides_the_one_that_is() -> None:
    result = lab("phosphate", 5, days_ago=3)
    copies = [result | {"subject": {"reference": "Patient/other"}}, result | {"code": "phosphate"}, result]
    found = read({"phosphate": payloads(copies)["everything"]})
    assert len(found.labs["phosphate"]) == 1
    assert found.not_read == {}


def test_a_copy_that_is_withdrawn_is_believed() -> None:
    result = lab("phosphate", 5, days_ago=3)
    found = read({"phosphate": payloads([result | {"status": "entered-in-error"}, result])["everything"]})
    assert "phosphate" not in found.labs


@pytest.mark.parametrize("result", [lab("phosphate", 5, days_ago=3), without(lab("phosphate", 5, days_ago=3), "id")])
def test_a_resource_that_came_twice_is_used_once(result: Resource) -> None:
    twice = payloads([result])["everything"]
    found = read({"phosphate": twice, "labs": twice})
    assert (len(found.labs["phosphate"]), found.not_read) == (1, {"Observation that was sent more than once": 1})


def test_what_was_found_to_be_invalid_is_set_aside_and_its_list_proves_nothing_missing() -> None:
    data = payloads([patient(), condition("ckd-stage-4")])
    bad = data["everything"].resources[1]
    found = read_chart(data, ReadOptions(PATIENT, NOW, invalid={bytes(bad): "code"}))
    (aside,) = found.set_aside
    assert (found.conditions, aside.why, aside.unread) == ((), "it is not valid FHIR R4 at code", True)
    assert scope_of(found).unread("conditions") == "an entry of problem list cannot be read"


def test_a_medication_that_was_found_to_be_invalid_names_no_drug() -> None:
    order = drug("warfarin", medicationCodeableConcept=None, medicationReference={"reference": "Medication/d"})
    data = payloads([order, {"resourceType": "Medication", "id": "d", "code": {"text": "warfarin"}}])
    bad = data["everything"].resources[1]
    found = read_chart(data, ReadOptions(PATIENT, NOW, invalid={bytes(bad): "status"}))
    assert found.medications == ()
    assert "it is not valid FHIR R4 at status" in reasons(found)


def test_outcomes_beside_results_are_counted() -> None:
    part = msgspec.structs.replace(payloads([condition("ckd-stage-4")])["everything"], outcomes=2)
    assert read({"conditions": part}).not_read == {"OperationOutcome beside results": 2}


def test_outcomes_that_stand_for_nothing_found_are_not_counted() -> None:
    assert read({"conditions": Payload("empty", outcomes=1)}).not_read == {}


def test_an_input_nobody_asked_for_is_failed() -> None:
    assert set(read({}).inputs.values()) == {"failed"}


# --- the order of entries


def test_facts_come_in_one_order_whatever_the_order_of_entries() -> None:
    mixed = [
        condition("ckd-stage-4"), condition("type2-diabetes"), procedure(id="x1"), procedure(id="x2"), service(id="s1"),
        service(id="s2"), allergy(id="a1"), allergy(id="a2"), REFUTED, problem(subject=None),
    ]  # fmt: skip
    there, back = chart(*mixed), chart(*reversed(mixed))
    assert there == back


# --- what the call selected


TWO = [
    service(id="s1", status="draft"),
    resource("MedicationRequest", "m1", medicationCodeableConcept={"text": "warfarin"}),
]
ALL_ARE_JUDGED = "the selections name no draft that can be read: all drafts are judged"


@pytest.mark.parametrize(
    ("selections", "selected", "why"),
    [
        (None, None, []),
        ([], frozenset(), []),
        (["MedicationRequest/m1"], frozenset({"MedicationRequest/m1"}), []),
        (["m1"], frozenset({"MedicationRequest/m1"}), []),
        (["urn:uuid:m1"], frozenset({"MedicationRequest/m1"}), []),
        (["https://ehr.example.org/fhir/MedicationRequest/m1/_history/2"], frozenset({"MedicationRequest/m1"}), []),
        (["ServiceRequest/s1"], frozenset({"ServiceRequest/s1"}), []),
        (["MedicationRequest/other", "MedicationRequest/m1"], frozenset({"MedicationRequest/m1"}), []),
        (["MedicationRequest/other"], None, [ALL_ARE_JUDGED]),
    ],
)
def test_the_selected_drafts_are_known_in_any_spelling(
    selections: list[str] | None, selected: frozenset[str] | None, why: list[str]
) -> None:
    found = chart(drafts=TWO, selections=selections)
    assert (found.selected, reasons(found)) == (selected, why)


# --- what cannot be taken for an empty list


UNREADABLE = "an entry of problem list cannot be read"


@pytest.mark.parametrize(
    ("resources", "failed", "why"),
    [
        ([], (), ""),
        ([REFUTED], (), ""),  # read, and not to be used
        ([problem(subject={"reference": "Patient/p2"})], (), ""),
        ([lab("phosphate", 5, days_ago=3, code=5)], (), ""),
        ([], ("conditions",), "problem list could not be read"),
        ([problem() | {"code": "N18.4"}], (), UNREADABLE),
        ([condition("ckd-stage-4"), problem(id="c2") | {"code": "N18.4"}], (), UNREADABLE),
    ],
)
def test_a_list_that_says_nothing_may_be_unread(resources: list[Resource], failed: tuple[str, ...], why: str) -> None:
    assert scope_of(chart(*resources, failed=failed)).unread("allergies", "conditions") == why


def test_a_list_that_came_in_part_may_not_be_taken_for_whole() -> None:
    part = msgspec.structs.replace(payloads([])["conditions"], problem="further pages are missing")
    assert scope_of(read({"conditions": part})).unread("conditions") == "problem list: further pages are missing"


@pytest.mark.parametrize(
    ("made", "about"),
    [
        (lab("phosphate", 5, days_ago=3, status=True), "phosphate"),  # its code still says what it would have been
        (lab("phosphate", 5, days_ago=3, code=5), "observations"),
        (lab("phosphate", 5, days_ago=3, code={"text": "x"}, status=True), "observations"),
        (blood_pressure(150, 90, days_ago=3) | {"status": True}, "blood-pressure"),
        (problem(recordedDate={}), "conditions"),
        (resource("MedicationRequest", "m", status="active", intent="order"), "medications"),  # names no drug
        ({"resourceType": "Medication", "id": "m", "code": 5}, "medications"),
    ],
)
def test_an_entry_that_cannot_be_read_is_listed_under_the_input_it_would_have_served(
    made: Resource, about: str
) -> None:
    assert [(each.about, each.unread) for each in chart(made).set_aside] == [(about, True)]


@pytest.mark.parametrize("name", ["a", "b"])
def test_a_resource_that_came_twice_is_read_once(name: str) -> None:
    found = chart(problem(id="a"), problem(id=name))
    again = {"Condition that was sent more than once": 1} if name == "a" else {}
    assert (len(found.conditions), found.not_read) == (1 if again else 2, again)


def test_a_goal_that_no_rule_asks_about_is_counted() -> None:
    assert chart(goal([{}])).not_read == {"Goal that no rule asks about": 1}


# --- what order safety asks of allergies and requests


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({}, ("", False, False)),
        ({"type": "allergy", "criticality": "low"}, ("allergy", False, False)),
        ({"type": "intolerance", "criticality": "low"}, ("intolerance", True, False)),
        ({"type": "intolerance", "criticality": "high"}, ("intolerance", False, False)),
        ({"type": "dislike", "criticality": "low"}, ("", False, False)),
        ({"code": concept(RXNORM, "29046")}, ("", False, True)),
    ],
)
def test_an_allergy_says_what_kind_it_is(members: dict[str, Any], expected: tuple[str, bool, bool]) -> None:
    found = chart(allergy(**members)).allergies[0]
    assert (found.kind, found.mild, found.coded) == expected


@pytest.mark.parametrize(
    ("category", "outcome"),
    [(["medication"], "allergy"), (["food", "biologic"], "allergy"), (["food"], "its category is food")],
)
def test_an_allergy_to_food_is_none_to_a_drug(category: list[str], outcome: str) -> None:
    found = chart(allergy(category=category))
    assert (["allergy" for _ in found.allergies] or reasons(found)) == [outcome]


def test_a_severe_reaction_is_known_by_its_code_alone() -> None:
    shown = [{"manifestation": [concept(SNOMED, "39579001"), concept(SNOMED, "271807003")]}]
    assert chart(allergy(reaction=shown)).allergies[0].reaction == "Anaphylaxis"


@pytest.mark.parametrize(
    ("members", "due"),
    [
        ({}, None),
        ({"occurrenceDateTime": "2026-01-17"}, "2026-01-17"),
        ({"occurrencePeriod": {"start": "2026-01-18"}}, "2026-01-18"),
    ],
)
def test_a_request_says_when_it_is_due(members: dict[str, Any], due: str | None) -> None:
    found = chart(service(**members)).orders[0].due
    assert (found.isoformat() if found else None) == due
