"""A current smoker without cessation treatment."""

from decimal import Decimal

from hooks.criteria import allergic_to, answered, has, latest, missing
from hooks.criterion import certain
from hooks.cutoffs import fixed
from hooks.orders import DrugOrder
from hooks.rule import Case, Cite, Line, Offer, Rule
from hooks.shared.advanced_ckd import ASK_DIALYSIS
from hooks.shared.proposals import atc, drug_offer, lab_test, product, referral
from hooks.shared.vascular_gaps import CESSATION, SMOKES, SMOKING_SETTINGS
from hooks.sources import KDIGO_DIABETES_2022, USPSTF_TOBACCO_2021
from hooks.staging.exclusions import is_pregnant
from hooks.staging.kidney import on_dialysis
from hooks.staging.windows import EGFR_DAYS, LONG_AGO_DAYS
from hooks.terminology.conditions import EATING_DISORDER, SEIZURE_DISORDER
from hooks.terminology.labs import EGFR
from hooks.terminology.procedures import SMOKING_CESSATION_COUNSELLING, SMOKING_CESSATION_REFERRAL
from hooks.terminology.questions import SMOKING

KIDNEY = latest(EGFR, within=EGFR_DAYS)
SEVERE = certain(on_dialysis) | KIDNEY.below(fixed(Decimal(30), "varenicline label"))
NOT_PREGNANT = ~is_pregnant
UNMEASURED = missing(EGFR, within=EGFR_DAYS) & NOT_PREGNANT & ~certain(on_dialysis)


def _varenicline(text: str, amount: float, rxcui: str) -> DrugOrder:
    return DrugOrder(text, amount, "mg", code=product(rxcui), atc=atc("varenicline"))


VARENICLINE = drug_offer(
    "Propose varenicline: 0.5 mg daily for 3 days, twice daily for 4 days, then 1 mg twice daily",
    _varenicline("varenicline 0.5 mg once daily on days 1-3, twice daily on days 4-7", 0.5, "636671"),
    DrugOrder("varenicline 1 mg twice daily from day 8", 1, "mg", 2, code=product("636676"), atc=atc("varenicline")),
    unless=(allergic_to("varenicline"),),
    when=~on_dialysis & ~SEVERE & NOT_PREGNANT,
    recommended=True,
)
VARENICLINE_LOW = drug_offer(
    "Propose varenicline 0.5 mg once daily (eGFR below 30 or dialysis)",
    _varenicline("varenicline 0.5 mg once daily", 0.5, "636671"),
    unless=(allergic_to("varenicline"),),
    when=SEVERE & NOT_PREGNANT,
)
NICOTINE = drug_offer(
    "Propose nicotine patch 21 mg/24 h with gum 2 mg (patch 14 mg where 10 cigarettes a day or fewer)",
    DrugOrder("nicotine patch 21 mg/24 h, one daily", 1, "{patch}", code=product("198030"), route="transdermal"),
    DrugOrder(
        "nicotine gum 2 mg, one piece as needed", 2, "mg", 8, code=product("314119"), route="buccal", as_needed=True
    ),
    unless=(allergic_to("nicotine"),),
    when=NOT_PREGNANT,
)
BUPROPION = Line(
    "No bupropion: seizures or an eating disorder are on record.", has(SEIZURE_DISORDER, EATING_DISORDER, ever=True)
)
COUNSELLING = (
    Offer("Refer to smoking cessation", (referral(SMOKING_CESSATION_REFERRAL),)),
    Offer("Order smoking cessation counselling", (referral(SMOKING_CESSATION_COUNSELLING),)),
)

RULE = Rule(
    id="smoking-cessation",
    title="Current smoker without cessation treatment",
    group="lifestyle",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="Smoking drives atherosclerosis and CKD progression; stopping is the cheapest treatment there is.",
    honesty=(
        "Counselling with a drug raises quit rates (grade A); in pregnancy counselling does (A), the evidence on drugs is"
        " insufficient (I). An effect on calcification itself is not shown."
    ),
    evidence=(
        Cite(
            USPSTF_TOBACCO_2021,
            "",
            "A",
            "ask, advise, and offer behavioural and drug treatment; in pregnancy behavioural",
        ),
        Cite(KDIGO_DIABETES_2022, "", "1D", "advise patients who use tobacco to stop"),
    ),
    settings=SMOKING_SETTINGS,
    when=answered(SMOKING, "current", "smoker", within=LONG_AGO_DAYS),
    unless=CESSATION,
    cases=(
        Case(
            SMOKES & is_pregnant,
            "warning",
            "Current smoker ({answered}), pregnant, no cessation treatment on record. Offer counselling (USPSTF A).",
            (BUPROPION,),
            COUNSELLING,
        ),
        Case(
            SMOKES,
            "warning",
            "Current smoker ({answered}), no cessation treatment on record. Offer counselling and pharmacotherapy (USPSTF A).",
            (
                Line("Varenicline, or a patch with a short-acting form, works best.", NOT_PREGNANT),
                BUPROPION,
                Line("No eGFR is recent: the dose of varenicline depends on it.", UNMEASURED),
                ASK_DIALYSIS,
            ),
            (
                VARENICLINE,
                VARENICLINE_LOW,
                NICOTINE,
                *COUNSELLING,
                Offer("Order eGFR before varenicline", (lab_test(EGFR),), UNMEASURED),
            ),
        ),
        Case(
            answered(SMOKING, "current", "smoker", within=LONG_AGO_DAYS),
            "info",
            "Smoking was last recorded on {answered} or is not certain. Consider asking again.",
        ),
    ),
    show=("smoking",),
    override_reasons=("patient-declined", "not-tolerated", "already-addressed", "data-wrong"),
    examples="""
        smoking           | ordered                       | taking      | conditions | sex    | age | card
        not-current @30d  |                               |             |            | male   | 45  | no
        current @30d      |                               |             |            | male   | 45  | warning
        current @30d      |                               |             | pregnancy  | female | 28  | warning  # counselling only
        current @365d     |                               |             |            | male   | 45  | warning  # at the limit
        current @366d     |                               |             |            | male   | 45  | info     # ask again
        smoker @30d       |                               |             |            | male   | 45  | info     # not certain
        current @30d      |                               | varenicline |            | male   | 45  | no       # in treatment
        current @30d      | smoking-cessation-referral @180d |          |            | male   | 45  | no       # recent
        current @30d      | smoking-cessation-referral @181d |          |            | male   | 45  | warning
        unknown @30d      |                               |             |            | male   | 45  | no
                          |                               |             |            | male   | 45  | unknown
    """,
)
