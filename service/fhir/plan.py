"""What a call needs no request for, and what it has to search."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from hooks.decoding import Payload
from hooks.prefetched import prefetched
from hooks.request import HookRequest
from service.fhir.medications import REFERRING
from service.fhir.paging import complete, incomplete
from service.fhir.search import fetch, no_answer
from service.fhir.server import Server
from service.fhir.templates import resolved
from service.outbound.answers import LATE

MISSING = Payload("missing", problem="it was not sent, and there is no access to the FHIR server")
NO_ANSWER = no_answer(LATE)


@dataclass(frozen=True)
class Search:
    """One search to run, and what stands in for it if it is late."""

    run: Callable[[], Payload]
    late: Payload
    has_drugs: bool = False


@dataclass(frozen=True)
class Plan:
    """What is settled by the prefetch, and the searches for the rest."""

    settled: dict[str, Payload]
    searches: dict[str, Search]

    @property
    def from_nothing(self) -> tuple[str, ...]:
        """Return the searched keys for which nothing usable had been prefetched."""
        return tuple(key for key, search in self.searches.items() if search.late.state == "error")


def plan(request: HookRequest, templates: Mapping[str, str], server: Server | None) -> Plan:
    """Return what the prefetch settles and what ``server`` has to be asked, if there is one."""
    paths = {key: path for key, each in templates.items() if (path := resolved(each, request.context))}
    sent = prefetched(request.values, templates)
    settled, searches = {}, {}
    for key in paths | sent:
        payload, path = sent.get(key, MISSING), paths.get(key)
        search = _search(server, payload, path) if server and path else None
        if search:
            searches[key] = search
        else:
            settled[key] = complete(None, payload)
    return Plan(settled, searches)


def _search(server: Server, payload: Payload, path: str) -> Search | None:
    has_drugs = path.partition("?")[0] in REFERRING
    if payload.state in ("missing", "error"):
        return Search(partial(fetch, server, path), NO_ANSWER, has_drugs)
    if payload.next_page:
        return Search(partial(complete, server, payload), incomplete(payload, LATE), has_drugs)
    return None
