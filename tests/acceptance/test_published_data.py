"""Published synthetic records from outside go through the service, and nothing in them is dropped in silence."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hooks.chart import Chart
from hooks.inputs import TEMPLATES
from hooks.opening import open_payload
from hooks.payload import Payload
from hooks.reader import ReadOptions, read_chart
from hooks.resources import TYPES
from service.cli import main
from tests.acceptance.calls import LEDGER, entries, hook_request, prefetched
from tests.acceptance.conftest import ServiceFor
from tests.acceptance.facts import told
from tests.acceptance.patients import Told
from tests.acceptance.published import DATA, FILES, bundle, patient_in
from tests.acceptance.valid import RULES, faults
from tests.web.apps import TODAY

# These are read without leaving a fact of their own: who it is, where it happens, what a drug is called.
COUNTED = TYPES.keys() - {"Patient", "Encounter", "Medication"}
DRAFTS = "draft calcium acetate 667 mg three times daily with meals\ndraft menaquinone-7 100 micrograms once daily"

pytestmark = pytest.mark.skipif(not FILES, reason=f"no published data in {DATA}")
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem.partition("_")[0])


@each_file
@pytest.mark.parametrize("hook", ["patient-view", "order-select", "order-sign"])
def test_every_service_answers(file: Path, hook: str, service_for: ServiceFor) -> None:
    service, person = service_for(None), ordering(patient_in(file))
    ledger: dict[str, str] = {}
    for entry in entries(service, hook):
        everything = {"everything": bundle(person), **prefetched(entry["prefetch"], person)}
        status, body = service.post(f"/cds-services/{entry['id']}", hook_request(hook, person, prefetch=everything))
        assert status == 200, body
        assert faults(body["cards"], person.patient) == []
        ledger |= {line["rule"]: line["outcome"] for line in body["extension"][LEDGER]["rules"]}
    assert ledger.keys() == {rule.id for rule in RULES.values() if hook in rule.hooks}
    assert "failed" not in ledger.values()


@each_file
def test_explain_has_a_line_for_every_rule(file: Path, tmp_path: Path) -> None:
    (tmp_path / "bundle.json").write_text(json.dumps(bundle(patient_in(file))), encoding="utf-8")
    result = explained(tmp_path / "bundle.json", tmp_path)
    assert result.exit_code == 0, result.output
    ledger = json.loads(result.stdout)
    assert {line["rule"] for line in ledger["rules"]} == RULES.keys()
    assert "failed" not in {line["outcome"] for line in ledger["rules"]}


@pytest.mark.parametrize("folder", ["synthea-r4-2019", "synthea-mcc-2022"])
def test_a_file_can_be_explained_as_it_was_published(folder: str, tmp_path: Path) -> None:
    file = next((file for file in FILES if file.parent.name == folder), None)
    if file is None:
        pytest.skip(f"no published data in {DATA / folder}")
    result = explained(file, tmp_path)
    assert result.exit_code == 0, result.output


@each_file
def test_nothing_is_dropped_in_silence(file: Path) -> None:
    person = patient_in(file)
    assert without_goals(accounted_for(person)) == without_goals(sent(person))


def test_no_goal_is_dropped_in_silence() -> None:
    people = [patient_in(file) for file in FILES]
    assert sum(accounted_for(each)["Goal"] for each in people) == sum(sent(each)["Goal"] for each in people)


def sent(person: Told) -> Counter[str]:
    """How many resources of each type there are."""
    return Counter(each["resourceType"] for each in person.record if each["resourceType"] in COUNTED)


def without_goals(found: Counter[str]) -> Counter[str]:
    return Counter({kind: count for kind, count in found.items() if kind != "Goal"})


def accounted_for(person: Told) -> Counter[str]:
    """How many resources of each type left a fact, or were set aside, or were counted as not read."""
    chart = read(person)
    told_of = {*used(chart), *(each.ref for each in chart.set_aside)}
    found = Counter(each["resourceType"] for each in person.record if reference(each) in told_of)
    for name, count in chart.not_read.items():
        found[name.split()[0]] += count
    return Counter({kind: count for kind, count in found.items() if kind in COUNTED})


def ordering(person: Told) -> Told:
    drafted = told(person.patient, "female", DRAFTS, TODAY)
    return Told(person.patient, TODAY, person.record, drafted.drafts, drafted.selections)


def explained(file: Path, folder: Path) -> Result:
    environment = {"VASCULAR_CDS_PROFILE": "development", "VASCULAR_CDS_DATABASE_URL": f"sqlite:///{folder}/cds.db"}
    arguments = ["explain", "--bundle", str(file), "--on", TODAY.date().isoformat(), "--json"]
    return CliRunner().invoke(main, arguments, env=environment)


def read(person: Told) -> Chart:
    everything = open_payload(json.dumps(bundle(person)).encode())
    return read_chart(
        dict.fromkeys(TEMPLATES, Payload("empty")) | {"everything": everything}, ReadOptions(person.patient, TODAY)
    )


def reference(resource: dict[str, Any]) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def used(chart: Chart) -> Iterator[str]:
    """The resources that left a fact in the chart."""
    for labs in chart.labs.values():
        yield from (each.ref for each in labs)
    for answers in chart.answers.values():
        yield from (each.ref for each in answers)
    for pressure in chart.pressures:
        yield from (pressure.systolic.ref, pressure.diastolic.ref)
    yield from (each.ref for each in chart.medications)
    yield from (each.ref for each in chart.conditions)
    yield from (each.ref for each in (*chart.procedures, *chart.orders))
    yield from (each.ref for each in chart.allergies)
    yield from (each.ref for each in chart.targets)
