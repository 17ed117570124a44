"""Limb-threatening ischaemia without a vascular referral."""

from hooks.criteria import has, ordered
from hooks.rule import Case, Cite, Line, Offer, Rule, number
from hooks.shared.proposals import referral
from hooks.sources import PAD_2024
from hooks.staging.limb import vascular_referral_open
from hooks.staging.windows import CLTI_DAYS
from hooks.terminology.conditions import LIMB_THREATENING_ISCHAEMIA
from hooks.terminology.procedures import PERIPHERAL_REVASCULARISATION, VASCULAR_SURGERY_REFERRAL
from hooks.words import setting

RULE = Rule(
    id="clti-urgent-vascular-referral",
    title="Limb-threatening ischaemia without a vascular referral",
    group="interventional",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="Rest pain, an ischaemic ulcer or gangrene threatens the limb: days matter.",
    honesty=(
        "Revascularisation prevents limb loss (1); it does not treat calcification. The ischaemia is seen by"
        " ICD-10-CM code"
        " or by the words 'critical limb ischaemia' on the problem list, a referral by its SNOMED CT code."
    ),
    evidence=(
        Cite(PAD_2024, "", "1", "multispecialty evaluation of the limb, revascularisation to prevent limb loss"),
    ),
    settings=(number("days", "30", "d", low="7", high="60", why="how long a referral or procedure counts as recent"),),
    when=has(LIMB_THREATENING_ISCHAEMIA, within=CLTI_DAYS),
    unless=(vascular_referral_open,),
    cases=(
        Case(
            ~ordered(VASCULAR_SURGERY_REFERRAL, PERIPHERAL_REVASCULARISATION, within="days"),
            "warning",
            "Limb-threatening ischaemia coded and no vascular referral in {days} days. Consider urgent referral.",
            offers=(
                Offer(
                    "Refer to vascular surgery, urgently",
                    (referral(VASCULAR_SURGERY_REFERRAL, urgent=True),),
                    recommended=True,
                ),
            ),
        ),
    ),
    lines=(Line("An acutely cold, painful or numb limb is an emergency and not what this card is about."),),
    values={"days": setting("days")},
    override_reasons=("already-addressed", "patient-declined", "goals-of-care"),
    examples="""
        conditions                                   | ordered                               | procedures                        | card
        claudication                                 |                                       |                                   | no
        problems not read                            |                                       |                                   | unknown
        clti @20d                                    |                                       |                                   | warning
        clti                                         |                                       |                                   | warning  # not dated
        ascvd-pad (Critical limb ischaemia) @20d     |                                       |                                   | warning  # in words
        ascvd-pad (No critical limb ischaemia) @20d  |                                       |                                   | no       # denied
        clti @90d                                    |                                       |                                   | warning  # at the limit
        clti @91d                                    |                                       |                                   | no       # too old
        clti inactive @20d                           |                                       |                                   | no
        clti @20d                                    | vascular-surgery-referral @30d        |                                   | no       # at the limit
        clti @20d                                    | vascular-surgery-referral @31d        |                                   | warning  # completed before
        clti @20d                                    | vascular-surgery-referral open @40d   |                                   | no       # under way
        clti @20d                                    | vascular-surgery-referral open @91d   |                                   | warning  # not about this
        clti @20d                                    | nephrology-referral                   |                                   | warning
        clti @40d                                    |                                       | peripheral-revascularisation @30d | no       # treated
        clti @40d                                    |                                       | peripheral-revascularisation @31d | warning
        clti @20d, hospice                           |                                       |                                   | no
        clti @20d, palliative                        |                                       |                                   | info     # downgraded
    """,
)
