"""A statin is started on dialysis."""

from hooks.criteria import has, latest, ordered, ordering
from hooks.criterion import certain
from hooks.rule import Case, Cite, Line, Rule
from hooks.shared.history import took
from hooks.sources import KDIGO_LIPIDS_2013
from hooks.staging.kidney import on_dialysis
from hooks.staging.lipids import LDL_DAYS, very_high_ldl
from hooks.staging.windows import INFARCTION_DAYS, ORDER_DAYS, STATIN_CONTINUED_DAYS
from hooks.terminology.conditions import RECENT_INFARCTION, TRANSPLANT_PLANNED
from hooks.terminology.labs import LDL
from hooks.terminology.medications import STATINS
from hooks.terminology.procedures import KIDNEY_TRANSPLANTATION

RULE = Rule(
    id="order-statin-start-dialysis",
    title="Statin started on dialysis",
    group="order-safety",
    place=16,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select",),
    rationale="Statins started on dialysis did not reduce events in large trials; those taken before are continued.",
    honesty="Randomised trials of starting a statin on dialysis were neutral on average; some patients may still benefit.",
    evidence=(
        Cite(KDIGO_LIPIDS_2013, "2.3.1", "2A", "suggests not starting a statin in dialysis-dependent CKD"),
        Cite(KDIGO_LIPIDS_2013, "2.3.2", "2C", "suggests continuing one that is taken when dialysis begins"),
    ),
    settings=(),
    when=ordering(STATINS),
    unless=(
        took(STATINS, within=STATIN_CONTINUED_DAYS),
        has(RECENT_INFARCTION, within=INFARCTION_DAYS, ever=True),
        certain(latest(LDL, within=LDL_DAYS).at_least(very_high_ldl)),
        has(TRANSPLANT_PLANNED),
        ordered(KIDNEY_TRANSPLANTATION, within=ORDER_DAYS, still_open=True),
    ),
    cases=(
        Case(
            on_dialysis,
            "info",
            "New statin in dialysis: guideline suggests not starting (2A). Recent MI or very high LDL may justify.",
        ),
    ),
    lines=(Line("Trials of statins on dialysis were neutral on average; preferences and outlook weigh."),),
    show=("ldl",),
    override_reasons=("not-indicated", "other"),
    examples="""
        conditions                               | draft                         | taking               | stopped           | ordered                | ldl              | card
        dialysis-status                          |                               |                      |                   |                        |                  | no
        dialysis-status                          | atorvastatin 20 mg once daily |                      |                   |                        |                  | info
        ckd-stage-4                              | atorvastatin 20 mg once daily |                      |                   |                        |                  | no      # not on dialysis
        esrd                                     | atorvastatin 20 mg once daily |                      |                   |                        |                  | unknown # dialysis is left open
        dialysis-status                          | atorvastatin 20 mg once daily | atorvastatin 20 mg   |                   |                        |                  | no      # renewal
        dialysis-status                          | atorvastatin 20 mg once daily | simvastatin 20 mg    |                   |                        |                  | no      # another statin is taken
        dialysis-status                          | atorvastatin 20 mg once daily |                      | simvastatin @180d |                        |                  | no
        dialysis-status                          | atorvastatin 20 mg once daily |                      | simvastatin @181d |                        |                  | info
        dialysis-status, recent-infarction @365d | atorvastatin 20 mg once daily |                      |                   |                        |                  | no
        dialysis-status, recent-infarction resolved @365d | atorvastatin 20 mg once daily |                      |                   |                        |                  | no      # history counts
        dialysis-status, recent-infarction @366d | atorvastatin 20 mg once daily |                      |                   |                        |                  | info
        dialysis-status                          | atorvastatin 20 mg once daily |                      |                   |                        | 190 @30d         | no      # very high LDL
        dialysis-status                          | atorvastatin 20 mg once daily |                      |                   |                        | 189 @30d         | info
        dialysis-status                          | atorvastatin 20 mg once daily |                      |                   |                        | 4.9 mmol/L @30d  | no      # the same in SI
        dialysis-status                          | atorvastatin 20 mg once daily |                      |                   |                        | 4.8 mmol/L @30d  | info
        dialysis-status, transplant-planned      | atorvastatin 20 mg once daily |                      |                   |                        |                  | no
        dialysis-status                          | atorvastatin 20 mg once daily |                      |                   | kidney-transplantation |                  | no
        dialysis-status                          | atorvastatin 20 mg once daily | medications not read |                   |                        |                  | unknown
    """,
)
