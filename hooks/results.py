"""Words about results: the newest against a cut-off, or that there is none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from hooks.chart import Lab
from hooks.criterion import NO, UNKNOWN, YES, Answer, Criterion, Verdict, no, unknown, yes
from hooks.cutoffs import Cutoff, cutoff_reads, limit_of
from hooks.scope import Scope
from hooks.staging.kidney import EGFR_READS, egfr_series
from hooks.staging.windows import LONG_AGO_DAYS, WINDOW_READS, Window
from hooks.terminology.concepts import Analyte
from hooks.wording import brief, dated, for_people

Days = str | int | Window
"""A setting's name, a shared window, or a function of the chart (by CKD stage)."""
Side = Literal["above", "at least", "below", "at most"]
_ONE_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Under:
    """Fewer days than a setting names: 7 means up to 6 days ago."""

    setting: str

    def __call__(self, scope: Scope) -> int:
        """Return the last number of days that still counts."""
        return scope.days(self.setting) - 1


def days_of(within: Days, scope: Scope) -> int:
    """Return ``within`` as a number of days."""
    if isinstance(within, str):
        return scope.days(within)
    return within if isinstance(within, int) else within(scope)


def window_reads(within: Days) -> frozenset[str]:
    """Return what has to be read to know ``within``."""
    return WINDOW_READS if callable(within) and not isinstance(within, Under) else frozenset()


def series(scope: Scope, analyte: Analyte) -> tuple[Lab, ...]:
    """Return the results of ``analyte``, newest first; eGFR may be computed from creatinine."""
    return series_named(scope, analyte.name)


def series_named(scope: Scope, name: str) -> tuple[Lab, ...]:
    """Return the results of the analyte called ``name``, newest first."""
    return egfr_series(scope) if name == "egfr" else scope.labs(name)


def series_reads(analyte: Analyte) -> frozenset[str]:
    """Return what has to be read for the results of ``analyte``."""
    return EGFR_READS if analyte.name == "egfr" else frozenset({analyte.name})


def compare(lab: Lab, side: Side, limit: Decimal) -> Verdict:
    """Return whether ``lab`` lies on ``side`` of ``limit``; unknown where its open end does not tell."""
    if side in ("below", "at most"):
        opposite = compare(lab, "at least" if side == "below" else "above", limit)
        return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[opposite]
    low, high = lab.low, lab.high
    if side == "above":
        if low is not None and (low > limit or (low == limit and lab.strict)):
            return YES
        return NO if high is not None and high <= limit else UNKNOWN
    if low is not None and low >= limit:
        return YES
    return NO if high is not None and (high < limit or (high == limit and lab.strict)) else UNKNOWN


def nothing_recent(scope: Scope, analyte: Analyte, days: int) -> Answer:
    """Return the answer that there is no usable result, with what was set aside or could not be had."""
    aside = scope.set_aside(analyte.name)
    failed = scope.failed(analyte.name, within=days * (1 + scope.safety))
    why = " (it could not be read)" if failed else f" (set aside: {'; '.join(aside)})" if aside else ""
    since = "on record" if days >= LONG_AGO_DAYS else f"in {days} days"
    return unknown(lambda: f"no usable {analyte.label} {since}{why}", failed=failed)


@dataclass(frozen=True, eq=False)
class Latest(Criterion):
    """The newest result of an analyte against a cut-off."""

    analyte: Analyte
    within: Days
    side: Side
    cutoff: Cutoff

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "reads", series_reads(self.analyte) | window_reads(self.within) | cutoff_reads(self.cutoff)
        )

    def judge(self, scope: Scope) -> Answer:
        """Return the comparison; for order safety the worst of 24 h, and a value up to twice as old, marked soft."""
        days = days_of(self.within, scope)
        usable = [
            lab for lab in series(scope, self.analyte) if scope.chart.age_of(lab.day) <= days * (1 + scope.safety)
        ]
        if not usable:
            return nothing_recent(scope, self.analyte, days)
        lab = self._worst(usable) if scope.safety else usable[0]
        return self._compared(scope, lab, old=scope.chart.age_of(lab.day) > days)

    def _worst(self, usable: list[Lab]) -> Lab:
        one_day = [lab for lab in usable if usable[0].when.at - lab.when.at <= _ONE_DAY]
        pick = max if self.side in ("above", "at least") else min
        return pick(one_day, key=lambda lab: lab.value)

    def _compared(self, scope: Scope, lab: Lab, *, old: bool) -> Answer:
        limit = limit_of(self.cutoff, scope, lab)
        verdict = compare(lab, self.side, limit.value)
        is_ = {YES: "is", NO: "is not", UNKNOWN: "does not say whether it is"}[verdict]
        note = " (an old value)" if old else ""
        values = {self.analyte.name: brief(lab, scope.site)}
        return Answer(
            verdict,
            lambda: f"{dated(lab, scope.site)}{note} {is_} {self.side} {limit.written(for_people(self.analyte.unit))}",
            (lab,), values, soft=old or limit.assumed,
        )  # fmt: skip


@dataclass(frozen=True)
class _LatestOf:
    analyte: Analyte
    within: Days

    def above(self, cutoff: Cutoff) -> Criterion:
        return Latest(self.analyte, self.within, "above", cutoff)

    def at_least(self, cutoff: Cutoff) -> Criterion:
        return Latest(self.analyte, self.within, "at least", cutoff)

    def below(self, cutoff: Cutoff) -> Criterion:
        return Latest(self.analyte, self.within, "below", cutoff)

    def at_most(self, cutoff: Cutoff) -> Criterion:
        return Latest(self.analyte, self.within, "at most", cutoff)


def latest(analyte: Analyte, *, within: Days) -> _LatestOf:
    """Name the newest result of ``analyte`` within that time; compare it with above, at_least, below, at_most."""
    return _LatestOf(analyte, within)


class Word(Criterion):
    """A criterion made of a plain function, its English sentence and its declared reads."""

    def __init__(self, find: Callable[[Scope], Answer], text: str, reads: Iterable[str]) -> None:
        self.find, self.text, self.reads = find, text, frozenset(reads)

    def judge(self, scope: Scope) -> Answer:
        """Return what the function answers."""
        return self.find(scope)


def missing(analyte: Analyte, *, within: Days) -> Criterion:
    """Ask whether there is no usable result of ``analyte`` within that time."""

    def find(scope: Scope) -> Answer:
        days = days_of(within, scope)
        lab = next((each for each in series(scope, analyte) if scope.chart.age_of(each.day) <= days), None)
        if lab:
            return no(lambda: f"{dated(lab, scope.site)} is recent", lab)
        none = nothing_recent(scope, analyte, days)
        return none if none.failed else yes(none.say)

    return Word(find, f"no recent {analyte.label}", series_reads(analyte) | window_reads(within))
