"""Builds patients from the cells of a rule's example table: FHIR R4 resources, as a FHIR server would give them."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Raw

from hooks.chart import Chart
from hooks.inputs import TEMPLATES
from hooks.opening import open_payload
from hooks.payload import Payload
from hooks.reader import ReadOptions, read_chart
from hooks.scope import Site
from hooks.terminology.concepts import RXNORM, Act, Analyte
from hooks.terminology.conditions import PROBLEMS
from hooks.terminology.labs import ANALYTES
from hooks.terminology.medications import INGREDIENTS
from hooks.terminology.procedures import ACTS
from hooks.terminology.questions import QUESTIONS

NOW = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
PATIENT = "p1"
_PROBLEMS = {problem.name: problem for problem in PROBLEMS}
_ANALYTES = {analyte.name: analyte for analyte in ANALYTES}
_ACTS = {act.name: act for act in ACTS}
_QUESTIONS = {question.name: question for question in QUESTIONS}
_LAB = re.compile(
    r"(?P<sign>[<>]=?)?(?P<value>[\d.]+)(?:\s+(?P<unit>[^@\s]+))?\s*@(?P<age>\d+)d(?:\s+ref\s+(?P<ref>[\d.]+))?"
    r"(?:\s+by\s+(?P<method>\w+))?"
)
_DRUGS = {
    "calcium-acetate-tid": "calcium acetate 667 mg three times daily with meals",
    "calcium-carbonate-3g": "calcium carbonate 1000 mg three times daily with meals",
    "calcium-carbonate-4g": "calcium carbonate 2000 mg twice daily with meals",
    "sevelamer-800-tid": "sevelamer carbonate 800 mg three times daily with meals",
    "sevelamer-4800-tid": "sevelamer carbonate 4800 mg three times daily with meals",
    "lanthanum-1250-tid": "lanthanum carbonate 1250 mg three times daily with meals",
    "calcium-carbonate-6g": "calcium carbonate 2000 mg three times daily with meals",
}
_CONDITION = re.compile(r"(\S+)(?: \((.+)\))?(?: (\S+))?")
NOT_READ = "medications not read"
ALLERGIES_NOT_READ = "allergies not read"
PROBLEMS_NOT_READ = "problems not read"


def ago(days: int) -> str:
    """Return the dateTime of ``days`` ago."""
    return (NOW - timedelta(days=days)).isoformat()


def resource(kind: str, name: str, **members: Any) -> dict[str, Any]:
    """Return a resource of the patient."""
    who = "patient" if kind == "AllergyIntolerance" else "subject"
    return {"resourceType": kind, "id": name, who: {"reference": f"Patient/{PATIENT}"}, **members}


def concept(system: str, code: str, text: str = "") -> dict[str, Any]:
    """Return a CodeableConcept."""
    return {"coding": [{"system": system, "code": code}], **({"text": text} if text else {})}


def lab(analyte: str, value: float | str, *, days_ago: int, unit: str | None = None, **members: Any) -> dict[str, Any]:
    """Return a laboratory Observation in the analyte's own unit unless another is named."""
    known = _ANALYTES[analyte]
    quantity = {
        "value": value,
        "unit": unit or known.unit,
        "system": "http://unitsofmeasure.org",
        "code": unit or known.unit,
    }
    base: dict[str, Any] = {
        "status": "final",
        "code": concept(known.codes[0].system, known.codes[0].code),
        "effectiveDateTime": ago(days_ago),
        "valueQuantity": quantity,
    }
    return resource("Observation", f"{analyte}-{days_ago}", **base | members)


def blood_pressure(systolic: float, diastolic: float, *, days_ago: int, method: str = "") -> dict[str, Any]:
    """Return a blood pressure panel."""
    parts = [
        {
            "code": concept("http://loinc.org", code),
            "valueQuantity": {"value": value, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"},
        }
        for code, value in (("8480-6", systolic), ("8462-4", diastolic))
    ]
    code = concept("http://loinc.org", "85354-9")
    more = {"method": {"text": method}} if method else {}
    return resource(
        "Observation",
        f"bp-{days_ago}",
        status="final",
        code=code,
        effectiveDateTime=ago(days_ago),
        component=parts,
        **more,
    )


def condition(name: str, *, number: int = 0, **members: Any) -> dict[str, Any]:
    """Return an active Condition that the Problem called ``name`` matches."""
    problem = _PROBLEMS[name]
    code = next(iter(problem.codes or problem.prefixes), None)
    status = concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active")
    text = problem.words[0] if problem.words_required or code is None else problem.label
    base = {"clinicalStatus": status, "code": concept(code.system, code.code, text) if code else {"text": text}}
    return resource("Condition", f"condition-{name}-{number}", **base | members)


def drug(text: str, *, days_ago: int = 200, kind: str = "MedicationRequest", **members: Any) -> dict[str, Any]:
    """Return an active order for a drug named in words."""
    base = {
        "status": "active",
        "intent": "order",
        "authoredOn": ago(days_ago),
        "medicationCodeableConcept": {"text": text},
        "dosageInstruction": [{"text": text}],
    }
    return resource(kind, "drug-" + re.sub(r"[^a-z0-9]+", "-", text.lower())[:50], **base | members)


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _labs(name: str, cell: str) -> Iterator[dict[str, Any]]:
    for part in filter(None, (each.strip() for each in cell.split(","))):
        found = _LAB.fullmatch(part)
        assert found, f"{name}: {part!r} is not like '6.1 mg/dL @5d ref 4.5'"
        made = lab(name, _number(found["value"]), days_ago=int(found["age"]), unit=found["unit"])
        if found["sign"]:
            made["valueQuantity"]["comparator"] = found["sign"]
        if found["method"]:
            made["method"] = {"text": found["method"]}
        if found["ref"]:
            made["referenceRange"] = [{"high": {"value": _number(found["ref"]), "unit": _ANALYTES[name].unit}}]
        yield made


def _pressures(cell: str) -> Iterator[dict[str, Any]]:
    for top, bottom, method, age in re.findall(r"(\d+)/(\d+)( standardised)? @(\d+)d", cell):
        yield blood_pressure(int(top), int(bottom), days_ago=int(age), method=method.strip())


def _answers(name: str, cell: str) -> Iterator[dict[str, Any]]:
    for answer, age in re.findall(r"([a-z-]+) @(\d+)d", cell):
        question = _QUESTIONS[name]
        given = question.answers[answer][0]
        yield resource(
            "Observation", f"{name}-{age}", status="final", code=concept("http://loinc.org", question.codes[0].code),
            effectiveDateTime=ago(int(age)), valueCodeableConcept=concept(given.system, given.code),
        )  # fmt: skip


def _conditions(cell: str) -> Iterator[dict[str, Any]]:
    """Return Conditions from ``bowel-obstruction (its text) unstated @95d``: no clinical status, begun 95 days ago."""
    for number, part in enumerate(filter(None, (each.strip() for each in cell.split(",")))):
        words, _, age = part.partition(" @")
        name, text, state = _CONDITION.fullmatch(words).groups(default="")  # type: ignore[union-attr]
        made = condition(name, number=number, **({"onsetDateTime": ago(int(age.rstrip("d")))} if age else {}))
        made["code"] |= {"text": text} if text else {}
        if state == "unstated":
            del made["clinicalStatus"]
        elif state:
            made["clinicalStatus"]["coding"][0]["code"] = state
        yield made


def _drugs(cell: str) -> Iterator[dict[str, Any]]:
    for part in filter(None, (each.strip() for each in cell.split(","))):
        text, _, age = part.partition(" @")
        yield drug(_DRUGS.get(text, text), days_ago=int(age.rstrip("d") or 200))


def _stopped(cell: str) -> Iterator[dict[str, Any]]:
    for part in filter(None, (each.strip() for each in cell.split(","))):
        text, _, age = part.partition(" @")
        ended = {"timing": {"repeat": {"boundsPeriod": {"end": ago(int(age.rstrip("d")))[:10]}}}, "text": text}
        yield drug(text, days_ago=400, id=f"stopped-{text}-{age}", status="stopped", dosageInstruction=[ended])


def _allergies(cell: str) -> Iterator[dict[str, Any]]:
    for part in filter(None, (each.strip() for each in cell.split(","))):
        words, _, reaction = part.partition(" with ")
        text, *how = words.split("; ")
        more: dict[str, Any] = {"reaction": [{"manifestation": [{"text": reaction}]}]} if reaction else {}
        if "mild" in how:
            more |= {"type": "intolerance", "criticality": "low"}
        code: dict[str, Any] = {"text": text}
        if "coded" in how:
            code = concept(RXNORM, next(c.code for c in INGREDIENTS[text].codes if c.system == RXNORM), text)
        yield resource("AllergyIntolerance", f"allergy-{text}".replace(" ", "-"), code=code, **more)


def _procedures(cell: str) -> Iterator[dict[str, Any]]:
    for part in filter(None, (each.strip() for each in cell.split(","))):
        name, _, age = part.partition(" @")
        yield resource(
            "Procedure", f"procedure-{name}-{age}", status="completed", code=_named(_ACTS[name]),
            performedDateTime=ago(int(age.rstrip("d") or 30)),
        )  # fmt: skip


def _named(thing: Act | Analyte) -> dict[str, Any]:
    if not thing.codes and isinstance(thing, Act):
        return {"text": thing.words[0]}
    return concept(thing.codes[0].system, thing.codes[0].code)


def _ordered(cell: str) -> Iterator[dict[str, Any]]:
    for part in filter(None, (each.strip() for each in cell.split(","))):
        words, _, age = part.partition(" @")
        name, _, state = words.partition(" ")
        yield resource(
            "ServiceRequest", f"order-{name}", status="completed" if age and state != "open" else "active",
            intent="order", code=_named(_ACTS.get(name) or _ANALYTES[name]), authoredOn=ago(int(age.rstrip("d") or 1)),
            **({"occurrenceDateTime": ago(-int(state.removeprefix("due ").rstrip("d")))} if "due" in state else {}),
        )  # fmt: skip


def patient(age: str = "60", sex: str = "male") -> dict[str, Any]:
    """Return the Patient."""
    born = f"{NOW.year - int(age or 60)}-01-01"
    return {"resourceType": "Patient", "id": PATIENT, "gender": sex or "male", "birthDate": born}


def resources_of(row: dict[str, str]) -> list[dict[str, Any]]:
    """Return the resources that one row of an example table describes, drafts aside."""
    found = [patient(row.get("age", ""), row.get("sex", ""))]
    for column, cell in row.items():
        if column in _ANALYTES:
            found += _labs(column, cell)
        elif column in _QUESTIONS:
            found += _answers(column, cell)
    found += _conditions(row.get("conditions", "").replace(PROBLEMS_NOT_READ, ""))
    taken = row.get("taking", "")
    found += [] if taken == NOT_READ else _drugs(taken)
    found += [*_stopped(row.get("stopped", "")), *_allergies(row.get("allergies", "").removeprefix(ALLERGIES_NOT_READ))]
    found += _procedures(row.get("procedures", ""))
    return [*found, *_pressures(row.get("bp", "")), *_ordered(row.get("ordered", ""))]


def bundle(resources: list[dict[str, Any]]) -> bytes:
    """Return a searchset Bundle."""
    entries = [{"resource": each} for each in resources]
    return json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": entries}).encode()


def drafts_of(cell: str) -> list[dict[str, Any]]:
    """Return the drafts that a cell names."""
    return [each | {"status": "draft"} for each in _drugs(cell)]


def payloads(resources: list[dict[str, Any]], *, failed: tuple[str, ...] = ()) -> dict[str, Payload]:
    """Return a payload for every prefetch key: all data under one, the others empty, those ``failed`` missing."""
    found = dict.fromkeys(TEMPLATES, Payload("empty"))
    found |= dict.fromkeys(failed, Payload("missing", problem="not sent"))
    return found | {"everything": open_payload(bundle(resources))}


def chart_of(row: dict[str, str], *, hook: str = "patient-view", site: Site | None = None) -> Chart:
    """Return the chart that one row describes, read the way a call's data is read."""
    unread = {
        "medications": row.get("taking") == NOT_READ,
        "conditions": PROBLEMS_NOT_READ in row.get("conditions", ""),
    }
    failed = tuple(name for name, not_read in unread.items() if not_read)
    failed += ("allergies",) if row.get("allergies") == ALLERGIES_NOT_READ else ()
    ended = [each | {"status": "stopped", "id": f"{each['id']}-stop"} for each in _drugs(row.get("stops", ""))]
    drafts = [*drafts_of(row.get("draft", "")), *ended]
    options = ReadOptions(PATIENT, NOW, hook, site or Site())
    return read_chart(
        payloads(resources_of(row), failed=failed), options, drafts=Raw(bundle(drafts)) if drafts else None
    )
