"""Patients for the laws: rows of the rules' own example tables, mixed; and everything that is said of one."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from msgspec import Raw

from hooks.cards import Table, deal, indicator_of
from hooks.chart import Chart
from hooks.decide import Finding, decide
from hooks.inputs import TEMPLATES
from hooks.opening import open_payload
from hooks.payload import Payload
from hooks.reader import ReadOptions, read_chart
from hooks.rule import ActiveRule, example_rows
from hooks.rules import load_rules
from hooks.scope import Site
from tests.build import NOT_READ, NOW, PATIENT, drafts_of, resources_of

Resource = dict[str, Any]
Row = dict[str, str]
RULES = [ActiveRule(each, "on", each.defaults) for each in load_rules()]
HOOKS = ("patient-view", "order-select", "order-sign")
_ROWS = [row for each in RULES for row in example_rows(each.rule.examples) if row.get("taking") != NOT_READ]
_ONE_OF = frozenset({"age", "sex", "card", "remark"})
_EXACT = re.compile(rb'"@@([^@"]+)@@"')
law = settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def _mixed(rows: Iterable[Row]) -> Row:
    """Return one patient with the facts of all ``rows``; age and sex are those of the first."""
    whole: Row = {}
    for row in rows:
        for column, cell in row.items():
            if cell and column in whole and column not in _ONE_OF:
                whole[column] = ", ".join(dict.fromkeys([*whole[column].split(", "), *cell.split(", ")]))
            elif cell:
                whole.setdefault(column, cell)
    return whole


patients: st.SearchStrategy[Row] = st.lists(st.sampled_from(_ROWS), min_size=1, max_size=4).map(_mixed)
hooks_fired = st.sampled_from(HOOKS)


def exact(value: object) -> str:
    """Return a number as it stands in JSON, digit by digit."""
    return f"@@{value}@@"


def body_of(resources: Iterable[Resource]) -> bytes:
    """Return a searchset Bundle of ``resources``; numbers made by ``exact`` keep every digit."""
    entries = [{"resource": each} for each in resources]
    whole = json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": entries}).encode()
    return _EXACT.sub(rb"\1", whole)


def chart_of(
    resources: Iterable[Resource], drafts: Iterable[Resource] = (), *, hook: str = "patient-view", now: datetime = NOW
) -> Chart:
    """Return the chart that ``resources`` and ``drafts`` make."""
    drafted = list(drafts) if hook != "patient-view" else []
    payloads = dict.fromkeys(TEMPLATES, Payload("empty")) | {"everything": open_payload(body_of(resources))}
    return read_chart(
        payloads, ReadOptions(PATIENT, now, hook, Site()), drafts=Raw(body_of(drafted)) if drafted else None
    )


def findings_of(chart: Chart) -> list[Finding]:
    """Return what every rule of the hook, those off by default too, says of ``chart``."""
    return decide(chart, [each for each in RULES if chart.hook in each.rule.hooks], Site())


def actions_of(finding: Finding, *, date: bool = True) -> list[str]:
    """Return the suggested actions of a finding that fired, as sorted JSON."""
    numbers = count()
    cards = deal([finding], Table(100, "https://cds.example.org", lambda: str(next(numbers)))).cards
    found = [a for card in cards for made in card.get("suggestions", ()) for a in made["actions"]]
    return sorted(json.dumps(each if date else _undated(each), sort_keys=True) for each in found)


_DATES = frozenset({"occurrenceDateTime", "authoredOn", "recordedDate", "onsetDateTime"})


def _undated(action: dict[str, Any]) -> dict[str, Any]:
    resource = {k: v for k, v in action.get("resource", {}).items() if k not in _DATES}
    return action | {"resource": resource}


def verdicts_of(chart: Chart, *, date: bool = True) -> dict[str, tuple[str, str, list[str]]]:
    """Return rule -> outcome, indicator and actions: what may not change where only the writing changes."""
    return {
        each.active.rule.id: (each.outcome, indicator_of(each), actions_of(each, date=date))
        if each.outcome == "fired"
        else (each.outcome, "", [])
        for each in findings_of(chart)
    }


def whole(row: Row) -> tuple[list[Resource], list[Resource]]:
    """Return the resources and the drafts of ``row``."""
    return _named(resources_of(row)), _named(drafts_of(row.get("draft", "")))


def _named(resources: list[Resource]) -> list[Resource]:
    """Rows that were mixed may hold two results of one day: each gets an id of its own."""
    seen: Counter[str] = Counter()
    named = []
    for each in resources:
        seen[each["id"]] += 1
        named.append(each if seen[each["id"]] == 1 else each | {"id": f"{each['id']}-{seen[each['id']]}"})
    return named


def same_verdicts(row: Row, hook: str, change: Callable[[list[Resource]], list[Resource]]) -> None:
    """Assert that ``change``, made to resources and drafts alike, changes no verdict."""
    resources, drafts = whole(row)
    before = verdicts_of(chart_of(resources, drafts, hook=hook))
    assert verdicts_of(chart_of(change(resources), change(drafts), hook=hook)) == before
