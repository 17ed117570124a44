"""Atherosclerotic disease without a high-intensity statin."""

from decimal import Decimal

from hooks.criteria import aged, latest, taking
from hooks.criterion import certain
from hooks.cutoffs import fixed
from hooks.rule import Case, Cite, Line, Rule, number
from hooks.shared.lipids import REPLACES, WITHHELD
from hooks.shared.proposals import LIPIDS_LATER, NO_STATIN, STATIN_BASELINE, statin
from hooks.sources import ACC_AHA_LIPIDS_2026, KDIGO_LIPIDS_2013
from hooks.staging.kidney import on_dialysis
from hooks.staging.therapy import statin_below_high
from hooks.staging.vessels import has_ascvd
from hooks.staging.windows import EGFR_DAYS
from hooks.terminology.labs import EGFR
from hooks.terminology.medications import STATINS
from hooks.words import patient_age

KIDNEY = latest(EGFR, within=EGFR_DAYS)
REDUCED = certain(KIDNEY.below(fixed(Decimal(60), "KDIGO dose table")))

RULE = Rule(
    id="statin-ascvd-high-intensity",
    title="Atherosclerotic disease without a high-intensity statin",
    group="lipids",
    family="statin",
    place=1,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="After an atherosclerotic event the risk of the next is highest; intensive statin therapy lowers it most.",
    honesty="High-intensity statins reduce events; the coronary calcium score may rise on them, which is no failure.",
    evidence=(
        Cite(
            ACC_AHA_LIPIDS_2026, "", "1", "clinical ASCVD: high-intensity statin; LDL below 70, very high risk below 55"
        ),
        Cite(KDIGO_LIPIDS_2013, "table 4", "", "fixed lower doses where eGFR is below 60 (atorvastatin 20 mg)"),
    ),
    settings=(number("ageHighIntensityMax", "75", "a", low="70", high="80", why="oldest age for high intensity"),),
    when=has_ascvd & ~on_dialysis & statin_below_high,
    unless=NO_STATIN,
    cases=(
        Case(
            aged(up_to="ageHighIntensityMax"),
            "warning",
            "ASCVD ({disease}) and {statin}: high-intensity statin recommended. Consider starting or intensifying.",
            lines=(
                Line(
                    "eGFR is below 60: KDIGO 2013 fixes lower doses (atorvastatin 20 mg), the 2026 ACC/AHA guideline asks"
                    " for high intensity. Atorvastatin needs no renal adjustment.",
                    REDUCED,
                ),
            ),
            offers=(
                statin("atorvastatin", 40, "617311", recommended=True),
                statin("atorvastatin", 80, "259255"),
                statin("rosuvastatin", 20, "859751", when=KIDNEY.at_least(fixed(Decimal(30), "rosuvastatin label"))),
            ),
        ),
        Case(
            ~taking(STATINS),
            "info",
            "ASCVD ({disease}), age {age}, no statin listed. Starting a moderate-intensity statin is reasonable.",
            offers=(statin("atorvastatin", 20, "617310", recommended=True),),
        ),
    ),
    lines=(REPLACES, *WITHHELD),
    offers=(STATIN_BASELINE, LIPIDS_LATER),
    values={"age": patient_age},
    show=("ldl", "egfr", "alt"),
    override_reasons=("patient-declined", "not-tolerated", "contraindicated", "goals-of-care"),
    examples="""
        conditions                | sex    | age | taking                            | card
                                  | male   | 62  |                                   | no       # no ASCVD
        coronary-calcification    | male   | 62  |                                   | no       # calcification alone is not ASCVD
        ascvd-mi                  | male   | 62  | atorvastatin 40 mg once daily     | no       # high intensity
        ascvd-mi                  | male   | 62  | rosuvastatin 20 mg once daily     | no       # high intensity
        ascvd-mi                  | male   | 62  |                                   | warning
        ascvd-mi                  | male   | 62  | atorvastatin 20 mg once daily     | warning
        ascvd-mi                  | male   | 62  | simvastatin 80 mg once daily      | warning  # not high in the 2026 guideline
        ascvd-mi                  | male   | 62  | atorvastatin                      | unknown  # dose not readable
        ascvd-mi                  | male   | 75  |                                   | warning  # at the limit
        ascvd-mi                  | male   | 76  |                                   | info
        ascvd-mi                  | male   | 76  | simvastatin 20 mg once daily      | no       # continue
        ascvd-mi, dialysis-status | male   | 62  |                                   | no
        ascvd-mi, pregnancy       | female | 35  |                                   | no
    """,
)
