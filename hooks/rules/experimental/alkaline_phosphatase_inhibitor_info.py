"""Alkaline phosphatase inhibitors: research, none approved."""

from hooks.rule import Case, Cite, Line, Rule
from hooks.sources import CALCIFICATION_THERAPIES_2025
from hooks.staging.vessels import known_calcification

RULE = Rule(
    id="alkaline-phosphatase-inhibitor-info",
    title="Alkaline phosphatase inhibitors: research stage",
    group="experimental",
    default_mode="off",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale=(
        "The enzyme that breaks down pyrophosphate, a natural inhibitor of calcification, is a target of research."
    ),
    honesty=(
        "Research stage: inhibition of tissue-nonspecific alkaline phosphatase and enzyme replacement (rENPP1) are in"
        " early trials; no therapy for medial calcification is approved."
    ),
    evidence=(
        Cite(
            CALCIFICATION_THERAPIES_2025,
            "",
            "",
            "TNAP inhibition and rENPP1 in early trials; no approved therapy for medial calcification",
        ),
    ),
    settings=(),
    when=known_calcification,
    cases=(
        Case(
            known_calcification,
            "info",
            "Alkaline phosphatase inhibitors for calcification are early-stage research; none is approved.",
        ),
    ),
    lines=(Line("A serum alkaline phosphatase is a marker of bone turnover, not an indication for such a drug."),),
    override_reasons=("other",),
    examples="""
        conditions              | cac-score       | card
                                |                 | no       # no calcification known
        possible-calcification  |                 | no       # a proxy is not known calcification
                                | 99 {AU} @400d   | no       # just below
                                | 100 {AU} @400d  | info     # at the limit
        coronary-calcification  |                 | info
        valve-calcification     |                 | info
        coronary-calcification, hospice |         | no
        problems not read       |                 | unknown
    """,
)
