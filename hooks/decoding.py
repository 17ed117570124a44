"""JSON bytes -> the structs of ``hooks.resources``, tolerantly; a Bundle's entries one by one.

A resource that fits is cheap. One that does not is repaired (a scalar where a list belongs, a list where one
object belongs, a number written as a string) and only then given up, with its reason.
"""

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Raw, Struct

from hooks.resources import TYPES, CodeableConcept, Element

PayloadState = Literal["present", "empty", "error", "missing"]


class Unreadable(ValueError):
    """A resource that cannot be read, even after repair; the message names the element, never its value."""


class Payload(Struct, frozen=True):
    """What came for one prefetch key, or from one search.

    ``problem`` says in words why the state is ``error`` or ``missing``, or why what is ``present`` may not be all;
    ``next_page`` is the Bundle's next link; ``lacking`` counts the entries that its total promises beyond those it
    holds, where it names no next page; ``outcomes`` counts the OperationOutcomes that came beside the resources.
    """

    state: PayloadState
    resources: tuple[Raw, ...] = ()
    next_page: str | None = None
    problem: str | None = None
    lacking: int = 0
    outcomes: int = 0


class Kind(Element):
    """Just enough to know what a resource is."""

    resource_type: str | None = None
    id: str | None = None


class _Entry(Element):
    resource: Raw = Raw()
    search: Raw = Raw()
    response: Raw = Raw()


class _Link(Element):
    relation: str | None = None
    url: str | None = None


class _Bundle(Element):
    entry: list[_Entry] | None = None
    link: list[_Link] | None = None
    total: Raw = Raw()


class _Issue(Element):
    severity: str | None = None
    code: str | None = None
    details: Raw = Raw()


class _Outcome(Element):
    issue: list[_Issue] | None = None


NOT_COMPLETE = "it is not known to be complete"
_NO_RESULTS = b'"4101"'
"""Epic's code for "Resource request returns no results"."""
_NOTHING = (b"", b"null")
_INCLUDED = b'"include"'
"""In an entry's search: the mode of what was not itself searched for."""
_IN_PART = frozenset({"incomplete", "suppressed", "timeout", "throttled", "too-costly"})
"""Codes of FHIR R4 issue-type that say of any severity that results are or may be missing."""

_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in TYPES.items()}
_KIND = msgspec.json.Decoder(Kind)
_DIGITS = 10
_BUNDLE = msgspec.json.Decoder(_Bundle)


def open_payload(raw: bytes | Raw) -> Payload:
    """Return the resources inside one prefetch value or search answer, and its state."""
    if bytes(raw).strip() == b"null":
        return Payload("empty")
    kind = kind_of(raw).resource_type
    if kind == "Bundle":
        return _open_bundle(raw)
    if kind == "OperationOutcome":
        return Payload("error", problem="the value is an OperationOutcome")
    if kind is None and _is_empty_object(raw):
        return Payload("empty")
    if kind is None:
        return Payload("error", problem="the value is not a FHIR resource")
    return Payload("present", (raw if isinstance(raw, Raw) else Raw(raw),))


def _is_empty_object(raw: bytes | Raw) -> bool:
    """Return whether ``raw`` is {}, however it is spaced."""
    return bytes(raw).translate(None, b" \t\r\n") == b"{}"


def _open_bundle(raw: bytes | Raw) -> Payload:
    try:
        bundle = _BUNDLE.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Payload("error", problem="the Bundle does not have the shape of a FHIR Bundle")
    full = [each for each in bundle.entry or () if bytes(each.resource) not in _NOTHING]
    kinds = [kind_of(each.resource).resource_type for each in full]
    outcomes = [each.resource for each, kind in zip(full, kinds, strict=True) if kind == "OperationOutcome"]
    held = [each for each, kind in zip(full, kinds, strict=True) if kind != "OperationOutcome"] if outcomes else full
    problem = _failure(bundle, outcomes, beside=bool(held)) or _gap(bundle, full, kinds)
    following = _linked(bundle, "next") or None
    lacking = 0 if following else _lacking(_number(bundle.total), held, outcomes)
    if held:
        resources = tuple(each.resource for each in held)
        return Payload("present", resources, following, problem, lacking, len(outcomes))
    if problem:
        return Payload("error", problem=problem, outcomes=len(outcomes))
    return Payload("empty", next_page=following, lacking=lacking, outcomes=len(outcomes))


def _failure(bundle: _Bundle, outcomes: list[Raw], *, beside: bool) -> str | None:
    if not any(_is_failure(each, searched=bytes(bundle.total) == b"0") for each in outcomes):
        return None
    return (
        f"an error came beside the results: {NOT_COMPLETE}" if beside else "the Bundle holds only an OperationOutcome"
    )


def _lacking(total: int, held: list[_Entry], outcomes: list[Raw]) -> int:
    """Return how many entries ``total`` promises beyond those there are; what was included is never counted."""
    # Some count an outcome that tells of nothing found.
    there = len(held or outcomes)
    included = sum(_INCLUDED in bytes(each.search) for each in held) if total else 0
    return max(0, total - there + included)


def _gap(bundle: _Bundle, full: list[_Entry], kinds: list[str | None]) -> str | None:
    """Return what shows that a Bundle does not hold all that it could."""
    entries = bundle.entry or ()
    if len(entries) > len(full) and any(bytes(e.response) and bytes(e.resource) in _NOTHING for e in entries):
        return f"it holds an answer without a resource: {NOT_COMPLETE}"
    if "Bundle" in kinds:
        return f"it holds a Bundle, which is not read: {NOT_COMPLETE}"
    if any(link.relation == "next" and not link.url for link in bundle.link or ()):
        return f"it names a next page without its address: {NOT_COMPLETE}"
    return None


def counted(payload: Payload) -> Payload:
    """Return ``payload``, marked if it lacks entries: usable if it holds something, never known to be empty."""
    if not payload.lacking or payload.problem:
        return payload
    problem = f"it holds fewer entries than its total: {NOT_COMPLETE}"
    return msgspec.structs.replace(payload, state="present" if payload.resources else "error", problem=problem)


def _number(total: Raw) -> int:
    digits = bytes(total).strip(b'"')
    return int(digits) if digits.isdigit() and len(digits) < _DIGITS else 0


def _linked(bundle: _Bundle, relation: str) -> str | None:
    return next((link.url for link in bundle.link or () if link.relation == relation), None)


def self_link(raw: bytes | Raw) -> str | None:
    """Return the search that a Bundle says it answers; None where it says none, or is no Bundle."""
    try:
        return _linked(_BUNDLE.decode(raw), "self")
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def _is_failure(outcome: Raw, *, searched: bool) -> bool:
    """Return whether an outcome tells of a failure; ``searched``: its Bundle says that nothing was found."""
    try:
        issues = msgspec.json.decode(outcome, type=_Outcome).issue or ()
    except (msgspec.DecodeError, UnicodeDecodeError):
        return True
    return any(_is_grave(issue) and not (searched and _says_nothing_found(issue)) for issue in issues)


def _is_grave(issue: _Issue) -> bool:
    return issue.severity in ("error", "fatal") or issue.code in _IN_PART


def _says_nothing_found(issue: _Issue) -> bool:
    return issue.code == "not-found" or _NO_RESULTS in bytes(issue.details)


def kind_of(raw: bytes | Raw) -> Kind:
    """Return the type and id of a resource; both None where there is nothing to be read."""
    try:
        return _KIND.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Kind()


class _Coded(Element):
    code: CodeableConcept | None = None


def decode_code(raw: bytes | Raw) -> CodeableConcept | None:
    """Return only the code of a resource that cannot be read whole; raise Unreadable."""
    try:
        return msgspec.json.decode(raw, type=_Coded).code
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Unreadable("its code cannot be read") from error


def decode(raw: bytes | Raw, resource_type: str) -> Element:
    """Return the struct of ``resource_type`` (a key of TYPES) read from ``raw``; raise Unreadable."""
    try:
        return _DECODERS[resource_type].decode(raw)
    except msgspec.ValidationError:
        return _repaired(raw, TYPES[resource_type])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Unreadable("it is not JSON") from error


def _repaired(raw: bytes | Raw, kind: type[Element]) -> Element:
    try:
        return msgspec.convert(_mend(msgspec.json.decode(raw), kind), kind, strict=False)
    except msgspec.ValidationError as error:
        raise Unreadable(f"it does not fit FHIR R4 at {_path(error)}") from error
    except (msgspec.DecodeError, RecursionError, OverflowError, UnicodeDecodeError) as error:
        raise Unreadable("it is not JSON") from error


def _path(error: msgspec.ValidationError) -> str:
    return str(error).partition(" - at `")[2].rstrip("`") or "its root"


def _mend(value: Any, wanted: Any) -> Any:  # noqa: ANN401 (any JSON)
    wanted = _without_none(wanted)
    if get_origin(wanted) is list:
        items = value if isinstance(value, list) else [value]
        return [_mend(item, get_args(wanted)[0]) for item in items if item is not None]
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(wanted, type) and issubclass(wanted, Element) and isinstance(value, dict):
        return _mend_members(value, wanted)
    if wanted is str and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _mend_members(value: dict[str, Any], wanted: type[Element]) -> dict[str, Any]:
    hints = get_type_hints(wanted)
    members = {field.encode_name: hints[field.name] for field in msgspec.structs.fields(wanted)}
    return {key: _mend(value[key], hint) for key, hint in members.items() if value.get(key) is not None}


def _without_none(wanted: Any) -> Any:  # noqa: ANN401 (any type annotation)
    if get_origin(wanted) in (Union, UnionType):
        return next(kind for kind in get_args(wanted) if kind is not type(None))
    return wanted
