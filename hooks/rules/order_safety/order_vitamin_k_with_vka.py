"""Vitamin K together with a vitamin K antagonist."""

from hooks.criteria import on_hook, ordering, taking
from hooks.criterion import unsaid
from hooks.rule import Case, Cite, Line, Offer, Rule
from hooks.shared.proposals import lab_test
from hooks.sources import MENAQUINONE_VKA
from hooks.staging.exclusions import is_adult
from hooks.staging.ordering import started_lately, vitamin_k_drafted, vitamin_k_ordered, vitamin_k_taken
from hooks.terminology.labs import INR
from hooks.terminology.medications import VITAMIN_K, VITAMIN_K_ANTAGONISTS
from hooks.words import drugs_of

BOTH_ACTIVE = unsaid(on_hook("patient-view")) & vitamin_k_taken & taking(VITAMIN_K_ANTAGONISTS)
ORDERED = (vitamin_k_ordered & (ordering(VITAMIN_K_ANTAGONISTS, selected=False) | taking(VITAMIN_K_ANTAGONISTS))) | (
    ordering(VITAMIN_K_ANTAGONISTS) & (vitamin_k_drafted | vitamin_k_taken)
)
ADVICE = (
    "Vitamin K ({vitamin}) with {antagonist}: may reverse anticoagulation even at 10-45 ug/day. Avoid or monitor INR."
)

RULE = Rule(
    id="order-vitamin-k-with-vka",
    title="Vitamin K together with a vitamin K antagonist",
    group="order-safety",
    beside="mineral",
    place=8,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign", "patient-view"),
    rationale="Small doses of menaquinone weaken vitamin K antagonists; supplements are taken for calcification.",
    honesty=(
        "Vitamin K2 has no proven benefit on vascular calcification and no guideline recommends it. Direct oral"
        " anticoagulants do not interact with vitamin K."
    ),
    evidence=(
        Cite(
            MENAQUINONE_VKA, "", "", "menaquinone-7 at 10 to 45 ug a day lowers INR on acenocoumarol; avoid it with VKA"
        ),
    ),
    settings=(),
    when=unsaid(is_adult),
    cases=(
        Case(ORDERED, "critical", ADVICE),
        Case(BOTH_ACTIVE & started_lately, "critical", ADVICE),
        Case(BOTH_ACTIVE, "warning", ADVICE),
    ),
    lines=(Line("If both are long-standing: keep the intake constant and check INR."),),
    offers=(Offer("Order INR", (lab_test(INR),)),),
    values={"vitamin": drugs_of(VITAMIN_K), "antagonist": drugs_of(VITAMIN_K_ANTAGONISTS)},
    show=("inr",),
    override_reasons=("already-addressed", "data-wrong", "other"),
    examples="""
        draft                           | taking                  | card
                                        |                         | no
        menaquinone                     |                         | no       # no antagonist
        menaquinone                     | apixaban                | no       # not a vitamin K antagonist
        menaquinone                     | warfarin                | critical
        warfarin                        | menaquinone             | critical
        warfarin, menaquinone           |                         | critical
                                        | warfarin @300d, menaquinone @200d | warning # long-standing
                                        | warfarin @300d, menaquinone @31d  | warning
                                        | warfarin @300d, menaquinone @30d  | critical # started lately
        phytomenadione for INR above 4.5 | warfarin               | no       # reversal
        vitamin K 2 mg for INR above 4.5 | warfarin               | no       # 2 mg of vitamin K is not vitamin K2
        vitamin K2 90 micrograms         | warfarin               | critical
        menaquinone                     | medications not read    | unknown
    """,
)
