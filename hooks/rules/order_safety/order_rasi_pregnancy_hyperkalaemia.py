"""A RAS blocker or MRA is ordered in pregnancy, at high potassium or at very low eGFR."""

from decimal import Decimal

from hooks.criteria import latest, ordering, taking
from hooks.cutoffs import fixed
from hooks.rule import Case, Cite, Line, Offer, Rule, number
from hooks.shared.antihypertensives import RAS_BLOCKERS
from hooks.shared.proposals import lab_test
from hooks.sources import AHA_ACC_HYPERTENSION_2025, KDIGO_DIABETES_2022
from hooks.staging.exclusions import is_pregnant
from hooks.staging.windows import EGFR_ORDER_DAYS, POTASSIUM_ORDER_DAYS
from hooks.terminology.labs import EGFR, POTASSIUM
from hooks.terminology.medications import NONSTEROIDAL_MRAS, NSAIDS, POTASSIUM_SUPPLEMENTS, STEROIDAL_MRAS

NEWEST_POTASSIUM = latest(POTASSIUM, within=POTASSIUM_ORDER_DAYS)
RAISED = NEWEST_POTASSIUM.above(fixed(Decimal("5.0"), "normal"))
WORDS = "{ordered} with potassium {potassium}. Consider an alternative or correcting potassium first."

RULE = Rule(
    id="order-rasi-pregnancy-hyperkalaemia",
    title="RAS blocker or MRA in pregnancy or at high potassium",
    group="order-safety",
    place=19,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="RAS blockers harm the fetus; they and MRAs raise potassium.",
    honesty="Harm in pregnancy is established for RAS blockers; for MRAs data are few. The potassium limits are customary.",
    evidence=(
        Cite(KDIGO_DIABETES_2022, "chapter 1", "", "stop ACE inhibitor or ARB when planning pregnancy or pregnant"),
        Cite(AHA_ACC_HYPERTENSION_2025, "", "", "no RAS blocker in pregnancy"),
    ),
    settings=(
        number("kWarn", "5.5", "mmol/L", low="5.0", high="6.0", why="potassium above which the order is warned of"),
    ),
    when=ordering(*RAS_BLOCKERS, STEROIDAL_MRAS, NONSTEROIDAL_MRAS),
    cases=(
        Case(is_pregnant, "critical", "{ordered} in pregnancy: may harm the fetus. Consider an alternative."),
        Case(NEWEST_POTASSIUM.above("kWarn"), "warning", WORDS),
        Case(ordering(*RAS_BLOCKERS, STEROIDAL_MRAS) & RAISED, "info", WORDS),
        Case(
            latest(EGFR, within=EGFR_ORDER_DAYS).below(fixed(Decimal(15), "ours")),
            "info",
            "{ordered} with eGFR {egfr}. Consider specialist advice, and potassium soon after.",
        ),
    ),
    lines=(
        Line("In pregnancy labetalol or nifedipine are usual alternatives.", is_pregnant),
        Line(
            "A potassium supplement or salt substitute is active: consider stopping it.", taking(POTASSIUM_SUPPLEMENTS)
        ),
        Line("An NSAID is active: it raises potassium and harms the kidney.", taking(NSAIDS)),
        Line("A haemolysed sample reads falsely high.", RAISED),
    ),
    offers=(Offer("Order potassium", (lab_test(POTASSIUM),), ~is_pregnant),),
    show=("potassium", "egfr"),
    override_reasons=("data-wrong", "lab-suspect", "already-addressed"),
    examples="""
        conditions         | draft                                            | sex    | age | potassium | egfr   | card
                           |                                                  |        |     | 6.0 @5d   | 40 @5d | no
                           | amlodipine 5 mg once daily                       |        |     | 6.0 @5d   | 40 @5d | no
                           | lisinopril 10 mg once daily                      |        |     | 5.0 @5d   | 40 @5d | no       # at the limit
                           | lisinopril 10 mg once daily                      |        |     | 5.1 @5d   | 40 @5d | info
                           | lisinopril 10 mg once daily                      |        |     | 5.5 @5d   | 40 @5d | info     # at the limit
                           | lisinopril 10 mg once daily                      |        |     | 5.6 @5d   | 40 @5d | warning
                           | lisinopril 10 mg once daily                      |        |     | 5.6 @31d  | 40 @5d | info     # old
                           | lisinopril 10 mg once daily                      |        |     | 5.6 @61d  | 40 @5d | unknown
                           | lisinopril 10 mg once daily                      |        |     | 4.5 @5d   | 14 @5d | info
                           | lisinopril 10 mg once daily                      |        |     | 4.5 @5d   | 15 @5d | no
                           | lisinopril 10 mg once daily                      |        |     |           |        | unknown
                           | spironolactone 25 mg once daily                  |        |     | 5.6 @5d   | 40 @5d | warning
                           | sacubitril / valsartan 24 mg / 26 mg twice daily |        |     | 5.6 @5d   | 40 @5d | warning
                           | finerenone 10 mg once daily                      |        |     | 5.4 @5d   | 40 @5d | no       # its own rule speaks
                           | finerenone 10 mg once daily                      |        |     | 5.6 @5d   | 40 @5d | warning
        pregnancy          | lisinopril 10 mg once daily                      | female | 31  | 4.5 @5d   | 90 @5d | critical
        pregnancy          | lisinopril 10 mg / hydrochlorothiazide 12.5 mg   | female | 31  |           |        | critical # a combination
        pregnancy resolved | lisinopril 10 mg once daily                      | female | 31  | 4.5 @5d   | 90 @5d | no
        pregnancy          | lisinopril 10 mg once daily                      | male   | 31  | 4.5 @5d   | 90 @5d | no       # a data error
    """,
)
