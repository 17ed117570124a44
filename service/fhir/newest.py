"""Whether results came newest first: what is missing of a list that was cut short is old then, and else anything."""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec
from msgspec import Raw, Struct

# A server may order by the day of the report instead of that of the specimen.
SLACK = timedelta(days=7)


class _Dated(Struct, rename="camel"):
    resource_type: str
    effective_date_time: str


def newest_first(resources: Iterable[Raw]) -> bool:
    """Return whether no Observation is dated more than a few days after one before it.

    What has no day, and what came before, as pages that overlap bring it, says nothing.
    """
    oldest = date.max
    for day in filter(None, map(_day, dict.fromkeys(map(bytes, resources)))):
        if oldest < date.max - SLACK and day > oldest + SLACK:
            return False
        oldest = min(oldest, day)
    return True


def _day(resource: bytes) -> date | None:
    try:
        found = msgspec.json.decode(resource, type=_Dated)
        return date.fromisoformat(found.effective_date_time[:10]) if found.resource_type == "Observation" else None
    except (ValueError, RecursionError):
        return None
