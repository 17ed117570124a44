"""How far each input could be had: ok, absent, unusable, failed. Source: interface, "Data that is missing"."""

from collections.abc import Iterable, Mapping

from hooks.chart import InputState, SetAside
from hooks.inputs import INPUTS, TEMPLATES, Input
from hooks.payload import NOT_COMPLETE, Payload

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


_OTHER_NAME = f"it was sent under another name: {NOT_COMPLETE}"


def input_states(
    payloads: Mapping[str, Payload],
    found: frozenset[str],
    set_aside: Iterable[SetAside],
    elsewhere: frozenset[str] = frozenset(),
) -> dict[str, InputState]:
    """Return the state of every input.

    ``found`` names those with at least one usable value or resource, ``elsewhere`` those of which one came under a
    name that is no prefetch key.
    """
    refused = {each.about for each in set_aside}
    return {name: _state(each, payloads.get(each.key), found, refused, elsewhere) for name, each in INPUTS.items()}


def input_problems(payloads: Mapping[str, Payload], elsewhere: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return input -> what went wrong while its data was gathered, or why it is not known to be complete."""
    keyed = {name: _problem(each, payloads.get(each.key), elsewhere) for name, each in INPUTS.items()}
    return {name: problem for name, problem in keyed.items() if problem}


def _problem(wanted: Input, payload: Payload | None, elsewhere: frozenset[str]) -> str | None:
    if wanted.name in elsewhere and (payload is None or payload.state == "missing"):
        # One resource that is read is whole, whatever it is called; a list may lack entries.
        return _OTHER_NAME if "?" in TEMPLATES[wanted.key] else None
    return payload.problem if payload else None


def _had(payload: Payload | None) -> bool:
    return payload is not None and payload.state not in ("error", "missing")


def _state(
    wanted: Input, payload: Payload | None, found: frozenset[str], refused: set[str], elsewhere: frozenset[str]
) -> InputState:
    had = _had(payload)
    if wanted.name in elsewhere or (wanted.name in found and (had or wanted.name not in _LISTS)):
        return "ok"
    if payload is None or not had:
        return "failed"
    if wanted.name in refused:
        return "unusable"
    if wanted.name in _LISTS and payload.state == "present":
        return "ok"
    return "absent"
