"""Metformin is ordered or taken at a kidney function that forbids it, or asks for half the dose."""

from decimal import Decimal

from hooks.criteria import has, latest, on_hook, ordering, taking
from hooks.criterion import certain, possibly, undecided, unsaid
from hooks.rule import Case, Cite, Line, Offer, Rule, number
from hooks.shared.advanced_ckd import ASK_DIALYSIS, advanced_ckd
from hooks.shared.history import combined, continuing, ordering_dose, taking_dose
from hooks.shared.proposals import lab_test, review
from hooks.sources import FDA_METFORMIN_2016, KDIGO_DIABETES_2022
from hooks.staging.kidney import on_dialysis
from hooks.staging.windows import AKI_DAYS, EGFR_ORDER_DAYS
from hooks.terminology.conditions import AKI
from hooks.terminology.labs import EGFR
from hooks.terminology.medications import METFORMIN
from hooks.words import drugs_of, setting

HALF = Decimal(1000)
ORDERED, TAKEN = ordering(METFORMIN), unsaid(on_hook("patient-view")) & taking(METFORMIN)
FORBIDDEN = advanced_ckd(below="stop", within=EGFR_ORDER_DAYS)
REDUCED = latest(EGFR, within=EGFR_ORDER_DAYS).below("halve")
MUCH_ORDERED, MUCH_TAKEN = ordering_dose(METFORMIN, above=HALF), taking_dose(METFORMIN, above=HALF)
STOP = "{products} with {reason}: contraindicated. Consider stopping or dose change."
HALVE = "{products} with eGFR {egfr}: at most 1000 mg a day. Consider stopping or dose change."
TO_STOP = Offer("Ask to review metformin", (review("Metformin: consider stopping it at this kidney function."),))
TO_HALVE = Offer("Ask to review the dose", (review("Metformin: consider at most 1000 mg a day at this eGFR."),))
UNREAD = Line("The daily dose cannot be read.", (ORDERED & undecided(MUCH_ORDERED)) | (TAKEN & undecided(MUCH_TAKEN)))

RULE = Rule(
    id="order-metformin-egfr",
    title="Metformin at low kidney function",
    group="order-safety",
    beside="diabetes",
    place=12,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign", "patient-view"),
    rationale="Metformin is cleared by the kidney; it accumulates at low eGFR and may cause lactic acidosis.",
    honesty="The limits are those of the label and of KDIGO 2022; lactic acidosis is rare, its cause often another illness.",
    evidence=(
        Cite(KDIGO_DIABETES_2022, "metformin figure", "", "half the dose at eGFR 30-44, stop below 30"),
        Cite(FDA_METFORMIN_2016, "", "", "contraindicated below eGFR 30; starting not recommended at 30-45"),
    ),
    settings=(
        number("stop", "30", "mL/min/{1.73_m2}", low="25", high="30", why="eGFR below which the label forbids it"),
        number("halve", "45", "mL/min/{1.73_m2}", low="45", high="60", why="eGFR below which the dose is halved"),
    ),
    when=ORDERED | TAKEN,
    cases=(
        Case(ORDERED & FORBIDDEN, "critical", STOP, offers=(TO_STOP,)),
        Case(TAKEN & FORBIDDEN, "warning", STOP, offers=(TO_STOP,)),
        Case(
            ORDERED & REDUCED & ~continuing(METFORMIN),
            "warning",
            "{products} with eGFR {egfr}: starting is not recommended below {halve}. Consider another drug.",
        ),
        Case(ORDERED & REDUCED & possibly(MUCH_ORDERED), "warning", HALVE, (UNREAD,), (TO_HALVE,)),
        Case(TAKEN & REDUCED & possibly(MUCH_TAKEN), "warning", HALVE, (UNREAD,), (TO_HALVE,)),
    ),
    lines=(
        Line("Combination product ({products}): each component needs its own decision.", combined(METFORMIN)),
        Line(
            "Acute kidney injury is on record: if it is transient, consider pausing and judging again after recovery.",
            has(AKI, within=AKI_DAYS, ever=True),
        ),
        ASK_DIALYSIS,
        Line("Sick days with vomiting, diarrhoea or poor intake, and iodinated contrast: consider pausing metformin."),
    ),
    offers=(Offer("Order eGFR", (lab_test(EGFR),), ~certain(on_dialysis)),),
    values={"halve": setting("halve"), "products": drugs_of(METFORMIN)},
    show=("egfr",),
    override_reasons=("data-wrong", "lab-suspect", "already-addressed"),
    examples="""
        conditions      | draft                                              | taking                        | egfr     | card
                        |                                                    |                               | 24 @14d  | no       # no metformin
                        | linagliptin 5 mg once daily                        |                               | 24 @14d  | no
                        | metformin 500 mg twice daily                       |                               | 45 @14d  | no       # at the limit
                        | metformin 500 mg twice daily                       |                               | 50 @14d  | no
                        | metformin 500 mg twice daily                       |                               | 44 @14d  | warning  # new below 45
                        | metformin 500 mg twice daily                       |                               | 30 @14d  | warning  # at the lower limit
                        | metformin 500 mg twice daily                       |                               | 29 @14d  | critical
                        | metformin 500 mg twice daily                       |                               | 29 @181d | warning  # old: one level lower
                        | metformin 500 mg twice daily                       |                               | 29 @366d | unknown
                        | metformin 500 mg twice daily                       |                               |          | unknown
        dialysis-status | metformin 500 mg twice daily                       |                               |          | critical
        esrd            | metformin 500 mg twice daily                       |                               |          | critical # counts until asked
        ckd-stage-4     | metformin 500 mg twice daily                       |                               |          | critical # G4 without an eGFR
                        | empagliflozin 5 mg / metformin 1000 mg twice daily |                               | 24 @14d  | critical # a combination
                        | metformin 500 mg twice daily                       | metformin 500 mg twice daily  | 40 @14d  | no       # 1000 mg is enough
                        | metformin 1000 mg twice daily                      | metformin 1000 mg twice daily | 40 @14d  | warning  # halve
                        | metformin                                          | metformin                     | 40 @14d  | warning  # dose not readable
                        |                                                    | metformin 500 mg twice daily  | 40 @14d  | no
                        |                                                    | metformin 850 mg twice daily  | 40 @14d  | warning
                        |                                                    | metformin 850 mg twice daily  | 24 @14d  | warning  # never critical when viewing
        dialysis-status |                                                    | metformin 500 mg once daily   |          | warning
                        | metformin 500 mg twice daily                       | medications not read          | 40 @14d  | unknown
    """,
)
