"""Cards of every story, what a dialect makes of them, and small cards made to order."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from service.dialects import MANNERS
from service.dialects.standard import Card
from tests.acceptance.stories import scenes

CARDS: list[Card] = [dict(card) for scene in scenes() for card in scene.golden_cards()]
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


def takes(action: dict[str, Any]) -> bool:
    return kind(action) in TAKEN_BY_EPIC


def create(resource: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "create", "description": description, "resource": resource}


def choice(label: str, *made: dict[str, Any], recommended: bool = False) -> dict[str, Any]:
    return {"label": label, "uuid": label, "actions": list(made)} | ({"isRecommended": True} if recommended else {})


def a_card(*choices: dict[str, Any], behavior: str = "any") -> Card:
    source = {"label": "L", "url": "https://cds.example.org/rules/a-rule", "topic": {"system": "s", "code": "a-rule"}}
    offered = {"suggestions": list(choices), "selectionBehavior": behavior} if choices else {}
    return {"uuid": "u", "summary": "S", "indicator": "info", "detail": "D", "source": source, **offered}
