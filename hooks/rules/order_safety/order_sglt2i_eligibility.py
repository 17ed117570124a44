"""An SGLT2 inhibitor is ordered where its start, or its use, is not recommended."""

from decimal import Decimal

from hooks.criteria import has, latest, ordering, taking
from hooks.criterion import because, certain
from hooks.cutoffs import fixed
from hooks.rule import Case, Cite, Line, Rule, number
from hooks.shared.advanced_ckd import ASK_DIALYSIS, dialysis_or_possibly
from hooks.shared.history import continuing, ordering_dose
from hooks.sources import KDIGO_DIABETES_2022, SGLT2_LABELS
from hooks.staging.kidney import transplant
from hooks.staging.planned import procedure_soon
from hooks.staging.windows import EGFR_ORDER_DAYS, SGLT2I_CONTINUED_DAYS
from hooks.terminology.conditions import KETOACIDOSIS, TYPE_1_DIABETES
from hooks.terminology.labs import EGFR
from hooks.terminology.medications import CANAGLIFLOZIN, INSULINS, SGLT2_INHIBITORS, SULFONYLUREAS

NEWEST_EGFR = latest(EGFR, within=EGFR_ORDER_DAYS)
NEW = ~continuing(SGLT2_INHIBITORS, within=SGLT2I_CONTINUED_DAYS)
KETOSIS = because(has(KETOACIDOSIS, ever=True), "prior ketoacidosis") | because(has(TYPE_1_DIABETES), "type 1 diabetes")
HIGH_CANAGLIFLOZIN = ordering_dose(CANAGLIFLOZIN, above=Decimal(100)) & NEWEST_EGFR.below(fixed(Decimal(60), "label"))

TOO_LOW = NEW & ordering(CANAGLIFLOZIN) & NEWEST_EGFR.below(fixed(Decimal(30), "canagliflozin label"))

RULE = Rule(
    id="order-sglt2i-eligibility",
    title="SGLT2 inhibitor where it is not recommended",
    group="order-safety",
    place=13,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="SGLT2 inhibitors are started from eGFR 20, and bring ketoacidosis where insulin is lacking.",
    honesty="They slow kidney disease and spare hearts; that they change vascular calcification has not been shown.",
    evidence=(
        Cite(
            KDIGO_DIABETES_2022, "", "", "start at eGFR 20 or more, continue below until dialysis; not in transplants"
        ),
        Cite(
            SGLT2_LABELS, "", "", "start: dapagliflozin from 25, empagliflozin from 20, canagliflozin from 30 (100 mg)"
        ),
    ),
    settings=(
        number("egfrStart", "20", "mL/min/{1.73_m2}", low="20", high="25", why="eGFR from which one is started"),
    ),
    when=ordering(SGLT2_INHIBITORS),
    cases=(
        Case(KETOSIS, "critical", "{ordered} ordered with {reason}: ketoacidosis risk. Consider whether to proceed."),
        Case(
            dialysis_or_possibly() | because(transplant, "a kidney transplant"),
            "warning",
            "{ordered} ordered with {reason}: not recommended there. Consider whether to proceed.",
        ),
        Case(
            NEW & NEWEST_EGFR.below("egfrStart"),
            "warning",
            "{ordered} new start with eGFR {egfr}. Consider whether to proceed; continuation below 20 is acceptable.",
        ),
        Case(
            TOO_LOW,
            "warning",
            "Canagliflozin new start with eGFR {egfr}: label from 30. Consider dapagliflozin or empagliflozin instead.",
        ),
        Case(
            HIGH_CANAGLIFLOZIN,
            "warning",
            "Canagliflozin {dose} mg with eGFR {egfr}: 100 mg is the dose in CKD. Consider 100 mg.",
        ),
        Case(
            procedure_soon,
            "info",
            "{ordered} ordered, and {procedure} planned for {due}. Consider starting after it (ketoacidosis).",
        ),
    ),
    lines=(
        Line(
            "| drug | start from eGFR | below that |\n| --- | --- | --- |\n"
            "| dapagliflozin 10 mg | 25 (label), 20 (KDIGO) | continue until dialysis |\n"
            "| empagliflozin 10 mg | 20 | continue until dialysis |\n"
            "| canagliflozin 100 mg | 30 | continue until dialysis; 300 mg only from 60 |"
        ),
        Line(
            "Insulin or a sulfonylurea is active: weigh the risk of hypoglycaemia, without stopping basal insulin.",
            taking(INSULINS, SULFONYLUREAS) & ~certain(KETOSIS),
        ),
        Line("Never stop or skip basal insulin for it: ketoacidosis may come at normal glucose.", KETOSIS),
        ASK_DIALYSIS,
    ),
    show=("egfr",),
    override_reasons=("not-indicated", "already-addressed", "data-wrong"),
    examples="""
        conditions            | draft                                             | taking               | stopped            | ordered    | egfr     | card
                              |                                                   |                      |                    |            | 15 @9d   | no
                              | metformin 500 mg twice daily                      |                      |                    |            | 15 @9d   | no
                              | dapagliflozin 10 mg once daily                    |                      |                    |            | 20 @9d   | no       # at the limit
                              | dapagliflozin 10 mg once daily                    |                      |                    |            | 19 @9d   | warning
                              | dapagliflozin 10 mg once daily                    |                      |                    |            | 22 @9d   | no
                              | dapagliflozin 10 mg once daily                    |                      |                    |            | 19 @200d | info     # old: one level lower
                              | dapagliflozin 10 mg once daily                    | dapagliflozin 10 mg  |                    |            | 15 @9d   | no       # continued
                              | dapagliflozin 10 mg once daily                    |                      | dapagliflozin @90d |            | 15 @9d   | no       # continued
                              | dapagliflozin 10 mg once daily                    |                      | dapagliflozin @91d |            | 15 @9d   | warning
                              | dapagliflozin 10 mg once daily                    | empagliflozin 10 mg  |                    |            | 15 @9d   | warning  # another one
                              | empagliflozin 5 mg / metformin 500 mg twice daily |                      |                    |            | 15 @9d   | warning  # a combination
        type1-diabetes        | dapagliflozin 10 mg once daily                    |                      |                    |            | 70 @9d   | critical
        ketoacidosis resolved | dapagliflozin 10 mg once daily                    |                      |                    |            | 70 @9d   | critical
        dialysis-status       | dapagliflozin 10 mg once daily                    | dapagliflozin 10 mg  |                    |            |          | warning  # also continued
        esrd                  | dapagliflozin 10 mg once daily                    |                      |                    |            |          | warning  # counts until asked
        kidney-transplant     | dapagliflozin 10 mg once daily                    |                      |                    |            | 70 @9d   | warning
                              | canagliflozin 300 mg once daily                   |                      |                    |            | 59 @9d   | warning
                              | canagliflozin 300 mg once daily                   |                      |                    |            | 60 @9d   | no
                              | canagliflozin 100 mg once daily                   |                      |                    |            | 59 @9d   | no
                              | canagliflozin 100 mg once daily                   |                      |                    |            | 30 @9d   | no
                              | canagliflozin 100 mg once daily                   |                      |                    |            | 29 @9d   | warning  # its label
                              | canagliflozin 100 mg once daily                   | canagliflozin 100 mg |                    |            | 29 @9d   | no       # continued
                              | dapagliflozin 10 mg once daily                    |                      |                    | pci due 3d | 70 @9d   | info
                              | dapagliflozin 10 mg once daily                    |                      |                    | pci due 4d | 70 @9d   | no
                              | dapagliflozin 10 mg once daily                    |                      |                    |            |          | unknown
                              | dapagliflozin 10 mg once daily                    | medications not read |                    |            | 15 @9d   | unknown
    """,
)
