"""Claudication without part of its first-line therapy, or limiting in spite of it."""

from hooks.criteria import allergic_to, answered, has, ordered, taking
from hooks.rule import Case, Cite, Line, Offer, Rule, number
from hooks.shared.proposals import STATIN_MISSING, referral
from hooks.sources import PAD_2024
from hooks.staging.gaps import gaps
from hooks.staging.kidney import has_ckd, on_dialysis
from hooks.staging.limb import limiting_despite_therapy
from hooks.staging.windows import CESSATION_DAYS, EXERCISE_DAYS, REFERRAL_DAYS, SMOKING_DAYS
from hooks.terminology.conditions import (
    CLAUDICATION,
    DIABETES_UNSPECIFIED,
    GI_BLEED,
    HEART_FAILURE,
    LIMB_THREATENING_ISCHAEMIA,
    TYPE_1_DIABETES,
    TYPE_2_DIABETES,
)
from hooks.terminology.medications import (
    ANTITHROMBOTICS,
    CILOSTAZOL,
    DOACS,
    SMOKING_CESSATION_DRUGS,
    VITAMIN_K_ANTAGONISTS,
)
from hooks.terminology.procedures import (
    PERIPHERAL_REVASCULARISATION,
    SMOKING_CESSATION_COUNSELLING,
    SMOKING_CESSATION_REFERRAL,
    SUPERVISED_EXERCISE,
    VASCULAR_SURGERY_REFERRAL,
)
from hooks.terminology.questions import SMOKING
from hooks.words import setting

NO_EXERCISE = ~ordered(SUPERVISED_EXERCISE, within=EXERCISE_DAYS)
NO_ANTITHROMBOTIC = ~taking(*ANTITHROMBOTICS)
SMOKES_UNTREATED = (
    answered(SMOKING, "current", "smoker", within=SMOKING_DAYS)
    & ~taking(SMOKING_CESSATION_DRUGS)
    & ~ordered(SMOKING_CESSATION_COUNSELLING, SMOKING_CESSATION_REFERRAL, within=CESSATION_DAYS)
)
FIRST_LINE = {
    "exercise": NO_EXERCISE,
    "statin": STATIN_MISSING,
    "antiplatelet": NO_ANTITHROMBOTIC,
    "smoking cessation": SMOKES_UNTREATED,
}
STILL_LIMITING = limiting_despite_therapy("weeksGdmt") & ~ordered(
    VASCULAR_SURGERY_REFERRAL, PERIPHERAL_REVASCULARISATION, within=REFERRAL_DAYS
)

RULE = Rule(
    id="pad-claudication-pathway",
    title="Claudication: first-line therapy",
    group="interventional",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale=(
        "Exercise lets people walk further, a statin and an antithrombotic prevent events; revascularisation is second."
    ),
    honesty=(
        "Exercise improves walking, statin and antithrombotic lower events; none is shown to reduce calcification."
        " Exercise therapy has no verified code: it is seen only where an order or procedure names it in words."
    ),
    evidence=(
        Cite(
            PAD_2024,
            "",
            "",
            "supervised exercise first; an antiplatelet, or rivaroxaban 2.5 mg twice daily with aspirin",
        ),
        Cite(PAD_2024, "", "", "high-intensity statin"),
        Cite(PAD_2024, "", "", "revascularise if claudication stays function-limiting; not without symptoms"),
        Cite(PAD_2024, "", "", "ABI 0.90 or less is diagnostic; above 1.40 use the TBI (0.70 or less)"),
    ),
    settings=(
        number("weeksGdmt", "12", "wk", low="6", high="26", why="therapy before limiting claudication is referred"),
    ),
    when=has(CLAUDICATION),
    unless=(has(LIMB_THREATENING_ISCHAEMIA),),
    cases=(
        Case(
            gaps(FIRST_LINE),
            "info",
            "Claudication: exercise therapy, statin, antiplatelet first; {missing} not found. Consider.",
        ),
        Case(
            STILL_LIMITING,
            "info",
            "Claudication limits after {weeks} weeks of exercise, statin, antithrombotic: consider a vascular referral.",
        ),
    ),
    lines=(
        Line(
            "A statin, or treatment to stop smoking, is dealt with on its own card.", STATIN_MISSING | SMOKES_UNTREATED
        ),
        Line("On dialysis a statin is not newly started (KDIGO 2A); one that is taken goes on.", on_dialysis),
        Line(
            "An anticoagulant is active: no further antithrombotic is suggested.", taking(VITAMIN_K_ANTAGONISTS, DOACS)
        ),
        Line("Bleeding from the gut is on record: weigh it before an antiplatelet.", NO_ANTITHROMBOTIC & has(GI_BLEED)),
        Line("An allergy or intolerance to aspirin is recorded.", NO_ANTITHROMBOTIC & allergic_to("aspirin")),
        Line(
            "Cilostazol is active and heart failure is on record: it is contraindicated in heart failure. Consider review.",
            taking(CILOSTAZOL) & has(HEART_FAILURE, ever=True),
        ),
        Line(
            "In CKD and diabetes medial calcification can make the ABI falsely high: use the toe-brachial index (TBI).",
            has_ckd | has(TYPE_2_DIABETES, TYPE_1_DIABETES, DIABETES_UNSPECIFIED),
        ),
    ),
    offers=(
        Offer("Order supervised exercise therapy", (referral(SUPERVISED_EXERCISE),), NO_EXERCISE),
        Offer("Refer to vascular surgery", (referral(VASCULAR_SURGERY_REFERRAL),), STILL_LIMITING),
    ),
    values={"weeks": setting("weeksGdmt")},
    show=("smoking",),
    override_reasons=("already-addressed", "patient-declined", "contraindicated"),
    examples="""
        conditions                              | taking                           | ordered                   | smoking          | card
        ascvd-pad                               |                                  |                           |                  | no       # no claudication
        claudication (Neurogenic claudication)  |                                  |                           |                  | info     # coded as intermittent
        ascvd-pad (Neurogenic claudication)     |                                  |                           |                  | no       # another disease
        ascvd-pad (Claudication of both legs)   |                                  |                           |                  | info     # in words
        ascvd-pad (PAD without claudication)    |                                  |                           |                  | no       # denied
        claudication                            |                                  |                           |                  | info     # three missing
        claudication inactive                   |                                  |                           |                  | no
        claudication                            | atorvastatin, aspirin            |                           | not-current @9d  | info     # exercise
        claudication                            | atorvastatin, aspirin            | supervised-exercise @365d | not-current @9d  | no       # at the limit
        claudication                            | atorvastatin, aspirin            | supervised-exercise @366d | not-current @9d  | info
        claudication                            | aspirin                          | supervised-exercise @30d  | not-current @9d  | info     # statin
        claudication, dialysis-status           | aspirin                          | supervised-exercise @30d  | not-current @9d  | no       # no statin is started on dialysis
        claudication, esrd                      | aspirin                          | supervised-exercise @30d  | not-current @9d  | unknown  # dialysis?
        claudication, statin-intolerance        | aspirin                          | supervised-exercise @30d  | not-current @9d  | no
        claudication                            | atorvastatin                     | supervised-exercise @30d  | not-current @9d  | info     # antiplatelet
        claudication                            | atorvastatin, warfarin           | supervised-exercise @30d  | not-current @9d  | no       # anticoagulated
        claudication                            | atorvastatin, cilostazol         | supervised-exercise @30d  | not-current @9d  | info     # does not replace an antiplatelet
        claudication, heart-failure             | atorvastatin, cilostazol         | supervised-exercise @30d  | not-current @9d  | info     # contraindicated line
        claudication                            | atorvastatin, aspirin            | supervised-exercise @30d  | current @365d    | info     # smokes
        claudication                            | atorvastatin, aspirin            | supervised-exercise @30d  | current @366d    | unknown  # too old
        claudication                            | atorvastatin, aspirin, varenicline | supervised-exercise @30d | current @9d     | no       # in treatment
        claudication                            | atorvastatin, aspirin            | supervised-exercise @30d, smoking-cessation-referral @180d | current @9d | no
        claudication                            | atorvastatin, aspirin            | supervised-exercise @30d, smoking-cessation-referral @181d | current @9d | info
        claudication                            | atorvastatin, aspirin            | supervised-exercise @30d  |                  | unknown  # smoking not recorded
        claudication, clti                      |                                  |                           |                  | no       # its own rule
        claudication                            | medications not read             | supervised-exercise @30d  | not-current @9d  | unknown
        claudication (Lifestyle-limiting claudication) | atorvastatin @84d, aspirin @84d | supervised-exercise @84d | not-current @9d | info  # twelve weeks
        claudication (Lifestyle-limiting claudication) | atorvastatin @83d, aspirin @84d | supervised-exercise @84d | not-current @9d | no
        claudication (Non-limiting claudication) | atorvastatin @84d, aspirin @84d | supervised-exercise @84d | not-current @9d   | no
        claudication (Lifestyle-limiting claudication) | atorvastatin @84d, aspirin @84d | supervised-exercise @84d, vascular-surgery-referral @30d | not-current @9d | no  # referred
        claudication, type2-diabetes            |                                  |                           |                  | info     # TBI line
    """,
)
