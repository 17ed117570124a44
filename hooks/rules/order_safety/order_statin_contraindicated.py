"""A statin is ordered in pregnancy, liver failure, or after it did harm."""

from hooks.criteria import has, latest, ordering
from hooks.criterion import because
from hooks.cutoffs import times_laboratory_limit
from hooks.rule import Case, Cite, Line, Rule, number
from hooks.shared.clashes import statin_allergy
from hooks.sources import ACC_AHA_LIPIDS_2026, KDIGO_LIPIDS_2013, ROSUVASTATIN_LABEL
from hooks.staging.exclusions import is_pregnant
from hooks.staging.windows import LIVER_DAYS
from hooks.terminology.conditions import LACTATION, LIVER_FAILURE, RHABDOMYOLYSIS
from hooks.terminology.labs import ALT, AST
from hooks.terminology.medications import STATINS

LIMIT = times_laboratory_limit("ulnMultiple")
PREGNANT = because(is_pregnant, "in pregnancy")
WORDS = "{ordered} ordered {reason}. Usually avoided; consider deferring or specialist advice."

RULE = Rule(
    id="order-statin-contraindicated",
    title="Statin where it is contraindicated",
    group="order-safety",
    place=14,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="Statins are avoided in pregnancy and in liver failure, and after rhabdomyolysis or an allergy.",
    honesty=(
        "Harm to the fetus is not proven; the strongest pregnancy warning was lifted in 2021 (remembered, not checked)."
        " Stable fatty liver or compensated cirrhosis is no contraindication."
    ),
    evidence=(
        Cite(ACC_AHA_LIPIDS_2026, "", "", "stop 1-2 months before a planned pregnancy; may go on in FH or ASCVD"),
        Cite(KDIGO_LIPIDS_2013, "", "", "contraindicated: pregnancy, breast-feeding, liver disease, enzymes from 3x"),
        Cite(ROSUVASTATIN_LABEL, "", "", "contraindicated: acute liver failure, decompensated cirrhosis"),
    ),
    settings=(
        number("ulnMultiple", "3", "1", low="3", high="5", why="multiple of the laboratory's limit of ALT or AST"),
    ),
    when=ordering(STATINS),
    cases=(
        Case(
            because(has(LIVER_FAILURE), "with liver failure")
            | because(statin_allergy, "with a recorded allergy to {substance}")
            | because(has(RHABDOMYOLYSIS, ever=True), "with a history of rhabdomyolysis"),
            "critical",
            WORDS,
        ),
        Case(
            PREGNANT
            | because(has(LACTATION), "during breast-feeding")
            | because(latest(ALT, within=LIVER_DAYS).at_least(LIMIT), "with ALT {alt}")
            | because(latest(AST, within=LIVER_DAYS).at_least(LIMIT), "with AST {ast}"),
            "warning",
            WORDS,
        ),
    ),
    lines=(
        Line("Familial hypercholesterolaemia or atherosclerotic disease: a specialist may continue it.", PREGNANT),
        Line("In pregnancy a bile acid sequestrant is the usual alternative.", PREGNANT),
    ),
    show=("alt", "ast"),
    override_reasons=("data-wrong", "not-indicated", "already-addressed", "other"),
    examples="""
        conditions              | draft                                           | sex    | age | pregnancy-status | allergies                             | alt             | ast            | card
                                |                                                 |        |     |                  | simvastatin                           | 20 @9d ref 40   | 20 @9d ref 40  | no
                                | atorvastatin 20 mg once daily                   |        |     |                  |                                       | 20 @9d ref 40   | 20 @9d ref 40  | no
                                | atorvastatin 20 mg once daily                   |        |     |                  |                                       | 119 @9d ref 40  | 20 @9d ref 40  | no       # below three times
                                | atorvastatin 20 mg once daily                   |        |     |                  |                                       | 120 @9d ref 40  | 20 @9d ref 40  | warning  # at three times
                                | atorvastatin 20 mg once daily                   |        |     |                  |                                       | 20 @9d ref 40   | 120 @9d ref 40 | warning
                                | atorvastatin 20 mg once daily                   |        |     |                  |                                       | 120 @91d ref 40 | 20 @9d ref 40  | info     # old
                                | atorvastatin 20 mg once daily                   |        |     |                  |                                       | 300 @9d         | 20 @9d ref 40  | no       # no limit sent
                                | atorvastatin 20 mg once daily                   |        |     |                  |                                       |                 |                | unknown
        pregnancy               | atorvastatin 20 mg once daily                   | female | 31  |                  |                                       |                 |                | warning
        pregnancy               | atorvastatin 20 mg once daily                   | male   | 31  |                  |                                       | 20 @9d ref 40   | 20 @9d ref 40  | no       # a data error
        pregnancy resolved      | atorvastatin 20 mg once daily                   | female | 31  |                  |                                       | 20 @9d ref 40   | 20 @9d ref 40  | no       # over
                                | atorvastatin 20 mg once daily                   | female | 31  | pregnant @100d   |                                       |                 |                | warning
        lactation               | atorvastatin 20 mg once daily                   | female | 31  |                  |                                       |                 |                | warning
        liver-failure           | atorvastatin 20 mg once daily                   |        |     |                  |                                       |                 |                | critical
        active-liver-disease    | ezetimibe 10 mg once daily                      |        |     |                  |                                       |                 |                | no       # no statin
        rhabdomyolysis resolved | atorvastatin 20 mg once daily                   |        |     |                  |                                       |                 |                | critical
                                | atorvastatin 20 mg once daily                   |        |     |                  | simvastatin                           |                 |                | critical # another statin
                                | atorvastatin 20 mg once daily                   |        |     |                  | simvastatin; mild                     | 20 @9d ref 40   | 20 @9d ref 40  | no       # the allergy rule's
                                | atorvastatin 20 mg once daily                   |        |     |                  | simvastatin; mild with rhabdomyolysis |                 |                | critical
                                | amlodipine 5 mg / atorvastatin 10 mg once daily |        |     |                  | atorvastatin                          |                 |                | critical # a combination
    """,
)
