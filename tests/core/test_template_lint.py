"""Prefetch templates that clients could not fill, or would not understand: each fault has its row."""

import pytest

from hooks.request import HOOKS
from hooks.template_lint import HOOK_TOKENS, template_faults

P = "patient={{context.patientId}}"
HOOK = "patient-view"

GOOD = [
    "Patient/{{context.patientId}}",
    f"Condition?{P}",
    "Condition?patient=Patient/{{context.patientId}}&_count=200",
    f"MedicationRequest?{P}&status=active,on-hold&_sort=-authoredon&_count=200",
    f"MedicationRequest?{P}&authoredon=ge2020-01-01",
    f"MedicationRequest?{P}&status:in=http://example.org/ValueSet/open",
    f"Observation?{P}&code=http://loinc.org|2777-1,http://loinc.org|14879-1&_sort=-date,code&_count=50",
    f"Observation?{P}&date=2025",
    f"Observation?{P}&date=lt2025-11",
]
BAD = [
    # the template, what is wrong with it
    ("Condition?patient={{patientId}}", "token patientId is none that this hook allows"),
    ("Condition?patient={{Patient.id}}", "token Patient.id is none that this hook allows"),
    ("Condition?patient={{ context.patientId }}", "token  context.patientId  is none that this hook allows"),
    ("Condition?patient={{context.draftOrders.entry[0].id}}",
     "token context.draftOrders.entry[0].id is none that this hook allows"),
    ("Condition?patient={{context.selections}}", "token context.selections is none that this hook allows"),
    ("Condition?patient={{%patient.id}}", "token %patient.id is none that this hook allows"),
    (f"Observation?{P}&date=ge{{{{today() - 90 days}}}}", "token today() - 90 days is none that this hook allows"),
    ("Encounter/{{context.encounterId}}", "token context.encounterId may have no value, but the key is required"),
    ("Patient/{{userPatientId}}", "token userPatientId may have no value, but the key is required"),
    ("Condition?patient={{context.patientId", "a token is not closed, or not opened"),
    ("Condition?patient={context.patientId}", "a token is not closed, or not opened"),
    ("Condition?patient=p1}}", "a token is not closed, or not opened"),
    ("Condition", "it is neither a read (Type/{{token}}) nor a search (Type?name=value)"),
    ("Patient/p1", "it is neither a read (Type/{{token}}) nor a search (Type?name=value)"),
    ("/Patient/{{context.patientId}}", "it is neither a read (Type/{{token}}) nor a search (Type?name=value)"),
    ("Patient/{{context.patientId}}/$everything", "it is neither a read (Type/{{token}}) nor a search (Type?name=value)"),
    ("http://x.org/Condition?patient=1", "it is neither a read (Type/{{token}}) nor a search (Type?name=value)"),
    ("", "it is neither a read (Type/{{token}}) nor a search (Type?name=value)"),
    (f"MedicationOrder?{P}", "type MedicationOrder is none that servers are known to be asked for"),
    ("Observation/{{context.patientId}}&x=1", "it is neither a read (Type/{{token}}) nor a search (Type?name=value)"),
    ("Patient/{{context.userId}}", "token context.userId holds a type and an id: it is no id, and no patient"),
    ("Condition?patient={{context.userId}}", "token context.userId holds a type and an id: it is no id, and no patient"),
    ("Condition?patient=Group/{{context.patientId}}", "the value of patient has not the form of a reference"),
    ("Condition?code=1", "it does not ask for one patient"),
    ("Condition?patient=p1", "the value of patient has not the form of a reference"),
    (f"Condition?{P}&{P}", "parameter patient is repeated: some clients join the two values by OR"),
    (f"Observation?{P}&date=ge2025&date=le2026", "parameter date is repeated: some clients join the two values by OR"),
    (f"Condition?{P}&code=", "parameter code has no value"),
    (f"Condition?{P}&", "parameter  has no value"),
    (f"Condition?{P}&_count=0", "_count is no number from 1 to 9999"),
    (f"Condition?{P}&_count=all", "_count is no number from 1 to 9999"),
    (f"Condition?{P}&_sort=onset", "_sort by onset is not known to be widely supported"),
    (f"Observation?{P}&_sort=date:desc", "_sort by date:desc is not known to be widely supported"),
    (f"Observation?{P}&sort:desc=date", "parameter sort:desc is no parameter of R4"),
    (f"Observation?{P}&_maxresults=5", "parameter _maxresults is no parameter of R4"),
    (f"MedicationRequest?{P}&_include=MedicationRequest:medication", "parameter _include joins resources"),
    (f"MedicationRequest?{P}&_include:iterate=x", "parameter _include:iterate joins resources"),
    (f"Patient?{P}&_revinclude=Provenance:target", "parameter _revinclude joins resources"),
    (f"Condition?{P}&_has:Observation:patient:code=5", "parameter _has:Observation:patient:code joins resources"),
    (f"Condition?{P}&encounter.status=finished", "parameter encounter.status joins resources"),
    (f"Condition?{P}&severity=5", "parameter severity is not known to be widely supported"),
    (f"Condition?{P}&_lastUpdated=gt2020", "parameter _lastUpdated is not known to be widely supported"),
    (f"Condition?{P}&code:below=5", "modifier :below of code is not allowed"),
    (f"Condition?{P}&code:not=5", "modifier :not of code is not allowed"),
    ("Condition?patient={{context.patientId}}&patient:Patient={{context.patientId}}",
     "modifier :Patient of patient is not allowed"),
    (f"Observation?{P}&date:in=2020", "modifier :in of date is not allowed"),
    (f"Observation?{P}&date=ap2025", "the value of date has not the form of a date"),
    (f"Observation?{P}&date=ne2025-01-01", "the value of date has not the form of a date"),
    (f"Observation?{P}&date=sa2025-01-01", "the value of date has not the form of a date"),
    (f"Observation?{P}&date=gt1 Jan 2025", "the value of date has not the form of a date"),
    (f"Observation?{P}&code=a,,b", "the value of code has not the form of a token"),
    (f"Observation?{P}&code=a b", "the value of code has not the form of a token"),
]  # fmt: skip


@pytest.mark.parametrize("template", GOOD)
def test_a_template_within_the_restrictions_has_no_fault(template: str) -> None:
    assert template_faults(HOOK, {"key": template}, ()) == []


@pytest.mark.parametrize(("template", "fault"), BAD)
def test_a_fault_is_told_with_its_key(template: str, fault: str) -> None:
    assert f"key: {fault}" in template_faults(HOOK, {"fine": GOOD[0], "key": template}, ())


@pytest.mark.parametrize("template", ["Encounter/{{context.encounterId}}", "Patient/{{userPatientId}}"])
def test_a_token_that_may_have_no_value_is_allowed_where_the_key_is_optional(template: str) -> None:
    assert template_faults(HOOK, {"key": template}, {"key"}) == []


def test_a_token_of_no_hook_is_not_allowed_where_the_key_is_optional_either() -> None:
    assert template_faults(HOOK, {"key": "Patient/{{context.performer}}"}, {"key"})


def test_every_hook_that_we_serve_has_its_tokens() -> None:
    assert set(HOOK_TOKENS) == set(HOOKS)


def test_a_hook_without_known_tokens_is_a_fault() -> None:
    assert template_faults("order-dispatch", {}, ()) == ["hook order-dispatch: its tokens are not known"]
