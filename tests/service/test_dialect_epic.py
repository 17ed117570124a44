"""Epic on the cards of every story: laws that hold whatever the cards say, and small cards that show each."""

import copy
import re
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from hooks.cards import DATA_UNAVAILABLE, is_about_a_drug
from hooks.rules import load_rules
from service.dialects.epic import epic_topic
from service.dialects.standard import Card
from tests.service.dialect_cards import (
    DRUG,
    TAKEN_BY_EPIC,
    TEST,
    a_card,
    actions,
    choice,
    create,
    kind,
    pairs,
    said,
    suggestions,
    takes,
)

CHOOSE = "**Choose at most one of these lines:**"


def listed_under(heading: str, card: Card) -> str:
    """The list below a heading of the detail; "" where there is none."""
    text: str = card["detail"]
    return text.partition(f"{heading}\n\n")[2].partition("\n\n")[0]


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
            named = f"- {action['description']}\n", f"{action['description']} (by hand)"
            assert epic_change(action) in sent or any(each in f"{card['detail']}\n" for each in named)


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
    assert all(each["description"].endswith("; set dose and frequency on the order form") for each in ordered)


@pytest.mark.parametrize(
    ("orders", "note"),
    [
        ([TEST], ""),
        ([DRUG], ""),  # the dose is said beside the drug
        ([TEST | {"occurrenceDateTime": "2026-02-12"}], "set the date;"),
        ([TEST | {"priority": "urgent"}], "set the urgency;"),
        ([TEST | {"priority": "urgent"}, TEST | {"occurrenceDateTime": "2026-02-12"}], "set the date and urgency;"),
    ],
)
def test_the_detail_for_epic_says_what_the_order_form_leaves_out(orders: list[dict[str, Any]], note: str) -> None:
    card = said("epic", a_card(*(choice(str(number), create(each, "X")) for number, each in enumerate(orders))))
    assert card["detail"] == (
        "D" if not note else f"D\n\n**On the order form:** {note} the form opens with its own defaults."
    )


def test_every_date_and_urgency_of_an_order_for_epic_is_asked_for_in_the_detail() -> None:
    for _, card in pairs("epic"):
        held = {name for each in actions(card) for name in each.get("resource", {})}
        told = card["detail"].partition("**On the order form:** ")[2]
        assert ("date" in told, "urgency" in told) == ("occurrenceDateTime" in held, "priority" in held)


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
        assert (CHOOSE in card["detail"]) == exclusive
        for each in suggestions(dealt) if exclusive else ():
            if any(map(is_about_a_drug, each["actions"])):
                words = each["label"] if any(map(takes, each["actions"])) else each["actions"][0]["description"]
                assert f"- {words}" in listed_under(CHOOSE, card)


def test_what_belongs_together_is_named_for_epic_in_one_list_alone() -> None:
    for dealt, card in pairs("epic"):
        lists = listed_under(CHOOSE, card), listed_under("**Belong together:**", card)
        for each in suggestions(dealt):
            if len(each["actions"]) > 1:
                assert sum(f"- {each['label']}" in found for found in lists) == 1


def test_no_line_of_the_detail_for_epic_stands_there_twice() -> None:
    for dealt, card in pairs("epic"):
        lines = [line for line in card["detail"].removeprefix(dealt["detail"]).splitlines() if line]
        assert len(lines) == len(set(lines))


def test_a_line_of_a_choice_for_epic_has_all_that_belongs_to_it_in_the_words_that_are_shown() -> None:
    delete = {"type": "delete", "description": "Remove the draft order of X", "resourceId": "MedicationRequest/x"}
    both = choice("Propose Y", create(DRUG, "Draft order: Y"), delete)
    tests = choice("Order both", create(TEST, "Draft request: A"), create(TEST | {"status": "draft"}, "B"))
    card = said("epic", a_card(choice("Remove X", delete, recommended=True), both, tests, behavior="at-most-one"))
    assert card["detail"] == (
        f"D\n\n{CHOOSE}\n\n- Remove X\n- Propose Y, as: Draft order: Y + Remove X"
        "\n\n**Belong together:**\n\n- Order both"
    )
    assert [(each["label"], each.get("isRecommended")) for each in suggestions(card)][:2] == [
        ("Remove X", True),
        ("Draft order: Y; set dose and frequency on the order form", None),
    ]


def test_words_of_a_draft_do_not_act_in_the_detail_for_epic() -> None:
    update = {"type": "update", "description": "Change <b>X</b>", "resource": DRUG | {"id": "d"}}
    delete = {"type": "delete", "description": "Remove *Y*", "resourceId": "MedicationRequest/y"}
    detail = said("epic", a_card(choice("Change both", update, delete), choice("Change X", update)))["detail"]
    assert "as: Change &lt;b&gt;X&lt;/b&gt; (by hand) + Remove \\*Y\\*" in detail
    assert "<b>" not in detail


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
    assert all(re.fullmatch(r"[A-Za-z0-9]+", topic) and len(topic) <= 100 for topic in topics)
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
    assert (
        card["detail"] == "D\n\n**Belong together:**\n\n- Do both, as: Draft request: test + Proposed goal: G (by hand)"
    )


def test_a_card_of_which_epic_takes_nothing_has_no_suggestions() -> None:
    update = {"type": "update", "description": "Change the draft order to X", "resource": DRUG | {"id": "d"}}
    card = said("epic", a_card(choice("Change it", update)))
    assert not {"suggestions", "selectionBehavior"} & card.keys()
    assert card["detail"] == "D\n\n**To do by hand:**\n\n- Change the draft order to X"


def test_a_change_offered_twice_is_sent_to_epic_once_and_ticked_where_one_of_the_two_is() -> None:
    test = create(TEST, "Draft request: test")
    drug = create(DRUG, "Draft order: drug")
    card = said("epic", a_card(choice("Order the test", test), choice("Propose both", drug, test, recommended=True)))
    assert [(each["label"], each.get("isRecommended")) for each in suggestions(card)] == [
        ("Order the test", True),
        ("Draft order: drug; set dose and frequency on the order form", True),
    ]


def test_alternatives_that_are_no_drugs_are_named_for_epic_all() -> None:
    tests = (choice("One", create(TEST, "1")), choice("Two", create(TEST | {"status": "draft"}, "2")))
    detail = said("epic", a_card(*tests, behavior="at-most-one"))["detail"]
    assert detail == f"D\n\n{CHOOSE}\n\n- One\n- Two"
