"""Dosage instructions -> mg per day of each ingredient, where that can be read; never assumed.

Structured dosage comes first; where it says nothing, a plain text such as "800 mg three times daily with meals".
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from hooks.chart import Dose
from hooks.reader.matching import words_of
from hooks.reader.quantities import is_plain
from hooks.resources import Dosage, Quantity, Timing

_PER_DAY = {
    "once daily": 1, "once a day": 1, "daily": 1, "every day": 1, "qd": 1, "od": 1, "nightly": 1, "at night": 1,
    "twice daily": 2, "twice a day": 2, "bid": 2, "bd": 2, "every 12 hours": 2, "q12h": 2,
    "tid": 3, "tds": 3, "every 8 hours": 3, "q8h": 3, "qid": 4, "qds": 4, "every 6 hours": 4, "q6h": 4,
}  # fmt: skip
_NAMED = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _PER_DAY), key=len, reverse=True)) + r")\b")
_COUNT = r"(?<![\d.,/])(\d+(?:\.\d+)?|one|two|three|four)\s*(?:\(\w+\)\s*)?"
_TIMES = re.compile(_COUNT + r"(?:times?|x)\s*(?:a|per|each|every|/)?\s*(?:day|daily)\b")
_MEAL = re.compile(r"\bwith (?:meals|each meal|every meal)\b")
_WITH_MEALS = 3
_MG = re.compile(r"(?<![\d.,])(\d+(?:[.,]\d+)?)\s*(mg|g|mcg|µg|ug)\b(?!\s*(?:/|per\b))(\s*total\b)?")
_UNITS_TAKEN = re.compile(_COUNT + r"(?:(?!(?:mg|g|mcg|µg|ug)\b)[a-z]+\s+)?(?:tablet|capsule|tab|cap)s?\b")
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4}
# Ranges, fractions, "up to", "two 800 mg tablets", and 1,250 (one thousand or one and a quarter?) are not read.
_UNCLEAR = re.compile(
    r"\d\s*[-–/]\s*\d|\b(?:or|to|and)\s+(?:a\s+)?(?:\d|one|two|three|four|twice|half)|\bhalf\b|[½¼¾]|\d,\d{3}"
    r"|\b(?:\d+|two|three|four)\s+\d+(?:\.\d+)?\s*(?:mg|g|mcg|µg|ug)\b"
)
_TO_MG = {"mg": Decimal(1), "g": Decimal(1000), "mcg": Decimal("0.001"), "ug": Decimal("0.001"), "µg": Decimal("0.001")}
_PERIODS = {"d": Decimal(1), "wk": Decimal(7), "h": Decimal(1) / 24}
_MEALS = frozenset({"C", "CM", "CD", "CV", "PC", "AC", "PCM", "PCD", "PCV", "ACM", "ACD", "ACV"})
_UNITS = frozenset({"tablet", "tablets", "tab", "tabs", "capsule", "capsules", "cap", "{tbl}", "{capsule}", "1", ""})


def dose_of(dosages: Sequence[Dosage] | None, text: str, strengths: Mapping[str, str]) -> Dose:
    """Return how a drug is taken; ``strengths`` maps its ingredients to mg per unit ("" = not known)."""
    given = list(dosages or ())
    said = " ".join(part for each in given for part in (each.text, each.patient_instruction) if part)
    words = f"{said} {text}".lower()
    found = _structured(given, strengths) or _written(said.lower(), words, strengths)
    as_needed = any(each.as_needed_boolean for each in given) or bool(re.search(r"\bprn\b|\bas needed\b", words))
    units = {name: Decimal(mg) for name, mg in strengths.items() if mg}
    route = " ".join(words_of(each.route) for each in given)
    return Dose(found, units, said or text, as_needed, _with_meals(given, words), route)


def _with_meals(given: list[Dosage], words: str) -> bool:
    when = {moment for each in given if each.timing and each.timing.repeat for moment in each.timing.repeat.when or ()}
    return not when.isdisjoint(_MEALS) or bool(
        re.search(r"\b(with|after|at|each|every) (?:\w+ )?(meal|food)s?\b", words)
    )


def _structured(given: list[Dosage], strengths: Mapping[str, str]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for dosage in given:
        quantity = next((each.dose_quantity for each in dosage.dose_and_rate or () if each.dose_quantity), None)
        times, at_once = _times_per_day(dosage.timing), _mg_at_once(quantity, strengths)
        if times is None or not at_once:
            return {}
        for name, mg in at_once.items():
            total[name] = total.get(name, Decimal(0)) + mg * times
    return total


def _times_per_day(timing: Timing | None) -> Decimal | None:
    repeat = timing.repeat if timing else None
    if repeat is None or (repeat.frequency is None and not repeat.when):
        return _frequency(_coded(timing))
    if repeat.frequency is None:
        return Decimal(len(repeat.when or ()))
    period = (Decimal(1) if repeat.period is None else repeat.period) if _in_reach(repeat.frequency) else Decimal(0)
    days = _PERIODS.get(repeat.period_unit or "d", Decimal(0)) * (period if _in_reach(period) else Decimal(0))
    return Decimal(repeat.frequency) / days if days else None


def _coded(timing: Timing | None) -> str:
    code = timing.code if timing else None
    return " ".join([words_of(code), *(each.code or "" for each in (code.coding if code else None) or ())]).lower()


def _in_reach(number: Decimal | int) -> bool:
    return is_plain(Decimal(number)) and number > 0


def _mg_at_once(quantity: Quantity | None, strengths: Mapping[str, str]) -> dict[str, Decimal]:
    if quantity is None or quantity.value is None or not _in_reach(quantity.value):
        return {}
    unit = (quantity.code or quantity.unit or "").strip().lower()
    if unit in _TO_MG:
        return dict.fromkeys(strengths, quantity.value * _TO_MG[unit]) if len(strengths) == 1 else {}
    if unit in _UNITS:
        return {name: quantity.value * Decimal(mg) for name, mg in strengths.items() if mg}
    return {}


def _written(said: str, words: str, strengths: Mapping[str, str]) -> dict[str, Decimal]:
    """``said`` is what the dosage says, ``words`` that and the name of the drug."""
    times = _frequency(words)
    if times is None or len(strengths) != 1 or _UNCLEAR.search(said or words):
        return {}
    (name, strength), units = next(iter(strengths.items())), _UNITS_TAKEN.search(words)
    count = _number(units.group(1)) if units else Decimal(1)
    amounts = list(_MG.finditer(said)) or list(_MG.finditer(words))[:1]
    if len({each.groups()[:2] for each in amounts}) > 1:
        return {}
    if amounts:
        at_once = _at_once(amounts[0], units, count)
    else:
        at_once = Decimal(strength) * count if strength and units else None
    return {} if at_once is None else {name: at_once * times}


def _at_once(amount: re.Match[str], units: re.Match[str] | None, count: Decimal) -> Decimal | None:
    mg = _number(amount.group(1)) * _TO_MG[amount.group(2)]
    if amount.group(3) or count == 1:
        return mg
    return mg * count if units and units.start() < amount.start() else None


def _frequency(words: str) -> Decimal | None:
    """Return the times a day that ``words`` name; None where they name none, or several."""
    counted = {_number(found) for found in _TIMES.findall(words)}
    found = counted | {Decimal(_PER_DAY[each]) for each in _NAMED.findall(_TIMES.sub(" ", words))}
    if not found and _MEAL.search(words):
        return Decimal(_WITH_MEALS)
    return found.pop() if len(found) == 1 else None


def _number(word: str) -> Decimal:
    return Decimal(_WORDS[word]) if word in _WORDS else Decimal(word.replace(",", "."))
