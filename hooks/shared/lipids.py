"""Lipid-lowering drugs beside the statins, and statins by kidney function, each behind its guards.

Source: specification 4.11 to 4.17 and section 7.1 (KDIGO 2013 fixes the dose below eGFR 60 without ASCVD).
"""

from decimal import Decimal

from hooks.criteria import allergic_to, has, latest, missing, taking
from hooks.criterion import certain
from hooks.cutoffs import fixed, times_laboratory_limit
from hooks.orders import DrugOrder
from hooks.rule import Line, Offer
from hooks.shared.proposals import atc, drug_offer, lab_test, product, referral, statin
from hooks.staging.exclusions import is_pregnant, may_become_pregnant
from hooks.staging.kidney import has_ckd, on_dialysis
from hooks.staging.therapy import statin_below_moderate
from hooks.staging.windows import EGFR_DAYS, LIVER_DAYS
from hooks.terminology.conditions import ACTIVE_LIVER_DISEASE, LACTATION, LIVER_FAILURE
from hooks.terminology.labs import ALT, EGFR
from hooks.terminology.medications import (
    BEMPEDOIC_ACID,
    BEMPEDOIC_CLASH,
    CICLOSPORIN,
    EZETIMIBE,
    FIBRATES,
    GEMFIBROZIL,
    PCSK9_INHIBITORS,
    STATINS,
    STRONG_CYP3A4_INHIBITORS,
)
from hooks.terminology.procedures import CARDIOLOGY_REFERRAL

FULL_DOSE = certain(latest(EGFR, within=EGFR_DAYS).at_least(fixed(Decimal(60), "KDIGO dose table")))
"""eGFR is shown to be 60 or more; where it is not known, only the dose that suits every eGFR is proposed."""
_NOT_FOR_HER = (is_pregnant, has(LACTATION))
EZETIMIBE_NOT_POSSIBLE = allergic_to("ezetimibe") | has(ACTIVE_LIVER_DISEASE, LIVER_FAILURE)

ATORVASTATIN_10 = statin("atorvastatin", 10, "617312")
ATORVASTATIN_20 = statin("atorvastatin", 20, "617310", recommended=True)
ATORVASTATIN_40 = statin("atorvastatin", 40, "617311", recommended=True).only(FULL_DOSE)
ATORVASTATIN_80 = statin("atorvastatin", 80, "259255", recommended=True).only(FULL_DOSE)
REDUCED_DOSE = ATORVASTATIN_20.only(~FULL_DOSE & statin_below_moderate)
"""The KDIGO dose, in place of a higher one, where eGFR is below 60 or not known; not to replace as much of another."""
EGFR_FIRST = Offer("Order eGFR", (lab_test(EGFR),), missing(EGFR, within=EGFR_DAYS))
LIPID_CLINIC = Offer("Refer to cardiology or a lipid clinic", (referral(CARDIOLOGY_REFERRAL),))

REPLACES = Line("A proposed statin replaces the one that is active.", taking(STATINS))
DOSE_FIXED = (
    Line(
        "eGFR is below 60 or not known: nothing above atorvastatin 20 mg is proposed, the dose of KDIGO 2013 below 60.",
        ~FULL_DOSE,
    ),
    Line("A proposed statin replaces the one that is active.", taking(STATINS) & (FULL_DOSE | statin_below_moderate)),
)
WITHHELD = (
    Line(
        "A fibrate is active: no statin is proposed beside gemfibrozil, nor beside any fibrate in CKD (muscle damage).",
        taking(GEMFIBROZIL) | (taking(FIBRATES) & has_ckd),
    ),
    Line(
        "Ciclosporin is active: it raises every statin, and some are contraindicated with it. No statin is proposed;"
        " consider asking the transplant team or a pharmacist.",
        taking(CICLOSPORIN),
    ),
    Line(
        "A strong CYP3A4 inhibitor is active: it raises atorvastatin and simvastatin, and neither is proposed.",
        taking(STRONG_CYP3A4_INHIBITORS),
    ),
)
"""Why a statin is recommended, yet not proposed."""
PREGNANCY_PLANS = Line(
    "Pregnancy is possible at this age: ask about plans and contraception before a statin; it is stopped 1 to 2 months"
    " before a planned pregnancy (2026 ACC/AHA).",
    may_become_pregnant & ~on_dialysis,
)
_RAISED_ALT = latest(ALT, within=LIVER_DAYS).above(times_laboratory_limit(Decimal(1)))
RAISED_ALT = Line(
    "ALT is above the laboratory's upper limit, below three times of it: no bar to a statin; consider its cause, and"
    " measuring it again before and after a start.",
    certain(_RAISED_ALT) & ~certain(latest(ALT, within=LIVER_DAYS).at_least(times_laboratory_limit(Decimal(3)))),
)
INTENSITIES = Line(
    "Moderate intensity: atorvastatin 10-20, rosuvastatin 5-10, simvastatin 20-40, pravastatin 40-80, pitavastatin 1-4"
    " mg a day. High intensity: atorvastatin 40-80, rosuvastatin 20-40 mg a day."
)
NO_REGRESSION = "Statins reduce events; they do not shrink, and may raise, the coronary calcium score."


def ezetimibe() -> Offer:
    """Return ezetimibe 10 mg once daily; not with active liver disease beside a statin (label)."""
    dose = "ezetimibe 10 mg once daily"
    order = DrugOrder(dose, 10, "mg", code=product("349556"), atc=atc("ezetimibe"))
    guards = (*_NOT_FOR_HER, EZETIMIBE_NOT_POSSIBLE, taking(EZETIMIBE))
    return drug_offer(f"Propose {dose}", order, unless=guards, recommended=True)


def _antibody(ingredient: str, milligrams: int, rxcui: str) -> Offer:
    dose = f"{ingredient} {milligrams} mg subcutaneously every 2 weeks"
    order = DrugOrder(
        dose, milligrams, "mg", 1, "wk", every=2, code=product(rxcui), atc=atc(ingredient), route="subcutaneous"
    )
    guards = (*_NOT_FOR_HER, allergic_to(ingredient), taking(PCSK9_INHIBITORS))
    return drug_offer(f"Propose {dose}", order, unless=guards)


def bempedoic_acid() -> Offer:
    """Return bempedoic acid 180 mg once daily; not beside simvastatin or pravastatin, whose levels it raises."""
    dose = "bempedoic acid 180 mg once daily"
    order = DrugOrder(dose, 180, "mg", code=product("2282408"), atc=atc("bempedoic acid"))
    guards = (*_NOT_FOR_HER, allergic_to("bempedoic acid"), taking(BEMPEDOIC_ACID), taking(BEMPEDOIC_CLASH))
    return drug_offer(f"Propose {dose}", order, unless=guards)


AFTER_EZETIMIBE = (
    _antibody("evolocumab", 140, "1665895"),
    _antibody("alirocumab", 75, "1659182"),
    bempedoic_acid(),
)
"""What may follow ezetimibe."""
