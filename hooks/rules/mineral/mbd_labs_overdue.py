"""CKD-MBD laboratory tests are overdue."""

from hooks.criteria import setting_on
from hooks.criterion import possibly
from hooks.orders import UnlessOrdered
from hooks.rule import Case, Cite, Line, Offer, Rule, number, switch
from hooks.shared.monitoring import TREATED, panel_overdue
from hooks.shared.proposals import lab_test
from hooks.sources import KDIGO_CKD_MBD_2017
from hooks.staging.kidney import ckd_g3a_or_worse, on_dialysis
from hooks.terminology.labs import ALBUMIN, ALP, CALCIUM_TOTAL, PHOSPHATE, PTH
from hooks.words import ckd_stage

RULE = Rule(
    id="mbd-labs-overdue",
    title="CKD-MBD laboratory tests are overdue",
    group="mineral",
    place=11,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="Trends of phosphate, calcium and PTH steer every treatment of CKD-MBD; they need regular values.",
    honesty="The intervals are expert opinion; that measuring more often changes outcomes has not been shown.",
    evidence=(
        Cite(KDIGO_CKD_MBD_2017, "3.1.1", "", "monitor calcium, phosphate, PTH and alkaline phosphatase from G3a"),
        Cite(KDIGO_CKD_MBD_2017, "3.1.2", "", "G3: Ca, P 6-12 mo; G4: 3-6, PTH 6-12; G5/G5D: 1-3, PTH 3-6; ALP 12"),
    ),
    settings=(
        number("graceFactor", "1.25", "x", low="1.0", high="2.0", why="how far the longest interval may be exceeded"),
        switch("dialysisLabsExternal", default=False, why="the dialysis unit's results do not reach this record"),
    ),
    when=ckd_g3a_or_worse,
    unless=(setting_on("dialysisLabsExternal") & possibly(on_dialysis),),
    cases=(Case(panel_overdue, "info", "{stage}: no {missing} {since} (KDIGO {interval}). Consider ordering."),),
    lines=(Line("CKD-MBD is being treated: the intervals are halved.", TREATED),),
    offers=(
        Offer(
            "Order phosphate, calcium, albumin, PTH and alkaline phosphatase together",
            tuple(UnlessOrdered(lab_test(each), each.name) for each in (PHOSPHATE, CALCIUM_TOTAL, ALBUMIN, PTH, ALP)),
        ),
    ),
    values={"stage": ckd_stage},
    show=("phosphate", "calcium", "calcium-corrected", "calcium-ionised", "pth", "alp"),
    override_reasons=("already-addressed", "patient-declined", "goals-of-care"),
    examples="""
        conditions      | phosphate | calcium  | calcium-ionised | pth      | alp      | taking     | ordered   | card
                        |           |          |                 |          |          |            |           | no      # no CKD
        ckd-stage-3     | 4 @450d   | 9 @450d  |                 |          |          |            |           | no      # at 15 months; PTH and ALP from G4
        ckd-stage-3     | 4 @451d   | 9 @5d    |                 |          |          |            |           | info
        ckd-stage-3     | 4 @5d     | 9 @451d  |                 |          |          |            |           | info
        ckd-stage-3     | 4 @5d     | 9 @451d  | 1.2 @5d         |          |          |            |           | no      # ionised will do
        ckd-stage-3     | 4 @226d   | 9 @226d  |                 |          |          | calcitriol |           | info    # treated: half
        ckd-stage-3     | 4 @225d   | 9 @225d  |                 |          |          | calcitriol |           | no
        ckd-stage-4     | 4 @225d   | 9 @225d  |                 | 90 @450d | 80 @450d |            |           | no      # at 7.5 and 15 months
        ckd-stage-4     | 4 @226d   | 9 @5d    |                 | 90 @5d   | 80 @5d   |            |           | info
        ckd-stage-4     | 4 @5d     | 9 @5d    |                 | 90 @451d | 80 @5d   |            |           | info
        ckd-stage-4     | 4 @5d     | 9 @5d    |                 | 90 @5d   | 80 @451d |            |           | info
        ckd-stage-4     | 4 @113d   | 9 @5d    |                 | 90 @5d   | 80 @5d   | sevelamer  |           | info    # treated: half
        ckd-stage-5     | 4 @112d   | 9 @112d  |                 | 90 @225d | 80 @450d |            |           | no      # at 3.75 and 7.5 months
        ckd-stage-5     | 4 @113d   | 9 @5d    |                 | 90 @5d   | 80 @5d   |            |           | info
        dialysis-status | 4 @5d     | 9 @5d    |                 | 90 @226d | 80 @5d   |            |           | info
        dialysis-status | 4 @5d     | 9 @57d   |                 | 90 @5d   | 80 @5d   | cinacalcet |           | info    # treated: half
        dialysis-status |           |          |                 |          |          |            |           | info    # nothing on record
        ckd-stage-4     | 4 @226d   | 9 @5d    |                 | 90 @5d   | 80 @5d   |            | phosphate | no      # ordered
        ckd-stage-4     | 4 @150d   | 9 @5d    |                 | 90 @5d   | 80 @5d   | medications not read | | unknown # treated or not?
        ckd-any         |           |          |                 |          |          |            |           | unknown # no stage
    """,
)
