"""Every rule keeps its own promises: its examples hold, its settings matter, an empty chart never speaks."""

from decimal import Decimal
from functools import cache

import pytest

from hooks.card_text import summary
from hooks.cards import Table, deal, indicator_of
from hooks.chart import Chart
from hooks.decide import Finding, decide
from hooks.rule import ActiveRule, Rule, Setting, example_rows
from hooks.rules import load_rules
from hooks.scope import Site
from hooks.services import SERVICES, belongs
from hooks.terminology.reasons import REASONS
from tests.build import chart_of

RULES = load_rules()
LEVELS = frozenset({"info", "warning", "critical"})
EXAMPLES = [(rule, n, row) for rule in RULES for n, row in enumerate(example_rows(rule.examples))]
ROWS = [pytest.param(rule, row, id=f"{rule.id}-{n}") for rule, n, row in EXAMPLES]
SPEAKING = [pytest.param(rule, row, id=f"{rule.id}-{n}") for rule, n, row in EXAMPLES if row["card"] in LEVELS]
SETTINGS = [pytest.param(rule, s, id=f"{rule.id}-{s.name}") for rule in RULES for s in rule.settings]
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)


def judge(rule: Rule, row: dict[str, str], **values: Decimal | bool) -> Finding:
    drafted = row.get("draft") and "order-sign" in rule.hooks
    hook = "order-sign" if drafted or "patient-view" not in rule.hooks else "patient-view"
    active = ActiveRule(rule, "on", rule.defaults | set_by(row) | values)
    return decide(charted(tuple(row.items()), hook), [active], Site())[0]


@cache
def charted(cells: tuple[tuple[str, str], ...], hook: str) -> Chart:
    return chart_of(dict(cells), hook=hook)


def set_by(row: dict[str, str]) -> dict[str, Decimal | bool]:
    """Return the settings that a row names in its column "settings": ``showInfoCard true, minGaps 3``."""
    pairs = (each.split() for each in row.get("settings", "").split(",") if each.strip())
    return {name: value == "true" if value in ("true", "false") else Decimal(value) for name, value in pairs}


def spoken(finding: Finding) -> str:
    if finding.outcome == "fired":
        return indicator_of(finding)
    return {"not-met": "no"}.get(finding.outcome, finding.outcome)


def said(finding: Finding) -> tuple[str, str]:
    return spoken(finding), summary(finding) if finding.outcome == "fired" else ""


@pytest.mark.parametrize(("rule", "row"), ROWS)
def test_example_holds(rule: Rule, row: dict[str, str]) -> None:
    finding = judge(rule, row)
    assert spoken(finding) == row["card"], finding.reason


@each_rule
def test_examples_show_yes_no_and_unknown(rule: Rule) -> None:
    shown = {row["card"] for row in example_rows(rule.examples)}
    assert {"no", "unknown"} <= shown
    assert shown & LEVELS


@each_rule
def test_an_empty_chart_never_speaks(rule: Rule) -> None:
    assert spoken(judge(rule, {})) in {"no", "unknown"}


@pytest.mark.parametrize(("rule", "setting"), SETTINGS)
def test_a_setting_inside_its_bounds_changes_what_an_example_says(rule: Rule, setting: Setting) -> None:
    rows = example_rows(rule.examples)
    tried = [not setting.default] if isinstance(setting.default, bool) else [setting.low, setting.high]
    before = [said(judge(rule, row)) for row in rows]
    after = [[said(judge(rule, row, **{setting.name: value})) for row in rows] for value in tried if value is not None]
    assert any(answers != before for answers in after), f"{setting.name} changes no example"


@pytest.mark.parametrize(("rule", "setting"), SETTINGS)
def test_a_setting_has_a_default_inside_its_bounds_and_a_reason(rule: Rule, setting: Setting) -> None:
    assert setting.why
    if isinstance(setting.default, bool):
        return
    assert setting.low is not None
    assert setting.high is not None
    assert setting.low <= setting.default <= setting.high


@each_rule
def test_a_rule_is_named_for_its_file_and_cites_its_sources(rule: Rule) -> None:
    assert rule.evidence
    assert all(cite.source.url.startswith("https://") for cite in rule.evidence)
    assert rule.override_reasons
    assert set(rule.override_reasons) <= set(REASONS)
    assert any(belongs(rule, service) for service in SERVICES)


@pytest.mark.parametrize(("rule", "row"), SPEAKING)
def test_every_card_can_be_dealt(rule: Rule, row: dict[str, str]) -> None:
    finding = judge(rule, row)
    numbers = iter(range(1000))
    hand = deal([finding], Table(5, "https://cds.example.org", lambda: f"uuid-{next(numbers)}"))
    assert hand.cards
    for card in hand.cards:
        assert 0 < len(card["summary"]) < 140, card["summary"]
        assert "{" not in card["summary"]
        assert "None" not in card["summary"]
        assert not {"you must", "failure to"} & {card["summary"].lower(), card["detail"].lower()}
        assert ("suggestions" in card) == ("selectionBehavior" in card)


def test_at_most_ten_rules_use_judged() -> None:
    from hooks.criteria import Judged
    from hooks.criterion import Criterion

    def parts(criterion: Criterion) -> list[Criterion]:
        inner = [*getattr(criterion, "parts", ()), *([criterion.part] if hasattr(criterion, "part") else [])]
        return [criterion, *(each for part in inner for each in parts(part))]

    def uses(rule: Rule) -> bool:
        roots = [rule.when, *rule.unless, *(case.when for case in rule.cases)]
        return any(type(each) is Judged for root in roots for each in parts(root))

    assert sum(uses(rule) for rule in RULES) <= 10
