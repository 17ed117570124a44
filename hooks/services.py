"""The CDS services we publish: id, hook, words, and the rule groups each one speaks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from hooks.rule import Rule

_NEEDS = (
    "Reads the patient, problems, medications, allergies, procedures and laboratory results by the prefetch templates"
    " listed, or by FHIR R4 search with read access to the same. What cannot be had is named, never assumed normal."
)


@dataclass(frozen=True, slots=True)
class NativeCriterion:
    """Something an EHR can ask of itself before it calls, and which rules want it."""

    says: str
    why: str


_CKD = "CKD of any stage, dialysis or a kidney transplant on the problem list, or an eGFR or urine albumin out of range"
_ORDERED = (
    NativeCriterion("Always", "an order decides, with results and problems that a filter does not see"),
    NativeCriterion(
        "Where a filter is a must, orders for: phosphate binders, calcium, vitamin D and K, calcimimetics, statins and"
        " fibrates, blockers of the renin system, mineralocorticoid antagonists, SGLT2 inhibitors, metformin, vitamin K"
        " antagonists, denosumab, bowel preparations with sodium phosphate",
        "the drugs that a warning can be about",
    ),
)


@dataclass(frozen=True, slots=True)
class CdsService:
    """One entry of discovery."""

    id: str
    hook: str
    title: str
    description: str
    groups: frozenset[str]
    native_criteria: tuple[NativeCriterion, ...]
    usage_requirements: str = _NEEDS


SERVICES: tuple[CdsService, ...] = (
    CdsService(
        "risk-factors",
        "patient-view",
        "Vascular calcification: risk factors",
        "CKD progression, blood pressure, type 2 diabetes, lipids, lifestyle, with what each guideline suggests next.",
        frozenset({"ckd", "blood-pressure", "diabetes", "lipids", "lifestyle"}),
        (
            NativeCriterion(_CKD, "progression, albuminuria, blood pressure, statins in CKD"),
            NativeCriterion("Diabetes on the problem list", "glucose, kidney protection, statins in diabetes"),
            NativeCriterion("Hypertension on the problem list, or a severely raised pressure today", "blood pressure"),
            NativeCriterion(
                "Coronary, cerebral or peripheral atherosclerosis, or vascular calcification, on the problem list",
                "LDL cholesterol, lifestyle",
            ),
            NativeCriterion("A very high LDL cholesterol or a coronary calcium score on record", "statins in others"),
            NativeCriterion("Current smoking recorded", "smoking cessation"),
            NativeCriterion("Metformin among the medications", "its dose at the kidney function of today"),
        ),
    ),
    CdsService(
        "mineral-metabolism",
        "patient-view",
        "Vascular calcification: mineral metabolism",
        "Phosphate, calcium, PTH, vitamin D and K in CKD-MBD: trends, binders, calcimimetics, known calcification.",
        frozenset({"mineral"}),
        (
            NativeCriterion(_CKD, "phosphate, calcium, PTH, vitamin D, and checks that are overdue"),
            NativeCriterion("Vascular calcification or calciphylaxis on the problem list", "what adds to it"),
            NativeCriterion(
                "A phosphate binder, calcium, vitamin D, calcimimetic or vitamin K antagonist among the medications",
                "changes and checks of these",
            ),
            NativeCriterion("A critical calcium or phosphate result", "it is said of any adult"),
        ),
    ),
    CdsService(
        "interventional-options",
        "patient-view",
        "Vascular calcification: interventional and experimental options",
        "Claudication and limb-threatening ischaemia; information on interventional and experimental options. At most a"
        " referral, never an order for a procedure or a drug.",
        frozenset({"interventional", "experimental"}),
        (
            NativeCriterion(
                "Claudication or peripheral arterial disease on the problem list", "the claudication pathway"
            ),
            NativeCriterion("Rest pain, ulcer or gangrene of a leg on the problem list", "urgent referral"),
            NativeCriterion(
                "Angina, coronary disease, known calcification or dialysis, if rules that inform are switched on",
                "information on interventions and trials",
            ),
        ),
    ),
    CdsService(
        "order-select-safety",
        "order-select",
        "Vascular calcification: safety while choosing an order",
        "Warns while a drug is chosen that may add to calcification or harm in CKD-MBD.",
        frozenset({"order-safety"}),
        _ORDERED,
    ),
    CdsService(
        "order-sign-safety",
        "order-sign",
        "Vascular calcification: safety while signing",
        "Warns before a drug is signed that may add to calcification or harm in CKD-MBD.",
        frozenset({"order-safety"}),
        _ORDERED,
    ),
)


HOOK_VERSIONS: Mapping[str, str] = {"patient-view": "1.0", "order-select": "1.0", "order-sign": "1.0"}
"""Hook -> hookVersion of its page in the CDS Hooks library (2026)."""


def belongs(rule: Rule, service: CdsService) -> bool:
    """Return whether ``service`` speaks for ``rule``: same hook, and its group or the group it stands beside."""
    return service.hook in rule.hooks and not service.groups.isdisjoint({rule.group, rule.beside})
