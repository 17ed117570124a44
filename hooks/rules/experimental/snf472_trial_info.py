"""SNF472 (hexasodium fytate): what its trials showed."""

from decimal import Decimal

from hooks.criteria import has, latest
from hooks.cutoffs import fixed
from hooks.rule import Case, Cite, Line, Rule
from hooks.sources import CALCIPHYX, CALIPSO, SNF472_REGISTRY
from hooks.staging.kidney import on_dialysis
from hooks.staging.vessels import CAC_DAYS
from hooks.terminology.conditions import CALCIPHYLAXIS
from hooks.terminology.labs import CAC_SCORE

CALCIFIED = latest(CAC_SCORE, within=CAC_DAYS).at_least(fixed(Decimal(100), "known calcification"))

RULE = Rule(
    id="snf472-trial-info",
    title="SNF472 (hexasodium fytate) in dialysis: trial results",
    group="experimental",
    default_mode="off",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale=(
        "Patients and colleagues ask about it; the answer is what the trials showed, and that it cannot be prescribed."
    ),
    honesty=(
        "Investigational; phase 3 negative in calciphylaxis. It slowed the rise of the coronary calcium volume in"
        " phase 2,"
        " with no outcome data; slower progression is not regression."
    ),
    evidence=(
        Cite(SNF472_REGISTRY, "", "", "trials that are registered for SNF472"),
        Cite(
            CALIPSO, "phase 2b", "", "coronary calcium volume rose by 11 % with it and by 20 % with placebo (p=0.016)"
        ),
        Cite(CALCIPHYX, "phase 3", "", "wound score -5.3 with it and -6.0 with placebo (p=0.88); pain p=0.15"),
    ),
    settings=(),
    when=on_dialysis,
    cases=(
        Case(
            has(CALCIPHYLAXIS) | CALCIFIED,
            "info",
            "SNF472 is investigational: slowed CAC in phase 2, failed phase 3 in calciphylaxis. Not available to prescribe.",
        ),
    ),
    lines=(
        Line(
            "SNF472 is hexasodium myo-inositol hexaphosphate, an inositol phosphate, often grouped with pyrophosphates."
        ),
    ),
    show=("cac-score",),
    override_reasons=("other",),
    examples="""
        conditions                     | cac-score        | card
        calciphylaxis                  |                  | no       # not on dialysis
        dialysis-status                | 99 {AU} @400d    | no       # just below
        dialysis-status                | 100 {AU} @400d   | info     # at the limit
        dialysis-status                | 100 {AU} @3653d  | info     # ten years
        dialysis-status                | 100 {AU} @3654d  | unknown  # too old
        dialysis-status                |                  | unknown  # no score
        dialysis-status, calciphylaxis |                  | info
        esrd, calciphylaxis            |                  | unknown  # dialysis?
        dialysis-status, hospice       | 900 {AU} @400d   | no
    """,
)
