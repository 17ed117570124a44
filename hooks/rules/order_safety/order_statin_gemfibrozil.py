"""A statin together with gemfibrozil, or with any fibrate in CKD."""

from hooks.criteria import ordering
from hooks.rule import Case, Cite, Line, Offer, Rule
from hooks.shared.history import together
from hooks.shared.proposals import review
from hooks.sources import FDA_SIMVASTATIN_2011, KDIGO_LIPIDS_2013, ROSUVASTATIN_LABEL
from hooks.staging.kidney import has_ckd
from hooks.terminology.medications import FIBRATES, GEMFIBROZIL, SIMVASTATIN, STATINS
from hooks.words import drugs_of

FORBIDDEN = together(GEMFIBROZIL, SIMVASTATIN) | together(SIMVASTATIN, GEMFIBROZIL)
RISKY = together(GEMFIBROZIL, STATINS) | together(STATINS, GEMFIBROZIL)
ANY_FIBRATE = together(FIBRATES, STATINS) | together(STATINS, FIBRATES)

RULE = Rule(
    id="order-statin-gemfibrozil",
    title="Statin together with a fibrate",
    group="order-safety",
    place=15,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="Gemfibrozil raises the blood levels of statins; muscle damage may follow, more so in CKD.",
    honesty="Rhabdomyolysis is rare; gemfibrozil multiplies the risk, and a fibrate adds no proven benefit to a statin.",
    evidence=(
        Cite(FDA_SIMVASTATIN_2011, "", "", "simvastatin is contraindicated with gemfibrozil; avoid it with lovastatin"),
        Cite(ROSUVASTATIN_LABEL, "", "", "at most 10 mg a day if gemfibrozil cannot be avoided"),
        Cite(KDIGO_LIPIDS_2013, "", "", "no fibrate together with a statin in CKD"),
    ),
    settings=(),
    when=ordering(STATINS, FIBRATES),
    cases=(
        Case(
            FORBIDDEN,
            "critical",
            "Gemfibrozil with {statin}: contraindicated (rhabdomyolysis). Consider stopping one.",
        ),
        Case(RISKY, "warning", "Gemfibrozil with {statin}: usually avoided (rhabdomyolysis). Consider stopping one."),
        Case(
            ANY_FIBRATE & has_ckd,
            "warning",
            "{fibrate} with {statin} in CKD: usually avoided (rhabdomyolysis). Consider stopping one.",
        ),
    ),
    lines=(
        Line("CKD raises the risk of muscle damage.", has_ckd),
        Line("If a fibrate is needed: fenofibrate, only if indicated and eGFR allows. Rosuvastatin at most 10 mg."),
    ),
    offers=(Offer("Ask to review the fibrate", (review("Fibrate with a statin: consider stopping the fibrate."),)),),
    values={"statin": drugs_of(STATINS), "fibrate": drugs_of(FIBRATES)},
    override_reasons=("already-addressed", "data-wrong"),
    examples="""
        conditions  | draft                                             | taking                                 | card
                    |                                                   | gemfibrozil                            | no
                    | simvastatin 20 mg once daily                      |                                        | no
                    | simvastatin 20 mg once daily                      | gemfibrozil 600 mg                     | critical
                    | gemfibrozil 600 mg twice daily                    | simvastatin 20 mg                      | critical
                    | gemfibrozil 600 mg twice daily, simvastatin 20 mg |                                        | critical # both drafted
                    | ezetimibe 10 mg / simvastatin 20 mg               | gemfibrozil 600 mg                     | critical # a combination
                    | lovastatin 20 mg once daily                       | gemfibrozil 600 mg                     | warning
                    | rosuvastatin 10 mg once daily                     | gemfibrozil 600 mg                     | warning
                    | atorvastatin 20 mg once daily                     | fenofibrate 145 mg                     | no       # without CKD
        ckd-stage-4 | atorvastatin 20 mg once daily                     | fenofibrate 145 mg                     | warning
        ckd-stage-4 | fenofibrate 145 mg once daily                     | atorvastatin 20 mg                     | warning
        ckd-stage-4 | amlodipine 5 mg                                   | atorvastatin 20 mg, fenofibrate 145 mg | no       # another order
                    | simvastatin 20 mg once daily                      | medications not read                   | unknown
    """,
)
