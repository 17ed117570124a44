"""The calcium score rises on a statin: no reason to stop it."""

from hooks.criteria import taking
from hooks.rule import Case, Cite, Line, Rule
from hooks.sources import ACC_AHA_LIPIDS_2026
from hooks.staging.vessels import calcium_score_risen
from hooks.terminology.medications import STATINS

RULE = Rule(
    id="statin-pleiotropic-info",
    title="Calcium score rising on a statin",
    group="mineral",
    place=20,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    default_mode="off",
    hooks=("patient-view",),
    rationale="A rising score is easily taken for failure of the statin, which is then stopped or doubled for no reason.",
    honesty=(
        "Statins cut events but do not lower, and may raise, the score (SALTIRE, EBEAT, meta-analysis 2020). A direct"
        " (pleiotropic) effect against calcification is mechanistic and unproven."
    ),
    evidence=(Cite(ACC_AHA_LIPIDS_2026, "", "", "progression of the score is not used to judge a statin"),),
    settings=(),
    when=taking(STATINS),
    cases=(
        Case(
            calcium_score_risen,
            "info",
            "CAC can rise on statins as plaque stabilises: not a reason to stop. Follow LDL and events, not the score.",
        ),
    ),
    lines=(Line("CAC is the coronary artery calcium score; it need not be repeated while a statin is taken."),),
    show=("cac-score", "ldl"),
    override_reasons=("other",),
    examples="""
        cac-score           | taking               | card
        400 @30d, 300 @900d |                      | no       # no statin
        400 @30d, 300 @900d | atorvastatin 20 mg   | info     # rising
        301 @30d, 300 @900d | atorvastatin 20 mg   | info
        300 @30d, 300 @900d | atorvastatin 20 mg   | no       # no rise
        200 @30d, 300 @900d | atorvastatin 20 mg   | no
        400 @30d, 500 @400d, 300 @900d | atorvastatin 20 mg | no # lower than the one before
        400 @30d, 300 @30d  | atorvastatin 20 mg   | no       # one day
        400 @30d            | atorvastatin 20 mg   | no       # one score
        >400 @30d, 300 @900d | atorvastatin 20 mg  | info     # open upwards
        400 @30d, >300 @900d | atorvastatin 20 mg  | unknown
                            | atorvastatin 20 mg   | unknown
        400 @30d, 300 @900d | medications not read | unknown
    """,
)
