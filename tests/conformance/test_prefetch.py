"""S-060 to S-066, S-068 and S-070: the four states of a prefetch key, and of the input behind it."""

import json
from itertools import combinations

import pytest
from msgspec import Raw

from hooks.inputs import TEMPLATES
from hooks.prefetched import prefetched
from tests.acceptance.valid import UNAVAILABLE
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
    rough,
)
from tests.web.apps import STORY

# --- the four states of a key, and of the input behind it


NOTHING: list[object] = [
    None,
    {},
    {"resourceType": "Bundle"},
    bundle(),
    bundle(total=0),
    {"resourceType": "Bundle", "entry": None},
    {"resourceType": "Bundle", "entry": [{}, {"resource": None}, {"fullUrl": "urn:uuid:1"}]},
    bundle(outcome("warning"), total=0),
    bundle(outcome("information"), total=0),
    bundle(outcome("error", code="not-found"), total=0),
    bundle(outcome("error", details={"coding": [{"code": "4101"}]}), total=0),
    rough("bundle-outcome-only.json"),
    rough("bundle-without-entry.json"),
]
BROKEN: list[object] = [
    outcome("error"),
    outcome("information"),
    bundle(outcome("error")),
    bundle(outcome("error", code="forbidden"), total=0),
    bundle(outcome("warning", code="incomplete"), total=0),
    bundle(result(5, "2026-01-12")),  # of another type
    bundle(bundle(drug("warfarin"))),
    bundle() | {"type": "batch-response", "entry": [{"response": {"status": "500"}}]},
    bundle(link=[{"relation": "next"}]),
    {"resourceType": "Bundle", "entry": {"resource": drug("warfarin")}},
    {"resourceType": "Nonsense", "id": "n"},
    {"id": "n"},
    [],
    [drug("warfarin")],
    5,
    5.4,
    True,
    "",
    rough("html-error-page.txt"),
    rough("truncated.txt"),
    rough("top-level-list.json"),
    rough("operation-outcome-as-value.json"),
]
IN_PART: list[object] = [
    bundle(drug("aspirin"), link=[{"relation": "next", "url": f"{BASE}/MedicationRequest?page=2"}]),
    bundle(drug("aspirin"), total=2),
    bundle(drug("aspirin"), bundle(drug("warfarin"))),
    bundle(drug("aspirin"), link=[{"relation": "next"}]),
    bundle(drug("aspirin"), outcome("error")),
    bundle(drug("aspirin"), outcome("information", code="suppressed")),
    drug("aspirin"),
]
WHOLE: list[object] = [
    bundle(drug("aspirin")),
    bundle(drug("aspirin"), total=1),
    bundle(drug("aspirin"), outcome("warning")),
    bundle(drug("aspirin"), {"resourceType": "Medication", "id": "m"}),
    bundle(drug("aspirin"), drug("aspirin")),
]


def key_state(value: object) -> str:
    raw = Raw(json.dumps(value).encode())
    return prefetched({"medications": raw}, TEMPLATES)["medications"].state


@pytest.mark.parametrize("value", NOTHING)
def test_s065_what_says_that_there_is_nothing_is_believed_and_not_asked_again(ehr: Ehr, value: object) -> None:
    found = ehr.sent | {"medications": value}
    assert key_state(value) == "empty"
    assert ehr.inputs(found)["medications"] == {"state": "absent"}
    assert ehr.cards(found) == ehr.cards(ehr.sent | {"medications": None})
    assert BINDER in ehr.cards(found)
    ehr.call(found, access=True)
    assert not any(each.startswith("MedicationRequest?") for each in ehr.asked)


@pytest.mark.parametrize("value", BROKEN)
def test_s066_a_failure_in_place_of_data_is_neither_nothing_nor_a_crash(ehr: Ehr, value: object) -> None:
    found = ehr.sent | {"medications": value}
    assert key_state(value) == "error"
    assert ehr.inputs(found)["medications"]["state"] == "failed"
    assert BINDER not in ehr.cards(found)
    assert UNAVAILABLE in ehr.cards(found)


def test_s066_a_failed_search_is_tried_once_more_where_the_fhir_server_may_be_asked(ehr: Ehr) -> None:
    """The client need not be able to do what the service can; a search that helps makes the input ok again."""
    ehr.call(ehr.sent | {"medications": outcome("error")}, access=True)
    assert [each for each in ehr.asked if "status=active" in each] == [
        f"MedicationRequest?patient={STORY}&status=active,on-hold&_count=200"
    ]


@pytest.mark.parametrize("value", IN_PART)
def test_s068_a_list_in_part_is_read_and_proves_nothing_missing(ehr: Ehr, value: object) -> None:
    found = ehr.sent | {"medications": value}
    entry = ehr.inputs(found)["medications"]
    assert (key_state(value), entry["state"]) == ("present", "ok")
    assert NOT_COMPLETE in entry["why"] or "further pages are missing" in entry["why"]
    assert BINDER not in ehr.cards(found)


@pytest.mark.parametrize("value", IN_PART)
def test_s068_the_rest_of_a_list_is_asked_for_where_there_is_access(ehr: Ehr, value: object) -> None:
    _, body = ehr.call(ehr.sent | {"medications": value}, access=True)
    (asked,) = ehr.asked
    assert asked in (f"MedicationRequest?patient={STORY}&status=active,on-hold&_count=200", "MedicationRequest?page=2")
    # Nobody answered: what came is still there, and still not known to be all.
    assert ledger(body)["inputs"]["medications"]["state"] == "ok"
    assert "nobody is there" in ledger(body)["inputs"]["medications"]["why"]


NEXT = [{"relation": "next", "url": f"{BASE}/Observation?page=2"}]
LAST_WEEK = [result(6.9, "2026-01-12", "a"), result(6.8, "2026-01-05", "b")]
LAST_YEAR = [*LAST_WEEK, result(6.7, "2025-12-15", "c"), result(6.6, "2025-01-15", "d")]


@pytest.mark.parametrize("results", [LAST_YEAR, [*LAST_WEEK, result(4.0, "2025-01-15", "d")]])
def test_s068_the_newest_results_that_go_back_far_enough_say_what_all_of_them_say(
    ehr: Ehr, results: list[Resource]
) -> None:
    page = ehr.sent | {"phosphate": bundle(*results, link=NEXT)}
    assert ehr.cards(page) == ehr.cards(ehr.sent | {"phosphate": bundle(*results)})
    assert UNAVAILABLE not in ehr.cards(page)
    assert "further pages are missing" in ehr.inputs(page)["phosphate"]["why"]


def test_s068_results_that_do_not_go_back_far_enough_leave_open_what_came_before(ehr: Ehr) -> None:
    page = ehr.sent | {"phosphate": bundle(*LAST_WEEK, link=NEXT)}
    assert BINDER in ehr.cards(ehr.sent | {"phosphate": bundle(*LAST_YEAR)})
    assert BINDER not in ehr.cards(page)
    assert UNAVAILABLE in ehr.cards(page)


@pytest.mark.parametrize("results", [LAST_YEAR[::-1], LAST_YEAR[-1:], [*LAST_YEAR[:1], *LAST_YEAR[:0:-1]]])
def test_s068_results_that_show_no_order_of_time_prove_nothing_missing(ehr: Ehr, results: list[Resource]) -> None:
    assert UNAVAILABLE in ehr.cards(ehr.sent | {"phosphate": bundle(*results, link=NEXT)})


@pytest.mark.parametrize("value", WHOLE)
def test_s070_a_whole_list_is_taken_for_whole_whatever_else_it_holds(ehr: Ehr, value: object) -> None:
    found = ehr.sent | {"medications": value}
    assert (key_state(value), ehr.inputs(found)["medications"]) == ("present", {"state": "ok"})
    assert BINDER in ehr.cards(found)


UNUSABLE = result(6, "2026-01-12", valueQuantity={"value": 6, "unit": "furlongs"})


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (bundle(result(6, "2026-01-12")), "ok"),
        (bundle(), "absent"),
        (bundle(UNUSABLE), "unusable"),
        (bundle(result(6, "2026-01-12", status="entered-in-error")), "unusable"),
        (outcome("error"), "failed"),
    ],
)
def test_s063_an_input_has_one_of_four_states_and_the_call_is_answered(ehr: Ehr, value: object, state: str) -> None:
    status, body = ehr.call(ehr.sent | {"phosphate": value})
    assert (status, ledger(body)["inputs"]["phosphate"]["state"]) == (200, state)
    cards = [card["source"]["topic"]["code"] for card in body["cards"]]
    assert (UNAVAILABLE in cards) is (state == "failed")


# --- what is not there


def test_s060_every_subset_of_keys_is_answered(ehr: Ehr) -> None:
    """Every subset of six keys: of all 35 there would be too many."""
    keys = ["patient", "conditions", "medications", "phosphate", "pth", "procedures"]
    subsets = [chosen for size in range(len(keys) + 1) for chosen in combinations(keys, size)]
    statuses = {ehr.call({key: ehr.sent[key] for key in chosen})[0] for chosen in subsets}
    assert statuses == {200, 412}
    assert ehr.call(ehr.sent)[0] == 200


def test_s061_what_is_missing_is_searched_once_and_nothing_else_is(ehr: Ehr) -> None:
    ehr.call({key: value for key, value in ehr.sent.items() if key != "conditions"}, access=True)
    assert ehr.asked == [f"Condition?patient={STORY}&_count=200"]


def test_s061_each_key_that_is_missing_is_searched_once(ehr: Ehr) -> None:
    for missing in ehr.sent:
        ehr.call({key: value for key, value in ehr.sent.items() if key != missing}, access=True)
        assert len(ehr.asked) == 1, missing


def test_s061_where_nothing_is_missing_nothing_is_searched(ehr: Ehr) -> None:
    ehr.call(ehr.sent, access=True)
    assert ehr.asked == []


@pytest.mark.parametrize("prefetch", [None, {}, {"other": None}])
def test_s062_without_data_and_without_access_the_answer_is_412(ehr: Ehr, prefetch: object) -> None:
    status, body = ehr.call(prefetch)
    assert (status, body["resourceType"], body["issue"][0]["severity"]) == (412, "OperationOutcome", "error")
    assert "no access to the FHIR server" in body["issue"][0]["diagnostics"]


def test_s063_prefetch_that_came_empty_is_no_reason_for_412(ehr: Ehr) -> None:
    patient = {"patient": ehr.sent["patient"]}
    status, body = ehr.call(patient | {key: None for key in ehr.sent if key != "patient"})
    states = {name: each["state"] for name, each in ledger(body)["inputs"].items() if "state" in each}
    assert (status, states["phosphate"], states["conditions"]) == (200, "absent", "absent")
    assert UNAVAILABLE not in [card["source"]["topic"]["code"] for card in body["cards"]]


def test_s063_a_list_in_part_is_no_reason_for_412_but_is_told(ehr: Ehr) -> None:
    page = [{"relation": "next", "url": f"{BASE}/Condition?page=2"}]
    cold = resources_in(ehr.sent["conditions"])[0] | {"code": {"text": "a cold"}}
    status, body = ehr.call(ehr.sent | {"conditions": bundle(cold, link=page)})
    (card,) = [each for each in body["cards"] if each["source"]["topic"]["code"] == UNAVAILABLE]
    assert (status, "problem list" in card["detail"]) == (200, True)


@pytest.mark.parametrize("access", [True, False])
def test_s064_a_key_that_is_left_out_is_searched_or_named_as_missing(ehr: Ehr, *, access: bool) -> None:
    without = {key: value for key, value in ehr.sent.items() if key != "medications"}
    status, body = ehr.call(without, access=access)
    entry = ledger(body)["inputs"]["medications"]
    assert (status, entry["state"], bool(ehr.asked)) == (200, "failed", access)
    assert UNAVAILABLE in [card["source"]["topic"]["code"] for card in body["cards"]]
