"""Why a call is not let in: a word for the log and the counter; outside, every refusal looks the same."""

from typing import Literal

Reason = Literal[
    "no-token",
    "too-large",
    "malformed",
    "wrong-type",
    "critical-header",
    "no-key-id",
    "incomplete",
    "unknown-issuer",
    "public-key",
    "bad-audience",
    "expired",
    "not-yet-valid",
    "too-long-lived",
    "unknown-tenant",
    "bad-algorithm",
    "foreign-key-url",
    "no-keys",
    "unknown-key",
    "unfit-key",
    "bad-signature",
    "replayed",
]


class Rejected(Exception):
    """A call that is not let in; ``issuer`` and ``said``, what is at odds, are what its token says, unproven."""

    def __init__(self, reason: Reason, *, issuer: str | None = None, said: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.issuer = issuer
        self.said = said
