"""What a request says beyond CDS Hooks 2.0.1, as agreed with the client: Epic's trigger, and a call without data.

Source: Epic on FHIR, "CDS Hooks Tutorial": request extensions; a call to an address other than the registered one
is made without data and token.
"""

import re

import msgspec
from msgspec import Raw

from hooks.request import HookRequest
from service.clients import Client

TRIGGER = "com.epic.cdshooks.request.bpa-trigger-action"
"""60 = chart opened, 18 = order entered, 23 = orders signed, 5 = advisory section; text or number."""
STRIPPED, NOT_TRIGGERED = "stripped_request", "not_triggered"

_DIGITS = re.compile(r"[0-9]{1,6}")


def trigger_of(request: HookRequest, client: Client) -> str:
    """Return the number of the Epic trigger behind the call; "" where an Epic client sent none that is one."""
    if client.dialect != "epic" or not bytes(request.extension):
        return ""
    try:
        members = msgspec.json.decode(request.extension, type=dict[str, Raw])
        found = str(msgspec.json.decode(members.get(TRIGGER, b"null"), type=int | str | None))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return ""
    return found if _DIGITS.fullmatch(found) else ""


def why_not_triggered(request: HookRequest, client: Client) -> str:
    """Return why this client wants no cards for the call; "" where it wants them."""
    if request.hook != "patient-view" or not client.only_triggers:
        return ""
    trigger = trigger_of(request, client)
    if trigger in client.only_triggers:
        return ""
    if not trigger:
        return "no trigger that can be read was sent, and only_triggers is set"
    return f"trigger {trigger} is not among only_triggers"


def is_stripped(request: HookRequest) -> bool:
    """Return whether the call came with neither data nor a way to them."""
    return not request.prefetch and not request.fhir_server
