"""LDL above its goal on the most statin that is tolerated."""

from decimal import Decimal

from hooks.criteria import has, latest, taking
from hooks.criterion import because, certain
from hooks.cutoffs import fixed
from hooks.rule import Case, Cite, Line, Rule
from hooks.shared.indications import LDL_ABOVE_GOAL, LDL_GOAL_SETTINGS
from hooks.shared.lipids import AFTER_EZETIMIBE, EZETIMIBE_NOT_POSSIBLE, ezetimibe
from hooks.shared.proposals import LIPIDS_LATER
from hooks.sources import ACC_AHA_LIPIDS_2026, CCD_2023
from hooks.staging.exclusions import is_pregnant
from hooks.staging.kidney import on_dialysis
from hooks.staging.lipids import LDL_DAYS, ldl_goal, ldl_settled, on_maximal_statin, very_high_risk
from hooks.staging.vessels import has_ascvd
from hooks.terminology.conditions import LACTATION
from hooks.terminology.labs import LDL
from hooks.terminology.medications import BEMPEDOIC_ACID, EZETIMIBE, PCSK9_INHIBITORS
from hooks.words import cutoff_beside, either

VERY_HIGH = certain(very_high_risk)
URGENT = VERY_HIGH & latest(LDL, within=LDL_DAYS).at_least(fixed(Decimal(100), "urgent"))
AFTER = because(taking(EZETIMIBE), "with ezetimibe") | because(EZETIMIBE_NOT_POSSIBLE, "ezetimibe is no option")
FIRST = "LDL-C {ldl} on maximal statin, goal <{goal}. Consider adding ezetimibe."
NEXT = "LDL-C {ldl} on maximal statin ({reason}), goal <{goal}. Consider {next}."
STARTS, FOLLOWS = (ezetimibe(),), tuple(each.only(taking(EZETIMIBE)) for each in AFTER_EZETIMIBE)

RULE = Rule(
    id="ldl-above-goal-add-nonstatin",
    title="LDL above goal on maximal statin",
    group="lipids",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="With atherosclerotic disease the next event depends on LDL; other drugs lower it where the statin is at its limit.",
    honesty=(
        "Ezetimibe and PCSK9 antibodies added to a statin reduce events modestly; no lipid-lowering drug has been shown to"
        " reduce calcification. KDIGO 2013 sets no LDL target in CKD; the goals are those of the 2026 ACC/AHA guideline."
    ),
    evidence=(
        Cite(ACC_AHA_LIPIDS_2026, "", "", "LDL below 70 with ASCVD; below 55 at very high risk or in CKD 3 and beyond"),
        Cite(CCD_2023, "", "", "LDL of 70 or more on maximal statin: ezetimibe, then a PCSK9 antibody"),
    ),
    settings=LDL_GOAL_SETTINGS,
    when=has_ascvd & ~on_dialysis & ~taking(PCSK9_INHIBITORS) & on_maximal_statin & ldl_settled & LDL_ABOVE_GOAL,
    unless=(is_pregnant, has(LACTATION)),
    cases=(
        Case(URGENT & ~AFTER, "warning", FIRST, offers=STARTS),
        Case(URGENT & AFTER, "warning", NEXT, offers=FOLLOWS),
        Case(~AFTER, "info", FIRST, offers=STARTS),
        Case(AFTER, "info", NEXT, offers=FOLLOWS),
    ),
    lines=(
        Line("Goal {goal}: very high risk (two kinds of major event, or CKD G3 and beyond with ASCVD).", VERY_HIGH),
        Line("Goal {goal}: atherosclerotic disease.", ~VERY_HIGH),
        Line("Ask first how regularly the statin is taken: adherence is never assumed from an order."),
        Line("Inclisiran is a further option; it is not proposed here.", AFTER),
    ),
    offers=(LIPIDS_LATER,),
    values={
        "goal": cutoff_beside(LDL, ldl_goal),
        "next": either(taking(BEMPEDOIC_ACID), "a PCSK9 antibody", "a PCSK9 antibody or bempedoic acid"),
    },
    show=("ldl", "egfr"),
    override_reasons=("patient-declined", "not-tolerated", "cost-access", "goals-of-care"),
    examples="""
        conditions                       | ldl             | taking                                                       | allergies | sex | age | card
                                         | 120 @30d        | atorvastatin 80 mg once daily                                |           | male | 62 | no       # no ASCVD
        ckd-stage-3a                     | 120 @30d        | atorvastatin 80 mg once daily                                |           | male | 62 | no       # CKD without ASCVD has no target
        ascvd-mi                         | 69 @30d         | atorvastatin 80 mg once daily                                |           | male | 62 | no       # below the goal
        ascvd-mi                         | 70 @30d         | atorvastatin 80 mg once daily                                |           | male | 62 | info     # at the goal
        ascvd-mi                         | 1.7 mmol/L @30d | atorvastatin 80 mg once daily                                |           | male | 62 | no
        ascvd-mi                         | 1.8 mmol/L @30d | atorvastatin 80 mg once daily                                |           | male | 62 | info     # 70 mg/dL in SI units
        ascvd-mi, ckd-stage-3a           | 54 @30d         | atorvastatin 80 mg once daily                                |           | male | 62 | no       # below the lower goal
        ascvd-mi, ckd-stage-3a           | 55 @30d         | atorvastatin 80 mg once daily                                |           | male | 62 | info     # CKD G3: lower goal
        ascvd-mi, ascvd-stroke-tia       | 55 @30d         | atorvastatin 80 mg once daily                                |           | male | 62 | info     # two kinds of event
        ascvd-mi, ckd-stage-2            | 55 @30d         | atorvastatin 80 mg once daily                                |           | male | 62 | no
        ascvd-mi, ckd-stage-3a           | 99 @30d         | atorvastatin 80 mg once daily                                |           | male | 62 | info
        ascvd-mi, ckd-stage-3a           | 100 @30d        | atorvastatin 80 mg once daily                                |           | male | 62 | warning  # far above, very high risk
        ascvd-mi, ckd-stage-3a           | 100 @30d        | atorvastatin 80 mg once daily, ezetimibe 10 mg once daily    |           | male | 62 | warning  # next step
        ascvd-mi                         | 150 @30d        | atorvastatin 80 mg once daily                                |           | male | 62 | info     # not very high risk
        ascvd-mi                         | 90 @30d         | atorvastatin 80 mg once daily, ezetimibe 10 mg once daily    |           | male | 62 | info
        ascvd-mi                         | 90 @30d         | atorvastatin 80 mg once daily                                | ezetimibe | male | 62 | info     # next step
        ascvd-mi                         | 90 @30d         | atorvastatin 80 mg once daily, evolocumab                    |           | male | 62 | no
        ascvd-mi                         | 90 @30d         | atorvastatin 20 mg once daily                                |           | male | 62 | no       # intensify first
        ascvd-mi, statin-intolerance     | 90 @30d         | atorvastatin 20 mg once daily                                |           | male | 62 | info     # the most that is tolerated
        ascvd-mi, statin-intolerance     | 90 @30d         |                                                              |           | male | 62 | no       # on no statin
        ascvd-mi                         | 90 @30d         | atorvastatin                                                 |           | male | 62 | unknown  # dose not readable
        ascvd-mi                         | 90 @30d         | atorvastatin 80 mg once daily @58d                           |           | male | 62 | info     # 28 days after the start
        ascvd-mi                         | 90 @30d         | atorvastatin 80 mg once daily @57d                           |           | male | 62 | no       # 27 days
        ascvd-mi                         | 90 @30d         | atorvastatin 80 mg once daily @20d                           |           | male | 62 | no       # before the start
        ascvd-mi                         | 90 @365d        | atorvastatin 80 mg once daily @500d                          |           | male | 62 | info
        ascvd-mi                         | 90 @366d        | atorvastatin 80 mg once daily @500d                          |           | male | 62 | unknown  # too old
        ascvd-mi, dialysis-status        | 90 @30d         | atorvastatin 80 mg once daily                                |           | male | 62 | no
        ascvd-mi, esrd                   | 90 @30d         | atorvastatin 80 mg once daily                                |           | male | 62 | unknown  # dialysis not known
        ascvd-mi, pregnancy              | 90 @30d         | atorvastatin 80 mg once daily                                |           | female | 35 | no
    """,
)
