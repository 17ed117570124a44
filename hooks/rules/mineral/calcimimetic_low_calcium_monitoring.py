"""Low or unmeasured calcium on a calcimimetic."""

from hooks.criteria import calcium, has, taking
from hooks.criterion import certain
from hooks.rule import Case, Cite, Line, Offer, Rule, number
from hooks.shared.courses import no_calcium_for, no_calcium_since_change
from hooks.shared.proposals import lab_test, review
from hooks.sources import CINACALCET_LABEL, KDIGO_CKD_MBD_2017
from hooks.staging.critical import critical_calcium
from hooks.staging.windows import CALCIUM_DRUG_DAYS, CALCIUM_ON_CALCIMIMETIC_DAYS, DOSE_SETTLES_DAYS
from hooks.terminology.conditions import LONG_QT, SEIZURE_DISORDER
from hooks.terminology.labs import ALBUMIN, CALCIUM_IONISED, CALCIUM_TOTAL
from hooks.terminology.medications import CALCIMIMETICS
from hooks.words import limit_of_calcium

TOO_LOW = calcium(below="withhold", within=CALCIUM_DRUG_DAYS)
LOW = calcium(below="lower", within=CALCIUM_DRUG_DAYS)
HOLD = Offer(
    "Ask to review the calcimimetic: calcium is below the label's limit",
    (review("Review the calcimimetic: consider holding or reducing it, as calcium is below the label's limit"),),
)

RULE = Rule(
    id="calcimimetic-low-calcium-monitoring",
    title="Low or unmeasured calcium on a calcimimetic",
    group="mineral",
    place=7,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="Calcimimetics lower calcium; low calcium prolongs QT and may cause seizures.",
    honesty=(
        "The limits are those of the label. KDIGO allows individual tolerance of mild hypocalcaemia without symptoms;"
        " no outcome trial shows which calcium is best on a calcimimetic."
    ),
    evidence=(
        Cite(
            CINACALCET_LABEL, "", "", "7.5 to 8.4 mg/dL: calcium or vitamin D; below 7.5: withhold until 8.0 or better"
        ),
        Cite(KDIGO_CKD_MBD_2017, "4.1.3", "", "mild hypocalcaemia without symptoms may be tolerated"),
    ),
    settings=(
        number("withhold", "7.5", "mg/dL", low="7.0", high="7.8", why="calcium below which the label withholds it"),
        number("lower", "8.4", "mg/dL", low="8.0", high="8.6", why="lower limit of calcium on a calcimimetic"),
    ),
    when=taking(CALCIMIMETICS),
    unless=(certain(critical_calcium),),
    cases=(
        Case(
            TOO_LOW,
            "warning",
            "{named_calcium} on {drug}. Review dose and calcium; consider holding it (label: withhold below {withhold}).",
            offers=(HOLD,),
        ),
        Case(
            LOW,
            "warning",
            "{named_calcium} on {drug}. Review dose and calcium (label: withhold below {withhold}).",
            lines=(
                Line("Label: from 7.5 to 8.4 mg/dL, or with symptoms, consider a calcium-based binder or vitamin D."),
                Line("Mild hypocalcaemia without symptoms may be tolerated (KDIGO 2017)."),
            ),
        ),
        Case(
            no_calcium_since_change(CALCIMIMETICS, DOSE_SETTLES_DAYS),
            "warning",
            "On {drug}, started or changed on {changed}, no calcium measured since. Consider calcium now (label: in 1 week).",
        ),
        Case(
            no_calcium_for(CALCIUM_ON_CALCIMIMETIC_DAYS),
            "warning",
            "On {drug}: the newest calcium {last_calcium}. Consider measuring it (none in 35 days).",
        ),
    ),
    lines=(
        Line("Ask about paraesthesia, cramps, seizures; consider an ECG and other drugs that prolong QT."),
        Line("Long QT or seizures are on record: low calcium is more dangerous here.", has(LONG_QT, SEIZURE_DISORDER)),
    ),
    offers=(
        Offer(
            "Order calcium with albumin, and ionised calcium",
            (lab_test(CALCIUM_TOTAL), lab_test(ALBUMIN), lab_test(CALCIUM_IONISED)),
        ),
    ),
    values={"withhold": limit_of_calcium("withhold", CALCIUM_DRUG_DAYS)},
    show=("calcium", "calcium-corrected", "calcium-ionised", "albumin", "pth"),
    override_reasons=("already-addressed", "lab-suspect"),
    examples="""
        taking                           | calcium         | albumin | calcium-ionised | card
                                         | 8.0 @5d         | 4 @5d   |                 | no       # no calcimimetic
        cinacalcet                       | 8.4 @5d         | 4 @5d   |                 | no       # at the limit
        cinacalcet                       | 8.3 @5d         | 4 @5d   |                 | warning
        cinacalcet                       | 2.05 mmol/L @5d | 4 @5d   |                 | warning  # SI: 8.2 mg/dL
        cinacalcet                       | 8.3 @5d         | 3 @5d   |                 | no       # 9.1 when corrected
        cinacalcet                       | 8.3 @5d         |         |                 | info     # albumin could overturn it
        cinacalcet                       | 7.5 @5d         | 4 @5d   |                 | warning  # at the limit to withhold
        cinacalcet                       | 7.4 @5d         | 4 @5d   |                 | warning  # withhold
        cinacalcet                       | 7.4 @5d         |         |                 | warning  # no albumin overturns it
        etelcalcetide                    |                 |         | 1.12 @5d        | no
        etelcalcetide                    |                 |         | 1.11 @5d        | warning
        cinacalcet                       |                 |         | 1.00 @5d        | warning  # stands for 7.5
        cinacalcet                       |                 |         | 0.99 @5d        | warning  # withhold
        cinacalcet                       | 6.5 @1d         | 4 @1d   |                 | no       # the card on critical values speaks
        cinacalcet                       | 6.5 @5d         | 4 @5d   |                 | warning  # too old for that card
        cinacalcet                       | 8.0 @31d        | 4 @31d  |                 | unknown  # too old to judge by
        cinacalcet                       | 9.0 @35d        | 4 @35d  |                 | unknown  # not yet out of date
        cinacalcet                       | 9.0 @36d        | 4 @36d  |                 | warning  # out of date
        cinacalcet                       |                 |         |                 | warning  # never measured
        cinacalcet @14d                  | 9.0 @14d        | 4 @14d  |                 | warning  # none since the start
        cinacalcet @13d                  | 9.0 @14d        | 4 @14d  |                 | no       # 13 days
        cinacalcet @14d                  | 9.0 @13d        | 4 @13d  |                 | no       # measured since
        cinacalcet 30 mg once daily @90d, cinacalcet 60 mg once daily @20d | 9.0 @25d | 4 @25d | | warning # none since the dose changed
        cinacalcet 30 mg once daily @90d, cinacalcet 30 mg once daily @20d | 9.0 @25d | 4 @25d | | no      # a renewal
        medications not read             | 8.0 @5d         | 4 @5d   |                 | unknown
    """,
)
