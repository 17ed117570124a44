"""Words that a summary works out itself; where there is no data they say so."""

from decimal import Decimal
from typing import Any

import pytest

from hooks.staging.glycaemia import hba1c_goal
from hooks.staging.kidney import on_dialysis
from hooks.terminology.labs import HBA1C, PHOSPHATE, PTH
from hooks.terminology.medications import STATINS, VITAMIN_K
from hooks.words import (
    Wording,
    calcium_of,
    ckd_stage,
    date_of,
    drugs_of,
    either,
    in_units,
    limit_for,
    multiple_of_limit,
    newest,
    orders_of,
    patient_age,
    setting,
)
from tests.build import condition, drug, lab, patient
from tests.core.charts import Resource, chart, observation, quantity, scope, scope_of

A1C = lab("hba1c", 8.1, days_ago=10)
RANGED = {"referenceRange": [{"high": quantity(72, "pg/mL")}]}
GOALS: dict[str, Decimal | bool] = {"goalDefault": Decimal("7.0"), "goalRelaxed": Decimal("8.0")}
WORDS: list[tuple[Wording, list[Resource], str]] = [
    (newest(PHOSPHATE), [], "not on record"),
    (newest(PHOSPHATE), [lab("phosphate", 6, days_ago=3), lab("phosphate", 5, days_ago=9)], "6 mg/dL"),
    (newest(PHOSPHATE), [lab("phosphate", 1.9, unit="mmol/L", days_ago=3)], "1.9 mmol/L"),
    (multiple_of_limit(PTH), [], "?"),
    (multiple_of_limit(PTH), [lab("pth", 650, days_ago=3)], "10.0"),
    (multiple_of_limit(PTH), [lab("pth", 720, days_ago=3) | RANGED], "10.0"),
    (multiple_of_limit(PTH), [observation("2731-8", valueQuantity=quantity(650, "pg/mL", ">"))], ">10.0"),
    (multiple_of_limit(PTH), [observation("2731-8", valueQuantity=quantity(130, "pg/mL", "<"))], "<2.0"),
    (in_units(HBA1C, "mmol/mol"), [], "not on record"),
    (in_units(HBA1C, "mmol/mol"), [A1C], "8.1 % (65 mmol/mol)"),
    (date_of(HBA1C), [], "no date"),
    (date_of(HBA1C), [A1C], "5 Jan 2026"),
    (limit_for(HBA1C, hba1c_goal), [], "?"),
    (limit_for(HBA1C, hba1c_goal), [A1C], "7.0"),
    (patient_age, [], "60"),
    (patient_age, [patient("71")], "71"),
    (patient_age, [{"resourceType": "Patient", "id": "p1"}], "not known"),
    (drugs_of(STATINS), [], ""),
    (drugs_of(STATINS), [drug("atorvastatin 20 mg"), drug("warfarin")], "atorvastatin"),
    (calcium_of(30), [], "not on record"),
    (calcium_of(30), [lab("calcium", 9.9, days_ago=31)], "not on record"),
    (calcium_of(30), [lab("calcium", 9.9, days_ago=30)], "9.9 mg/dL"),
    (ckd_stage, [], "CKD"),
    (ckd_stage, [condition("ckd-stage-4")], "CKD G4"),
    (either(on_dialysis, "there", "else"), [condition("dialysis-status")], "there"),
    (either(on_dialysis, "there", "else"), [], "else"),
    (setting("goalDefault"), [], "7.0"),
    (orders_of(STATINS), [drug("atorvastatin 20 mg", days_ago=10)], "atorvastatin 20 mg (since 5 Jan 2026)"),
    (orders_of(STATINS), [drug("atorvastatin", authoredOn=None)], "atorvastatin (since when is not recorded)"),
]


@pytest.mark.parametrize(("word", "resources", "text"), WORDS)
def test_a_word_of_a_summary(word: Wording, resources: list[Resource], text: str) -> None:
    assert word(scope(*resources, **GOALS)) == text


def test_the_drugs_of_a_class_are_those_ordered_and_those_taken() -> None:
    found = chart(drug("phytomenadione"), drafts=[drug("menaquinone", status="draft")])
    assert drugs_of(VITAMIN_K)(scope_of(found)) == "menaquinone and phytomenadione"


@pytest.mark.parametrize(
    ("word", "reads"),
    [
        (newest(PHOSPHATE), {"phosphate"}),
        (drugs_of(STATINS), {"medications", "statements"}),
        (patient_age, {"patient"}),
        (calcium_of(30), {"calcium", "calcium-corrected", "calcium-ionised", "albumin"}),
    ],
)
def test_a_word_declares_what_it_reads(word: Any, reads: set[str]) -> None:
    assert word.reads == reads
