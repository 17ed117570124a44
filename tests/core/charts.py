"""Charts and scopes from resources, and what they hold in short words: shared by the tests of hooks/."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from msgspec import Raw

from hooks.chart import Chart, Lab
from hooks.criterion import Answer
from hooks.inputs import INPUTS
from hooks.payload import Payload
from hooks.reader import ReadOptions, read_chart
from hooks.scope import Scope, Site
from tests.build import NOW, PATIENT, ago, bundle, concept, patient, payloads, resource

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
UCUM = "http://unitsofmeasure.org"

Resource = dict[str, Any]


def read(
    data: Mapping[str, Payload], *, site: Site | None = None, now: datetime = NOW, hook: str = "patient-view"
) -> Chart:
    """Return the chart of what came for a call of the patient of these tests."""
    return read_chart(data, ReadOptions(PATIENT, now, hook, site or Site()))


def chart(
    *resources: Resource,
    drafts: Iterable[Resource] = (),
    selections: Sequence[str] | None = None,
    failed: tuple[str, ...] = (),
    site: Site | None = None,
    now: datetime = NOW,
    hook: str = "patient-view",
    encounter: str | None = None,
) -> Chart:
    """Return the chart that ``resources`` make; ``failed`` are prefetch keys that could not be had.

    The call names ``encounter``, by default the Encounter among ``resources``.
    """
    drafted = list(drafts)
    return read_chart(
        payloads(list(resources), failed=failed),
        ReadOptions(PATIENT, now, hook, site or Site(), encounter or _visit(resources)),
        drafts=Raw(bundle(drafted)) if drafted else None,
        selections=selections,
    )


def _visit(resources: Iterable[Resource]) -> str | None:
    return next((each.get("id") for each in resources if each.get("resourceType") == "Encounter"), None)


def patient_of(resources: Iterable[Resource]) -> Resource:
    """Return the Patient among ``resources``, else a man of 60."""
    return next((each for each in resources if each.get("resourceType") == "Patient"), patient())


def scope_of(
    found: Chart,
    *,
    values: Mapping[str, Decimal | bool] | None = None,
    reads: frozenset[str] = frozenset(INPUTS),
    safety: bool = False,
    site: Site | None = None,
    changed: frozenset[str] = frozenset(),
) -> Scope:
    """Return ``found`` as a rule sees it that may read everything."""
    return Scope(found, reads, values or {}, site or Site(), {}, safety, changed)


def scope(*resources: Resource, failed: tuple[str, ...] = (), **values: Decimal | bool) -> Scope:
    """Return the scope of a man of 60 with ``resources``; ``values`` are settings."""
    return scope_of(chart(patient_of(resources), *resources, failed=failed), values=values)


def reasons(found: Chart) -> list[str]:
    """Return why resources were set aside."""
    return [each.why for each in found.set_aside]


def value_of(lab: Lab) -> str:
    """Return the range of a result in its canonical unit: 5.4, <15, >=60, 4 to 6."""
    if lab.exact:
        return plain(lab.value)
    if lab.low is not None and lab.high is not None:
        return f"{plain(lab.low)} to {plain(lab.high)}"
    sign = "<" if lab.low is None else ">"
    return f"{sign}{'' if lab.strict else '='}{plain(lab.value)}"


def plain(value: Decimal) -> str:
    """Return a number with at most four places."""
    return f"{round(value, 4).normalize():f}"


def read_as(*resources: Resource, analyte: str = "phosphate", site: Site | None = None) -> str:
    """Return the values of one analyte that the chart holds; where it holds none, why."""
    found = chart(*resources, site=site)
    labs = found.labs.get(analyte, ())
    return ", ".join(map(value_of, labs)) if labs else "; ".join(reasons(found)) or "not read"


def verdict(answer: Answer) -> str:
    """Return yes, no or unknown."""
    return answer.verdict.value


def observation(loinc: str, /, *, days_ago: int = 10, **members: Any) -> Resource:
    """Return a final LOINC-coded Observation without a value."""
    base = {"status": "final", "code": concept(LOINC, loinc), "effectiveDateTime": ago(days_ago)}
    return resource("Observation", members.pop("id", f"obs-{loinc}-{days_ago}"), **base | members)


def quantity(value: object, unit: str, comparator: str | None = None) -> dict[str, Any]:
    """Return a Quantity with a UCUM code."""
    made = {"value": value, "unit": unit, "system": UCUM, "code": unit}
    return made | ({"comparator": comparator} if comparator else {})


def without(found: Resource, *names: str) -> Resource:
    """Return a resource without some of its members."""
    return {name: value for name, value in found.items() if name not in names}
