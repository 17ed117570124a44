"""What the client prefetched -> a payload for each prefetch key."""

from collections.abc import Mapping

from msgspec import Raw

from hooks.decoding import Payload, open_payload


def prefetched(values: Mapping[str, Raw], templates: Mapping[str, str]) -> dict[str, Payload]:
    """Return what was sent by prefetch key: the keys of ``templates``, and what belongs to none of them."""
    return {key: open_payload(raw) for key, raw in values.items()}
