"""What a drug on the record amounts to: statin intensity, elemental calcium. Source: specification 2.8, 2.14.17."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from hooks.chart import Medication
from hooks.terminology.concepts import DrugClass
from hooks.terminology.medications import ELEMENTAL_CALCIUM, STATIN_HIGH_FROM, STATIN_MODERATE_FROM, STATINS

Intensity = Literal["high", "moderate", "low", "unknown"]
_FOR_PHOSPHATE = re.compile(r"phosph|hyperphosph|binder")


def statin_intensity(drug: Medication) -> Intensity | None:
    """Return a statin's intensity by daily dose, else by its tablet (taken once daily); None for no statin."""
    name = next(iter(drug.ingredients & STATINS.ingredients), None)
    if name is None:
        return None
    daily = drug.dose.daily_mg.get(name, drug.dose.unit_mg.get(name))
    if daily is None:
        return "unknown"
    if name in STATIN_HIGH_FROM and daily >= STATIN_HIGH_FROM[name]:
        return "high"
    return "moderate" if daily >= STATIN_MODERATE_FROM[name] else "low"


def elemental_calcium(drug: Medication) -> Decimal | None:
    """Return mg of elemental calcium per day; None where the dose cannot be read."""
    salt = next(iter(sorted(drug.ingredients & ELEMENTAL_CALCIUM.keys())), None)
    daily = drug.dose.daily_mg.get(salt) if salt else None
    return None if daily is None or salt is None else daily * ELEMENTAL_CALCIUM[salt]


def is_calcium_binder(drug: Medication) -> bool | None:
    """Return whether a calcium salt is used as a phosphate binder; None where that must be asked; False for no salt."""
    if drug.ingredients.isdisjoint(ELEMENTAL_CALCIUM):
        return False
    return True if "calcium acetate" in drug.ingredients or is_for_phosphate(drug) else None


def is_for_phosphate(drug: Medication) -> bool:
    """Return whether an order says that it is taken with meals, or against phosphate."""
    return drug.dose.with_meals or bool(_FOR_PHOSPHATE.search(f"{drug.dose.text} {drug.reason}".lower()))


def elemental_load(drugs: Iterable[Medication]) -> tuple[Decimal, bool]:
    """Return mg of elemental calcium a day from the salts whose dose can be read, and whether one cannot."""
    loads = [elemental_calcium(drug) for drug in drugs if not drug.ingredients.isdisjoint(ELEMENTAL_CALCIUM)]
    return sum((load for load in loads if load is not None), Decimal(0)), None in loads


def of_class(drugs: Iterable[Medication], *classes: DrugClass) -> list[Medication]:
    """Return those of ``drugs`` that belong to one of ``classes``, by ingredient or ATC prefix."""
    return [
        drug for drug in drugs
        if any(drug.ingredients & each.ingredients or drug.atc_within(each.atc) for each in classes)
    ]  # fmt: skip
