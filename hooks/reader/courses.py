"""Dosage instructions -> how many days an order is to last, where it says so; a supply is no end."""

import re
from collections.abc import Sequence
from datetime import UTC
from decimal import Decimal

from hooks.dates import parse
from hooks.reader.quantities import is_plain
from hooks.resources import Dosage, Period, Quantity, Repeat

_DAYS = {"d": 1, "day": 1, "days": 1, "wk": 7, "week": 7, "weeks": 7, "mo": 31, "month": 31, "months": 31, "a": 366}
_TEXT = re.compile(r"\b(?:for|x)\s*(\d{1,3})[\s-]*(days?|weeks?|months?)\b")


def course_days(dosages: Sequence[Dosage] | None) -> int | None:
    """Return the days of all dosages, one after the other; None where one has no stated end."""
    found = [_one(each) for each in dosages or ()]
    known = [days for days in found if days is not None]
    return sum(known) if known and len(known) == len(found) else None


def _one(dosage: Dosage) -> int | None:
    repeat = (dosage.timing.repeat if dosage.timing else None) or Repeat()
    stated = _duration(repeat.bounds_duration) or _between(repeat.bounds_period)
    return stated or _worded((dosage.text or "").lower())


def _duration(length: Quantity | None) -> int | None:
    if length is None or length.value is None or not is_plain(length.value):
        return None
    return int(length.value * Decimal(_DAYS.get(length.code or length.unit or "", 0))) or None


def _between(period: Period | None) -> int | None:
    if period is None:
        return None
    start, end = parse(period.start, UTC), parse(period.end, UTC)
    return (end.date() - start.date()).days if start and end else None


def _worded(text: str) -> int | None:
    found = _TEXT.search(text)
    return int(found.group(1)) * _DAYS[found.group(2)] if found else None
