"""PCI planned in heavily calcified coronary arteries: intravascular lithotripsy."""

from hooks.rule import Case, Cite, Rule
from hooks.shared.indications import as_in
from hooks.sources import DISRUPT_CAD_III, REVASCULARISATION_2021
from hooks.staging.coronary import CAC_HEAVY, heavy_calcification, pci_planned

HEAVY = as_in("calcified-lesion-rotational-atherectomy-info", heavy_calcification("cacHeavy"), (CAC_HEAVY,))

RULE = Rule(
    id="calcified-lesion-ivl-info",
    title="Intravascular lithotripsy in calcified lesions",
    group="interventional",
    family="calcified-lesion",
    place=3,
    default_mode="off",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="Lithotripsy fractures calcium by sound before stenting.",
    honesty=(
        "Class 2b, mostly on single-arm evidence. It fractures calcium to place a stent, it does not remove it. The"
        " operator's decision."
    ),
    evidence=(
        Cite(REVASCULARISATION_2021, "", "2b", "intracoronary lithotripsy may be considered in calcified lesions"),
        Cite(DISRUPT_CAD_III, "", "", "single-arm trial before stenting"),
    ),
    settings=(),
    when=pci_planned,
    cases=(
        Case(
            HEAVY,
            "info",
            "Intravascular lithotripsy (2b) is an option for calcified lesions before stenting. Operator decision.",
        ),
    ),
    show=("cac-score",),
    override_reasons=("other",),
    examples="""
        ordered  | cac-score       | conditions                                                    | card
                 | 900 {AU} @200d  |                                                               | no       # no PCI planned
        pci      | 399 {AU} @200d  |                                                               | no       # just below
        pci      | 400 {AU} @200d  |                                                               | info     # at the limit
        pci      |                 | severe-coronary-calcification                                 | info
        pci      |                 | coronary-calcification                                        | unknown  # how heavy?
        pci @5d  | 900 {AU} @200d  |                                                               | no       # completed
    """,
)
