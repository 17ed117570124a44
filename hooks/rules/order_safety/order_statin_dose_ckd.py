"""A statin is ordered above the dose recommended in CKD, or simvastatin 80 mg anew."""

from decimal import Decimal

from hooks.criteria import in_stage, latest, missing, ordering, taking
from hooks.criterion import certain, possibly
from hooks.cutoffs import fixed
from hooks.rule import Case, Cite, Line, Rule, number
from hooks.shared.advanced_ckd import ASK_DIALYSIS
from hooks.shared.draft_changes import CYP3A4_INHIBITED, statin_instead
from hooks.shared.history import ordering_dose
from hooks.sources import ACC_AHA_LIPIDS_2026, FDA_SIMVASTATIN_2011, KDIGO_LIPIDS_2013, ROSUVASTATIN_LABEL
from hooks.staging.kidney import has_ckd, on_dialysis
from hooks.staging.ordered_statins import (
    SIMVASTATIN_TOP,
    simvastatin_high_for_a_year,
    statin_above_kdigo_dose,
    statin_dose_unchanged,
)
from hooks.staging.vessels import has_ascvd
from hooks.staging.windows import EGFR_DAYS
from hooks.terminology.labs import EGFR
from hooks.terminology.medications import CICLOSPORIN, ROSUVASTATIN, SIMVASTATIN, STATINS
from hooks.words import either, newest, prefixed

NO_EGFR = missing(EGFR, within=2 * EGFR_DAYS)
LOW = has_ckd & (
    latest(EGFR, within=EGFR_DAYS).below(fixed(Decimal(30), "label")) | (NO_EGFR & in_stage("G4", "G5", "G5D"))
)
REDUCED = has_ckd & latest(EGFR, within=EGFR_DAYS).below(fixed(Decimal(60), "KDIGO"))
UNCHANGED = certain(statin_dose_unchanged)
TOO_MUCH = LOW & ordering_dose(ROSUVASTATIN, above="rosuMaxLowEgfr")
FORTY = has_ckd & ordering_dose(ROSUVASTATIN, above=Decimal(20))
EIGHTY = ordering_dose(SIMVASTATIN, above=SIMVASTATIN_TOP) & ~simvastatin_high_for_a_year
ABOVE_TABLE = REDUCED & statin_above_kdigo_dose & ~has_ascvd
WORDS = "{ordered} {dose} mg with {kidney}: above recommended dose. Consider {alt}."
CLASHING = taking(CICLOSPORIN) | CYP3A4_INHIBITED | possibly(on_dialysis)
ALTERNATIVE = either(
    CLASHING,
    "a lower dose or specialist advice",
    either(has_ascvd, "atorvastatin, unadjusted", "atorvastatin 20 mg or rosuvastatin 5 mg"),
)
OFFERS = (
    statin_instead(STATINS, "atorvastatin", 20, "617310", ~has_ascvd),
    statin_instead(STATINS, "rosuvastatin", 5, "859424", ~has_ascvd | TOO_MUCH),
)

RULE = Rule(
    id="order-statin-dose-ckd",
    title="Statin dose above what is recommended in CKD",
    group="order-safety",
    place=17,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="Rosuvastatin accumulates at low eGFR, and high doses of simvastatin damage muscle.",
    honesty=(
        "KDIGO's doses are those of the trials in CKD. ACC/AHA ask for high intensity with atherosclerotic disease:"
        " the guidelines differ, and atorvastatin needs no adjustment to the kidney."
    ),
    evidence=(
        Cite(KDIGO_LIPIDS_2013, "table 4", "", "doses for eGFR below 60; one that is tolerated need not be changed"),
        Cite(ROSUVASTATIN_LABEL, "", "", "clearance below 30, not on haemodialysis: start 5 mg, at most 10 mg"),
        Cite(FDA_SIMVASTATIN_2011, "", "", "simvastatin 80 mg only where taken for 12 months or longer"),
        Cite(ACC_AHA_LIPIDS_2026, "", "", "high intensity with atherosclerotic disease"),
    ),
    settings=(
        number("rosuMaxLowEgfr", "10", "mg/d", low="5", high="10", why="most rosuvastatin at eGFR below 30 (label)"),
    ),
    when=ordering(STATINS),
    cases=(
        Case(TOO_MUCH & ~UNCHANGED, "warning", WORDS, offers=OFFERS),
        Case(FORTY & ~UNCHANGED, "warning", WORDS, offers=OFFERS),
        Case(
            EIGHTY & ~UNCHANGED,
            "warning",
            "{ordered} {dose} mg newly ordered: above recommended dose. Consider {alt}.",
            offers=OFFERS,
        ),
        Case(
            (TOO_MUCH | FORTY) & UNCHANGED,
            "info",
            "{ordered} {dose} mg unchanged, {kidney}: above recommended dose. If tolerated, it may stay.",
        ),
        Case(
            EIGHTY & UNCHANGED,
            "info",
            "{ordered} {dose} mg taken for less than a year: above recommended dose (FDA). Consider {alt}.",
        ),
        Case(ABOVE_TABLE & ~UNCHANGED, "info", WORDS, offers=OFFERS),
        Case(
            ABOVE_TABLE & UNCHANGED,
            "info",
            "{ordered} {dose} mg unchanged, {kidney}: above KDIGO's dose. If tolerated, it may stay.",
        ),
    ),
    lines=(
        Line(
            "With atherosclerotic disease, atorvastatin 40-80 mg reaches high intensity unadjusted.",
            has_ascvd & ~CLASHING,
        ),
        ASK_DIALYSIS,
        Line("A strong CYP3A4 inhibitor is active: it raises atorvastatin and simvastatin.", CYP3A4_INHIBITED),
        Line("Ciclosporin is active: the limits of every statin are stricter.", taking(CICLOSPORIN)),
    ),
    values={
        "kidney": either(NO_EGFR, "CKD, no recent eGFR", prefixed("eGFR", newest(EGFR))),
        "alt": ALTERNATIVE,
    },
    show=("egfr",),
    override_reasons=("already-addressed", "not-indicated", "other"),
    examples="""
        conditions           | draft                                          | taking                             | stopped | egfr     | card
        ckd-stage-4          |                                                | rosuvastatin 40 mg once daily      |         | 25 @30d  | no
        ckd-stage-4          | rosuvastatin 10 mg once daily                  |                                    |         | 25 @30d  | no      # at the limit
        ckd-stage-4          | rosuvastatin 20 mg once daily                  |                                    |         | 25 @30d  | warning
        ckd-stage-4          | rosuvastatin 20 mg once daily                  |                                    |         | 25 @400d | info    # old
                             | rosuvastatin 20 mg once daily                  |                                    |         | 25 @30d  | no      # one eGFR is no CKD
        ckd-stage-3a         | rosuvastatin 40 mg once daily                  |                                    |         | 50 @30d  | warning
        ckd-stage-3a         | rosuvastatin 40 mg once daily                  | medications not read               |         | 50 @30d  | unknown
        ckd-stage-4          | rosuvastatin 20 mg once daily                  | rosuvastatin 20 mg once daily      |         | 25 @30d  | info    # unchanged
        ckd-stage-4          | rosuvastatin 20 mg once daily                  | rosuvastatin 10 mg once daily      |         | 25 @30d  | warning # raised
                             | simvastatin 40 mg once daily                   |                                    |         | 90 @30d  | no
                             | simvastatin 80 mg once daily                   |                                    |         | 90 @30d  | warning
                             | simvastatin 80 mg once daily                   | simvastatin 80 mg once daily @365d |         | 90 @30d  | no      # a year
                             | simvastatin 80 mg once daily                   | simvastatin 80 mg once daily @364d |         | 90 @30d  | info
        ckd-stage-3a         | atorvastatin 20 mg once daily                  |                                    |         | 50 @30d  | no      # KDIGO's dose
        ckd-stage-3a         | atorvastatin 40 mg once daily                  |                                    |         | 50 @30d  | info
        ckd-stage-3a         | atorvastatin 40 mg once daily                  |                                    |         | 60 @30d  | no      # not below 60
        ckd-stage-3a         | atorvastatin 40 mg once daily                  | atorvastatin 40 mg once daily      |         | 50 @30d  | info
        ckd-stage-3a, angina | atorvastatin 80 mg once daily                  |                                    |         | 50 @30d  | no      # with ASCVD
        ckd-stage-3a         | ezetimibe 10 mg / simvastatin 40 mg once daily |                                    |         | 50 @30d  | unknown # the dose cannot be read
        ckd-stage-4          | rosuvastatin                                   |                                    |         | 25 @30d  | unknown
        ckd-stage-3a         | rosuvastatin 20 mg once daily                  |                                    |         |          | unknown
        ckd-stage-4          | rosuvastatin 20 mg once daily                  |                                    |         |          | warning # G4 coded, no eGFR
        esrd                 | rosuvastatin 20 mg once daily                  |                                    |         |          | warning
        ckd-stage-4          | rosuvastatin 10 mg once daily                  |                                    |         |          | no
    """,
)
