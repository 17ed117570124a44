"""What is known of vitamin K2 in vascular calcification."""

from hooks.criteria import on_hook, ordering, taking
from hooks.rule import Case, Cite, Line, Rule
from hooks.sources import AVADEC, CCD_2023, MENAQUINONE_DIALYSIS_2023, MENAQUINONE_VKA
from hooks.staging.vessels import known_calcification
from hooks.terminology.medications import VITAMIN_K2, VITAMIN_K_ANTAGONISTS

RULE = Rule(
    id="vitamin-k2-evidence-info",
    title="Vitamin K2: what the trials show",
    group="mineral",
    beside="order-safety",
    place=20,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    default_mode="off",
    hooks=("patient-view", "order-select"),
    rationale="Vitamin K2 is taken in the hope of slowing calcification; the trials do not support it so far.",
    honesty=(
        "No guideline recommends vitamin K2 for calcification. Trials lowered dp-ucMGP and did not slow calcification:"
        " Trevasc-HDK (ratio 0.85, 0.55-1.31), AVADEC (275 against 292 AU, p=0.64)."
    ),
    evidence=(
        Cite(AVADEC, "", "", "menaquinone-7 720 ug with vitamin D: aortic valve calcification no slower"),
        Cite(MENAQUINONE_DIALYSIS_2023, "", "", "menaquinone-7 in haemodialysis: arterial stiffness"),
        Cite(CCD_2023, "", "", "no supplements to lower cardiovascular events"),
        Cite(MENAQUINONE_VKA, "", "", "10 to 45 ug a day weaken vitamin K antagonists"),
    ),
    settings=(),
    when=ordering(VITAMIN_K2) | (on_hook("patient-view") & known_calcification),
    unless=(taking(VITAMIN_K_ANTAGONISTS), ordering(VITAMIN_K_ANTAGONISTS, selected=False)),
    cases=(
        Case(
            ordering(VITAMIN_K2) | known_calcification,
            "info",
            "Vitamin K2 corrects dp-ucMGP but has not slowed calcification in trials. No guideline recommends it.",
        ),
    ),
    lines=(
        Line(
            "| trial | given | calcification |\n| --- | --- | --- |\n"
            "| Trevasc-HDK, haemodialysis | menaquinone-7, 18 months | CAC not different |\n"
            "| AVADEC, aortic valve | menaquinone-7 720 ug with vitamin D | not different |"
        ),
        Line("Without a vitamin K antagonist it is regarded as safe; with one it is not."),
    ),
    override_reasons=("other",),
    examples="""
        conditions             | draft       | taking               | card
                               |             |                      | no
                               | sevelamer   |                      | no       # not vitamin K2
                               | menaquinone |                      | info
                               | phytomenadione |                   | no       # vitamin K1
        coronary-calcification |             |                      | info
        coronary-calcification | menaquinone | warfarin             | no       # another rule warns
                               | menaquinone, warfarin |            | no       # another rule warns
                               | menaquinone | apixaban             | info
                               | menaquinone | medications not read | unknown
    """,
)
