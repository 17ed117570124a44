"""Targeted nanoparticles: animal studies only."""

from hooks.rule import Case, Cite, Rule
from hooks.sources import CALCIFICATION_THERAPIES_2025
from hooks.staging.vessels import known_calcification

RULE = Rule(
    id="nanotechnology-info",
    title="Targeted nanoparticles: animal studies only",
    group="experimental",
    default_mode="off",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="Reports of calcification dissolved by nanoparticles reach patients before any human trial.",
    honesty=(
        "Research stage: elastin-targeted nanoparticles reversed calcification in rat models of CKD only; there is no"
        " human trial, so nothing is known of benefit or harm in people."
    ),
    evidence=(
        Cite(
            CALCIFICATION_THERAPIES_2025,
            "",
            "",
            "elastin-targeted EDTA-albumin nanoparticles reversed calcification in rats with CKD; no human trial",
        ),
    ),
    settings=(),
    when=known_calcification,
    cases=(
        Case(
            known_calcification,
            "info",
            "Targeted nanoparticles for calcification: animal studies only. No clinical use.",
        ),
    ),
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
