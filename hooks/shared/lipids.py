"""Lipid-lowering drugs beside the statins, and statins by kidney function, each behind its guards.

Source: specification 4.11 to 4.17 and section 7.1 (KDIGO 2013 fixes the dose below eGFR 60 without ASCVD).
"""

from decimal import Decimal

from hooks.criteria import allergic_to, has, latest, missing, taking
from hooks.criterion import certain
from hooks.cutoffs import fixed
from hooks.orders import DrugOrder
from hooks.rule import Line, Offer
from hooks.shared.proposals import atc, drug_offer, lab_test, product, referral, statin
from hooks.staging.exclusions import is_pregnant
from hooks.staging.windows import EGFR_DAYS
from hooks.terminology.conditions import ACTIVE_LIVER_DISEASE, LACTATION
from hooks.terminology.labs import EGFR
from hooks.terminology.medications import BEMPEDOIC_ACID, BEMPEDOIC_CLASH, EZETIMIBE, PCSK9_INHIBITORS, STATINS
from hooks.terminology.procedures import CARDIOLOGY_REFERRAL

FULL_DOSE = certain(latest(EGFR, within=EGFR_DAYS).at_least(fixed(Decimal(60), "KDIGO dose table")))
"""eGFR is shown to be 60 or more; where it is not known, only the dose that suits every eGFR is proposed."""
_NOT_FOR_HER = (is_pregnant, has(LACTATION))
EZETIMIBE_NOT_POSSIBLE = allergic_to("ezetimibe") | has(ACTIVE_LIVER_DISEASE)

ATORVASTATIN_10 = statin("atorvastatin", 10, "617312")
ATORVASTATIN_20 = statin("atorvastatin", 20, "617310", recommended=True)
ATORVASTATIN_40 = statin("atorvastatin", 40, "617311", recommended=True).only(FULL_DOSE)
ATORVASTATIN_80 = statin("atorvastatin", 80, "259255", recommended=True).only(FULL_DOSE)
REDUCED_DOSE = ATORVASTATIN_20.only(~FULL_DOSE)
"""The KDIGO dose, in place of a higher one, where eGFR is below 60 or not known."""
EGFR_FIRST = Offer("Order eGFR", (lab_test(EGFR),), missing(EGFR, within=EGFR_DAYS))
LIPID_CLINIC = Offer("Refer to cardiology or a lipid clinic", (referral(CARDIOLOGY_REFERRAL),))

REPLACES = Line("The proposed statin replaces the one that is active.", taking(STATINS))
DOSE_FIXED = Line(
    "eGFR is below 60 or not known: only atorvastatin 20 mg is proposed, the dose of KDIGO 2013 below 60.", ~FULL_DOSE
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
