"""What Epic would hide of a card, in words for the end of its detail: choices, companions, what is left to be done."""

from collections.abc import Iterator, Sequence
from typing import Any

from hooks.card_text import escaped_words
from hooks.cards import is_about_a_drug
from hooks.wording import listed
from service.dialects.epic_parts import Action, Part, Suggestion, is_taken, kind_of, part_for

_DROPPED = {"occurrenceDateTime": "date", "priority": "urgency"}
"""Members of an order that its form replaces by its own default; what it does to a dose stands beside each drug."""


def notes_on(card: dict[str, Any], parts: Sequence[Part]) -> Iterator[str]:
    """Yield the notes: each suggestion of several actions and each action that Epic does not take is in one of them."""
    offered: list[Suggestion] = card.get("suggestions", [])
    choices = _choices(card, offered)
    together = [each for each in offered if len(each["actions"]) > 1 and each not in choices]
    named = [action for each in (*choices, *together) for action in each["actions"]]
    left = [each for one in offered for each in one["actions"] if not is_taken(each) and each not in named]
    yield from _listed("Choose at most one of these lines", [_line(each, parts) for each in choices])
    yield from _listed("Belong together", [_line(each, parts) for each in together])
    yield from _listed("To do by hand", [escaped_words(each["description"]) for each in left])
    yield from _on_the_form(parts)


def _choices(card: dict[str, Any], offered: list[Suggestion]) -> list[Suggestion]:
    """Drugs exclude each other, and not the tests beside them."""
    if card.get("selectionBehavior") != "at-most-one":
        return []
    drugs = [each for each in offered if any(map(is_about_a_drug, each["actions"]))]
    return drugs if len(drugs) > 1 else offered


def _line(suggestion: Suggestion, parts: Sequence[Part]) -> str:
    """Tests that are ordered together are named by the label; of anything else the label may hide a part."""
    label, actions = suggestion["label"], suggestion["actions"]
    words = " + ".join(_shown(each, parts) for each in actions)
    if len(actions) == 1:
        return words
    return label if all(kind_of(each) == ("create", "ServiceRequest") for each in actions) else f"{label}, as: {words}"


def _shown(action: Action, parts: Sequence[Part]) -> str:
    part = part_for(action, parts)
    return escaped_words(part.words) if part else f"{escaped_words(action['description'])} (by hand)"


def _listed(heading: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"**{heading}:**\n\n" + "\n".join(f"- {each}" for each in dict.fromkeys(lines))


def _on_the_form(parts: Sequence[Part]) -> Iterator[str]:
    held = {name for each in parts for name in each.action.get("resource", ())}
    if dropped := [word for name, word in _DROPPED.items() if name in held]:
        yield f"**On the order form:** set the {listed(dropped)}; the form opens with its own defaults."
