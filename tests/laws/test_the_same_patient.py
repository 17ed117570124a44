"""The same patient written in another way: the same rules, indicators and actions."""

import copy
import json
import random
import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hooks.terminology.labs import ANALYTES
from tests.build import NOW, blood_pressure, concept, condition, drug, lab, resource
from tests.laws.patients import (
    Resource,
    Row,
    chart_of,
    exact,
    hooks_fired,
    law,
    patients,
    same_verdicts,
    verdicts_of,
    whole,
)  # fmt: skip

_BY_CODE = {code.code: analyte for analyte in ANALYTES for code in analyte.codes}
# The ratio of urine albumin to creatinine is not among them: its cut-offs are stated in each unit on its own (7.6).
SI = {
    "phosphate": "mmol/L", "calcium": "mmol/L", "calcium-corrected": "mmol/L", "pth": "pmol/L", "albumin": "g/L",
    "hba1c": "mmol/mol", "ldl": "mmol/L", "creatinine": "umol/L", "vitamin-d-25oh": "nmol/L",
    "calcium-ionised": "mg/dL",
}  # fmt: skip


# --- units


def _analyte(observation: Resource) -> Any:
    coding = observation.get("code", {}).get("coding", [{}])[0]
    return _BY_CODE.get(coding.get("code", ""))


def _rewritten(found: Resource, unit: str | None) -> Resource:
    """Return the Observation with its value snapped to the other unit, written there, or in the analyte's own."""
    analyte = _analyte(found) if found["resourceType"] == "Observation" else None
    other = SI.get(analyte.name) if analyte else None
    if analyte is None or other is None or "valueQuantity" not in found:
        return found
    made = copy.deepcopy(found)
    quantities = [made["valueQuantity"], *(each["high"] for each in made.get("referenceRange", ()))]
    for quantity in quantities:
        canonical = analyte.units[quantity.get("code", quantity["unit"])].forward(Decimal(str(quantity["value"])))
        there = round(analyte.units[other].back(canonical), 2)
        written = there if unit == "SI" else analyte.units[other].forward(there)
        name = other if unit == "SI" else analyte.unit
        quantity |= {"value": exact(written), "unit": name} | ({"code": name} if "code" in quantity else {})
    return made


@law
@given(patients, hooks_fired)
def test_units_never_change_what_is_said(row: Row, hook: str) -> None:
    resources, drafts = whole(row)
    own = chart_of([_rewritten(each, "own") for each in resources], drafts, hook=hook)
    si = chart_of([_rewritten(each, "SI") for each in resources], drafts, hook=hook)
    assert verdicts_of(si) == verdicts_of(own)


# --- what is there besides, and in what order


HL7 = "http://terminology.hl7.org/CodeSystem/"
IRRELEVANT: list[Resource] = [
    resource("Observation", "sodium", status="final", code=concept("http://loinc.org", "2951-2"),
             effectiveDateTime=NOW.isoformat(), valueQuantity={"value": 140, "unit": "mmol/L"}),
    resource("Observation", "urine-phosphate", status="final", code=concept("http://loinc.org", "2778-9"),
             effectiveDateTime=NOW.isoformat(), valueQuantity={"value": 60, "unit": "mg/dL"}),
    lab("phosphate", 8.8, days_ago=1) | {"id": "theirs", "subject": {"reference": "Patient/another"}},
    lab("phosphate", 8.8, days_ago=1, status="cancelled") | {"id": "cancelled"},
    condition("ckd-stage-5", id="refuted", verificationStatus=concept(f"{HL7}condition-ver-status", "refuted")),
    resource("Condition", "cold", code={"text": "common cold"}),
    resource("CarePlan", "plan"),
    resource("Appointment", "visit"),
    resource("Procedure", "tooth", status="completed", code={"text": "tooth extraction"}),
    resource("ServiceRequest", "x-ray", status="active", intent="order", code={"text": "x-ray of the hand"}),
    drug("paracetamol 500 mg as needed"),
    drug("cinacalcet 30 mg once daily", status="entered-in-error", id="mistake"),
]  # fmt: skip


@law
@given(patients, hooks_fired, st.lists(st.sampled_from(range(len(IRRELEVANT))), unique=True, min_size=1))
def test_what_no_rule_asks_about_never_changes_what_is_said(row: Row, hook: str, more: list[int]) -> None:
    resources, drafts = whole(row)
    before = verdicts_of(chart_of(resources, drafts, hook=hook))
    assert verdicts_of(chart_of([*resources, *(IRRELEVANT[n] for n in more)], drafts, hook=hook)) == before


@law
@given(patients, hooks_fired, st.integers(0, 10**6))
def test_the_order_of_entries_never_changes_what_is_said(row: Row, hook: str, seed: int) -> None:
    def mixed(resources: list[Resource]) -> list[Resource]:
        return random.Random(seed).sample(resources, len(resources))

    same_verdicts(row, hook, mixed)


# --- the same fact in another shape


def _split(found: Resource) -> list[Resource]:
    if found["resourceType"] != "Observation" or "component" not in found or "method" in found:
        return [found]
    shared = {name: found[name] for name in ("resourceType", "subject", "status", "effectiveDateTime")}
    return [{**shared, "id": f"{found['id']}-{n}", **part} for n, part in enumerate(found["component"])]


@law
@given(patients, hooks_fired, st.integers(150, 175), st.integers(85, 110))
def test_a_blood_pressure_in_two_observations_is_the_same_reading(row: Row, hook: str, top: int, low: int) -> None:
    resources, drafts = whole(row)
    resources += [blood_pressure(top, low, days_ago=days) for days in (2, 9)]
    before = verdicts_of(chart_of(resources, drafts, hook=hook))
    apart = [part for each in resources for part in _split(each)]
    assert verdicts_of(chart_of(apart, drafts, hook=hook)) == before


def _contained(order: Resource) -> list[Resource]:
    inside = {"resourceType": "Medication", "id": "m", "code": order["medicationCodeableConcept"]}
    rest = {name: value for name, value in order.items() if name != "medicationCodeableConcept"}
    return [rest | {"contained": [inside], "medicationReference": {"reference": "#m"}}]


def _referenced(order: Resource) -> list[Resource]:
    name = f"m-{order['id']}"
    rest = {name: value for name, value in order.items() if name != "medicationCodeableConcept"}
    beside = {"resourceType": "Medication", "id": name, "code": order["medicationCodeableConcept"]}
    return [rest | {"medicationReference": {"reference": f"Medication/{name}"}}, beside]


@law
@given(patients, hooks_fired, st.sampled_from([_contained, _referenced]))
def test_a_drug_may_be_contained_or_referenced(row: Row, hook: str, moved: Any) -> None:
    def elsewhere(resources: list[Resource]) -> list[Resource]:
        return [part for each in resources for part in (moved(each) if "medicationCodeableConcept" in each else [each])]

    resources, drafts = whole(row)
    before = verdicts_of(chart_of(resources, drafts, hook=hook))
    after = verdicts_of(chart_of(elsewhere(resources), elsewhere(drafts), hook=hook))
    assert _without_updates(after) == _without_updates(before)


def _without_updates(said: dict[str, tuple[str, str, list[str]]]) -> dict[str, tuple[str, str, list[str]]]:
    """A rewritten draft keeps what the client put into it, and that differs here."""
    return {
        rule: (outcome, level, [each for each in made if json.loads(each)["type"] != "update"])
        for rule, (outcome, level, made) in said.items()
    }


# --- another day


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}\+00:00)?")
_FOUR_YEARS = 1461


def _shifted(found: Resource, days: int, born: str | None) -> Resource:
    def later(text: re.Match[str]) -> str:
        moved = datetime.fromisoformat(text[0]) + timedelta(days=days)
        return moved.isoformat() if "T" in text[0] else moved.date().isoformat()

    if found["resourceType"] == "Patient":
        return found | {"birthDate": born}
    made: Resource = json.loads(_DATE.sub(later, json.dumps(found)))
    return made


@law
@given(patients, hooks_fired, st.integers(-14, 330) | st.sampled_from([-_FOUR_YEARS, _FOUR_YEARS, 3 * _FOUR_YEARS]))
def test_another_day_with_all_dates_moved_says_the_same(row: Row, hook: str, days: int) -> None:
    resources, drafts = whole(row)
    before = verdicts_of(chart_of(resources, drafts, hook=hook), date=False)
    now = NOW + timedelta(days=days)
    year = int(next(each["birthDate"] for each in resources if each["resourceType"] == "Patient")[:4])
    born = f"{year + now.year - NOW.year}-01-01"
    moved = [_shifted(each, days, born) for each in resources]
    drafted = [_shifted(each, days, born) for each in drafts]
    after = verdicts_of(chart_of(moved, drafted, hook=hook, now=now), date=False)
    assert _without_updates(after) == _without_updates(before)
