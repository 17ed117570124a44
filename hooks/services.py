"""The CDS services we publish: id, hook, words, and the rule groups each one speaks for."""

from dataclasses import dataclass

from hooks.rule import Rule

_NEEDS = (
    "Reads the patient, problems, medications, allergies, procedures and laboratory results by the prefetch templates"
    " listed, or by FHIR R4 search with read access to the same. What cannot be had is named, never assumed normal."
)


@dataclass(frozen=True, slots=True)
class CdsService:
    """One entry of discovery."""

    id: str
    hook: str
    title: str
    description: str
    groups: frozenset[str]
    usage_requirements: str = _NEEDS


SERVICES: tuple[CdsService, ...] = (
    CdsService(
        "risk-factors",
        "patient-view",
        "Vascular calcification: risk factors",
        "CKD progression, blood pressure, type 2 diabetes, lipids, lifestyle, with what each guideline suggests next.",
        frozenset({"ckd", "blood-pressure", "diabetes", "lipids", "lifestyle"}),
    ),
    CdsService(
        "mineral-metabolism",
        "patient-view",
        "Vascular calcification: mineral metabolism",
        "Phosphate, calcium, PTH, vitamin D and K in CKD-MBD: trends, binders, calcimimetics, known calcification.",
        frozenset({"mineral"}),
    ),
    CdsService(
        "interventional-options",
        "patient-view",
        "Vascular calcification: interventional and experimental options",
        "Claudication and limb-threatening ischaemia; information on interventional and experimental options. At most a"
        " referral, never an order for a procedure or a drug.",
        frozenset({"interventional", "experimental"}),
    ),
    CdsService(
        "order-select-safety",
        "order-select",
        "Vascular calcification: safety while choosing an order",
        "Warns while a drug is chosen that may add to calcification or harm in CKD-MBD.",
        frozenset({"order-safety"}),
    ),
    CdsService(
        "order-sign-safety",
        "order-sign",
        "Vascular calcification: safety while signing",
        "Warns before a drug is signed that may add to calcification or harm in CKD-MBD.",
        frozenset({"order-safety"}),
    ),
)


def belongs(rule: Rule, service: CdsService) -> bool:
    """Return whether ``service`` speaks for ``rule``: same hook, and its group or the group it stands beside."""
    return service.hook in rule.hooks and not service.groups.isdisjoint({rule.group, rule.beside})
