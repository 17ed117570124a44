"""How often CKD-MBD is measured. Source: KDIGO 2017 CKD-MBD 3.1.2 (PMC3770279, table 1); specification 2.12, 4.31.

A month is counted as 30 days, as in the specification's 450 days for 15 months. An interval is the guideline's upper
end times the grace factor of the rule, and half of that while CKD-MBD is being treated.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from hooks.scope import Scope
from hooks.staging.kidney import stage_of

_MONTH = 30
_MINERAL: Mapping[str, int] = {"G4": 6, "G5": 3, "G5D": 3}
_PTH: Mapping[str, int] = {"G5": 6, "G5D": 6}
_YEAR = 12
INTERVALS: Mapping[str, Mapping[str, str]] = {
    "mineral": {"G4": "3-6 mo", "G5": "1-3 mo", "G5D": "1-3 mo"},
    "pth": {"G4": "6-12 mo", "G5": "3-6 mo", "G5D": "3-6 mo"},
}
YEARLY, HALF_YEARLY = "12 mo", "6-12 mo"
Interval = Callable[[Scope], int]


def mineral_interval(scope: Scope) -> int:
    """Return how many days a phosphate or calcium may be old: 3, 6 or 12 months by stage, with the grace factor."""
    return _days(scope, _MINERAL.get(stage_of(scope).name, _YEAR))


def pth_interval(scope: Scope) -> int:
    """Return how many days a PTH may be old from G4: 6 or 12 months, with the grace factor."""
    return _days(scope, _PTH.get(stage_of(scope).name, _YEAR))


def alp_interval(scope: Scope) -> int:
    """Return how many days an alkaline phosphatase may be old from G4: 12 months, with the grace factor."""
    return _days(scope, _YEAR)


def _days(scope: Scope, months: int) -> int:
    return int(Decimal(months * _MONTH) * Decimal(scope.values["graceFactor"]))


def half(interval: Interval) -> Interval:
    """Return half of an interval."""
    return lambda scope: interval(scope) // 2
