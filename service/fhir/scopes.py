"""SMART scopes, version 1 (``user/Observation.read``) and 2 (``patient/Observation.rs``), read as hints.

A scope that is written in other words says nothing. One that is SMART throughout and has no read access to a type
saves the request: only what a token is authorized for may be asked (CDS Hooks 2.0.1, "FHIR Resource Access").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RESOURCE = re.compile(
    r"(?P<level>patient|user|system)/(?P<type>[A-Z][A-Za-z]*|\*)\.(?P<may>read|write|\*|c?r?u?d?s?)(?P<only>\?\S+)?"
)
_OTHER = re.compile(r"openid|fhirUser|profile|online_access|offline_access|launch(?:/[a-z]+)?")
_NO_READING = re.compile(r"write|[cud]+")
_LONGEST = 20_000


@dataclass(frozen=True)
class Scopes:
    """What a token's scope says: the types it reads, for how many kinds of patient, and whether all of it is SMART.

    ``narrowed``: of some type it reads a part, such as the Observations of one category.
    """

    reads: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    all_smart: bool = False
    narrowed: bool = False

    def lack(self, resource_type: str) -> bool:
        """Return whether the scope names resources, and these are not among them."""
        return bool(self.levels) and self.reads.isdisjoint({resource_type, "*"})

    def exclude(self, resource_type: str) -> bool:
        """Return whether the scope is SMART throughout and certainly has no read access to these."""
        return self.all_smart and self.lack(resource_type)


UNSAID = Scopes()


def scopes_of(text: str | None) -> Scopes:
    """Return what the scope of a token says; nothing where it is missing or not SMART."""
    words = text.split() if text and len(text) <= _LONGEST else []
    found = [each for word in words if (each := _RESOURCE.fullmatch(word)) and each["may"]]
    smart = len(found) + sum(_OTHER.fullmatch(word) is not None for word in words)
    return Scopes(
        frozenset(_read(found)),
        frozenset(each["level"] for each in found),
        all_smart=bool(words) and smart == len(words),
        narrowed=any(each["only"] for each in found),
    )


def _read(found: list[re.Match[str]]) -> Iterator[str]:
    yield from (each["type"] for each in found if not _NO_READING.fullmatch(each["may"]))
