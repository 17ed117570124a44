"""Advanced CKD as safety rules see it: a low eGFR, dialysis (shown or left open), a coded stage where eGFR is missing.

Source: specification 2.14.5 and 2.14.6: one eGFR is enough for safety; dialysis that is unknown counts, and is asked.
"""

from hooks.criteria import in_stage, latest, missing
from hooks.criterion import Criterion, because, possibly, undecided
from hooks.rule import Line
from hooks.staging.kidney import on_dialysis
from hooks.terminology.labs import EGFR

ASK_DIALYSIS = Line(
    "The record hints at dialysis without showing it. Please confirm whether the patient is on dialysis.",
    undecided(on_dialysis),
)


def dialysis_or_possibly() -> Criterion:
    """Ask whether dialysis is shown, or left open by what is recorded; a failed search stays unknown."""
    return because(on_dialysis, "dialysis") | because(possibly(on_dialysis), "possible dialysis")


def advanced_ckd(*, below: str, within: int) -> Criterion:
    """Ask whether eGFR is below a setting, dialysis is shown or possible, or, without an eGFR, G4 or G5 coded."""
    low = because(latest(EGFR, within=within).below(below), "eGFR {egfr}")
    coded = because(missing(EGFR, within=2 * within) & in_stage("G4", "G5"), "CKD G4-G5")
    return low | dialysis_or_possibly() | coded
