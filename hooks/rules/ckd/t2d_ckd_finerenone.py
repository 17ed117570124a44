"""Type 2 diabetes with CKD and albuminuria in spite of an ACE inhibitor or ARB: finerenone."""

from decimal import Decimal

from hooks.criteria import allergic_to, has, latest, missing, taking
from hooks.criterion import certain
from hooks.cutoffs import fixed
from hooks.rule import Case, Cite, Line, Offer, Rule, number
from hooks.shared.cardiorenal import NEWEST_UACR, RECENT_AKI, SGLT2I_FIRST, TYPE_2, finerenone
from hooks.shared.proposals import lab_test
from hooks.sources import KDIGO_CKD_2024, KDIGO_DIABETES_2022
from hooks.staging.albuminuria import A2_FROM, ratio_limit
from hooks.staging.exclusions import is_pregnant
from hooks.staging.kidney import has_ckd, on_dialysis, transplant
from hooks.staging.ras import ras_below_half, uacr_drawn_on_ras
from hooks.staging.windows import EGFR_DAYS, NSMRA_DAYS
from hooks.terminology.conditions import ADRENAL_INSUFFICIENCY, SYSTOLIC_HEART_FAILURE, TYPE_1_DIABETES
from hooks.terminology.labs import EGFR, POTASSIUM, UACR
from hooks.terminology.medications import (
    ACE_INHIBITORS,
    ARBS,
    NONSTEROIDAL_MRAS,
    STEROIDAL_MRAS,
    STRONG_CYP3A4_INHIBITORS,
)
from hooks.words import either, newest, setting

K, KIDNEY = latest(POTASSIUM, within=NSMRA_DAYS), latest(EGFR, within=NSMRA_DAYS)
UNMEASURED = missing(POTASSIUM, within=NSMRA_DAYS) | missing(EGFR, within=NSMRA_DAYS)
SIXTY = fixed(Decimal(60), "label")
BLOCKED = uacr_drawn_on_ras | (allergic_to(ACE_INHIBITORS) & allergic_to(ARBS))
START = "T2D, ACR {acr} {blocked}, K {k}: consider finerenone %s mg daily (KDIGO 2A)."

RULE = Rule(
    id="t2d-ckd-finerenone",
    title="Type 2 diabetes, CKD and albuminuria on an ACE inhibitor or ARB, without finerenone",
    group="ckd",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="Albuminuria that lasts in spite of an ACE inhibitor or ARB marks a kidney, and vessels, still at risk.",
    honesty="Finerenone reduces kidney and cardiovascular events; an effect on calcification has not been shown.",
    evidence=(
        Cite(KDIGO_DIABETES_2022, "1.4", "2A", "eGFR 25, ACR 30 mg/g or more in spite of ACE inhibitor/ARB, normal K"),
        Cite(KDIGO_CKD_2024, "", "2A", "the same in type 2 diabetes with CKD"),
        Cite(
            KDIGO_DIABETES_2022, "1.4", "", "start at K 4.8 or below (trial; FDA 5.0); 10 mg at eGFR 25-59, else 20 mg"
        ),
    ),
    settings=(
        number("kStartMax", "4.8", "mmol/L", low="4.5", high="5.0", why="potassium up to which it is started"),
        number("egfrMin", "25", "mL/min/{1.73_m2}", low="25", high="30", why="eGFR from which it is started"),
    ),
    when=TYPE_2 & has_ckd & BLOCKED & NEWEST_UACR.at_least(ratio_limit(A2_FROM)),
    unless=(
        taking(STEROIDAL_MRAS, NONSTEROIDAL_MRAS),
        taking(STRONG_CYP3A4_INHIBITORS),
        has(TYPE_1_DIABETES),
        has(ADRENAL_INSUFFICIENCY, ever=True),
        has(SYSTOLIC_HEART_FAILURE, ever=True),
        on_dialysis,
        transplant,
        is_pregnant,
        RECENT_AKI,
        allergic_to("finerenone"),
        certain(K.above("kStartMax")),
        certain(latest(EGFR, within=EGFR_DAYS).below("egfrMin")),
    ),
    cases=(
        Case(K.at_most("kStartMax") & KIDNEY.at_least(SIXTY), "info", START % 20, offers=(finerenone(20, "2562824"),)),
        Case(
            K.at_most("kStartMax") & KIDNEY.at_least("egfrMin"), "info", START % 10, offers=(finerenone(10, "2562816"),)
        ),
        Case(
            UNMEASURED,
            "info",
            "T2D, ACR {acr} {blocked}: consider potassium and eGFR now, then finerenone (KDIGO 2A).",
            lines=(Line("Potassium and eGFR of the last 30 days are needed: no drug is proposed before."),),
            offers=(Offer("Order potassium and eGFR now", (lab_test(POTASSIUM), lab_test(EGFR))),),
        ),
    ),
    lines=(
        Line("An SGLT2 inhibitor comes first: see its card.", SGLT2I_FIRST),
        Line("The dose of the ACE inhibitor or ARB is below half its usual maximum.", ras_below_half),
        Line(
            "Eligible: type 2 diabetes, eGFR of {egfrMin} or more, ACR of 30 mg/g (3 mg/mmol) or more, potassium of at most"
            " {kStartMax} mmol/L."
        ),
        Line("Potassium after 4 weeks, then every 4 months. Hold above 5.5 mmol/L; restart 10 mg at 5.0 or below."),
        Line(
            "Contraindicated with strong CYP3A4 inhibitors; no potassium supplement or salt substitute; avoid grapefruit."
        ),
    ),
    values={
        "acr": newest(UACR),
        "k": newest(POTASSIUM),
        "blocked": either(uacr_drawn_on_ras, "on ACE inhibitor/ARB", "with ACE inhibitor/ARB not tolerated"),
        "kStartMax": setting("kStartMax"),
        "egfrMin": setting("egfrMin"),
    },
    show=("uacr", "potassium", "egfr"),
    override_reasons=("patient-declined", "not-tolerated", "contraindicated", "cost-access", "already-addressed"),
    examples="""
        conditions                              | uacr     | potassium | egfr    | taking                                | card
        ckd-stage-3a                            | 300 @20d | 4.5 @20d  | 50 @20d | ramipril 10 mg once daily             | no       # no type 2 diabetes
        type2-diabetes, ckd-stage-3a            | 29 @20d  | 4.5 @20d  | 50 @20d | ramipril 10 mg once daily             | no
        type2-diabetes, ckd-stage-3a            | 30 @20d  | 4.5 @20d  | 50 @20d | ramipril 10 mg once daily             | info     # at the limit
        type2-diabetes, ckd-stage-3a            | 2.9 mg/mmol{creat} @20d | 4.5 @20d | 50 @20d | losartan 100 mg once daily | no    # SI units
        type2-diabetes, ckd-stage-3a            | 3 mg/mmol{creat} @20d | 4.5 @20d | 50 @20d | losartan 100 mg once daily | info
        type2-diabetes, ckd-stage-3a            | 300 @20d | 4.5 @20d  | 50 @20d |                                       | no       # the ACE inhibitor or ARB comes first
        type2-diabetes, ckd-stage-3a            | 300 @1d  | 4.5 @20d  | 50 @20d | ramipril 10 mg once daily @31d        | info     # 30 days on it
        type2-diabetes, ckd-stage-3a            | 300 @1d  | 4.5 @20d  | 50 @20d | ramipril 10 mg once daily @30d        | no       # 29 days
        type2-diabetes, ckd-stage-3a            | 300 @20d | 4.8 @30d  | 50 @30d | ramipril 10 mg once daily             | info     # at the limits
        type2-diabetes, ckd-stage-3a            | 300 @20d | 4.9 @20d  | 50 @20d | ramipril 10 mg once daily             | no       # potassium
        type2-diabetes, ckd-stage-3a            | 300 @20d | 4.5 @31d  | 50 @20d | ramipril 10 mg once daily             | info     # asks for potassium
        type2-diabetes, ckd-stage-3a            | 300 @20d |           | 50 @20d | ramipril 10 mg once daily             | info     # asks for potassium
        type2-diabetes, ckd-stage-3a            | 300 @20d | 4.5 @20d  | 50 @31d | ramipril 10 mg once daily             | info     # asks for eGFR
        type2-diabetes, ckd-stage-4             | 300 @20d | 4.5 @20d  | 25 @20d | ramipril 10 mg once daily             | info     # at the floor
        type2-diabetes, ckd-stage-4             | 300 @20d | 4.5 @20d  | 24 @20d | ramipril 10 mg once daily             | no
        type2-diabetes, ckd-stage-4             | 300 @20d |           | 24 @90d | ramipril 10 mg once daily             | no       # known to be too low
        type2-diabetes, ckd-any                 | 300 @20d | 4.5 @20d  | 60 @20d | ramipril 10 mg once daily             | info     # 20 mg
        type2-diabetes, ckd-stage-3a            |          | 4.5 @20d  | 50 @20d | ramipril 10 mg once daily             | unknown
        type2-diabetes, ckd-stage-3a            | 300 @366d | 4.5 @20d | 50 @20d | ramipril 10 mg once daily @900d       | unknown  # too old
        type2-diabetes, ckd-stage-3a            | 300 @20d | 4.5 @20d  | 50 @20d | ramipril 10 mg once daily, finerenone 10 mg | no
        type2-diabetes, ckd-stage-3a            | 300 @20d | 4.5 @20d  | 50 @20d | ramipril 10 mg once daily, spironolactone 25 mg | no
        type2-diabetes, ckd-stage-3a            | 300 @20d | 4.5 @20d  | 50 @20d | ramipril 10 mg once daily, clarithromycin 500 mg | no
        type2-diabetes, ckd-stage-3a, adrenal-insufficiency  | 300 @20d | 4.5 @20d | 50 @20d | ramipril 10 mg once daily | no
        type2-diabetes, ckd-stage-3a, systolic-heart-failure | 300 @20d | 4.5 @20d | 50 @20d | ramipril 10 mg once daily | no
        type2-diabetes, ckd-stage-3a, aki                    | 300 @20d | 4.5 @20d | 50 @20d | ramipril 10 mg once daily | no
        type2-diabetes, ckd-stage-3a, kidney-transplant      | 300 @20d | 4.5 @20d | 50 @20d | ramipril 10 mg once daily | no
        type2-diabetes, dialysis-status                      | 300 @20d | 4.5 @20d | 50 @20d | ramipril 10 mg once daily | no
        type2-diabetes, type1-diabetes, ckd-stage-3a         | 300 @20d | 4.5 @20d | 50 @20d | ramipril 10 mg once daily | no
        type2-diabetes, ckd-stage-3a            | 300 @20d | 4.5 @20d  | 50 @20d | medications not read                  | unknown
    """,
)
