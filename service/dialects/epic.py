"""Epic: one action per suggestion, any of them to be taken, and an order form that ignores what the order says.

Source: Epic on FHIR, "CDS Hooks Tutorial": response fields, codesets for create APIs.
"""

import re
from collections.abc import Mapping
from typing import Any

from hooks.terminology.concepts import ICD10CM, RXNORM
from service.dialects.epic_notes import notes_on
from service.dialects.epic_parts import Action, Part, kind_of, parts_of
from service.dialects.standard import Card, NewUuid, detailed

_SYSTEMS = {RXNORM: "urn:oid:2.16.840.1.113883.6.88", ICD10CM: "urn:oid:2.16.840.1.113883.6.90"}
_CONCEPTS = ("medicationCodeableConcept", "code")
_SET_BY_HAND = "; set dose and frequency on the order form"


def epic_card(card: Card, new_uuid: NewUuid) -> Card:
    """Return the card with a suggestion for each action that Epic takes; the detail says what that would hide."""
    plain = {name: value for name, value in card.items() if name not in ("suggestions", "selectionBehavior")}
    parts = parts_of(card.get("suggestions", ()))
    said = plain | {"source": _source(card["source"])} | detailed(card, notes_on(card, parts))
    if parts:
        said |= {"suggestions": [_sent(each, new_uuid) for each in parts], "selectionBehavior": "any"}
    return said


def epic_topic(rule_id: str) -> str:
    """Return the rule's id in camelCase, letters and digits only: Epic keeps overrides by it."""
    return re.sub(r"[^A-Za-z0-9]+([A-Za-z0-9]?)", lambda found: found[1].upper(), rule_id)


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    topic = source["topic"]
    return {**source, "topic": {**topic, "code": epic_topic(topic["code"])}}


def _sent(part: Part, new_uuid: NewUuid) -> dict[str, Any]:
    """Only a new drug is dosed on a form."""
    words = part.words + (_SET_BY_HAND if kind_of(part.action) == ("create", "MedicationRequest") else "")
    ticked = {"isRecommended": True} if part.ticked else {}
    return {"label": words, "uuid": new_uuid(), **ticked, "actions": [{**_recoded(part.action), "description": words}]}


def _recoded(action: Action) -> dict[str, Any]:
    """RxNorm and ICD-10-CM are looked up by their OIDs."""
    if "resource" not in action:
        return dict(action)
    resource = action["resource"]
    concepts = {name: _with_oids(resource[name]) for name in _CONCEPTS if name in resource}
    return {**action, "resource": {**resource, **concepts}}


def _with_oids(concept: Mapping[str, Any]) -> dict[str, Any]:
    codings = [{**each, "system": _SYSTEMS.get(each["system"], each["system"])} for each in concept.get("coding", ())]
    return {**concept, **({"coding": codings} if codings else {})}
