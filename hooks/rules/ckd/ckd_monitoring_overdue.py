"""eGFR or albuminuria not measured for longer than the risk map asks."""

from hooks.criteria import aged, has, in_stage, overdue
from hooks.criterion import certain
from hooks.rule import Case, Cite, Line, Offer, Rule, number
from hooks.shared.proposals import lab_test
from hooks.sources import ADA_2026, KDIGO_CKD_2024
from hooks.staging.kidney import has_ckd, on_dialysis
from hooks.staging.risk_map import monitoring_days
from hooks.terminology.conditions import TYPE_2_DIABETES
from hooks.terminology.labs import EGFR, UACR
from hooks.words import ckd_category, risk_map_cell

OVERDUE = overdue(EGFR, UACR, after=monitoring_days)
IN_CKD = has_ckd & ~certain(in_stage("G5"))

RULE = Rule(
    id="ckd-monitoring-overdue",
    title="Kidney monitoring is overdue",
    group="ckd",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="Without eGFR and albuminuria, progression, and the treatments that slow it, go unseen.",
    honesty="How often to measure is expert opinion; the grace factor is ours.",
    evidence=(
        Cite(KDIGO_CKD_2024, "ch. 2", "", "eGFR and ACR 1 to 4 times a year by the risk map"),
        Cite(ADA_2026, "11.1", "", "eGFR and ACR yearly in type 2 diabetes, 1 to 4 times a year in CKD (2025 edition)"),
    ),
    settings=(
        number("graceFactor", "1.25", "1", low="1.0", high="2.0", why="how far past the interval it is overdue"),
    ),
    when=aged(at_least=18, below=86) & (IN_CKD | has(TYPE_2_DIABETES)),
    unless=(on_dialysis,),
    cases=(
        Case(
            OVERDUE & IN_CKD,
            "info",
            "{gap} for a patient with {category}. Consider ordering.",
            lines=(Line("Risk map: {cell}."),),
        ),
        Case(OVERDUE, "info", "{gap} for a patient with type 2 diabetes. Consider ordering."),
    ),
    offers=(
        Offer("Order eGFR", (lab_test(EGFR),), overdue(EGFR, after=monitoring_days)),
        Offer("Order urine albumin/creatinine ratio", (lab_test(UACR),), overdue(UACR, after=monitoring_days)),
    ),
    values={"category": ckd_category, "cell": risk_map_cell},
    show=("egfr", "creatinine", "uacr"),
    override_reasons=("already-addressed", "patient-declined", "goals-of-care", "data-wrong"),
    examples="""
        conditions     | age | egfr     | uacr     | ordered | card
                       |     |          |          |         | no       # neither CKD nor type 2 diabetes
        type2-diabetes |     | 80 @456d | 10 @456d |         | no       # 12 months and a quarter
        type2-diabetes |     | 80 @457d | 10 @456d |         | info     # eGFR
        type2-diabetes |     | 80 @456d | 10 @457d |         | info     # albuminuria
        type2-diabetes |     |          |          |         | info     # never measured
        type2-diabetes |     |          |          | egfr, uacr | no    # ordered
        type2-diabetes |     |          |          | egfr    | info     # one of them
        type2-diabetes | 85  |          |          |         | info
        type2-diabetes | 86  |          |          |         | no       # older than 85
        ckd-stage-3a   |     | 50 @228d | 10 @228d |         | no       # 12 months
        ckd-stage-3a   |     | 50 @457d | 10 @228d |         | info
        ckd-stage-3b   |     | 40 @228d | 10 @228d |         | no       # G3b: 6 months
        ckd-stage-3b   |     | 40 @229d | 10 @229d |         | info
        ckd-stage-3a   |     | 50 @228d | 30 @228d |         | no       # A2: 6 months
        ckd-stage-3a   |     | 50 @229d | 30 @229d |         | info
        ckd-stage-3a   |     | 50 @229d | 3 mg/mmol{creat} @229d | | info  # SI units
        ckd-stage-3a   |     | 50 @229d | 2.9 mg/mmol{creat} @229d | | no
        ckd-stage-4    |     | 25 @152d | 10 @152d |         | no       # G4: 4 months
        ckd-stage-4    |     | 25 @153d | 10 @153d |         | info
        ckd-stage-3a   |     | 50 @152d | 300 @152d |        | no       # A3: 4 months
        ckd-stage-3a   |     | 50 @153d | 300 @153d |        | info
        ckd-stage-5    |     | 12 @153d | 10 @153d |         | no       # G5 without diabetes
        dialysis-status, type2-diabetes | | |    |         | no
        esrd           |     | 12 @153d |          |         | no
        esrd, type2-diabetes | | 12 @153d |      |         | unknown  # dialysis is not clear
    """,
)
