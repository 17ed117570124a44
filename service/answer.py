"""The one use case: a hook request and a client in, cards and a ledger out. Here the two halves meet."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Raw

from hooks.cards import Dealt, Hand, Table, deal
from hooks.chart import Chart
from hooks.decide import Finding, decide
from hooks.decoding import Payload, open_payload
from hooks.ledger import ledger_of
from hooks.publish import prefetch_templates
from hooks.reader import ReadOptions, read_chart
from hooks.request import HookRequest
from hooks.rule import ActiveRule, Rule
from hooks.scope import Site
from hooks.services import CdsService, belongs
from service.clients import Client
from service.config.model import Configuration
from service.dialects import spoken
from service.dialects.incoming import NOT_TRIGGERED, STRIPPED, is_stripped, trigger_of, why_not_triggered
from service.fhir.patient_data import PatientDataSource, access_of
from service.fhir.version import drafts_refused
from service.intake import elements, invalid_in, validation
from service.outcome import outcome
from service.version import VERSION

LEDGER = "org.vascular-cds.ledger"
_SETTLED = frozenset({"fired", "suppressed", "shadow", "not-met"})


@dataclass(frozen=True)
class Desk:
    """Everything a call needs that is not the call; ``clock`` gives aware times, ``public_url`` has no end slash."""

    rules: tuple[Rule, ...]
    configuration: Configuration
    source: PatientDataSource
    clock: Callable[[], datetime]
    new_uuid: Callable[[], str]
    public_url: str


@dataclass(frozen=True)
class Reply:
    """What is sent back: status 200 or 412 with its body; the ledger, the record of cards and the data states.

    ``word`` names a call that could not be answered as others are, ``trigger`` what set it off in an Epic client;
    ``remarks`` say what is odd about its authorization to search.
    """

    status: int
    body: dict[str, Any]
    ledger: dict[str, Any]
    dealt: tuple[Dealt, ...]
    states: Mapping[str, str]
    word: str = ""
    trigger: str = ""
    remarks: tuple[str, ...] = ()


def service_rules(service: CdsService, client: Client | None, configuration: Configuration) -> list[ActiveRule]:
    """Return the rules of ``service`` as they are in force for ``client``, those that are off included."""
    return [each for each in configuration.active_rules(client) if belongs(each.rule, service)]


def templates_of(rules: list[ActiveRule]) -> dict[str, str]:
    """Return the prefetch templates of the rules that are evaluated: on or in shadow."""
    return prefetch_templates(each.rule for each in rules if each.mode != "off")


def answer_call(request: HookRequest, service: CdsService, client: Client, desk: Desk) -> Reply:
    """Return the reply to one hook call."""
    why = why_not_triggered(request, client)
    reply = _unasked(why, request, service, client, desk) if why else _answered(request, service, client, desk)
    word = STRIPPED if reply.status == 412 and is_stripped(request) else reply.word
    return replace(reply, word=word, trigger=trigger_of(request, client))


def _unasked(why: str, request: HookRequest, service: CdsService, client: Client, desk: Desk) -> Reply:
    rules = service_rules(service, client, desk.configuration)
    findings = [Finding(replace(each, mode="off"), "off", lambda: why) for each in rules]
    options = ReadOptions(request.context.patient_id, _now(client, desk), request.hook, site_of(client))
    ledger = _ledger(findings, read_chart({}, options, drafts=Raw()), desk)
    return Reply(200, _body([], ledger, client), ledger, (), {}, word=NOT_TRIGGERED)


def _answered(request: HookRequest, service: CdsService, client: Client, desk: Desk) -> Reply:
    deadline = time.monotonic() + client.budget_ms / 1000
    rules = service_rules(service, client, desk.configuration)
    access = access_of(request, client)
    data = desk.source.gather(request, templates_of(rules), access, deadline=deadline)
    context = request.context
    invalid = invalid_in(data.payloads, client)
    options = ReadOptions(
        context.patient_id, _now(client, desk), request.hook, site_of(client), context.encounter_id, elements(invalid)
    )  # fmt: skip
    chart = read_chart(data.payloads, options, drafts=context.draft_orders, selections=context.selections)
    hand = deal(decide(chart, rules, options.site), _table(client, desk))
    states: dict[str, str] = {key: each.state for key, each in data.payloads.items()}
    checked = validation(data.payloads, context.draft_orders, invalid, hand.findings, client)
    reply = replace(_reply(hand, chart, client, desk, states, data.problems, checked), remarks=access.remarks)
    refusal = drafts_refused(open_payload(context.draft_orders))
    return replace(reply, status=412, body=outcome("error", "not-supported", refusal), dealt=()) if refusal else reply


def explain_chart(payloads: Mapping[str, Payload], patient_id: str, client: Client, desk: Desk) -> dict[str, Any]:
    """Return the ledger of every rule for a patient whose data is at hand, outside of any hook."""
    rules = list(desk.configuration.active_rules(client))
    options = ReadOptions(patient_id, _now(client, desk), "patient-view", site_of(client))
    chart = read_chart(payloads, options, drafts=Raw())
    hand = deal(decide(chart, rules, options.site), _table(client, desk))
    return _ledger(hand.findings, chart, desk)


def site_of(client: Client) -> Site:
    """Return the customs of the client's place."""
    return Site(client.region, client.units, frozenset(client.observation_statuses))


def _now(client: Client, desk: Desk) -> datetime:
    return desk.clock().astimezone(ZoneInfo(client.timezone) if client.timezone != "UTC" else UTC)


def _table(client: Client, desk: Desk) -> Table:
    return Table(desk.configuration.max_cards, desk.public_url, desk.new_uuid, client.missing_data_card)


def _ledger(findings: list[Finding], chart: Chart, desk: Desk) -> dict[str, Any]:
    versions = {"version": VERSION, "config_version": desk.configuration.version}
    return ledger_of(findings, chart) | versions


def _reply(
    hand: Hand,
    chart: Chart,
    client: Client,
    desk: Desk,
    states: dict[str, str],
    problems: tuple[str, ...],
    checked: dict[str, Any],
) -> Reply:
    ledger = _ledger(hand.findings, chart, desk) | checked
    if _undecidable(hand.findings, chart):
        failed = sorted({name for each in hand.findings for name in each.failed})
        why = f" Why: {'; '.join(problems)}." if problems else ""
        words = f"Data needed to decide could not be had: {', '.join(failed)}.{why}"
        return Reply(412, outcome("error", "incomplete", words), ledger, (), states)
    cards, dealt = spoken(hand.cards, hand.dealt, client, desk.new_uuid)
    return Reply(200, _body(cards, ledger, client), ledger, dealt, states)


def _body(cards: list[dict[str, Any]], ledger: dict[str, Any], client: Client) -> dict[str, Any]:
    # CDS Hooks sends nothing empty: where no rule is on, no input is read.
    told = {name: value for name, value in ledger.items() if value}
    return {"cards": cards} | ({"extension": {LEDGER: told}} if client.explain else {})


def _undecidable(findings: list[Finding], chart: Chart) -> bool:
    """A list that came in part leaves rules undecided, too, but it was had."""
    lacking = {name for each in findings for name in each.failed}
    settled = any(each.outcome in _SETTLED for each in findings)
    return not settled and any(chart.inputs.get(name) == "failed" for name in lacking)
