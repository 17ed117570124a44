"""Dialysis: no statin is started, one that is taken goes on."""

from hooks.criteria import setting_on, taking
from hooks.rule import Case, Cite, Line, Rule, switch
from hooks.sources import KDIGO_LIPIDS_2013
from hooks.staging.dialysis_start import dialysis_began_lately
from hooks.staging.kidney import on_dialysis
from hooks.terminology.medications import STATINS

RULE = Rule(
    id="statin-dialysis",
    title="Statins on dialysis",
    group="lipids",
    since="0.1.0",
    reviewed="not yet reviewed by a clinician",
    hooks=("patient-view",),
    rationale="On dialysis the other statin rules are silent: starting a statin has not been shown to help there.",
    honesty=(
        "4D, AURORA and the dialysis part of SHARP were neutral on average. Recent infarction, very high LDL or a long life"
        " expectancy may justify an exception."
    ),
    evidence=(
        Cite(KDIGO_LIPIDS_2013, "2.3.1", "2A", "dialysis: do not start a statin"),
        Cite(KDIGO_LIPIDS_2013, "2.3.2", "2C", "dialysis: continue a statin that was taken when dialysis began"),
    ),
    settings=(switch("showInfoCard", default=False, why="says at the start of dialysis that a statin may go on"),),
    when=on_dialysis,
    cases=(
        Case(
            setting_on("showInfoCard") & dialysis_began_lately & taking(STATINS),
            "info",
            "On dialysis: guideline suggests not starting a statin now (2A); continue if already taking one (2C).",
        ),
    ),
    lines=(Line("A statin is active: dialysis alone is no reason to stop it; reassess it from time to time."),),
    show=("ldl",),
    override_reasons=("not-indicated",),
    examples="""
        settings          | conditions            | procedures                | taking              | card
        showInfoCard true |                       |                           | atorvastatin 20 mg  | no       # no dialysis
                          | dialysis-status @100d |                           | atorvastatin 20 mg  | no       # silent unless asked for
        showInfoCard true | dialysis-status @100d |                           | atorvastatin 20 mg  | info     # continue
        showInfoCard true | dialysis-status @180d |                           | atorvastatin 20 mg  | info     # at the limit
        showInfoCard true | dialysis-status @181d |                           | atorvastatin 20 mg  | no       # began long ago
        showInfoCard true | dialysis-status @100d | haemodialysis @300d       | atorvastatin 20 mg  | no       # the first session counts
        showInfoCard true | dialysis-status       | haemodialysis @10d        | atorvastatin 20 mg  | unknown  # since when is not said
        showInfoCard true |                       | haemodialysis @10d, haemodialysis @90d | atorvastatin 20 mg | info # by sessions
        showInfoCard true | dialysis-status @100d |                           |                     | no       # none is started
        showInfoCard true | dialysis-status @100d |                           | medications not read | unknown
        showInfoCard true | esrd                  |                           | atorvastatin 20 mg  | unknown  # dialysis not known
    """,
)
