"""Strict intake: which of the resources that came are judged as FHIR R4, for clients that ask for it.

``evidence`` judges the resources behind the cards that fired, and only tells. ``all`` judges everything, and no rule
sees what is not valid. Draft orders are never withheld, as orders being written are seldom complete: it is told.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Raw

from hooks.chart import BloodPressure
from hooks.decide import Finding
from hooks.opening import open_payload
from hooks.payload import Payload, kind_of
from hooks.resources import TYPES
from hooks.strict import Flaw, flaws_in, listed_flaws
from service.clients import Client

Invalid = Mapping[bytes, tuple[Flaw, ...]]


def prepare(clients: Iterable[Client]) -> None:
    """Load what judging takes (half a second), if a client asks for it: no call shall wait for that."""
    if any(client.validate != "none" for client in clients):
        flaws_in(Raw(b'{"resourceType":"%s"}' % name.encode()) for name in TYPES)


def invalid_in(payloads: Mapping[str, Payload], client: Client) -> Invalid:
    """Return the resources that ``client`` wants withheld from the rules, each with its flaws."""
    return flaws_in(_resources(payloads)) if client.validate == "all" else {}


def elements(invalid: Invalid) -> dict[bytes, str]:
    """Return the first element of each resource that is not valid."""
    return {raw: flaws[0].where for raw, flaws in invalid.items()}


def validation(
    payloads: Mapping[str, Payload], drafts: Raw, invalid: Invalid, findings: Iterable[Finding], client: Client
) -> dict[str, Any]:
    """Return the ledger's ``validation``: resource, where, problem; nothing where none was judged, or all are valid."""
    if client.validate == "none":
        return {}
    drafted = open_payload(drafts).resources if bytes(drafts) else ()
    if client.validate == "all":
        found = [*invalid.values(), *flaws_in(drafted).values()]
    else:
        found = list(flaws_in(_behind(findings, [*_resources(payloads), *drafted])).values())
    lines = listed_flaws(flaw for flaws in found for flaw in flaws)
    return {"validation": lines} if lines else {}


def _resources(payloads: Mapping[str, Payload]) -> Iterable[Raw]:
    return (raw for payload in payloads.values() for raw in payload.resources)


def _behind(findings: Iterable[Finding], resources: Iterable[Raw]) -> Iterable[Raw]:
    fired = (each.answer for each in findings if each.outcome == "fired" and each.answer)
    facts = [fact for answer in fired for fact in answer.facts]
    pairs = [(each.systolic, each.diastolic) if isinstance(each, BloodPressure) else (each,) for each in facts]
    refs = {each.ref for pair in pairs for each in pair}
    return (raw for raw in resources if _ref(raw) in refs)


def _ref(raw: Raw) -> str:
    kind = kind_of(raw)
    return f"{kind.resource_type}/{kind.id or '?'}"
