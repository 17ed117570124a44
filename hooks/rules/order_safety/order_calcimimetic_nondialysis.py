"""A calcimimetic is ordered in CKD without dialysis."""

from hooks.criteria import has, ordering
from hooks.criterion import possibly, undecided
from hooks.rule import Case, Cite, Line, Rule
from hooks.shared.history import ordered_for
from hooks.sources import CINACALCET_LABEL, ETELCALCETIDE_LABEL, KDIGO_CKD_MBD_2017
from hooks.staging.kidney import ckd_g3a_or_worse, on_dialysis, on_haemodialysis, transplant
from hooks.terminology.conditions import (
    PARATHYROID_CARCINOMA,
    PRIMARY_HYPERPARATHYROIDISM,
    TERTIARY_HYPERPARATHYROIDISM,
)
from hooks.terminology.medications import CALCIMIMETICS, ETELCALCETIDE

OTHER_USE = (PRIMARY_HYPERPARATHYROIDISM, PARATHYROID_CARCINOMA)
TERTIARY = has(TERTIARY_HYPERPARATHYROIDISM) | ordered_for(CALCIMIMETICS, TERTIARY_HYPERPARATHYROIDISM)
CKD = possibly(ckd_g3a_or_worse)

RULE = Rule(
    id="order-calcimimetic-nondialysis",
    title="Calcimimetic ordered in CKD without dialysis",
    group="order-safety",
    place=4,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="Before dialysis a calcimimetic often lowers calcium below normal; its label excludes this use.",
    honesty="The restriction rests on low calcium in trials before dialysis; the ideal PTH in these stages is not known.",
    evidence=(
        Cite(CINACALCET_LABEL, "1.1", "", "not indicated in CKD without dialysis (hypocalcaemia)"),
        Cite(ETELCALCETIDE_LABEL, "", "", "for haemodialysis only"),
        Cite(KDIGO_CKD_MBD_2017, "4.2.1", "", "PTH rising before dialysis: look for what can be changed first"),
    ),
    settings=(),
    when=ordering(CALCIMIMETICS),
    unless=(has(*OTHER_USE), ordered_for(CALCIMIMETICS, *OTHER_USE), TERTIARY & transplant),
    cases=(
        Case(
            CKD & ~on_dialysis,
            "warning",
            "{ordered} {be} not indicated in CKD without dialysis (hypocalcaemia risk). No dialysis found on record.",
            lines=(Line("If the patient dialyses elsewhere, choose 'Record is wrong or out of date'."),),
        ),
        Case(
            ordering(ETELCALCETIDE) & on_dialysis & ~on_haemodialysis,
            "warning",
            "Etelcalcetide is for haemodialysis only; the newest dialysis on record is peritoneal. Consider an alternative.",
        ),
        Case(
            CKD & undecided(on_dialysis),
            "info",
            "{ordered}: in CKD only for dialysis (hypocalcaemia risk). Is this patient on dialysis? The record leaves it open.",
        ),
    ),
    lines=(
        Line(
            "Looked for: a dialysis code on the problem list; dialysis procedures, two at least 30 days apart, the newest"
            " in the last 120 days."
        ),
        Line("Consider first what raises PTH and can be changed: phosphate, low calcium, vitamin D deficiency."),
    ),
    show=("egfr",),
    override_reasons=("data-wrong", "not-indicated", "other"),
    examples="""
        conditions      | draft         | egfr   | procedures | card
        ckd-stage-4     | sevelamer     |        |            | no      # no calcimimetic
                        | cinacalcet    | 22 @5d |            | no      # one eGFR makes no CKD
        ckd-stage-2     | cinacalcet    |        |            | no      # not G3a or worse
        ckd-stage-3a    | cinacalcet    |        |            | warning
        ckd-stage-4     | cinacalcet    |        |            | warning
        ckd-any         | cinacalcet    |        |            | warning # stage not known
        ckd-stage-4     | etelcalcetide |        |            | warning
        dialysis-status | cinacalcet    |        |            | no
        esrd            | cinacalcet    |        |            | info    # dialysis unknown: asks
        esrd            | etelcalcetide |        |            | info
        esrd-untreated  | cinacalcet    |        |            | warning
        dialysis-status | etelcalcetide |        | haemodialysis @3d | no
        dialysis-status | etelcalcetide |        | peritoneal-dialysis @3d | warning
        dialysis-status | cinacalcet    |        | peritoneal-dialysis @3d | no
        dialysis-status | etelcalcetide |        |            | unknown # modality not on record
        ckd-stage-4, primary-hyperparathyroidism | cinacalcet | | | no
        ckd-stage-4, parathyroid-carcinoma       | cinacalcet | | | no
        ckd-stage-4, tertiary-hyperparathyroidism | cinacalcet | | | warning # no transplant
        ckd-stage-4, tertiary-hyperparathyroidism, kidney-transplant | cinacalcet | | | no
    """,
)
