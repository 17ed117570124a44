"""Dialects: how a client's cards are said, chosen by its ``dialect``. Pure functions over the cards of one answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from hooks.cards import Dealt
from service.clients import Client, Dialect
from service.dialects.cds_hooks_1_0 import early_card, early_topic
from service.dialects.epic import epic_card, epic_topic
from service.dialects.standard import Card, NewUuid, standard_card, standard_topic, with_action_selection


@dataclass(frozen=True)
class Manner:
    """How a dialect says a card, and the code of a rule's topic in it (None: it has no topics)."""

    card: Callable[[Card, NewUuid], Card]
    topic: Callable[[str], str | None]


MANNERS: Mapping[Dialect, Manner] = {
    "standard": Manner(standard_card, standard_topic),
    "cds-hooks-1.0": Manner(early_card, early_topic),
    "epic": Manner(epic_card, epic_topic),
}


def spoken(
    cards: Sequence[Card], dealt: Sequence[Dealt], client: Client, new_uuid: NewUuid
) -> tuple[list[Card], tuple[Dealt, ...]]:
    """Return the cards in the client's dialect, and the record of them with the suggestions as they are sent."""
    manner = MANNERS[client.dialect]
    switched = map(with_action_selection, cards) if client.action_selection else cards
    said = [manner.card(card, new_uuid) for card in switched]
    return said, tuple(_as_sent(each, card) for each, card in zip(dealt, said, strict=True))


def _as_sent(dealt: Dealt, card: Card) -> Dealt:
    return replace(dealt, suggestion_uuids=tuple(each["uuid"] for each in card.get("suggestions", ())))
