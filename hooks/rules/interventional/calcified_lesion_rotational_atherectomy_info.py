"""PCI planned in heavily calcified coronary arteries: rotational atherectomy. Leads the card of the three."""

from hooks.rule import Case, Cite, Line, Rule
from hooks.sources import EAPCI_CALCIFIED_2023, REVASCULARISATION_2021, REVASCULARISATION_2021_PCI
from hooks.staging.coronary import CAC_HEAVY, heavy_calcification, pci_planned

RULE = Rule(
    id="calcified-lesion-rotational-atherectomy-info",
    title="PCI planned with heavy coronary calcification",
    group="interventional",
    family="calcified-lesion",
    place=1,
    default_mode="off",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="A calcified lesion that does not yield leaves a stent under-expanded; it can be prepared beforehand.",
    honesty=(
        "Rotational atherectomy (2a) helps to place a stent in a fibrotic or heavily calcified lesion: a procedural"
        " tool,"
        " the operator's decision. It treats the lesion, not calcification as a disease."
    ),
    evidence=(
        Cite(REVASCULARISATION_2021, "", "2a", "plaque modification before a stent is placed in a calcified lesion"),
        Cite(REVASCULARISATION_2021_PCI, "", "2a", "rotational atherectomy in fibrotic or heavily calcified lesions"),
        Cite(EAPCI_CALCIFIED_2023, "", "", "intravascular imaging guides the choice of the tool"),
    ),
    settings=(CAC_HEAVY,),
    when=pci_planned,
    cases=(
        Case(
            heavy_calcification("cacHeavy"),
            "info",
            "PCI planned with heavy coronary calcification: plaque modification (e.g. rotational) may be needed (2a).",
        ),
    ),
    lines=(
        Line("Consider intravascular imaging to judge depth, arc and length of the calcium and to guide the choice."),
    ),
    show=("cac-score",),
    override_reasons=("already-addressed", "other"),
    examples="""
        ordered    | procedures | cac-score        | conditions                                                  | card
                   |          | 900 {AU} @200d   |                                                             | no       # no PCI planned
        pci        |          |                  |                                                             | no       # nothing documented
        pci        |          | 399 {AU} @200d   |                                                             | no       # just below
        pci        |          | 400 {AU} @200d   |                                                             | info     # at the limit
        pci        |          | 900 {AU} @3653d  |                                                             | info     # ten years
        pci        |          | 900 {AU} @3654d  |                                                             | no
        pci        |          |                  | coronary-calcification (Severe coronary artery calcification) | info
        pci        |          |                  | severe-coronary-calcification (Heavily calcified coronary arteries) | info
        pci        |          |                  | coronary-calcification                                      | unknown  # how heavy?
        pci        |          | 250 {AU} @200d   | coronary-calcification                                      | no       # not heavy
        pci        |          | >250 {AU} @200d  |                                                             | unknown  # open end
        pci        | pci @0d  | 900 {AU} @200d   |                                                             | no       # done since
        pci        | pci @40d | 900 {AU} @200d   |                                                             | info     # done before
        pci @5d    |          | 900 {AU} @200d   |                                                             | no       # the order is completed
        pci open @90d |       | 900 {AU} @200d   |                                                             | info     # at the limit
        pci open @91d |       | 900 {AU} @200d   |                                                             | no
        cabg       |          | 900 {AU} @200d   |                                                             | no
    """,
)
