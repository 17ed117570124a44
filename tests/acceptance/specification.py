"""The clinical specification's list of codes, where it lies beside the repository; how its names are ours."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from hooks.reader.matching import (
    ANALYTE_OF,
    NEVER,
    PANEL_CODES,
    QUESTION_OF,
    acts_named,
    ingredients_coded,
    problems_named,
)
from hooks.resources import CodeableConcept, Coding
from hooks.terminology.concepts import ATC, ICD10CM, LOINC, RXNORM, SNOMED
from hooks.terminology.labs import LIPID_PANEL, SETTING_HOME
from hooks.terminology.medications import STATIN_ALLERGENS
from hooks.terminology.questions import QUESTIONS

CLINICAL = Path(__file__).parents[3] / "shared" / "clinical"
TERMINOLOGY = CLINICAL / "terminology.yaml"
ABSENT = f"no clinical specification in {CLINICAL}"

OURS = {
    # the specification's name of a concept (a path, or the start of one): what we call it
    "observations/phosphate": "phosphate",
    "observations/calcium_total": "calcium",
    "observations/calcium_albumin_corrected": "calcium-corrected",
    "observations/calcium_ionised": "calcium-ionised",
    "observations/pth_intact": "pth",
    "observations/albumin_serum": "albumin",
    "observations/alkaline_phosphatase": "alp",
    "observations/vitamin_d_25oh": "vitamin-d-25oh",
    "observations/magnesium": "magnesium",
    "observations/hba1c": "hba1c",
    "observations/ldl_cholesterol": "ldl",
    "observations/creatinine_serum": "creatinine",
    "observations/egfr": "egfr",
    "observations/uacr": "uacr",
    "observations/upcr": "upcr",
    "observations/potassium": "potassium",
    "observations/inr": "inr",
    "observations/alt": "alt",
    "observations/ast": "ast",
    "observations/ferritin": "ferritin",
    "observations/tsat": "tsat",
    "observations/bmi": "bmi",
    "observations/ten_year_ascvd_risk": "ascvd-risk-10y",
    "observations/coronary_calcium_score": "cac-score",
    "observations/blood_pressure/panel": "blood-pressure-panel",
    "observations/blood_pressure/systolic_component": "systolic",
    "observations/blood_pressure/systolic_standalone_accept": "systolic",
    "observations/blood_pressure/diastolic_component": "diastolic",
    "observations/blood_pressure/diastolic_standalone_accept": "diastolic",
    "observations/blood_pressure/home_bp/setting_home": "home",
    "observations/smoking_status/question": "smoking",
    "observations/smoking_status/current_smoker_values": "smoking: current",
    "observations/smoking_status/all_current_values_vsac": "smoking: current",
    "observations/smoking_status/not_current_values": "smoking: not-current",
    "observations/smoking_status/unknown_values": "smoking: unknown",
    "observations/pregnancy_status/question": "pregnancy-status",
    "observations/pregnancy_status/pregnant_values": "pregnancy-status: pregnant",
    "observations/pregnancy_status/not_pregnant_values": "pregnancy-status: not-pregnant",
    "observations/pregnancy_status/tests": "pregnancy-test",
    "conditions/dialysis_status_condition": "dialysis-status",
    "conditions/kidney_transplant_status": "kidney-transplant",
    "conditions/kidney_transplant_status/procedure": "kidney-transplantation",
    "conditions/type2_diabetes": "type2-diabetes",
    "conditions/type1_diabetes": "type1-diabetes",
    "conditions/aortic_or_peripheral_calcification": "possible-calcification",
    "conditions/valvular_calcification": "valve-calcification",
    "conditions/ascvd_cad": "coronary-disease",
    "conditions/statin_muscle_or_intolerance": "statin-intolerance",
    "conditions/hospice_palliative": "hospice",
    "procedures/dialysis_current": "dialysis",
    "procedures/dialysis_current/acute_only": "dialysis-acute",
    "procedures/peripheral_revasc": "peripheral-revascularisation",
    "orders/referral/nephrology": "nephrology-referral",
    "orders/referral/endocrinology": "endocrinology-referral",
    "orders/referral/cardiology": "cardiology-referral",
    "orders/referral/vascular_surgery": "vascular-surgery-referral",
    "orders/referral/dietitian": "dietitian-referral",
    "orders/referral/smoking_cessation": "smoking-cessation-referral",
    "orders/counselling": "smoking-cessation-counselling",
    "orders/imaging": "cac-score",
    "medications/ace_inhibitor_arb_arni/arni": "sacubitril",
    "medications/ace_inhibitor_arb_arni/arni_clinical_drugs": "sacubitril",
    "medications/ace_inhibitor_arb_arni/declined": "ras-blocker-declined",
    "medications/statin/allergen": "statin-allergen",
    "medications/statin/muscle_symptoms": "statin-intolerance",
}
INGREDIENTS = {
    # where the specification calls an ingredient by another name than we do
    "aluminum hydroxide": "aluminium hydroxide",
    "phytonadione (vitamin K1)": "phytomenadione",
    "menaquinone-7 (vitamin K2)": "menaquinone",
    "sacubitril/valsartan": "sacubitril",
    "bupropion (SR, for smoking cessation)": "bupropion",
}
NOT_TO_USE = (
    "never_use_loinc",
    "do_not_use_for_office_rule",
    "not_evidence",
    "weak_or_historic_do_not_use",
    "history_only",
)
"""Lists of codes that must not be taken for the concept they stand under."""


class Row(NamedTuple):
    """One code of the specification: the path to its list, and how much of it was seen there."""

    path: str
    system: str
    code: str
    display: str
    verified: bool | str
    prefix: bool

    @property
    def ours(self) -> str:
        """Return what we call the concept that the code stands for."""
        for end in range(len(self.path), 0, -1):
            if self.path[:end] in OURS and self.path[end : end + 1] in ("", "/"):
                return OURS[self.path[:end]]
        name = self.path.split("/")[-2]
        return INGREDIENTS.get(name, name.replace("_", "-"))


@cache
def specification() -> dict[str, Any]:
    """Return the file."""
    found: dict[str, Any] = yaml.safe_load(TERMINOLOGY.read_bytes())
    return found


@cache
def rows() -> tuple[Row, ...]:
    """Return every code of the file."""
    kinds = ("observations", "medications", "conditions", "procedures", "orders")
    return tuple(row for kind in kinds for row in _rows(specification()[kind], kind))


def _rows(found: object, path: str) -> Iterator[Row]:
    if isinstance(found, dict):
        if "code" in found:
            code, display = str(found["code"]), found["display"].replace("\u200b", "")
            system = found.get("system") or _system(code, path)
            yield Row(path, system, code, display, found["verified"], found.get("match") == "prefix")
            return
        for name, each in found.items():
            yield from _rows(each, f"{path}/{name}")
    elif isinstance(found, list):
        for each in found:
            named = f"{path}/{each['ingredient']}" if isinstance(each, dict) and "ingredient" in each else path
            yield from _rows(each, named)


def _system(code: str, path: str) -> str:
    """The file names no system beside a code: it follows from the list, or from the shape of the code."""
    if "-" in code:
        return LOINC
    if path.endswith("/atc"):
        return ATC
    if not code.isdigit():
        return ICD10CM
    return RXNORM if path.startswith("medications/") and len(code) < 8 else SNOMED


_MORE = {
    (SETTING_HOME.system, SETTING_HOME.code): "home",
    (LIPID_PANEL.system, LIPID_PANEL.code): "lipid-panel",
    **{(code.system, code.code): "statin-allergen" for code in STATIN_ALLERGENS},
    **dict.fromkeys(PANEL_CODES, "blood-pressure-panel"),
}


def read_as(system: str, code: str) -> set[str]:
    """Return everything that the reader takes a code for."""
    key, concept = (system, code), CodeableConcept([Coding(system, code)])
    found = {*problems_named(concept), *acts_named(concept), *ingredients_coded(concept)}
    found |= {_MORE[key]} if key in _MORE else set()
    found |= {index[key].name for index in (ANALYTE_OF, QUESTION_OF) if key in index and key not in NEVER}
    for question in QUESTIONS:
        for answer, accepted in question.answers.items():
            if key in {(each.system, each.code) for each in accepted}:
                found.add(f"{question.name}: {answer}")
    return found


def formula(text: str) -> tuple[str, str, str] | None:
    """Return factor, divisor and offset of a ``to_canonical``; None where a value is to be refused."""
    if text.startswith(("REJECT", "NO CONVERSION")) or "flag not fire" in text:
        return None
    if text.startswith("accept for eGFR codes only"):
        return "1", "1", "0"
    found = re.match(r"(?:([\d.]+)\*)?x(?:\*([\d.]+))?(?:/([\d.]+))?(?: \+ ([\d.]+))?\s*(?:\(|$)", text)
    assert found, text
    before, factor, divisor, offset = found.groups()
    return before or factor or "1", divisor or "1", offset or "0"
