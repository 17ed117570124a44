"""Blood pressure in the severe range."""

from hooks.criteria import taking
from hooks.rule import Case, Cite, Line, Offer, Rule, number, switch
from hooks.shared.antihypertensives import AGENTS
from hooks.shared.pressures import severe, severe_again
from hooks.shared.proposals import lab_test
from hooks.sources import AHA_ACC_HYPERTENSION_2025
from hooks.staging.exclusions import in_hospice, is_pregnant
from hooks.terminology.labs import CREATININE, UACR
from hooks.words import drugs_of

NOW = severe("sbpSevere", "dbpSevere", within="windowHours", inclusive="inclusive")
LATELY = severe("sbpSevere", "dbpSevere", within=72, after="windowHours", inclusive="inclusive")
IN_PREGNANCY = severe(160, 110, within="windowHours", inclusive=True)
LATELY_IN_PREGNANCY = severe(160, 110, within=72, after="windowHours", inclusive=True)
OBSTETRIC = Line("Severe pressure in pregnancy or after birth is an obstetric emergency: call the obstetric team.")
AGAIN = "A second reading of these hours is severe as well."
TESTS = Offer("Order creatinine and urine albumin/creatinine ratio", (lab_test(CREATININE), lab_test(UACR)))
RED_FLAGS = Line(
    "Repeat after 5 minutes of rest. Red flags for acute organ damage: chest pain, dyspnoea, a neurological deficit,"
    " visual loss, acute kidney injury, pregnancy. With any of them: the local emergency pathway."
)
TWICE = Line(AGAIN, severe_again("sbpSevere", "dbpSevere", within="windowHours", inclusive="inclusive"))
NO_RUSH = Line(
    "Without acute organ damage, rapid lowering may harm: the guideline suggests to reassess and to intensify oral therapy."
)

RULE = Rule(
    id="bp-severe",
    title="Blood pressure in the severe range",
    group="blood-pressure",
    family="bp",
    place=1,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    age_may_be_unknown=True,
    hooks=("patient-view",),
    rationale="Severe pressure with acute damage of brain, heart, kidney or eye is an emergency; without it, haste harms.",
    honesty="The threshold sorts who needs a look now; it does not by itself say that organs are being damaged.",
    evidence=(
        Cite(AHA_ACC_HYPERTENSION_2025, "", "", "severe above 180/120; an emergency only with acute organ damage"),
        Cite(AHA_ACC_HYPERTENSION_2025, "", "", "not pregnant, no acute organ damage: no rapid lowering, oral therapy"),
    ),
    settings=(
        number("sbpSevere", "180", "mm[Hg]", low="170", high="200", why="systolic pressure beyond which it is severe"),
        number("dbpSevere", "120", "mm[Hg]", low="110", high="130", why="diastolic pressure beyond which it is severe"),
        switch("inclusive", default=False, why="whether the limits themselves count"),
        number("windowHours", "24", "h", low="4", high="72", why="how old a reading may be to be acted on now"),
    ),
    when=NOW | LATELY | (is_pregnant & (IN_PREGNANCY | LATELY_IN_PREGNANCY)),
    cases=(
        Case(
            is_pregnant & IN_PREGNANCY,
            "critical",
            "BP {bp} in pregnancy: severe range. Confirm within 15 min and treat urgently per obstetric protocol.",
            (OBSTETRIC, Line(AGAIN, severe_again(160, 110, within="windowHours", inclusive=True))),
            (TESTS,),
        ),
        Case(
            is_pregnant & LATELY_IN_PREGNANCY,
            "info",
            "BP was {bp} in pregnancy, in the severe range, and was not repeated since. Consider measuring it now.",
            (OBSTETRIC,),
            (TESTS,),
        ),
        Case(
            NOW & in_hospice,
            "critical",
            "BP {bp}: severe range. Comfort care is on record: consider whether repeating and treating fits its goals.",
            (NO_RUSH,),
        ),
        Case(
            NOW,
            "critical",
            "BP {bp}: severe range. Repeat now and assess for acute organ damage; avoid rapid lowering if none.",
            (RED_FLAGS, NO_RUSH, TWICE),
            (TESTS,),
        ),
        Case(
            LATELY,
            "info",
            "BP was {bp}, in the severe range, and was not repeated since. Consider measuring it again today.",
            (RED_FLAGS, NO_RUSH),
            (TESTS,),
        ),
    ),
    lines=(
        Line("Active: {agents}. When each was last taken is not known here.", taking(*AGENTS)),
        Line("Nothing is ordered for you; no drug is proposed."),
    ),
    values={"agents": drugs_of(*AGENTS)},
    show=("blood-pressure", "creatinine"),
    override_reasons=("lab-suspect", "already-addressed"),
    examples="""
        conditions | bp                       | age | sex    | taking     | card
                   | 180/120 @0d              |     |        |            | no       # at the limits
                   | 181/100 @0d              |     |        |            | critical # systolic
                   | 150/121 @0d              |     |        | amlodipine | critical # diastolic
                   | 181/100 @1d              |     |        |            | critical # 24 hours
                   | 181/100 @2d              |     |        |            | info     # it was severe
                   | 181/100 @3d              |     |        |            | info     # 72 hours
                   | 181/100 @4d              |     |        |            | unknown  # too old
                   |                          |     |        |            | unknown
                   | 150/90 @0d, 190/110 @1d  |     |        |            | no       # normal since
                   | 190/110 @0d, 192/112 @1d |     |        |            | critical # twice
                   | 200/100 @0d              | 17  |        |            | no       # a minor
        hospice    | 200/100 @0d              |     |        |            | critical # softer words
        pregnancy  | 159/109 @0d              | 30  | female |            | no
        pregnancy  | 160/90 @0d               | 30  | female |            | critical # in pregnancy
        pregnancy  | 150/110 @0d              | 30  | female |            | critical
        pregnancy  | 160/90 @2d               | 30  | female |            | info     # it was severe
        pregnancy  | 159/90 @2d               | 30  | female |            | unknown  # nothing of today
        pregnancy  | 160/90 @0d               | 30  | male   |            | no       # a data error
    """,
)
