"""A sodium phosphate bowel preparation is ordered where phosphate may harm the kidney."""

from hooks.criteria import aged, latest, ordering, taking
from hooks.criterion import because, possibly
from hooks.cutoffs import fixed
from hooks.rule import Case, Cite, Line, Rule, number
from hooks.shared.advanced_ckd import ASK_DIALYSIS, advanced_ckd
from hooks.shared.proposals import PEG_PREPARATION
from hooks.sources import FDA_SODIUM_PHOSPHATE_2014
from hooks.staging.kidney import has_ckd, on_dialysis
from hooks.staging.mineral_orders import PHOSPHATE_HARMS, bowel_preparation_ordered
from hooks.staging.phosphate import phosphate_limit
from hooks.staging.windows import EGFR_DAYS, MINERAL_ORDER_DAYS
from hooks.terminology.labs import EGFR, PHOSPHATE
from hooks.terminology.medications import (
    ACE_INHIBITORS,
    ARBS,
    ARNIS,
    LOOP_DIURETICS,
    NSAIDS,
    STEROIDAL_MRAS,
    THIAZIDES,
)
from hooks.words import drugs_of, either

RISKY = (ACE_INHIBITORS, ARBS, ARNIS, THIAZIDES, LOOP_DIURETICS, STEROIDAL_MRAS, NSAIDS)
BESIDE = taking(*RISKY) | ordering(*RISKY, selected=False)
PHOSPHATE_NOW = latest(PHOSPHATE, within=MINERAL_ORDER_DAYS)
ADVICE = "Sodium phosphate bowel prep or enema with {reason}: {harm}. Consider a PEG preparation."

IN_KIDNEY = "acute phosphate nephropathy risk"
IN_BLOOD = "risk of severe hyperphosphataemia and low calcium"
"""On dialysis there is no kidney function left to harm; the phosphate load stays in the blood."""

RULE = Rule(
    id="order-sodium-phosphate-ckd",
    title="Sodium phosphate bowel preparation ordered where the kidney is at risk",
    group="order-safety",
    place=10,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="The phosphate of a bowel preparation can precipitate in the kidney, and adds to a load that calcifies.",
    honesty="Acute phosphate nephropathy is rare and known from reports and cohorts; the risk groups are the FDA's.",
    evidence=(
        Cite(
            FDA_SODIUM_PHOSPHATE_2014,
            "",
            "",
            "at risk: age over 55, kidney disease, dehydration, ACE inhibitor or ARB, diuretic, NSAID",
        ),
        Cite(FDA_SODIUM_PHOSPHATE_2014, "boxed warning of the tablets", "", "acute phosphate nephropathy"),
    ),
    settings=(
        number("egfrWarn", "60", "mL/min/{1.73_m2}", low="45", high="60", why="eGFR below which to warn"),
        number("egfrCritical", "30", "mL/min/{1.73_m2}", low="30", high="45", why="eGFR below which harm is likely"),
        number("ageRisk", "55", "a", low="55", high="70", why="age above which the drugs listed add risk"),
    ),
    when=bowel_preparation_ordered,
    cases=(
        Case(
            advanced_ckd(below="egfrCritical", within=EGFR_DAYS)
            | because(PHOSPHATE_NOW.above(fixed(PHOSPHATE_HARMS, "ours")), "phosphate {phosphate}"),
            "critical",
            ADVICE,
        ),
        Case(
            because(latest(EGFR, within=EGFR_DAYS).below("egfrWarn"), "eGFR {egfr}")
            | because(has_ckd, "chronic kidney disease")
            | because(PHOSPHATE_NOW.above(phosphate_limit), "phosphate {phosphate}")
            | because(aged(over="ageRisk") & taking(*RISKY), "age {age} and drugs that add risk")
            | because(aged(over="ageRisk") & ordering(*RISKY, selected=False), "age {age} and drugs that add risk"),
            "warning",
            ADVICE,
        ),
    ),
    lines=(
        Line("Taken or ordered beside it, each adding risk: {drugs}.", BESIDE),
        Line("Dehydration adds risk. Enemas count too, above all when they are retained."),
        ASK_DIALYSIS,
    ),
    offers=(PEG_PREPARATION,),
    values={"drugs": drugs_of(*RISKY), "harm": either(possibly(on_dialysis), IN_BLOOD, IN_KIDNEY)},
    show=("egfr", "phosphate"),
    override_reasons=("data-wrong", "already-addressed", "other"),
    examples="""
        conditions      | age | draft    | egfr    | phosphate        | taking     | card
        ckd-stage-4     | 63  | macrogol | 26 @5d  |                  |            | no       # no phosphate
                        | 50  | OsmoPrep | 60 @5d  | 4.5 @5d ref 4.5  | lisinopril | no       # at every limit
                        | 50  | OsmoPrep | 59 @5d  | 4 @5d            |            | warning
                        | 50  | OsmoPrep | 30 @5d  | 4 @5d            |            | warning  # at the critical limit
                        | 50  | OsmoPrep | 29 @5d  | 4 @5d            |            | critical
                        | 50  | OsmoPrep | 29 @365d | 4 @5d           |            | critical
                        | 50  | OsmoPrep | 29 @366d | 4 @5d           |            | warning  # old
                        | 50  | OsmoPrep | 50 @5d  | 4 @5d            |            | warning
        ckd-any         | 50  | OsmoPrep | 70 @5d  | 4 @5d            |            | warning  # CKD on the problem list
        dialysis-status | 50  | Fleet enema |      |                  |            | critical
        esrd            | 50  | Fleet enema |      |                  |            | critical # dialysis possible: asks
        ckd-stage-5     | 50  | OsmoPrep |         |                  |            | critical # no eGFR, G5 coded
                        | 50  | OsmoPrep | 80 @5d  | 4.6 @5d ref 4.5  |            | warning
                        | 50  | OsmoPrep | 80 @5d  | 5.5 @5d ref 4.5  |            | warning
                        | 50  | OsmoPrep | 80 @5d  | 5.6 @5d ref 4.5  |            | critical
                        | 50  | OsmoPrep | 80 @5d  | 1.81 mmol/L @5d ref 4.5 |     | critical # 5.61 mg/dL
                        | 50  | OsmoPrep | 80 @5d  | 5.6 @91d ref 4.5 |            | warning  # old
                        | 55  | OsmoPrep | 80 @5d  | 4 @5d            | lisinopril | no       # at the age
                        | 56  | OsmoPrep | 80 @5d  | 4 @5d            | lisinopril | warning
                        | 56  | OsmoPrep | 80 @5d  | 4 @5d            | ibuprofen  | warning
                        | 56  | OsmoPrep, furosemide | 80 @5d | 4 @5d |            | warning  # drafted beside it
                        | 80  | OsmoPrep | 80 @5d  | 4 @5d            |            | no       # none of the drugs
        ckd-stage-4     | 63  | sodium phosphate 15 mmol intravenous | 26 @5d | |       | no       # into a vein
        ckd-stage-4     | 63  | dexamethasone sodium phosphate 4 mg | 26 @5d | |        | no       # another drug's salt
                        | 50  | OsmoPrep |         |                  |            | unknown
    """,
)
