"""A drug is ordered that an allergy on record speaks against."""

from hooks.criteria import ordering
from hooks.rule import Case, Cite, Line, Rule, switch
from hooks.shared.clashes import allergy_met
from hooks.sources import ALLERGY_RECORD
from hooks.terminology.medications import PROPOSED

NATIVE = "enabledWhenEhrHasNative"
SEVERE, USUAL, MILD = (allergy_met(level, native=NATIVE) for level in ("severe", "usual", "mild"))
WORDS = "Recorded {type} to {substance} ({reaction}). Review before ordering {drug}."

RULE = Rule(
    id="order-vc-drug-allergy",
    title="Recorded allergy to a drug that is being ordered",
    group="order-safety",
    place=22,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="The client checks allergies that are coded; one in plain words may escape it.",
    honesty="An allergy on record may be mistaken or mild. It is matched by ingredient; by class for statins, SGLT2"
    " inhibitors, and ACE inhibitors after angioedema.",
    evidence=(Cite(ALLERGY_RECORD, "", "", "general prescribing safety"),),
    settings=(switch(NATIVE, default=False, why="also allergies coded by RxNorm, which the client checks itself"),),
    when=ordering(*PROPOSED),
    cases=(Case(SEVERE, "critical", WORDS), Case(USUAL, "warning", WORDS), Case(MILD, "info", WORDS)),
    lines=(Line("On the allergy list as: {recorded}."),),
    override_reasons=("data-wrong", "already-addressed", "other"),
    examples="""
        draft                  | allergies                       | card
                               | sevelamer                       | no
        sevelamer 800 mg       |                                 | no
        sevelamer 800 mg       | penicillin                      | no
        sevelamer 800 mg       | sevelamer                       | warning
        sevelamer 800 mg       | sevelamer with rash             | warning
        sevelamer 800 mg       | sevelamer with anaphylaxis      | critical
        sevelamer 800 mg       | sevelamer; coded                | no       # the client checks it
        sevelamer 800 mg       | sevelamer; mild                 | info
        sevelamer 800 mg       | sevelamer; mild with angioedema | critical
        atorvastatin 20 mg     | simvastatin with muscle pain    | warning  # class of statins
        atorvastatin 20 mg     | simvastatin with rhabdomyolysis | critical
        dapagliflozin 10 mg    | empagliflozin                   | warning  # class of SGLT2 inhibitors
        ramipril 5 mg          | lisinopril with cough           | no       # not the same ingredient
        ramipril 5 mg          | lisinopril with angioedema      | critical # class after angioedema
        lisinopril 10 mg       | lisinopril with cough           | warning
        losartan 50 mg         | lisinopril with angioedema      | no
        losartan 50 mg         | valsartan                       | no       # no class match for ARBs
        digoxin 125 micrograms | digoxin                         | no       # not a drug that is proposed
        warfarin 5 mg          | warfarin                        | no
        sevelamer 800 mg       | allergies not read              | unknown
    """,
)
