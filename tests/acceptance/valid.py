"""What every card has to be, whatever it says: the structure that CDS Hooks 2.0 and our interface ask for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

from hooks.rule import Rule
from hooks.rules import load_rules
from hooks.terminology.reasons import REASON_SYSTEM, REASONS
from service.app import LOCAL_URL

Card = Mapping[str, Any]

RULES: Mapping[str, Rule] = {rule.id: rule for rule in load_rules()}
UNAVAILABLE = "data-unavailable"
_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MEMBERS = {
    "uuid",
    "summary",
    "detail",
    "indicator",
    "source",
    "suggestions",
    "selectionBehavior",
    "overrideReasons",
    "links",
}
_ORDERS = ("MedicationRequest", "ServiceRequest")


def faults(cards: list[Card], patient: str) -> list[str]:
    """What is wrong with the cards of one answer; nothing where all is well."""
    uuids = Counter(uuid for card in cards for uuid in _uuids(card))
    twice = [f"uuid {uuid} is there {count} times" for uuid, count in uuids.items() if count > 1]
    odd = [f"uuid {uuid} is not a lower-case version 4" for uuid in uuids if not _UUID4.fullmatch(uuid)]
    return twice + odd + [f"{topic(card)}: {fault}" for card in cards for fault in _faults(card, patient)]


def topic(card: Card) -> str:
    """The rule that a card comes from."""
    return str(card["source"]["topic"]["code"])


def resources(card: Card) -> list[Mapping[str, Any]]:
    """Every resource that the card's suggestions would create."""
    return [
        action["resource"] for each in card.get("suggestions", ()) for action in each["actions"] if "resource" in action
    ]


def _uuids(card: Card) -> list[str]:
    return [card["uuid"], *(each["uuid"] for each in card.get("suggestions", ()))]


def _faults(card: Card, patient: str) -> Iterator[str]:
    yield from (f"{path} is null or empty" for path in _empty(card, "card"))
    yield from (f"{name} is no member of a card" for name in card.keys() - _MEMBERS)
    if not 0 < len(card["summary"]) < 140:
        yield f"the summary has {len(card['summary'])} characters"
    if card["indicator"] not in ("info", "warning", "critical"):
        yield f"indicator {card['indicator']}"
    if "{" in card["summary"] or "None" in card["summary"]:
        yield "the summary was not filled in"
    yield from _source_faults(card)
    yield from _reason_faults(card)
    yield from (f"link {each}" for each in card.get("links", ()) if not _is_link(each))
    yield from _suggestion_faults(card, patient)


def _empty(value: object, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _empty(each, f"{path}.{name}")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _empty(each, f"{path}[{number}]")
    if value in (None, "", [], {}):
        yield path


def _source_faults(card: Card) -> Iterator[str]:
    source, code = card["source"], topic(card)
    rule = RULES.get(code)
    if rule is None and code != UNAVAILABLE:
        yield "its topic is no rule"
    if set(source) != {"label", "url", "topic"} or set(source["topic"]) != {"system", "code", "display"}:
        yield "its source is not label, url and topic (system, code, display)"
    if source["url"] != f"{LOCAL_URL}/rules/{code}":
        yield f"its source leads to {source['url']}"


def _reason_faults(card: Card) -> Iterator[str]:
    rule = RULES.get(topic(card))
    wanted = [
        {"code": code, "system": REASON_SYSTEM, "display": REASONS[code]}
        for code in (rule.override_reasons if rule else ())
    ]
    if card.get("overrideReasons", []) != wanted:
        yield "its override reasons are not those of the rule"


def _is_link(link: Mapping[str, str]) -> bool:
    return set(link) == {"label", "url", "type"} and link["type"] == "absolute" and link["url"].startswith("https://")


def _suggestion_faults(card: Card, patient: str) -> Iterator[str]:
    suggestions = card.get("suggestions", ())
    if bool(suggestions) != ("selectionBehavior" in card):
        yield "selectionBehavior belongs to suggestions, and to nothing else"
    if card.get("selectionBehavior", "any") not in ("at-most-one", "any"):
        yield f"selectionBehavior {card['selectionBehavior']}"
    if sum("isRecommended" in each for each in suggestions) > 1:
        yield "more than one suggestion is recommended"
    for suggestion in suggestions:
        if not {"label", "uuid", "actions"} <= set(suggestion) <= {"label", "uuid", "actions", "isRecommended"}:
            yield f"suggestion with {sorted(suggestion)}"
        for action in suggestion["actions"]:
            yield from (f"{suggestion['label']}: {fault}" for fault in _action_faults(action, patient))


def _action_faults(action: Mapping[str, Any], patient: str) -> Iterator[str]:
    if action["type"] == "delete":
        if set(action) != {"type", "description", "resourceId"}:
            yield f"delete with {sorted(action)}"
        return
    if action["type"] not in ("create", "update") or set(action) != {"type", "description", "resource"}:
        yield f"{action['type']} with {sorted(action)}"
        return
    if action["type"] == "update":
        yield from _update_faults(action["resource"], patient)
        return
    yield from _resource_faults(action["resource"], patient)


def _update_faults(resource: Mapping[str, Any], patient: str) -> Iterator[str]:
    """An update is the client's own draft, whole: still a draft of this patient, with its id and our note."""
    kind = resource["resourceType"]
    try:
        get_fhir_model_class(kind).model_validate(dict(resource))
    except ValidationError as error:
        yield f"{kind} is not R4: {error}"
    if resource["status"] != "draft" or resource["subject"] != {"reference": f"Patient/{patient}"}:
        yield f"{kind} is {resource['status']}, about {resource['subject']}"
    if not all(resource.get(name) for name in ("id", "note", "medicationCodeableConcept", "dosageInstruction")):
        yield f"{kind} is not whole, or does not name its rule"


def _resource_faults(resource: Mapping[str, Any], patient: str) -> Iterator[str]:
    kind = resource["resourceType"]
    try:
        get_fhir_model_class(kind).model_validate(dict(resource))
    except ValidationError as error:
        yield f"{kind} is not R4: {error}"
    if resource["subject"] != {"reference": f"Patient/{patient}"}:
        yield f"{kind} is about {resource['subject']}"
    if kind in _ORDERS and (resource["status"], resource["intent"]) != ("draft", "proposal"):
        yield f"{kind} is {resource['status']} with intent {resource['intent']}"
    if "requester" in resource or "doNotPerform" in resource:
        yield f"{kind} has a requester or asks that nothing be done"
    if kind == "Condition" and resource["verificationStatus"]["coding"][0]["code"] != "provisional":
        yield "Condition is more than provisional"
    because = () if kind in ("Goal", "Condition") else ("reasonCode",)
    if not all(resource.get(name) for name in (*because, "note")):
        yield f"{kind} gives no reason, or does not name its rule"
