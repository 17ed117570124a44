"""Each dialect on the cards of every story: laws that hold whatever the cards say."""

import copy
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from hooks.cards import DATA_UNAVAILABLE, Dealt, is_about_a_drug
from hooks.rules import load_rules
from service.clients import Client
from service.dialects import MANNERS, spoken
from service.dialects.epic import LONGEST_TOPIC, epic_topic
from service.dialects.standard import Card
from tests.acceptance.stories import scenes

CARDS: list[Card] = [dict(card) for scene in scenes() for card in scene.golden_cards()]
KNOWN_TO_1_0 = {
    "card": {"summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "links"},
    "source": {"label", "url", "icon"},
    "suggestion": {"label", "uuid", "actions"},
    "action": {"type", "description", "resource"},
    "link": {"label", "url", "type", "appContext"},
}
TAKEN_BY_EPIC = {
    ("create", "MedicationRequest"),
    ("create", "ServiceRequest"),
    ("create", "Condition"),
    ("delete", "MedicationRequest"),
    ("delete", "ServiceRequest"),
}
DRUG = {"resourceType": "MedicationRequest", "medicationCodeableConcept": {"text": "drug"}}
TEST = {"resourceType": "ServiceRequest", "code": {"text": "test"}}


def said(dialect: str, card: Card) -> Card:
    numbers = count()
    return MANNERS[dialect].card(card, lambda: f"new-{next(numbers)}")  # type: ignore[index]  # names of dialects


def pairs(dialect: str) -> Iterator[tuple[Card, Card]]:
    """Every card as it was dealt, and as the dialect says it."""
    return ((card, said(dialect, card)) for card in CARDS)


def suggestions(card: Card) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = card.get("suggestions", [])
    return found


def actions(card: Card) -> list[dict[str, Any]]:
    return [action for each in suggestions(card) for action in each["actions"]]


def kind(action: dict[str, Any]) -> tuple[str, str]:
    resource = action.get("resource", {}).get("resourceType") or action["resourceId"].partition("/")[0]
    return action["type"], resource


def create(resource: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "create", "description": description, "resource": resource}


def choice(label: str, *made: dict[str, Any], recommended: bool = False) -> dict[str, Any]:
    return {"label": label, "uuid": label, "actions": list(made)} | ({"isRecommended": True} if recommended else {})


def a_card(*choices: dict[str, Any], behavior: str = "any") -> Card:
    source = {"label": "L", "url": "https://cds.example.org/rules/a-rule", "topic": {"system": "s", "code": "a-rule"}}
    offered = {"suggestions": list(choices), "selectionBehavior": behavior} if choices else {}
    return {"uuid": "u", "summary": "S", "indicator": "info", "detail": "D", "source": source, **offered}


def test_there_are_cards_of_every_kind_to_try() -> None:
    kinds = {kind(action) for card in CARDS for action in actions(card)}
    assert {"create", "update", "delete"} == {each for each, _ in kinds}
    assert {"MedicationRequest", "ServiceRequest", "Condition", "Goal", "CommunicationRequest"} == {k for _, k in kinds}
    assert {card.get("selectionBehavior") for card in CARDS} == {None, "any", "at-most-one"}
    assert any(len(each["actions"]) > 1 for card in CARDS for each in suggestions(card))


@pytest.mark.parametrize("dialect", MANNERS)
def test_no_dialect_changes_the_card_that_was_dealt(dialect: str) -> None:
    before = copy.deepcopy(CARDS)
    assert len([said(dialect, card) for card in CARDS]) == len(CARDS)
    assert before == CARDS


@pytest.mark.parametrize("dialect", MANNERS)
def test_what_is_said_and_how_urgent_it_is_stays(dialect: str) -> None:
    for dealt, card in pairs(dialect):
        assert (card["summary"], card["indicator"]) == (dealt["summary"], dealt["indicator"])
        assert card["detail"].startswith(dealt["detail"])
        assert card.get("links") == dealt.get("links")
        assert card["source"]["url"] == dealt["source"]["url"]


def test_standard_is_the_card_as_dealt() -> None:
    assert all(card == dealt for dealt, card in pairs("standard"))


def test_epic_gets_one_action_a_suggestion_and_only_those_that_it_takes() -> None:
    for _, card in pairs("epic"):
        assert all(len(each["actions"]) == 1 for each in suggestions(card))
        assert {kind(action) for action in actions(card)} <= TAKEN_BY_EPIC


def test_epic_gets_the_selection_behavior_any_where_there_are_suggestions_and_else_none() -> None:
    for _, card in pairs("epic"):
        assert card.get("selectionBehavior") == ("any" if "suggestions" in card else None)
        assert card.get("suggestions") != []


def test_nothing_is_lost_on_epic_every_action_is_sent_or_named() -> None:
    for dealt, card in pairs("epic"):
        sent = [epic_change(each) for each in actions(card)]
        for action in actions(dealt):
            assert epic_change(action) in sent or f"- {action['description']}" in card["detail"]


def epic_change(action: dict[str, Any]) -> object:
    """What the action does, apart from its words and from the names of code systems."""
    resource = copy.deepcopy(action.get("resource", {}))
    for concept in ("medicationCodeableConcept", "code"):
        for coding in resource.get(concept, {}).get("coding", []):
            del coding["system"]
    return action["type"], resource, action.get("resourceId")


def test_epic_is_offered_each_change_once_with_a_uuid_of_its_own() -> None:
    for _, card in pairs("epic"):
        changes = [epic_change(each) for each in actions(card)]
        assert all(changes.count(each) == 1 for each in changes)
        uuids = [each["uuid"] for each in suggestions(card)]
        assert len(uuids) == len(set(uuids))
        assert all(uuid.startswith("new-") for uuid in uuids)


def test_epic_shows_only_the_description_so_it_is_the_label_too() -> None:
    for _, card in pairs("epic"):
        assert all(each["label"] == each["actions"][0]["description"] for each in suggestions(card))


def test_no_drug_order_for_epic_promises_its_dose() -> None:
    ordered = [
        each for _, card in pairs("epic") for each in actions(card) if kind(each) == ("create", "MedicationRequest")
    ]
    assert ordered
    assert all(each["description"].endswith("(set dose and frequency on the order form)") for each in ordered)


def test_the_detail_for_epic_says_what_the_order_form_leaves_out() -> None:
    for _, card in pairs("epic"):
        opened = {kind(each) for each in actions(card)} & {
            ("create", "MedicationRequest"),
            ("create", "ServiceRequest"),
        }
        assert ("**On the order form:**" in card["detail"]) == bool(opened)


def test_epic_ticks_only_what_the_card_recommends_whole() -> None:
    for dealt, card in pairs("epic"):
        whole = [
            epic_change(action)
            for each in suggestions(dealt)
            if each.get("isRecommended") and {kind(action) for action in each["actions"]} <= TAKEN_BY_EPIC
            for action in each["actions"]
        ]
        ticked = [epic_change(each["actions"][0]) for each in suggestions(card) if each.get("isRecommended")]
        assert sorted(map(str, ticked)) == sorted(map(str, whole))


def test_alternatives_that_exclude_each_other_are_named_for_epic() -> None:
    for dealt, card in pairs("epic"):
        exclusive = dealt.get("selectionBehavior") == "at-most-one"
        assert ("**Choose at most one of:**" in card["detail"]) == exclusive
        for each in suggestions(dealt) if exclusive else ():
            if any(map(is_about_a_drug, each["actions"])):
                assert f"- {each['label']}" in card["detail"]


def test_what_belongs_together_is_named_for_epic() -> None:
    for dealt, card in pairs("epic"):
        for each in suggestions(dealt):
            if len(each["actions"]) > 1:
                assert f"- {each['label']}: {each['actions'][0]['description']}" in card["detail"]


def test_epic_keeps_what_its_feedback_needs() -> None:
    for dealt, card in pairs("epic"):
        assert card["uuid"] == dealt["uuid"]
        assert card.get("overrideReasons") == dealt.get("overrideReasons")
        assert all(each["system"] and each["code"] for each in card.get("overrideReasons", []))
        assert all(each["type"] == "absolute" for each in card["links"])


def test_epic_looks_drugs_up_by_the_oid_of_rxnorm() -> None:
    systems = {
        coding["system"]
        for _, card in pairs("epic")
        for action in actions(card)
        for coding in action.get("resource", {}).get("medicationCodeableConcept", {}).get("coding", [])
    }
    assert "urn:oid:2.16.840.1.113883.6.88" in systems
    assert "http://www.nlm.nih.gov/research/umls/rxnorm" not in systems


def test_every_resource_for_epic_is_r4() -> None:
    resources = {
        str(action["resource"]): action["resource"]
        for _, card in pairs("epic")
        for action in actions(card)
        if "resource" in action
    }
    assert resources
    for each in resources.values():
        get_fhir_model_class(each["resourceType"]).model_validate(each)


def test_topics_for_epic_are_letters_and_digits_and_each_is_of_one_rule() -> None:
    rules = [rule.id for rule in load_rules()] + [DATA_UNAVAILABLE]
    topics = [epic_topic(rule) for rule in rules]
    assert len(set(topics)) == len(rules)
    assert all(re.fullmatch(r"[A-Za-z0-9]+", topic) and len(topic) <= LONGEST_TOPIC for topic in topics)
    assert epic_topic("statin-dialysis") == "statinDialysis"


def test_a_card_for_epic_names_its_topic_so() -> None:
    assert all(c["source"]["topic"]["code"] == epic_topic(d["source"]["topic"]["code"]) for d, c in pairs("epic"))


def test_a_companion_that_epic_does_not_take_leaves_the_rest_unticked() -> None:
    goal = create({"resourceType": "Goal"}, "Proposed goal: G")
    card = said("epic", a_card(choice("Do both", create(TEST, "Draft request: test"), goal, recommended=True)))
    (offered,) = suggestions(card)
    assert offered == {
        "label": "Draft request: test",
        "uuid": "new-0",
        "actions": [create(TEST, "Draft request: test")],
    }
    assert "- Do both: Draft request: test; Proposed goal: G (by hand)" in card["detail"]
    assert "**To change by hand:**\n\n- Proposed goal: G" in card["detail"]


def test_a_card_of_which_epic_takes_nothing_has_no_suggestions() -> None:
    update = {"type": "update", "description": "Change the draft order to X", "resource": DRUG | {"id": "d"}}
    card = said("epic", a_card(choice("Change it", update)))
    assert not {"suggestions", "selectionBehavior"} & card.keys()
    assert card["detail"] == "D\n\n**To change by hand:**\n\n- Change the draft order to X"


def test_a_change_offered_twice_is_sent_to_epic_once_and_ticked_where_one_of_the_two_is() -> None:
    test = create(TEST, "Draft request: test")
    drug = create(DRUG, "Draft order: drug")
    card = said("epic", a_card(choice("Order the test", test), choice("Propose both", drug, test, recommended=True)))
    assert [(each["label"], each.get("isRecommended")) for each in suggestions(card)] == [
        ("Order the test", True),
        ("Draft order: drug (set dose and frequency on the order form)", True),
    ]


def test_alternatives_that_are_no_drugs_are_named_for_epic_all() -> None:
    tests = (choice("One", create(TEST, "1")), choice("Two", create(TEST | {"priority": "urgent"}, "2")))
    assert (
        "**Choose at most one of:**\n\n- One\n- Two" in said("epic", a_card(*tests, behavior="at-most-one"))["detail"]
    )


def test_1_0_gets_only_the_members_that_it_knows() -> None:
    for _, card in pairs("cds-hooks-1.0"):
        assert card.keys() <= KNOWN_TO_1_0["card"]
        assert card["source"].keys() <= KNOWN_TO_1_0["source"]
        assert all(each.keys() <= KNOWN_TO_1_0["suggestion"] for each in suggestions(card))
        assert all(each.keys() <= KNOWN_TO_1_0["action"] for each in actions(card))
        assert all(each.keys() <= KNOWN_TO_1_0["link"] for each in card["links"])


def test_1_0_gets_every_suggestion_with_every_action() -> None:
    for dealt, card in pairs("cds-hooks-1.0"):
        assert [(each["label"], each["uuid"]) for each in suggestions(card)] == [
            (each["label"], each["uuid"]) for each in suggestions(dealt)
        ]
        assert [each["description"] for each in actions(card)] == [each["description"] for each in actions(dealt)]


def test_1_0_deletes_by_the_reference_in_resource() -> None:
    deleted = [
        (before["resourceId"], after["resource"])
        for dealt, card in pairs("cds-hooks-1.0")
        for before, after in zip(actions(dealt), actions(card), strict=True)
        if before["type"] == "delete"
    ]
    assert deleted
    assert all(before == after for before, after in deleted)


def test_1_0_is_told_in_words_that_more_than_one_may_be_wanted() -> None:
    for dealt, card in pairs("cds-hooks-1.0"):
        several = len(suggestions(dealt)) > 1 and dealt["selectionBehavior"] == "any"
        assert ("More than one of these may be wanted" in card["detail"]) == several
        assert all(f"- {each['label']}" in card["detail"] for each in suggestions(dealt) if several)


def test_1_0_is_told_in_words_what_is_recommended() -> None:
    for dealt, card in pairs("cds-hooks-1.0"):
        first = [each["label"] for each in suggestions(dealt) if each.get("isRecommended")]
        told = re.findall(r"\*\*Suggested first:\*\* (.+)\.$", card["detail"], re.MULTILINE)
        assert told == (first if len(suggestions(dealt)) > 1 else [])


def test_a_card_without_detail_is_given_one_only_where_there_is_something_to_say() -> None:
    bare = {name: value for name, value in a_card(choice("One", create(TEST, "1"))).items() if name != "detail"}
    assert "detail" not in said("cds-hooks-1.0", bare)
    assert said("epic", bare)["detail"].startswith("**On the order form:**")


@pytest.mark.parametrize("dialect", MANNERS)
def test_the_record_holds_the_uuids_that_are_sent(dialect: str) -> None:
    dealt = [
        Dealt(card["uuid"], "r", 1, card["indicator"], tuple(each["uuid"] for each in suggestions(card)))
        for card in CARDS
    ]
    numbers = count()
    client = Client(name="c", dialect=dialect)  # type: ignore[arg-type]  # names of dialects
    cards, record = spoken(CARDS, dealt, client, lambda: str(next(numbers)))
    sent = [tuple(each["uuid"] for each in suggestions(card)) for card in cards]
    assert [each.suggestion_uuids for each in record] == sent
    assert [each.card_uuid for each in record] == [card["uuid"] for card in CARDS]


def test_action_selection_is_said_of_suggestions_with_several_actions_and_only_where_a_client_knows_it() -> None:
    cards, _ = spoken(CARDS, [_dealt(card) for card in CARDS], Client(name="c", action_selection=True), str)
    for each in (suggestion for card in cards for suggestion in suggestions(card)):
        assert each.get("actionSelectionBehavior") == ("all" if len(each["actions"]) > 1 else None)


def _dealt(card: Card) -> Dealt:
    return Dealt(card["uuid"], "r", 1, card["indicator"], ())
