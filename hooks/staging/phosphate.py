"""The phosphate limits and gaps where no rule owns a setting for them. Source: specification 2.5, 4.20, 2.14.6."""

from decimal import Decimal

from hooks.chart import Lab
from hooks.criterion import NO
from hooks.cutoffs import Limit
from hooks.scope import Scope
from hooks.staging.kidney import on_dialysis
from hooks.wording import in_unit_of

_DIALYSIS, _NORMAL = Decimal("5.5"), Decimal("4.5")
_GAP_DIALYSIS, _GAP = 14, 28
EUROPEAN_LABEL = Decimal("5.5")
"""mg/dL (1.78 mmol/L) from which European labels allow binders without dialysis."""
SEVELAMER_DOUBLE = Decimal("7.5")
"""mg/dL from which the label starts sevelamer at 1600 mg three times daily."""
NORMAL_FROM = Decimal("2.5")
"""mg/dL; the lower end of the adult reference interval."""
RISE = Decimal("0.5")
"""mg/dL: a rise over three values that counts as progressive."""


def phosphate_limit(scope: Scope, lab: Lab) -> Limit:
    """Return 5.5 mg/dL (1.78 mmol/L) unless dialysis is excluded; then the laboratory's limit, else 4.5 mg/dL."""
    if on_dialysis(scope).verdict is not NO:
        return Limit(_DIALYSIS, f"{_DIALYSIS}")
    if lab.upper_limit is None:
        return Limit(_NORMAL, f"{_NORMAL}")
    return Limit(lab.upper_limit, f"the laboratory's upper limit, {in_unit_of(lab, lab.upper_limit)}")


def normal_phosphate(_scope: Scope, lab: Lab) -> Limit:
    """Return the laboratory's upper limit, else 4.5 mg/dL; also on dialysis."""
    if lab.upper_limit is None:
        return Limit(_NORMAL, f"{_NORMAL}")
    return Limit(lab.upper_limit, f"the laboratory's upper limit, {in_unit_of(lab, lab.upper_limit)}")


def phosphate_gap(scope: Scope) -> int:
    """Return how many days must lie between two high values: 14 unless dialysis is excluded, then 28."""
    return _GAP if on_dialysis(scope).verdict is NO else _GAP_DIALYSIS
