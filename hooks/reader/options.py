"""What a reader has to be told about a call."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from msgspec import Struct

from hooks.scope import Site


class ReadOptions(Struct, frozen=True):
    """Whose chart it is, the time of the call in the client's time zone, and the customs of its place.

    ``encounter`` is the one that the call names, by id or reference; no other Encounter is used. ``invalid`` maps
    the bytes of resources that shall not be used, as they are not valid, to the element that is not.
    """

    patient_id: str
    now: datetime
    hook: str = "patient-view"
    site: Site = Site()
    encounter: str | None = None
    invalid: Mapping[bytes, str] = {}

    @property
    def zone(self) -> tzinfo:
        """Return the client's time zone."""
        return self.now.tzinfo or UTC
