"""What a Condition's text says of the coronary arteries: per cent of stenosis, FFR, SYNTAX score.

No code for any of these was verified, so the text has to say them; a text that denies something, or that names
another artery or a valve, is not read. Source: specification 4.57, 4.61 (2021 ACC/AHA/SCAI: left main 50 %, FFR 0.80).
"""

import re
from decimal import Decimal

_LEFT_MAIN_PERCENT, _FFR_LIMIT = Decimal(50), Decimal("0.80")
_CORONARY = re.compile(
    r"coronary|left main|left anterior descending|circumflex|\b(?:lad|lcx|rca|lmca|lms|ffr)\b|syntax"
)
_NOT_MEANT = re.compile(
    r"\b(?:no|not|without|excluded|negative|family|carotid|renal|iliac|femoral|popliteal|tibial|aortic|mitral|valve"
    r"|vertebral|subclavian|mesenteric|spinal|less than|ruled? out)\b|[<≤]=?\s*\d{1,3}\s*%"
)
_PERCENT = r"(\d{1,3})(?:\s*%?\s*(?:-|–|to)\s*\d{1,3})?\s*(?:%|per ?cent)"
_ANY_PERCENT = re.compile(rf"(?<![\d.,]){_PERCENT}")
_MAIN = r"(?:left main|lmca|lms)"
_LEFT_MAIN = re.compile(rf"{_MAIN}\D{{0,40}}{_PERCENT}|{_PERCENT} (?:stenosis|narrowing) (?:of|in) (?:the )?{_MAIN}")
_FFR = re.compile(r"(?:\bffr\b|fractional flow reserve)[^\d>]{0,12}([01]?[.,]\d{1,3})")
_FFR_POSITIVE = re.compile(r"positive ffr|ffr (?:was )?positive|positive fractional flow reserve")
_SYNTAX = re.compile(r"syntax(?: i)? score\D{0,12}(\d{1,3}(?:[.,]\d+)?)")
_SEVERE = re.compile(r"\b(?:severe|severely|heavy|heavily|extensive|extensively)\b")


def speaks_of_coronaries(text: str) -> bool:
    """Return whether a text is about the coronary arteries alone and denies nothing."""
    words = text.lower()
    return bool(_CORONARY.search(words)) and not _NOT_MEANT.search(words)


def measures_stenosis(text: str) -> bool:
    """Return whether a text gives a per cent of stenosis or an FFR."""
    return any(pattern.search(text.lower()) for pattern in (_ANY_PERCENT, _FFR, _FFR_POSITIVE))


def is_severe(text: str, percent: Decimal) -> bool:
    """Return whether a stenosis of ``percent`` or more (left main: 50), or an FFR of 0.80 or less, is written."""
    words = text.lower()
    others = _numbers(_ANY_PERCENT, _LEFT_MAIN.sub(" ", words))
    tight = any(value >= _LEFT_MAIN_PERCENT for value in _numbers(_LEFT_MAIN, words))
    tight = tight or any(value >= percent for value in others)
    return tight or any(value <= _FFR_LIMIT for value in _numbers(_FFR, words)) or bool(_FFR_POSITIVE.search(words))


def is_left_main_disease(text: str) -> bool:
    """Return whether left main disease is meant: no per cent is written, or 50 or more."""
    values = _numbers(_LEFT_MAIN, text.lower())
    return not values or max(values) >= _LEFT_MAIN_PERCENT


def syntax_scores(text: str) -> list[Decimal]:
    """Return the SYNTAX scores written in a text (not SYNTAX II, which is another number)."""
    return _numbers(_SYNTAX, text.lower())


def called_severe(text: str) -> bool:
    """Return whether a text calls something severe, heavy or extensive."""
    return bool(_SEVERE.search(text.lower()))


def _numbers(pattern: re.Pattern[str], text: str) -> list[Decimal]:
    return [Decimal(next(filter(None, each.groups())).replace(",", ".")) for each in pattern.finditer(text)]
