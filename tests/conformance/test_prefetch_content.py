"""S-024, S-038, S-067 and S-069 to S-071: keys under other names, outcomes among results, entries of every kind."""

import json
from typing import Any

import pytest

from tests.conformance.prefetching import (
    BASE,
    BINDER,
    NOT_COMPLETE,
    Ehr,
    Resource,
    bundle,
    drug,
    ledger,
    outcome,
    resources_in,
    result,
)
from tests.web.apps import STORY

# --- OperationOutcomes among the data


def test_s067_an_outcome_among_results_is_noted_and_the_results_are_used(ehr: Ehr) -> None:
    told = outcome("warning", diagnostics="Jones, 12 May 1960")
    found = ehr.sent | {"phosphate": bundle(*resources_in(ehr.sent["phosphate"]), told)}
    status, body = ehr.call(found)
    assert (status, ehr.cards(found)) == (200, ehr.cards(ehr.sent))
    assert ledger(body)["inputs"]["other"]["not_read"]["OperationOutcome beside results"] == 1
    assert "Jones" not in json.dumps(body)


def test_s067_an_outcome_as_the_value_is_seen(ehr: Ehr) -> None:
    entry = ehr.inputs(ehr.sent | {"phosphate": outcome("error")})["phosphate"]
    assert entry == {"state": "failed", "why": "the value is an OperationOutcome"}


# --- keys that nobody asked for, and ours under other names


@pytest.mark.parametrize(
    "more",
    [
        {"carePlans": bundle({"resourceType": "CarePlan", "id": "c"})},
        {"-user": {"resourceType": "Practitioner", "id": "u"}},
        {"x": None, "y": "text", "z": [1, 2], "": {}},
        {"broken": outcome("fatal")},
    ],
)
def test_s069_what_was_not_asked_for_changes_nothing(ehr: Ehr, more: dict[str, Any]) -> None:
    assert ehr.cards(ehr.sent | more) == ehr.cards(ehr.sent)


def test_s069_the_names_of_other_keys_are_never_repeated(ehr: Ehr) -> None:
    mine = "Jones, 12 May 1960"
    for prefetch in ({mine: outcome("error")}, ehr.sent | {mine: bundle(drug("aspirin"))}):
        assert "Jones" not in json.dumps(ehr.call(prefetch)[1])


def test_s024_keys_in_another_spelling_are_ours(ehr: Ehr) -> None:
    spelt = {key.upper().replace("PASTM", "Past_M"): value for key, value in ehr.sent.items()}
    assert ehr.cards(spelt) == ehr.cards(ehr.sent)


def test_s069_a_list_under_another_name_is_read_and_proves_nothing_missing(ehr: Ehr) -> None:
    drugs = {"meds": bundle(drug("aspirin"))}
    found = {key: value for key, value in ehr.sent.items() if key != "medications"} | drugs
    assert ehr.inputs(found)["medications"] == {
        "state": "ok",
        "why": f"it was sent under another name: {NOT_COMPLETE}",
    }
    assert BINDER not in ehr.cards(found)
    ehr.call(found, access=True)
    assert ehr.asked == [f"MedicationRequest?patient={STORY}&status=active,on-hold&_count=200"]


def test_s069_a_bundle_that_answers_our_search_is_ours_whatever_its_name(ehr: Ehr) -> None:
    link = [{"relation": "self", "url": f"{BASE}/MedicationRequest?status=on-hold,active&patient={STORY}"}]
    found = {key: value for key, value in ehr.sent.items() if key != "medications"} | {"meds": bundle(link=link)}
    assert ehr.inputs(found)["medications"] == {"state": "absent"}
    assert BINDER in ehr.cards(found)


def test_s069_a_bundle_that_answers_our_search_for_somebody_else_is_not_ours(ehr: Ehr) -> None:
    link = [{"relation": "self", "url": f"{BASE}/MedicationRequest?status=on-hold,active&patient=other"}]
    found = {key: value for key, value in ehr.sent.items() if key != "medications"} | {"meds": bundle(link=link)}
    assert ehr.inputs(found)["medications"]["state"] == "failed"


def test_s069_a_result_that_came_under_two_names_is_used_once(ehr: Ehr) -> None:
    """One high phosphate, sent twice, is not two: the rule on persistence asks for two."""
    once = bundle(resources_in(ehr.sent["phosphate"])[0])
    assert ehr.cards(ehr.sent | {"phosphate": once, "labs": once}) == ehr.cards(ehr.sent | {"phosphate": once})


# --- entries: whose, which, in what order


def test_s038_another_patients_result_is_ignored_and_told(ehr: Ehr) -> None:
    stray = result(3.0, "2026-01-14", "stray", subject={"reference": "Patient/other"})
    found = ehr.sent | {"phosphate": bundle(*resources_in(ehr.sent["phosphate"]), stray)}
    assert ehr.cards(found) == ehr.cards(ehr.sent)
    assert ehr.inputs(found)["phosphate"].get("set_aside") is None
    assert "Observation/stray: it is about another patient" in ehr.inputs(found)["other"]["set_aside"]


def test_s038_another_patients_result_never_hides_this_patients_with_the_same_id(ehr: Ehr) -> None:
    mine = resources_in(ehr.sent["phosphate"])
    theirs = [each | {"subject": {"reference": "Patient/other"}} for each in mine]
    assert ehr.cards(ehr.sent | {"phosphate": bundle(*theirs, *mine)}) == ehr.cards(ehr.sent)


def test_s038_another_patients_record_is_no_record(ehr: Ehr) -> None:
    status, body = ehr.call(ehr.sent | {"patient": {"resourceType": "Patient", "id": "other", "birthDate": "1950"}})
    assert (status, ledger(body)["inputs"]["patient"]["state"]) == (200, "unusable")
    assert body["cards"] == []


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"resource": None},
        {"fullUrl": "urn:uuid:5"},
        {"resource": {"resourceType": "Medication", "id": "m"}, "search": {"mode": "include"}},
        {"resource": outcome("information"), "search": {"mode": "outcome"}},
        {"resource": {"resourceType": "Nonsense", "id": "n"}},
        {"resource": "text"},
        {"resource": {"resourceType": "Observation"}},
        {
            "resource": {
                "resourceType": "Observation",
                "code": [[[[[5]]]]],
                "subject": {"reference": f"Patient/{STORY}"},
            }
        },
    ],
)
def test_s070_an_odd_entry_spoils_nothing(ehr: Ehr, entry: dict[str, Any]) -> None:
    value = ehr.sent["phosphate"]
    found = ehr.sent | {"phosphate": value | {"entry": [entry, *value["entry"], entry]}}
    assert ehr.cards(found) == ehr.cards(ehr.sent)


def test_s071_the_newest_result_counts_wherever_it_stands(ehr: Ehr) -> None:
    newest = result(3.0, "2026-01-14", "newest")
    kept = resources_in(ehr.sent["phosphate"])
    ways = ([newest, *kept], [*kept, newest], [kept[0], newest, *kept[1:]])
    told = [ehr.cards(ehr.sent | {"phosphate": bundle(*way)}) for way in ways]
    assert BINDER in ehr.cards(ehr.sent)
    assert all(BINDER not in cards and cards == told[0] for cards in told)


@pytest.mark.parametrize(
    "newest",
    [
        result(3.0, "2026-01-14", status="entered-in-error"),
        result(3.0, "2026-01-14", status="preliminary"),
        result(3.0, "2027-01-14"),
        result(3.0, "2026-01-14", valueQuantity={"value": 3}),
        result(3.0, "2026-01-14", code={"coding": [{"system": "http://loinc.org", "code": "2778-9"}]}),  # in urine
    ],
)
def test_s071_status_date_unit_and_code_are_judged_here(ehr: Ehr, newest: Resource) -> None:
    found = ehr.sent | {"phosphate": bundle(newest, *resources_in(ehr.sent["phosphate"]))}
    assert BINDER in ehr.cards(found)


def test_s071_an_order_that_is_over_is_not_taken_whatever_the_query_said(ehr: Ehr) -> None:
    binder = drug("sevelamer carbonate 800 mg", authoredOn="2025-12-01")
    sent = ehr.sent | {"medications": bundle(binder)}
    assert BINDER not in ehr.cards(sent)
    assert BINDER in ehr.cards(ehr.sent | {"medications": bundle(binder | {"status": "stopped"})})
