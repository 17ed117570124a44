"""What of a card Epic takes: one action at a time, create and delete of orders, create of problems.

Source: Epic on FHIR, "CDS Hooks Tutorial": suggestion attributes. Epic shows the description of an action and never
the label of a suggestion; isRecommended ticks the box beforehand.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Action = Mapping[str, Any]
Suggestion = Mapping[str, Any]

_TAKEN = {
    "create": frozenset({"MedicationRequest", "ServiceRequest", "Condition"}),
    "delete": frozenset({"MedicationRequest", "ServiceRequest"}),
}


@dataclass(frozen=True)
class Part:
    """One action that Epic takes, in the words that it shows; ``ticked`` beforehand or not."""

    action: Action
    words: str
    ticked: bool


def kind_of(action: Action) -> tuple[str, str]:
    """Return the type of the action, and the type of the resource that it is about."""
    kind = action["resource"]["resourceType"] if "resource" in action else action["resourceId"].partition("/")[0]
    return action["type"], kind


def is_taken(action: Action) -> bool:
    """Return whether Epic takes the action."""
    verb, kind = kind_of(action)
    return kind in _TAKEN.get(verb, ())


def parts_of(offered: Iterable[Suggestion]) -> list[Part]:
    """Return each change that Epic takes once, as any may be chosen; ticked where one of its suggestions would be."""
    found: list[Part] = []
    for part in (each for suggestion in offered for each in _parts(suggestion)):
        same = part_for(part.action, found)
        if same is None:
            found.append(part)
        elif part.ticked:
            found[found.index(same)] = replace(same, ticked=True)
    return found


def part_for(action: Action, parts: Sequence[Part]) -> Part | None:
    """Return the part that makes the same change as the action, whatever its words."""
    return next((each for each in parts if _change(each.action) == _change(action)), None)


def _parts(suggestion: Suggestion) -> list[Part]:
    """Nothing is ticked where a companion of it has to be done by hand."""
    actions = suggestion["actions"]
    ticked = bool(suggestion.get("isRecommended")) and all(map(is_taken, actions))
    words = [suggestion["label"]] if len(actions) == 1 else [each["description"] for each in actions]
    return [Part(each, said, ticked) for each, said in zip(actions, words, strict=True) if is_taken(each)]


def _change(action: Action) -> dict[str, Any]:
    return {name: value for name, value in action.items() if name != "description"}
