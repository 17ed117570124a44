"""How far each input could be had: ok, absent, unusable, failed. Source: interface, "Data that is missing"."""

from collections.abc import Iterable, Mapping

from hooks.chart import InputState, SetAside
from hooks.decoding import Payload
from hooks.inputs import INPUTS, Input

_LISTS = frozenset(
    {
        "patient",
        "encounter",
        "conditions",
        "medications",
        "past-medications",
        "statements",
        "procedures",
        "allergies",
        "orders",
        "goals",
    }
)


def input_states(
    payloads: Mapping[str, Payload], found: frozenset[str], set_aside: Iterable[SetAside]
) -> dict[str, InputState]:
    """Return the state of every input; ``found`` names those with at least one usable value or resource."""
    refused = {each.about for each in set_aside}
    return {name: _state(each, payloads.get(each.key), found, refused) for name, each in INPUTS.items()}


def input_problems(payloads: Mapping[str, Payload]) -> dict[str, str]:
    """Return input -> what went wrong while its data was gathered."""
    keyed = {name: payloads.get(each.key) for name, each in INPUTS.items()}
    return {name: payload.problem for name, payload in keyed.items() if payload is not None and payload.problem}


def _state(wanted: Input, payload: Payload | None, found: frozenset[str], refused: set[str]) -> InputState:
    had = payload is not None and payload.state not in ("error", "missing")
    if wanted.name in found and (had or wanted.name not in _LISTS):
        return "ok"
    if payload is None or not had:
        return "failed"
    if wanted.name in refused:
        return "unusable"
    if wanted.name in _LISTS and payload.state == "present":
        return "ok"
    return "absent"
