"""A vitamin K antagonist in calciphylaxis, or newly ordered in advanced CKD or known calcification."""

from hooks.criteria import has, on_hook, ordering, setting_on, taking
from hooks.criterion import because, unsaid
from hooks.rule import Case, Cite, Line, Offer, Rule, number, switch
from hooks.shared.advanced_ckd import ASK_DIALYSIS, advanced_ckd
from hooks.shared.anticoagulants import APIXABAN, VKA_IS_STANDARD
from hooks.shared.history import continuing
from hooks.shared.proposals import NEPHROLOGY, review
from hooks.sources import APIXABAN_LABEL, KDIGO_CKD_2024, MHRA_WARFARIN_2016
from hooks.staging.mineral_orders import anticoagulation_bridged
from hooks.staging.vessels import known_calcification
from hooks.staging.windows import EGFR_ORDER_DAYS
from hooks.terminology.conditions import ATRIAL_FIBRILLATION, CALCIPHYLAXIS
from hooks.terminology.medications import VITAMIN_K_ANTAGONISTS
from hooks.words import drugs_of

SKIN = because(has(CALCIPHYLAXIS), "calciphylaxis")
KIDNEY = unsaid(~setting_on("requireKnownVcForBranchB")) & advanced_ckd(below="egfrMax", within=EGFR_ORDER_DAYS)
NEW = ordering(VITAMIN_K_ANTAGONISTS) & ~continuing(VITAMIN_K_ANTAGONISTS) & unsaid(~anticoagulation_bridged)
REPORTED = "{vka} with {reason}: reported to bring it on (MHRA 2016)."
LINKED = "{vka} with {reason}: linked to calciphylaxis/vascular calcification."

RULE = Rule(
    id="order-vka-calciphylaxis-or-advanced-ckd",
    title="Vitamin K antagonist in calciphylaxis or advanced CKD",
    group="order-safety",
    beside="mineral",
    place=9,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign", "patient-view"),
    rationale="Vitamin K antagonists switch off matrix Gla protein, which keeps vessel walls free of calcium.",
    honesty=(
        "The evidence is observational: reports of calciphylaxis on warfarin, retrospective series, apixaban in 20"
        " patients. On dialysis no trial shows which anticoagulant is better. None removes calcification."
    ),
    evidence=(
        Cite(
            KDIGO_CKD_2024, "atrial fibrillation", "1C", "non-vitamin K oral anticoagulants preferred in CKD G1 to G4"
        ),
        Cite(MHRA_WARFARIN_2016, "", "", "calciphylaxis reported with warfarin: consider stopping it"),
        Cite(APIXABAN_LABEL, "", "", "2.5 mg where two hold: age 80, weight 60 kg or less, creatinine 1.5 mg/dL"),
    ),
    settings=(
        number("egfrMax", "30", "mL/min/{1.73_m2}", low="15", high="30", why="eGFR below which CKD is advanced"),
        switch("requireKnownVcForBranchB", default=False, why="warn of new orders only in known calcification"),
    ),
    when=ordering(VITAMIN_K_ANTAGONISTS) | (unsaid(on_hook("patient-view")) & taking(VITAMIN_K_ANTAGONISTS)),
    cases=(
        Case(SKIN & unsaid(~VKA_IS_STANDARD), "critical", f"{REPORTED} Consider an alternative anticoagulant."),
        Case(SKIN, "critical", f"{REPORTED} Seek specialist advice."),
        Case(
            NEW
            & has(ATRIAL_FIBRILLATION)
            & unsaid(~VKA_IS_STANDARD)
            & (because(known_calcification, "known calcification") | KIDNEY),
            "warning",
            f"{LINKED} Consider an alternative anticoagulant.",
        ),
    ),
    lines=(
        Line(
            "A vitamin K antagonist remains the standard with a mechanical valve, moderate to severe mitral stenosis,"
            " antiphospholipid syndrome or left ventricular thrombus: cardiology or haematology advice.",
        ),
        Line("One of these is on record: apixaban is not proposed.", VKA_IS_STANDARD),
        ASK_DIALYSIS,
        Line("An active order is never changed by this service."),
    ),
    offers=(
        Offer(
            "Ask for a review of the vitamin K antagonist",
            (review("Vitamin K antagonist in calciphylaxis: consider whether it can be stopped"),),
            SKIN & taking(VITAMIN_K_ANTAGONISTS),
        ),
        *APIXABAN,
        NEPHROLOGY,
    ),
    values={"vka": drugs_of(VITAMIN_K_ANTAGONISTS)},
    show=("egfr", "inr"),
    override_reasons=("contraindicated", "not-indicated", "already-addressed", "other"),
    examples="""
        conditions                            | egfr   | draft    | taking   | cac-score   | card
        calciphylaxis                         |        |          |          |             | no       # no antagonist
        calciphylaxis                         |        | apixaban |          |             | no
        calciphylaxis                         |        |          | warfarin |             | critical # patient-view
        calciphylaxis                         |        | warfarin |          |             | critical
        calciphylaxis                         |        | warfarin | warfarin |             | critical # a refill too
        calciphylaxis, mechanical-heart-valve |        | warfarin |          |             | critical # specialist advice
        calciphylaxis resolved                |        |          | warfarin |             | no
        atrial-fibrillation                   | 30 @5d | warfarin |          |             | no       # at the limit
        atrial-fibrillation                   | 29 @5d | warfarin |          |             | warning
        atrial-fibrillation                   | 20 @5d | acenocoumarol |     |             | warning
        atrial-fibrillation                   | 29 @181d | warfarin |        |             | info     # old
        atrial-fibrillation                   | 29 @5d | warfarin | warfarin |             | no       # not new
        atrial-fibrillation                   | 29 @5d |          | warfarin |             | no
        atrial-fibrillation                   | 29 @5d | warfarin bridging |  |            | no       # bridging
        atrial-fibrillation, mechanical-heart-valve | 20 @5d | warfarin | |              | no
        atrial-fibrillation, mitral-stenosis  | 20 @5d | warfarin |          |             | no
        atrial-fibrillation, antiphospholipid-syndrome | 20 @5d | warfarin | |           | no
        atrial-fibrillation, ventricular-thrombus | 20 @5d | warfarin |    |             | no
                                              | 20 @5d | warfarin |          |             | no       # no atrial fibrillation
        atrial-fibrillation, dialysis-status  |        | warfarin |          |             | warning
        atrial-fibrillation, esrd             |        | warfarin |          |             | warning  # dialysis possible: asks
        atrial-fibrillation, ckd-stage-5      |        | warfarin |          |             | warning  # no eGFR, G5 coded
        atrial-fibrillation, coronary-calcification | 80 @5d | warfarin | |              | warning
        atrial-fibrillation                   | 80 @5d | warfarin |          | 100 @100d   | warning  # CAC score
        atrial-fibrillation                   | 80 @5d | warfarin |          | 99 @100d    | no
        atrial-fibrillation                   |        | warfarin |          |             | unknown
        atrial-fibrillation                   | 20 @5d | warfarin | medications not read | | unknown  # new or not?
    """,
)
