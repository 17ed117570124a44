"""Draft orders rewritten to a safer drug or dose, each behind what other rules would warn of. Source: 2.14.18."""

from decimal import Decimal

from hooks.criteria import allergic_to, has, latest, ordering, taking
from hooks.criterion import AnyOf, Criterion, possibly
from hooks.cutoffs import fixed
from hooks.drafts import UpdateDraft
from hooks.orders import DrugOrder
from hooks.rule import Offer
from hooks.shared.history import combined, together, took
from hooks.shared.proposals import NO_STATIN, atc, drug_offer, product
from hooks.staging.exclusions import is_pregnant
from hooks.staging.kidney import has_ckd, on_dialysis
from hooks.staging.windows import POTASSIUM_ORDER_DAYS, STATIN_CONTINUED_DAYS
from hooks.terminology.concepts import DrugClass
from hooks.terminology.conditions import ADRENAL_INSUFFICIENCY, LIVER_FAILURE
from hooks.terminology.labs import EGFR, POTASSIUM
from hooks.terminology.medications import (
    CICLOSPORIN,
    FIBRATES,
    GEMFIBROZIL,
    NONSTEROIDAL_MRAS,
    STATINS,
    STEROIDAL_MRAS,
    STRONG_CYP3A4_INHIBITORS,
)

CYP3A4_INHIBITED = taking(STRONG_CYP3A4_INHIBITORS) | ordering(STRONG_CYP3A4_INHIBITORS, selected=False)
_FIBRATES = taking(FIBRATES) | ordering(FIBRATES, selected=False)
_NO_STATIN: tuple[Criterion, ...] = (
    *NO_STATIN,
    has(LIVER_FAILURE, ever=True),
    taking(GEMFIBROZIL) | ordering(GEMFIBROZIL, selected=False) | (_FIBRATES & has_ckd),
    possibly(on_dialysis) & ~took(STATINS, within=STATIN_CONTINUED_DAYS),
    combined(STATINS),
    taking(CICLOSPORIN) | ordering(CICLOSPORIN, selected=False),
)


def statin_instead(drugs: DrugClass, ingredient: str, milligrams: int, rxcui: str, when: Criterion) -> Offer:
    """Return the draft of ``drugs`` changed to another statin; a combination is left to the clinician."""
    dose = f"{ingredient} {milligrams} mg once daily"
    order = DrugOrder(dose, milligrams, "mg", code=product(rxcui), atc=atc(ingredient))
    guards = (*_NO_STATIN, CYP3A4_INHIBITED) if ingredient == "atorvastatin" else _NO_STATIN
    return drug_offer(f"Change the draft to {dose}", UpdateDraft(drugs, order), unless=guards, when=when)


WITH_STEROIDAL_MRA = together(NONSTEROIDAL_MRAS, STEROIDAL_MRAS)
_POTASSIUM = latest(POTASSIUM, within=POTASSIUM_ORDER_DAYS)
_EGFR = latest(EGFR, within=POTASSIUM_ORDER_DAYS)
_START = fixed(Decimal("4.8"), "KDIGO")
_NO_FINERENONE: tuple[Criterion, ...] = (
    AnyOf((CYP3A4_INHIBITED, WITH_STEROIDAL_MRA, has(ADRENAL_INSUFFICIENCY), is_pregnant)),
    allergic_to("finerenone"),
    possibly(on_dialysis),
)


def finerenone_10_instead(when: Criterion) -> Offer:
    """Return the draft changed to finerenone 10 mg: potassium at most 4.8 mmol/L and eGFR from 25, both of 30 days."""
    dose = "finerenone 10 mg once daily"
    order = DrugOrder(dose, 10, "mg", code=product("2562816"), atc=atc("finerenone"))
    gates = when & _POTASSIUM.at_most(_START) & _EGFR.at_least(fixed(Decimal(25), "label"))
    return drug_offer(
        f"Change the draft to {dose}", UpdateDraft(NONSTEROIDAL_MRAS, order), unless=_NO_FINERENONE, when=gates
    )
