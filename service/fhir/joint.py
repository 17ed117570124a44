"""One search for several keys; where it does not bring all of them, each key is searched alone.

So a frequent analyte pushes out no rare one, and one bad resource, or one search that hangs, blinds no other key.
"""

from collections.abc import Callable, Mapping
from functools import partial

from hooks.payload import Payload
from service.fhir.batches import Batch, shared_out
from service.fhir.crew import Crew
from service.fhir.paging import incomplete
from service.fhir.search import NOT_PERMITTED, asked, fetch, kind_in, no_answer, not_permitted
from service.fhir.server import RESTING, Server
from service.outbound.answers import LATE, UNREACHED
from service.outbound.client import Unreachable

Outcome = Callable[[], Payload]

MOST_PAGES = 3
# An answer just as long as servers like to make them may have been cut there, even if it names no next page.
USUAL_LENGTHS = frozenset({20, 50, 100, 200, 500, 1000})
_FORBIDDEN = 403
_OVERLOADED = (429, 503)
_NOTHING = Payload("empty")


def run(batch: Batch, server: Server, crew: Crew) -> dict[str, Outcome]:
    """Return what gives the payload of each key, found or still being searched."""
    try:
        whole = asked(server, batch.path, most_pages=MOST_PAGES)
    except Unreachable as failure:
        settled = _settled(failure, server, kind_in(batch.path))
        return _all(batch, settled) if settled else _alone(batch, dict.fromkeys(batch.paths, _NOTHING), server, crew)
    if whole.state == "error" and server.access.scopes.exclude(kind_in(batch.path)):
        return _all(batch, whole)
    parts = shared_out(whole, batch.paths)
    if whole.state == "error" or whole.problem or len(whole.resources) in USUAL_LENGTHS:
        return _alone(batch, parts, server, crew)
    return {key: partial(_same, part) for key, part in parts.items()}


def late(batch: Batch) -> dict[str, Outcome]:
    """Return what stands in for a search that is late."""
    return _all(batch, no_answer(LATE))


def _settled(failure: Unreachable, server: Server, kind: str) -> Payload | None:
    """Return the payload of every key, if the single searches would fail as well; None if one of them may not."""
    if failure.status in NOT_PERMITTED:
        in_part = failure.status == _FORBIDDEN and server.access.scopes.narrowed
        return None if in_part else not_permitted(server, kind)
    if failure.status in _OVERLOADED or failure.reason in (UNREACHED, RESTING):
        return no_answer(failure.reason)
    return None


def _alone(batch: Batch, parts: Mapping[str, Payload], server: Server, crew: Crew) -> dict[str, Outcome]:
    return {
        key: crew.start(partial(_search, server, path, parts[key]), _instead(parts[key], no_answer(LATE)))
        for key, path in batch.paths.items()
    }


def _search(server: Server, path: str, part: Payload) -> Payload:
    found = fetch(server, path)
    return _instead(part, found) if found.state == "error" else found


def _instead(part: Payload, failed: Payload) -> Payload:
    """Return what was found before a search failed, marked; the failure if that is nothing."""
    return incomplete(part, failed.problem or "") if part.resources else failed


def _all(batch: Batch, payload: Payload) -> dict[str, Outcome]:
    return dict.fromkeys(batch.paths, partial(_same, payload))


def _same(payload: Payload) -> Payload:
    return payload
