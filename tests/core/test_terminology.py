"""Codes: complete, well formed for their system, the same wherever they stand."""

import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from stdnum import luhn, verhoeff

from hooks.reader.matching import ingredients_worded
from hooks.terminology.concepts import ATC, CODE_ONLY, ICD10CM, LOINC, RXNORM, SEEN, SNOMED, DrugClass
from hooks.terminology.conditions import PROBLEMS
from hooks.terminology.medications import (
    ACE_INHIBITORS,
    CALCIUM_CHANNEL_BLOCKERS,
    DPP4_INHIBITORS,
    INGREDIENTS,
    LOOP_DIURETICS,
    SULFONYLUREAS,
    THIAZIDES,
)
from hooks.terminology.procedures import ACTS
from hooks.terminology.products import PRODUCTS, Product
from tests.core import terminology
from tests.core.terminology import CODES

CHAPTER = ("O",)
"""ICD-10-CM prefixes that are no category: a letter that is a chapter as a whole (pregnancy)."""


def is_icd(code: str) -> bool:
    """Return whether ``code`` is a category of ICD-10-CM, or a code below one."""
    return re.fullmatch(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?", code) is not None


def is_loinc(code: str) -> bool:
    return re.fullmatch(r"\d{1,6}-\d", code) is not None and luhn.is_valid(code.replace("-", ""))


def is_snomed(code: str) -> bool:
    """Return whether ``code`` is an SCTID of a concept (partition 00 or 10) with its check digit."""
    return re.fullmatch(r"[1-9]\d{5,17}", code) is not None and code[-3:-1] in ("00", "10") and verhoeff.is_valid(code)


def is_rxnorm(code: str) -> bool:
    return re.fullmatch(r"[1-9]\d{0,7}", code) is not None


def is_atc(code: str) -> bool:
    """Return whether ``code`` is an ATC code of a substance."""
    return re.fullmatch(r"[ABCDGHJLMNPRSV]\d{2}[A-Z]{2}\d{2}", code) is not None


WELL_FORMED: dict[str, Callable[[str], bool]] = {
    LOINC: is_loinc,
    SNOMED: is_snomed,
    RXNORM: is_rxnorm,
    ATC: is_atc,
    ICD10CM: is_icd,
}


@pytest.mark.parametrize(
    ("system", "code", "right"),
    [
        (LOINC, "2777-1", True),
        (LOINC, "14866-0", False),  # seen in public sources; the code is 14866-8
        (LOINC, "14866-8", True),
        (LOINC, "27771", False),
        (SNOMED, "709044004", True),
        (SNOMED, "709044005", False),
        (SNOMED, "428041000124106", True),
        (SNOMED, "2534664018", False),  # a description, not a concept
        (ATC, "V03AE02", True),
        (ATC, "V03AE", False),
        (ICD10CM, "N18.30", True),
        (ICD10CM, "I1A.0", True),
        (ICD10CM, "N1830", False),
        (RXNORM, "0612", False),
    ],
)
def test_a_slip_in_a_code_shows(system: str, code: str, right: bool) -> None:
    assert WELL_FORMED[system](code) is right


def test_every_code_is_complete() -> None:
    assert len(CODES) > 1000
    for place, code in CODES:
        assert code.system in WELL_FORMED, f"{place}: {code}"
        assert code.verified in (SEEN, CODE_ONLY), f"{place}: {code}"
        for text in (code.code, code.display, code.source):
            assert text == text.strip() != "", f"{place}: {code}"
            assert text.isprintable(), f"{place}: {code}"


def test_every_code_is_well_formed() -> None:
    wrong = [
        f"{place}: {code.code}"
        for place, code in CODES
        if not WELL_FORMED[code.system](code.code) and (code.system, code.code) != (ICD10CM, *CHAPTER)
    ]
    assert wrong == []


def test_what_is_from_memory_says_so_and_is_never_called_seen() -> None:
    assert [place for place, code in CODES if ("memory" in code.source) != (code.verified == CODE_ONLY)] == []


def test_a_code_has_one_display_wherever_it_stands() -> None:
    said = defaultdict(set)
    for _, code in CODES:
        said[code.system, code.code].add((code.display.lower(), code.verified))
    assert {key: words for key, words in said.items() if len(words) > 1} == {}


@pytest.mark.parametrize("kind", [PROBLEMS, ACTS, tuple(INGREDIENTS.values())], ids=["problems", "acts", "ingredients"])
def test_no_name_and_no_code_stands_twice_in_one_concept(kind: tuple[Any, ...]) -> None:
    assert len({each.name for each in kind}) == len(kind)
    for each in kind:
        keys = [(code.system, code.code) for code in each.codes]
        assert len(set(keys)) == len(keys), each.name


def test_a_code_of_rxnorm_or_atc_names_one_ingredient() -> None:
    named = defaultdict(set)
    for each in INGREDIENTS.values():
        for code in each.codes:
            named[code.system, code.code].add(each.name)
    assert {key: names for key, names in named.items() if len(names) > 1} == {}


def test_what_a_prefix_leaves_out_lies_below_it() -> None:
    for problem in PROBLEMS:
        prefixes = tuple(code.code for code in problem.prefixes)
        assert all(is_icd(code) and code.startswith(prefixes) for code in problem.excluded), problem.name


def test_the_prefixes_of_drug_classes_are_atc() -> None:
    classes = [each for module in terminology.MODULES for each in vars(module).values() if hasattr(each, "atc")]
    prefixes = {prefix for each in classes if isinstance(each.atc, tuple) for prefix in each.atc}
    assert len(prefixes) > 10
    assert [each for each in prefixes if not re.fullmatch(r"[A-Z]\d{2}([A-Z]([A-Z](\d{2})?)?)?", each)] == []


def stated(name: str, display: str) -> Decimal | None:
    """Return the mg of an ingredient in one unit of a product, as its display says."""
    volume = re.match(r"([\d.]+) ML .* ([\d.]+) MG/ML", display)
    if volume:
        return Decimal(volume[1]) * Decimal(volume[2])
    weight = re.search(rf"\b{name}\b[^/]* ([\d.]+) MG\b(?!/)", display, re.IGNORECASE)
    return Decimal(weight[1]) if weight else None


@pytest.mark.parametrize("found", PRODUCTS.values(), ids=lambda each: each.code.code)
def test_a_product_holds_what_its_display_names(found: Product) -> None:
    assert ingredients_worded(found.code.display) == found.strengths.keys()
    for name, strength in found.strengths.items():
        assert strength == "" or Decimal(strength) == stated(name, found.code.display)


@pytest.mark.parametrize(
    ("text", "ingredient", "drug_class"),
    [
        ("gliclazide 80 mg", "gliclazide", SULFONYLUREAS),
        ("glibenclamide 5 mg", "glyburide", SULFONYLUREAS),
        ("lercanidipine 10 mg", "lercanidipine", CALCIUM_CHANNEL_BLOCKERS),
        ("bendroflumethiazide 2.5 mg", "bendroflumethiazide", THIAZIDES),
        ("torasemide 10 mg", "torsemide", LOOP_DIURETICS),
        ("vildagliptin 50 mg", "vildagliptin", DPP4_INHIBITORS),
        ("cilazapril 2.5 mg", "cilazapril", ACE_INHIBITORS),
    ],
)
def test_a_drug_sold_outside_america_belongs_to_its_class(text: str, ingredient: str, drug_class: DrugClass) -> None:
    assert ingredients_worded(text) == {ingredient}
    assert ingredient in drug_class.ingredients
