"""CDS Hooks 1.0: only its members, and one suggestion at most; what that would hide is said in the detail.

Source: CDS Hooks 1.0, "Card Attributes", "Suggestion", "Action", "Link". A card without uuid can get no feedback.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.dialects.standard import Card, NewUuid, detailed

_CARD = ("summary", "detail", "indicator", "source", "links", "extension")
_SOURCE = ("label", "url", "icon", "extension")
_LINK = ("label", "url", "type", "appContext", "extension")
_SUGGESTION = ("label", "uuid", "extension")
_SEVERAL = "**More than one suggestion may be wanted:** take one here, and do the others by hand."
_ACTION = ("type", "description", "resource", "extension")


def early_card(card: Card, new_uuid: NewUuid) -> Card:
    """Return the card with the members that 1.0 knows, and in words what the others said."""
    kept = _only(card, _CARD) | {"source": _only(card["source"], _SOURCE)}
    if "links" in card:
        kept["links"] = [_only(each, _LINK) for each in card["links"]]
    if offered := card.get("suggestions"):
        kept["suggestions"] = [_suggestion(each) for each in offered]
        kept["selectionBehavior"] = "at-most-one"
    return kept | detailed(card, _notes(card))


def early_topic(rule_id: str) -> str | None:
    """Return None: 1.0 has no topic."""
    return None


def _suggestion(suggestion: Mapping[str, Any]) -> dict[str, Any]:
    return _only(suggestion, _SUGGESTION) | {"actions": [_action(each) for each in suggestion["actions"]]}


def _action(action: Mapping[str, Any]) -> dict[str, Any]:
    """What is deleted is named in ``resource``, as 1.0 has no resourceId."""
    named = {"resource": action["resourceId"]} if "resourceId" in action else {}
    return _only(action, _ACTION) | named


def _notes(card: Card) -> Iterator[str]:
    offered = card.get("suggestions", ())
    if len(offered) < 2:
        return
    yield from (f"**Suggested first:** {each['label']}." for each in offered if each.get("isRecommended"))
    if card["selectionBehavior"] == "any":
        yield _SEVERAL


def _only(members: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: members[name] for name in names if name in members}
