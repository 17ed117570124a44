"""Where a vitamin K antagonist remains the standard, and apixaban as it may be proposed. Source: specification 4.43."""

from decimal import Decimal

from hooks.criteria import allergic_to, has, in_region, latest, taking
from hooks.criterion import certain, possibly
from hooks.cutoffs import fixed
from hooks.drafts import RemoveDraft
from hooks.orders import DrugOrder
from hooks.rule import Offer
from hooks.shared.proposals import atc, drug_offer, product
from hooks.staging.exclusions import is_pregnant
from hooks.staging.kidney import on_dialysis
from hooks.staging.windows import EGFR_DAYS
from hooks.terminology.conditions import (
    ACTIVE_LIVER_DISEASE,
    ANTIPHOSPHOLIPID_SYNDROME,
    ATRIAL_FIBRILLATION,
    GI_BLEED,
    LACTATION,
    LIVER_FAILURE,
    MECHANICAL_VALVE,
    MITRAL_STENOSIS,
    VENTRICULAR_THROMBUS,
)
from hooks.terminology.labs import EGFR
from hooks.terminology.medications import DOACS, STRONG_CYP3A4_INHIBITORS, VITAMIN_K_ANTAGONISTS

VKA_IS_STANDARD = has(
    MECHANICAL_VALVE, MITRAL_STENOSIS, ANTIPHOSPHOLIPID_SYNDROME, VENTRICULAR_THROMBUS, ever=True
)  # fmt: skip
"""Mitral stenosis at any degree, as codes do not say which."""

_FIFTEEN = fixed(Decimal(15), "EU label, remembered")
_GUARDS = (
    VKA_IS_STANDARD,
    allergic_to("apixaban"),
    taking(DOACS),
    is_pregnant,
    has(LACTATION),
    has(ACTIVE_LIVER_DISEASE, LIVER_FAILURE),
    has(GI_BLEED),
    taking(STRONG_CYP3A4_INHIBITORS),
    in_region("eu") & (possibly(on_dialysis) | certain(latest(EGFR, within=EGFR_DAYS).below(_FIFTEEN))),
)
_START = "where a vitamin K antagonist was taken, start once it is stopped and INR is below 2.0"


def _apixaban(milligrams: float, rxcui: str, whom: str) -> Offer:
    dose = f"apixaban {milligrams:g} mg twice daily"
    order = DrugOrder(
        dose, milligrams, "mg", 2, instruction=f"{dose}; {_START}", code=product(rxcui), atc=atc("apixaban")
    )  # fmt: skip
    remove = RemoveDraft(VITAMIN_K_ANTAGONISTS)
    return drug_offer(f"Propose {dose} ({whom})", order, remove, unless=_GUARDS, when=has(ATRIAL_FIBRILLATION))


APIXABAN: tuple[Offer, ...] = (
    _apixaban(5, "1364445", "usual dose; the clinician selects"),
    _apixaban(2.5, "1364435", "reduced by age, weight, creatinine as labelled"),
)
"""In atrial fibrillation only; in the EU not on dialysis, nor at eGFR below 15.

A vitamin K antagonist drafted in the call is removed.
"""
