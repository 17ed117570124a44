"""Aluminium is ordered in CKD."""

from hooks.criteria import ordering, taking
from hooks.criterion import possibly
from hooks.rule import Case, Cite, Line, Rule, number
from hooks.shared.binders import MAY_HAVE_BINDER, no_other_binder, sevelamer_instead_of
from hooks.sources import KDIGO_CKD_MBD_2017
from hooks.staging.kidney import ckd_g3a_or_worse
from hooks.staging.mineral_orders import aluminium_as_binder, aluminium_beyond
from hooks.terminology.medications import ALUMINIUM_BINDERS, CITRATES

CITRATE = taking(CITRATES) | ordering(CITRATES, selected=False)
ADVICE = "Aluminium binder in CKD: long-term use should be avoided (KDIGO). Consider an alternative."
WITH_CITRATE = (
    "Aluminium with a citrate in CKD: citrate raises its uptake; avoid long-term use (KDIGO). Consider an alternative."
)

RULE = Rule(
    id="order-aluminium-binder",
    title="Aluminium ordered in CKD",
    group="order-safety",
    place=11,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="Aluminium builds up without kidney function and harms brain and bone; citrate raises its uptake.",
    honesty="Aluminium toxicity is known from the years when it was the usual binder; no safe dose is established.",
    evidence=(Cite(KDIGO_CKD_MBD_2017, "4.1.7", "", "avoid the long-term use of aluminium-containing binders"),),
    settings=(number("maxDays", "28", "d", low="7", high="28", why="days up to which a course is short"),),
    when=ordering(ALUMINIUM_BINDERS) & possibly(ckd_g3a_or_worse),
    cases=(
        Case(CITRATE, "warning", WITH_CITRATE),
        Case(aluminium_beyond("maxDays"), "warning", ADVICE),
        Case(
            ~aluminium_beyond("maxDays"),
            "info",
            "Aluminium in CKD for a short course: consider keeping it short; long-term use should be avoided (KDIGO).",
        ),
    ),
    lines=(
        Line(
            "A citrate is taken or ordered too: it raises the uptake of aluminium; consider keeping them apart.",
            CITRATE,
        ),
        Line("An order without a stated end counts as long-term.", aluminium_beyond("maxDays")),
        *no_other_binder(ALUMINIUM_BINDERS, aluminium_as_binder),
    ),
    offers=(sevelamer_instead_of(ALUMINIUM_BINDERS, MAY_HAVE_BINDER & aluminium_as_binder),),
    show=("phosphate", "egfr"),
    override_reasons=("already-addressed", "other"),
    examples="""
        conditions      | egfr   | draft                                         | taking            | card
                        | 80 @5d | aluminium hydroxide 500 mg three times daily  |                   | no      # no CKD
        ckd-stage-2     |        | aluminium hydroxide 500 mg three times daily  |                   | no
        ckd-stage-4     |        | sevelamer                                     |                   | no
        ckd-stage-3a    |        | aluminium hydroxide 500 mg three times daily  |                   | warning # no end
        dialysis-status |        | aluminium hydroxide 500 mg three times daily  |                   | warning
        ckd-any         |        | aluminium hydroxide 500 mg three times daily  |                   | warning # stage not known
        ckd-stage-4     |        | aluminium hydroxide 500 mg daily for 28 days  |                   | info    # at the limit
        ckd-stage-4     |        | aluminium hydroxide 500 mg daily for 29 days  |                   | warning
        ckd-stage-4     |        | aluminium hydroxide 500 mg daily for 2 weeks  |                   | info
        ckd-stage-4     |        | aluminium hydroxide 500 mg daily for 2 weeks  | calcium citrate   | warning # citrate
        ckd-stage-4     |        | aluminium hydroxide 500 mg daily for 2 weeks  | potassium citrate | warning
        ckd-stage-4     |        | aluminium hydroxide 500 mg daily for 2 weeks, calcium citrate 500 mg | | warning # drafted
        problems not read |      | aluminium hydroxide 500 mg three times daily  |                   | unknown
    """,
)
