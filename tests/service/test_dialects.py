"""Each dialect on the cards of every story: laws that hold whatever the cards say."""

import copy
import re
from itertools import count

import pytest

from hooks.cards import Dealt
from service.clients import Client
from service.dialects import MANNERS, spoken
from service.dialects.standard import Card
from tests.service.dialect_cards import CARDS, TEST, a_card, actions, choice, create, kind, pairs, said, suggestions

KNOWN_TO_1_0 = {
    "card": {"summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "links"},
    "source": {"label", "url", "icon"},
    "suggestion": {"label", "uuid", "actions"},
    "action": {"type", "description", "resource"},
    "link": {"label", "url", "type", "appContext"},
}


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
        assert ("**More than one suggestion may be wanted:**" in card["detail"]) == several


def test_1_0_is_told_in_words_what_is_recommended() -> None:
    for dealt, card in pairs("cds-hooks-1.0"):
        first = [each["label"] for each in suggestions(dealt) if each.get("isRecommended")]
        told = re.findall(r"\*\*Suggested first:\*\* (.+)\.$", card["detail"], re.MULTILINE)
        assert told == (first if len(suggestions(dealt)) > 1 else [])


def test_a_card_without_detail_is_given_one_only_where_there_is_something_to_say() -> None:
    bare = {name: value for name, value in a_card(choice("One", create(TEST, "1"))).items() if name != "detail"}
    assert "detail" not in said("cds-hooks-1.0", bare)
    assert "detail" not in said("epic", bare)
    goal = create({"resourceType": "Goal"}, "Proposed goal: G")
    assert said("epic", bare | {"suggestions": [choice("G", goal)]})["detail"].startswith("**To do by hand:**")


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
