"""A coronary calcium score that decides about a statin."""

from decimal import Decimal

from hooks.criteria import answered, has, latest, taking
from hooks.criterion import certain
from hooks.cutoffs import fixed
from hooks.orders import ConditionOrder
from hooks.rule import Case, Cite, Line, Offer, Rule
from hooks.shared.indications import CAC_AGE, CAC_SETTINGS, DIABETES, SCORE, SEVERE_NOW_BY_DEFAULT
from hooks.shared.lipids import (
    ATORVASTATIN_20,
    ATORVASTATIN_40,
    DOSE_FIXED,
    EGFR_FIRST,
    REDUCED_DOSE,
    WITHHELD,
)
from hooks.shared.proposals import LIPIDS_LATER, NO_STATIN, STATIN_BASELINE
from hooks.sources import ACC_AHA_LIPIDS_2026
from hooks.staging.kidney import has_ckd
from hooks.staging.lipids import RISK_DAYS
from hooks.staging.therapy import statin_below_high
from hooks.staging.vessels import CAC_ZERO_DAYS
from hooks.staging.windows import SMOKING_DAYS
from hooks.terminology.conditions import CORONARY_CALCIFICATION, TOBACCO_USE
from hooks.terminology.labs import ASCVD_RISK_10Y, CAC_SCORE
from hooks.terminology.medications import STATINS
from hooks.terminology.questions import SMOKING
from hooks.words import bare, newest

NONE, ONE_HUNDRED = fixed(Decimal(0), "no calcium"), fixed(Decimal(100), "2026 ACC/AHA")
RISK = latest(ASCVD_RISK_10Y, within=RISK_DAYS)
MAY_WAIT = (
    latest(CAC_SCORE, within=CAC_ZERO_DAYS).at_most(NONE)
    & RISK.at_least(fixed(Decimal(5), "2026 ACC/AHA"))
    & RISK.below(fixed(Decimal(10), "2026 ACC/AHA"))
    & ~DIABETES & ~has_ckd & ~certain(SEVERE_NOW_BY_DEFAULT)
    & answered(SMOKING, "not-current", within=SMOKING_DAYS) & ~has(TOBACCO_USE)
)  # fmt: skip
PROBLEM = Offer(
    "Add coronary artery calcification to the problem list (provisional)",
    (
        ConditionOrder(
            "Coronary artery calcification", CORONARY_CALCIFICATION.codes[:1] + CORONARY_CALCIFICATION.codes[2:]
        ),
    ),
    ~has(CORONARY_CALCIFICATION, ever=True),
)
ADVICE = "CAC score {cac} AU and no %s listed. Consider statin therapy (2026 ACC/AHA)."
TESTS = (STATIN_BASELINE, LIPIDS_LATER)
STATIN_LINES = (
    Line("The score may rise on a statin, as plaque stabilises: do not repeat it to judge the statin."),
    *WITHHELD,
)

RULE = Rule(
    id="cac-guided-statin",
    title="Coronary calcium score and statin",
    group="lipids",
    family="statin",
    place=5,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="Coronary calcium shows plaque that is there; the score sorts who gains from a statin before an event.",
    honesty=(
        "The score predicts events; a statin lowers events, not the score, which may rise on it. In CKD part of the calcium is"
        " medial, so the score says less about plaque."
    ),
    evidence=(
        Cite(
            ACC_AHA_LIPIDS_2026,
            "",
            "1 to 2a",
            "score 0: a statin may be deferred; 1-99 moderate intensity; 100 or more treat; 300 or more as high risk",
        ),
    ),
    settings=CAC_SETTINGS,
    when=CAC_AGE,
    unless=NO_STATIN,
    cases=(
        Case(
            SCORE.at_least("cacHigh") & statin_below_high,
            "warning",
            ADVICE % "high-intensity statin",
            lines=(*DOSE_FIXED, *STATIN_LINES),
            offers=(ATORVASTATIN_40, REDUCED_DOSE, PROBLEM, *TESTS, EGFR_FIRST),
        ),
        Case(
            SCORE.at_least("cacTreat") & SCORE.below(ONE_HUNDRED) & ~taking(STATINS),
            "info",
            ADVICE % "statin",
            lines=STATIN_LINES,
            offers=(ATORVASTATIN_20, PROBLEM, *TESTS),
        ),
        Case(
            SCORE.at_least("cacTreat") & ~taking(STATINS),
            "warning",
            ADVICE % "statin",
            lines=STATIN_LINES,
            offers=(ATORVASTATIN_20, PROBLEM, *TESTS),
        ),
        Case(
            MAY_WAIT & ~taking(STATINS),
            "info",
            "CAC score 0 AU with 10-year risk {risk}: a statin may be deferred (2026 ACC/AHA). Consider discussing it.",
            lines=(
                Line("Not with a family history of premature coronary disease, which the record does not show."),
                Line(
                    "No diabetes, CKD, smoking or severe LDL is on record. A score of 0 is looked at again after 5 years."
                ),
            ),
        ),
    ),
    values={"cac": bare(CAC_SCORE), "risk": newest(ASCVD_RISK_10Y)},
    show=("cac-score", "ldl", "egfr"),
    override_reasons=("patient-declined", "not-tolerated", "contraindicated", "already-addressed"),
    examples="""
        settings   | cac-score   | conditions             | age | taking                        | egfr    | ascvd-risk-10y | smoking          | card
                   | 99 @30d     |                        | 60  |                               |         |                |                  | no       # below the limit
                   | 100 @30d    |                        | 60  |                               |         |                |                  | warning  # at the limit
        cacTreat 1 | 99 @30d     |                        | 60  |                               |         |                |                  | info     # 1 to 99 where a site treats them
                   | 299 @30d    |                        | 60  | simvastatin 20 mg once daily  |         |                |                  | no       # on a statin
                   | 300 @30d    |                        | 60  | simvastatin 20 mg once daily  | 80 @30d |                |                  | warning  # as high risk: intensify
                   | 350 @30d    |                        | 60  |                               |         |                |                  | warning  # no eGFR: 20 mg
        cacHigh 400 | 350 @30d   |                        | 60  | simvastatin 20 mg once daily  | 80 @30d |                |                  | no       # a site's higher limit
                   | 900 @30d, 400 @900d |                | 60  | atorvastatin 40 mg once daily | 80 @30d |                |                  | no       # rising on a high-intensity statin
                   | 350 @30d    |                        | 60  | atorvastatin                  | 80 @30d |                |                  | unknown  # dose not readable
                   | 200 @3653d  |                        | 60  |                               |         |                |                  | warning  # ten years
                   | 200 @3654d  |                        | 60  |                               |         |                |                  | unknown  # too old
                   | 200 @30d    |                        | 39  |                               |         |                |                  | no
                   | 200 @30d    |                        | 40  |                               |         |                |                  | warning
                   | 200 @30d    |                        | 79  |                               |         |                |                  | warning
                   | 200 @30d    |                        | 80  |                               |         |                |                  | no
                   | 200 @30d    | ascvd-mi               | 60  |                               |         |                |                  | no       # clinical disease
                   | 200 @30d    | coronary-calcification | 60  |                               |         |                |                  | warning  # calcification alone is not ASCVD
                   | 200 @30d    | dialysis-status        | 60  |                               |         |                |                  | no
                   | 200 @30d    | esrd                   | 60  |                               |         |                |                  | unknown  # dialysis not known
                   | 200 @30d    | statin-intolerance     | 60  |                               |         |                |                  | no
                   | 0 @30d      |                        | 60  |                               |         | 5 @30d         | not-current @30d | info     # may defer
                   | 0 @30d      |                        | 60  |                               |         | 9.9 @30d       | not-current @30d | info
                   | 0 @30d      |                        | 60  |                               |         | 10 @30d        | not-current @30d | no       # risk too high
                   | 0 @30d      |                        | 60  |                               |         | 4.9 @30d       | not-current @30d | no       # risk low anyway
                   | 0 @30d      |                        | 60  |                               |         | 7 @30d         | current @30d     | no       # smokes
                   | 0 @30d      |                        | 60  |                               |         | 7 @30d         |                  | unknown  # smoking not known
                   | 0 @30d      | type2-diabetes         | 60  |                               |         | 7 @30d         | not-current @30d | no
                   | 0 @30d      | ckd-stage-3a           | 60  |                               |         | 7 @30d         | not-current @30d | no
                   | 0 @1826d    |                        | 60  |                               |         | 7 @30d         | not-current @30d | info     # five years
                   | 0 @1827d    |                        | 60  |                               |         | 7 @30d         | not-current @30d | unknown
                   |             |                        | 60  |                               |         |                |                  | unknown
    """,
)
