"""One read or search on a FHIR server, with all its pages."""

from hooks.payload import Payload
from service.fhir.paging import MAX_PAGES, complete
from service.fhir.server import Server, opened
from service.outbound.client import Unreachable

NOT_PERMITTED = (401, 403)

# How a server answers that knows another FHIR version, or is not one.
_DOUBTFUL = frozenset({400, 404, 406, 415})
_NO_SUCH = {
    "Patient": Payload("error", problem="the FHIR server has no such patient"),
    "Encounter": Payload("empty"),
}


def fetch(server: Server, path: str) -> Payload:
    """Return what the server has for one read or search."""
    try:
        return asked(server, path)
    except Unreachable as failure:
        return _refused(server, failure, path)


def asked(server: Server, path: str, *, most_pages: int = MAX_PAGES) -> Payload:
    """Return what the server has for one read or search; raise Unreachable where it does not answer that."""
    kind, is_search, url = kind_in(path), "?" in path, f"{server.base}/{path}"
    if server.access.scopes.exclude(kind):
        return Payload("error", problem=_no_scope(kind))
    body = server.get(url, server.access.bases)
    return complete(server, opened(body, "Bundle" if is_search else kind), url, most_pages=most_pages)


def kind_in(path: str) -> str:
    """Return the resource type that a read or search asks for."""
    return path.partition("?")[0].partition("/")[0]


def no_answer(reason: str) -> Payload:
    """Return the payload of a search that brought nothing."""
    return Payload("error", problem=f"no answer from the FHIR server: {reason}")


def not_permitted(server: Server, kind: str) -> Payload:
    """Return the payload of a search that the server forbids."""
    if server.access.scopes.lack(kind):
        return Payload("error", problem=f"not permitted by the FHIR server: {_no_scope(kind)}")
    return Payload("error", problem="not permitted by the FHIR server")


def _refused(server: Server, failure: Unreachable, path: str) -> Payload:
    kind, is_read = kind_in(path), "?" not in path
    if failure.status in NOT_PERMITTED:
        return not_permitted(server, kind)
    if failure.status in (404, 410) and is_read and kind in _NO_SUCH:
        return _NO_SUCH[kind]
    if failure.status in _DOUBTFUL:
        server.doubtful = True
    return no_answer(failure.reason)


def _no_scope(kind: str) -> str:
    return f"the token's scope has no read access to {kind}"
