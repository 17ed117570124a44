"""Prefetch templates -> what a client could not fill or would not understand.

Source: CDS Hooks 2.0.1, "Prefetch tokens" and "Prefetch query restrictions", the hook library's tables of context
fields; search parameters are those of FHIR R4 that US Core servers are asked to support, and the few beside them.
"""

import re
from collections.abc import Collection, Iterator, Mapping

HOOK_TOKENS: Mapping[str, Mapping[str, bool]] = {
    hook: {"userId": True, "patientId": True, "encounterId": False}
    for hook in ("patient-view", "order-select", "order-sign")
}
"""Hook -> context field that may be a token -> whether the hook requires it."""

USER_TOKENS = frozenset({"userPractitionerId", "userPractitionerRoleId", "userPatientId", "userRelatedPersonId"})
PARAMETERS: Mapping[str, Mapping[str, str]] = {
    "AllergyIntolerance": {"patient": "reference", "clinical-status": "token"},
    "Condition": {"patient": "reference", "category": "token", "clinical-status": "token", "code": "token"},
    "Encounter": {"patient": "reference", "date": "date", "class": "token", "status": "token"},
    "Goal": {"patient": "reference", "lifecycle-status": "token", "start-date": "date"},
    "MedicationRequest": {"patient": "reference", "status": "token", "intent": "token", "authoredon": "date"},
    "MedicationStatement": {"patient": "reference", "status": "token", "effective": "date"},
    "Observation": {"patient": "reference", "category": "token", "code": "token", "status": "token", "date": "date"},
    "Patient": {},
    "Procedure": {"patient": "reference", "status": "token", "code": "token", "date": "date"},
    "ServiceRequest": {"patient": "reference", "status": "token", "category": "token", "code": "token",
                       "authored": "date"},
}  # fmt: skip
"""Resource type -> search parameter -> its kind."""

_TOKEN = re.compile(r"\{\{(.*?)\}\}")
_READ = re.compile(r"([A-Za-z]+)/\{\{[^{}]+\}\}")
_SEARCH = re.compile(r"([A-Za-z]+)\?([^?]+)")
_VALUES: Mapping[str, re.Pattern[str]] = {
    "reference": re.compile(r"(Patient/)?\{\{[^{}]+\}\}"),
    "token": re.compile(r"[^\s{}&=]+"),
    "date": re.compile(r"(eq|lt|gt|ge|le)?(\d{4}(-\d\d(-\d\d)?)?|\{\{[^{}]+\}\})"),
}
_BEYOND: Mapping[str, re.Pattern[str]] = {
    "joins resources": re.compile(r"_include.*|_revinclude.*|_has.*|.*\..*"),
    "is no parameter of R4": re.compile(r"_maxresults|sort:.*"),
}


def template_faults(hook: str, templates: Mapping[str, str], optional: Collection[str]) -> list[str]:
    """Return what is wrong, in words that name the key, with the ``templates`` (key -> query) of a service of ``hook``.

    ``optional`` are the keys that the service can do without.
    """
    if hook not in HOOK_TOKENS:
        return [f"hook {hook}: its tokens are not known"]
    return [
        f"{key}: {fault}"
        for key, query in templates.items()
        for fault in (*_token_faults(query, HOOK_TOKENS[hook], needed=key not in optional), *_query_faults(query))
    ]


def _token_faults(query: str, fields: Mapping[str, bool], *, needed: bool) -> Iterator[str]:
    if re.search(r"[{}]", _TOKEN.sub("", query)):
        yield "a token is not closed, or not opened"
    for token in _TOKEN.findall(query):
        name = token.removeprefix("context.")
        if token not in USER_TOKENS and (name == token or name not in fields):
            yield f"token {token} is none that this hook allows"
        elif needed and not fields.get(name):
            yield f"token {token} may have no value, but the key is required"


def _query_faults(query: str) -> Iterator[str]:
    read, search = _READ.fullmatch(query), _SEARCH.fullmatch(query)
    found = read or search
    if re.search(r"[=/]\{\{context\.userId\}\}", query):
        yield "token context.userId holds a type and an id: it is no id, and no patient"
    if found is None:
        yield "it is neither a read (Type/{{token}}) nor a search (Type?name=value)"
    elif found[1] not in PARAMETERS:
        yield f"type {found[1]} is none that servers are known to be asked for"
    elif search:
        yield from _search_faults(search[1], [part.partition("=")[::2] for part in search[2].split("&")])


def _search_faults(kind: str, pairs: list[tuple[str, str]]) -> Iterator[str]:
    names = [name for name, _ in pairs]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield f"parameter {name} is repeated: some clients join the two values by OR"
    if "patient" not in names:
        yield "it does not ask for one patient"
    for name, value in pairs:
        yield from _parameter_faults(name, value, PARAMETERS[kind])


def _parameter_faults(name: str, value: str, known: Mapping[str, str]) -> Iterator[str]:
    if not value:
        yield f"parameter {name} has no value"
    elif name == "_count":
        yield from () if re.fullmatch(r"[1-9]\d{0,3}", value) else ["_count is no number from 1 to 9999"]
    elif name == "_sort":
        unknown = (each for each in value.split(",") if each.removeprefix("-") not in known)
        yield from (f"_sort by {each} is not known to be widely supported" for each in unknown)
    else:
        yield from _filter_faults(name, value, known)


def _filter_faults(name: str, value: str, known: Mapping[str, str]) -> Iterator[str]:
    plain_name, _, modifier = name.partition(":")
    kind = known.get(plain_name)
    beyond = next((why for why, pattern in _BEYOND.items() if pattern.fullmatch(name)), None)
    if beyond:
        yield f"parameter {name} {beyond}"
    elif kind is None:
        yield f"parameter {plain_name} is not known to be widely supported"
    elif modifier and (modifier, kind) != ("in", "token"):
        yield f"modifier :{modifier} of {plain_name} is not allowed"
    elif not all(_VALUES[kind].fullmatch(each) for each in value.split(",")):
        yield f"the value of {plain_name} has not the form of a {kind}"
