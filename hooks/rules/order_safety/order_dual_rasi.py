"""Two blockers of the renin-angiotensin system together."""

from hooks.criteria import ordering
from hooks.criterion import AnyOf
from hooks.rule import Case, Cite, Line, Offer, Rule
from hooks.shared.antihypertensives import RAS_BLOCKERS
from hooks.shared.history import together
from hooks.shared.proposals import review
from hooks.sources import KDIGO_BP_2021, SACUBITRIL_LABEL
from hooks.staging.windows import SACUBITRIL_GAP_DAYS
from hooks.terminology.medications import ACE_INHIBITORS, ARNIS

ANGIOEDEMA = together(ARNIS, ACE_INHIBITORS, within=SACUBITRIL_GAP_DAYS) | together(
    ACE_INHIBITORS, ARNIS, within=SACUBITRIL_GAP_DAYS
)
TWO = AnyOf(
    tuple(together(each, *(other for other in RAS_BLOCKERS if other is not each), switch=True) for each in RAS_BLOCKERS)
)

RULE = Rule(
    id="order-dual-rasi",
    title="Two RAS blockers together",
    group="order-safety",
    place=18,
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    safety=True,
    hooks=("order-select", "order-sign"),
    rationale="Two RAS blockers bring hyperkalaemia and kidney injury without further benefit.",
    honesty="Trials of two RAS blockers showed harm and no fewer events. The 36 hours are the label's (not checked).",
    evidence=(
        Cite(KDIGO_BP_2021, "3.3", "1B", "avoid any combination of ACE inhibitor, ARB and direct renin inhibitor"),
        Cite(SACUBITRIL_LABEL, "", "", "not within 36 hours of an ACE inhibitor (angioedema)"),
    ),
    settings=(),
    when=ordering(*RAS_BLOCKERS),
    cases=(
        Case(
            ANGIOEDEMA,
            "critical",
            "{ordered} ordered; {other} {other_state}: angioedema risk. Consider one agent, 36 hours apart.",
            (Line("Stopping the other drug in the same orders is not enough: the label asks for 36 hours between."),),
        ),
        Case(
            TWO,
            "warning",
            "{ordered} ordered while {other} {other_state}: dual RAS blockade not recommended. Consider one agent.",
            (Line("If this is a switch, a stop of the other drug in the same orders settles it."),),
        ),
    ),
    offers=(Offer("Ask to review RAS blockers", (review("Two RAS blockers: consider keeping one of them."),)),),
    override_reasons=("already-addressed", "data-wrong"),
    examples="""
        draft                                                  | taking                      | stopped        | stops            | card
                                                               | lisinopril, losartan        |                |                  | no       # nothing is ordered
        losartan 50 mg once daily                              |                             |                |                  | no
        losartan 50 mg once daily                              | losartan 100 mg once daily  |                |                  | no       # the same drug
        losartan 50 mg once daily                              | amlodipine 5 mg once daily  |                |                  | no
        losartan 50 mg once daily                              | lisinopril 10 mg once daily |                |                  | warning
        lisinopril 10 mg once daily                            | losartan 50 mg once daily   |                |                  | warning
        losartan 50 mg / hydrochlorothiazide 12.5 mg           | lisinopril 10 mg            |                |                  | warning  # a combination
        aliskiren 150 mg once daily                            | losartan 50 mg once daily   |                |                  | warning
        losartan 50 mg once daily, lisinopril 10 mg once daily |                             |                |                  | warning  # both drafted
        losartan 50 mg once daily                              | lisinopril 10 mg once daily |                | lisinopril 10 mg | no       # a switch
        losartan 50 mg once daily                              | lisinopril 10 mg once daily |                | amlodipine 5 mg  | warning  # stops another drug
        losartan 50 mg once daily                              |                             | lisinopril @1d |                  | no       # stopped
        sacubitril / valsartan 24 mg / 26 mg twice daily       | losartan 50 mg              |                |                  | warning
        sacubitril / valsartan 24 mg / 26 mg twice daily       | valsartan 80 mg             |                |                  | warning
        sacubitril / valsartan 24 mg / 26 mg twice daily       | sacubitril / valsartan      |                |                  | no       # renewal
        sacubitril / valsartan 24 mg / 26 mg twice daily       | lisinopril 10 mg            |                |                  | critical
        sacubitril / valsartan 24 mg / 26 mg twice daily       | lisinopril 10 mg            |                | lisinopril 10 mg | critical # no 36 hours
        sacubitril / valsartan 24 mg / 26 mg twice daily       |                             | lisinopril @2d |                  | critical
        sacubitril / valsartan 24 mg / 26 mg twice daily       |                             | lisinopril @3d |                  | no
        lisinopril 10 mg once daily                            | sacubitril / valsartan      |                |                  | critical
        losartan 50 mg once daily                              | medications not read        |                |                  | unknown
    """,
)
