"""Codes that look alike: each is shown to yield no fact of what it is taken for in the field."""

from typing import Any

import pytest

from hooks.terminology.concepts import Analyte, Code
from hooks.terminology.labs import ANALYTES, DIASTOLIC, SYSTOLIC
from hooks.terminology.medications import INGREDIENTS, SMOKING_CESSATION_DRUGS
from tests.build import concept, drug, resource
from tests.core.charts import ATC, ICD10CM, LOINC, RXNORM, SNOMED, Resource, chart, observation, quantity, reasons

NEVER = [
    pytest.param(analyte, code, id=f"{analyte.name} {code.code}") for analyte in ANALYTES for code in analyte.never
]
ELSEWHERE = "the code is for another specimen, timing or purpose (such as post-dialysis, urine, a goal)"


def result(analyte: Analyte, *codes: Code, name: str = "o1") -> Resource:
    """Return a result of ``codes`` whose value would do for ``analyte``."""
    codings = [{"system": code.system, "code": code.code, "display": code.display} for code in codes]
    value = float(analyte.lowest + (analyte.highest - analyte.lowest) / 4)
    return observation("x", id=name, code={"coding": codings}, valueQuantity=quantity(value, analyte.unit))


@pytest.mark.parametrize("analyte", ANALYTES, ids=lambda each: each.name)
def test_the_first_code_of_an_analyte_is_read(analyte: Analyte) -> None:
    pair = [result(SYSTOLIC, SYSTOLIC.codes[0]), result(DIASTOLIC, DIASTOLIC.codes[0], name="o2")]
    found = chart(*pair) if analyte in (SYSTOLIC, DIASTOLIC) else chart(result(analyte, analyte.codes[0]))
    assert len(found.labs.get(analyte.name, ())) + len(found.pressures) == 1


@pytest.mark.parametrize(("analyte", "code"), NEVER)
def test_a_code_that_looks_alike_yields_no_result(analyte: Analyte, code: Code) -> None:
    other = DIASTOLIC if analyte is SYSTOLIC else SYSTOLIC
    found = chart(result(analyte, code), result(other, other.codes[0], name="o2"))
    assert (found.labs, found.pressures) == ({}, ())
    assert ELSEWHERE in reasons(found)


@pytest.mark.parametrize(("analyte", "code"), NEVER)
def test_nor_does_it_beside_a_code_that_is_read(analyte: Analyte, code: Code) -> None:
    assert chart(result(analyte, analyte.codes[0], code)).labs == {}
    assert chart(result(analyte, code, analyte.codes[0])).labs == {}


def test_what_is_never_one_analyte_is_no_other() -> None:
    read = {(code.system, code.code) for analyte in ANALYTES for code in analyte.codes}
    assert read.isdisjoint((code.system, code.code) for analyte in ANALYTES for code in analyte.never)


OBSERVATIONS = [
    (LOINC, "14866-0"),  # no code at all: molar intact PTH is 14866-8
    (LOINC, "35567-7"),  # a variant of intact PTH, from memory: only 2731-8 and 14866-8 are intact assays (rules 2.7)
    (LOINC, "35200-5"),  # total cholesterol, or a ratio elsewhere
    (LOINC, "102097-3"),  # paediatric eGFR, from memory
    (LOINC, "35094-2"),  # a blood pressure panel, from memory
    (LOINC, "2164-2"),  # creatinine clearance is no eGFR, though its unit is one
    (LOINC, "36935-5"),  # a CT with contrast gives no calcium score
    (SNOMED, "723232008"),  # an average blood pressure holds no pair
]


@pytest.mark.parametrize(("system", "code"), OBSERVATIONS)
@pytest.mark.parametrize("analyte", ANALYTES, ids=lambda each: each.name)
def test_an_observation_of_another_code_yields_no_result(system: str, code: str, analyte: Analyte) -> None:
    found = chart(result(analyte, Code(system, code, "", "")))
    assert (found.labs, found.pressures, found.answers) == ({}, (), {})


UNITS = [
    ("phosphate", 3.4, "meq/L"),  # valence depends on pH
    ("calcium", 2.4, "mg/dL"),  # mmol/L, mislabelled: never converted by its size
    ("hba1c", 53, "%"),
    ("ldl", 70, "mg/L"),
    ("egfr", 60, "mL/s"),
    ("uacr", 30, "mmol/mol{creat}"),  # many laboratories send mg/mmol under this unit
    ("pth", 650, "pg/dL"),
    ("creatinine", 1.0, "mg/L"),
    ("vitamin-d-25oh", 30, "pg/mL"),
]


@pytest.mark.parametrize(("name", "value", "unit"), UNITS)
def test_a_value_is_refused_rather_than_guessed(name: str, value: float, unit: str) -> None:
    analyte = next(each for each in ANALYTES if each.name == name)
    found = chart(observation(analyte.codes[0].code, valueQuantity=quantity(value, unit)))
    assert found.labs == {}
    assert reasons(found) != []


CONDITIONS: list[tuple[dict[str, Any], set[str]]] = [
    (concept(SNOMED, "128305008"), set()),  # Abnormally opaque structure, met as "vascular calcification"
    (concept(SNOMED, "440029008"), set()),  # "Calcification of aorta", unverified
    (concept(SNOMED, "20165001"), set()),  # Hyperphosphataemia, from memory
    (concept(SNOMED, "161693006"), set()),  # H/O: renal dialysis
    (concept(SNOMED, "197321007"), set()),  # steatosis of the liver
    (concept(ICD10CM, "K76.0"), set()),  # the same
    (concept(ICD10CM, "E83.39"), set()),  # low phosphate too
    (concept(ICD10CM, "E83.59"), set()),  # calciphylaxis needs the word
    (concept(ICD10CM, "I25.84"), {"coronary-calcification"}),  # calcification, not clinical disease
    (concept(ICD10CM, "I35.0"), set()),  # a stenosis need not be calcified
    (concept(ICD10CM, "I61.9"), set()),  # a haemorrhage is no ischaemic stroke
    (concept(ICD10CM, "I60.9"), set()),
    (concept(ICD10CM, "I62.9"), set()),
    (concept(ICD10CM, "T82.41"), {"dialysis-supporting"}),
    (concept(ICD10CM, "Z49.31"), {"dialysis-supporting"}),
    (concept(ICD10CM, "Z91.15"), set()),
    (concept(ICD10CM, "Y84.1"), set()),
    (concept(ICD10CM, "T86.12"), set()),  # a transplant that has failed
    (concept(ICD10CM, "T86.11"), {"kidney-transplant"}),
    (concept(ICD10CM, "Z87.891"), set()),  # smoked once
    (concept(ICD10CM, "Z78.9"), set()),  # "other specified health status", met as statin intolerance
    (concept(ICD10CM, "M79.10"), set()),  # myalgia need not come from a statin
    (concept(ICD10CM, "M60.9"), set()),
    (concept(ICD10CM, "G72.9"), set()),
]


@pytest.mark.parametrize(("code", "names"), CONDITIONS, ids=lambda each: str(each)[:60])
def test_a_condition_is_not_what_it_is_taken_for(code: dict[str, Any], names: set[str]) -> None:
    found = chart(resource("Condition", "c1", code=code)).conditions
    assert {name for each in found for name in each.names} == names


DRUGS: list[tuple[dict[str, Any], set[str]]] = [
    (concept(RXNORM, "1364430", "sevelamer"), {"apixaban"}),  # a public dialysis app has it as sevelamer
    (concept(RXNORM, "407990", "paracetamol and caffeine"), {"cinacalcet"}),
    (concept(RXNORM, "197361", "cholecalciferol"), {"amlodipine"}),
    (concept(RXNORM, "2539943"), set()),  # ferric maltol
    (concept(RXNORM, "309966"), set()),  # no current code of calcium acetate
    *((concept(RXNORM, code), set[str]()) for code in ("349382", "1536832", "317127")),  # for cholecalciferol
    (concept(RXNORM, "38404", "topiramate"), set()),  # in VSAC's tobacco pharmacotherapy
    ({"text": "nortriptyline 25 mg"}, set()),
    ({"text": "clonidine 0.1 mg"}, set()),
    (concept(ATC, "B05XA09"), set()),  # intravenous phosphate
    ({"text": "dexamethasone sodium phosphate 4 mg/mL injection"}, set()),
    ({"text": "prednisolone sodium phosphate oral solution"}, set()),
    ({"text": "methenamine 118 mg / sodium phosphate, monobasic 40.8 mg / hyoscyamine oral tablet"}, set()),
]


@pytest.mark.parametrize(("code", "names"), DRUGS, ids=lambda each: str(each)[:70])
def test_a_drug_is_not_what_it_is_taken_for(code: dict[str, Any], names: set[str]) -> None:
    found = chart(drug("x", medicationCodeableConcept=code, dosageInstruction=[])).medications
    assert {name for each in found for name in each.ingredients} == names


def test_only_drugs_for_smoking_cessation_count_as_treatment() -> None:
    assert SMOKING_CESSATION_DRUGS.ingredients == {"bupropion", "cytisinicline", "nicotine", "varenicline"}
    assert SMOKING_CESSATION_DRUGS.ingredients <= INGREDIENTS.keys()


ACTS = [
    ("28812006", set()),  # education about haemodialysis
    ("718331002", set()),  # an assessment
    ("79827002", {"dialysis-access"}),
    ("714749008", {"dialysis-acute"}),
    ("57274006", {"dialysis-acute"}),
    ("183524004", set()),  # psychiatry, met as nephrology
    ("308459004", set()),  # a psychologist
]


@pytest.mark.parametrize(("code", "names"), ACTS)
def test_a_procedure_is_not_what_it_is_taken_for(code: str, names: set[str]) -> None:
    found = chart(resource("Procedure", "p1", status="completed", code=concept(SNOMED, code)))
    assert {name for each in found.procedures for name in each.names} == names
