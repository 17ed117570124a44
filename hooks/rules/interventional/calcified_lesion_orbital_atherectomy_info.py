"""PCI planned in heavily calcified coronary arteries: orbital atherectomy."""

from hooks.rule import Case, Cite, Line, Rule
from hooks.shared.indications import as_in
from hooks.sources import ECLIPSE, REVASCULARISATION_2021
from hooks.staging.coronary import CAC_HEAVY, heavy_calcification, pci_planned

HEAVY = as_in("calcified-lesion-rotational-atherectomy-info", heavy_calcification("cacHeavy"), (CAC_HEAVY,))

RULE = Rule(
    id="calcified-lesion-orbital-atherectomy-info",
    title="Orbital atherectomy in calcified lesions",
    group="interventional",
    family="calcified-lesion",
    place=2,
    default_mode="off",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale=(
        "Orbital atherectomy prepares calcified lesions; whether to use it routinely was tested in a large trial."
    ),
    honesty=(
        "Class 2b. Routine use did not beat balloon preparation in ECLIPSE (n=2005): target vessel failure 11.5 and"
        " 10.0 %, p=0.28, no larger stent area, more deaths within 30 days. The operator's decision."
    ),
    evidence=(
        Cite(REVASCULARISATION_2021, "", "2b", "orbital atherectomy may be considered in calcified lesions"),
        Cite(ECLIPSE, "", "", "target vessel failure at one year 11.5 % with it and 10.0 % with balloon, p=0.28"),
    ),
    settings=(),
    when=pci_planned,
    cases=(
        Case(
            HEAVY,
            "info",
            "Orbital atherectomy (2b): routine use did not beat balloon preparation in ECLIPSE. Operator decision.",
        ),
    ),
    lines=(Line("ECLIPSE had lesions that the operator thought fit for both ways of preparing them."),),
    show=("cac-score",),
    override_reasons=("other",),
    examples="""
        ordered  | cac-score       | conditions                                                    | card
                 | 900 {AU} @200d  |                                                               | no       # no PCI planned
        pci      | 399 {AU} @200d  |                                                               | no       # just below
        pci      | 400 {AU} @200d  |                                                               | info     # at the limit
        pci      |                 | coronary-calcification (Severe coronary artery calcification) | info
        pci      |                 | coronary-calcification                                        | unknown  # how heavy?
        pci @5d  | 900 {AU} @200d  |                                                               | no       # completed
    """,
)
