"""Every rule against the clinical specification, where it lies beside the repository: what a machine can compare."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from hooks.rule import Rule
from tests.acceptance.valid import RULES

FILE = Path(__file__).parents[3] / "shared" / "clinical" / "rules.yaml"
SPECIFIED: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["rules"] if FILE.is_file() else []
_NUMBER = re.compile(r"([A-Za-z0-9]+) (?:ULN or )?([\d.]+)(?: ([^\[]*?))? ?\[([\d.]+)-([\d.]+)\]")
_SWITCH = re.compile(r"([A-Za-z0-9]+) (true|false)$")

each_rule = pytest.mark.parametrize("told", SPECIFIED, ids=lambda told: told["id"])


@pytest.mark.skipif(not SPECIFIED, reason="the clinical specification is not beside the repository")
def test_every_rule_of_the_specification_is_there_and_no_other() -> None:
    assert RULES.keys() == {told["id"] for told in SPECIFIED}


@each_rule
def test_hooks_default_and_override_reasons_are_as_specified(told: dict[str, Any]) -> None:
    rule = RULES[told["id"]]
    assert set(rule.hooks) == set(told["hooks"])
    assert rule.default_mode == ("on" if told["default"] else "off")
    assert list(rule.override_reasons) == told["overrides"]


@each_rule
def test_no_case_speaks_louder_than_the_specification(told: dict[str, Any]) -> None:
    levels = ("info", "warning", "critical")
    loudest = max(levels.index(case.indicator) for case in RULES[told["id"]].cases)
    said = {told["indicator"].split()[0], *re.findall(r"\b(?:warning|critical)\b", f"{told['trigger']} {told['why']}")}
    assert loudest <= max(map(levels.index, said))


def _numbers(rule: Rule) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    return {
        each.name: (each.default, each.low, each.high)
        for each in rule.settings
        if not isinstance(each.default, bool) and each.low is not None and each.high is not None
    }


@each_rule
def test_settings_have_their_names_defaults_and_safe_bounds(told: dict[str, Any]) -> None:
    parts = [part.strip() for line in told["config"] for part in line.split(";")]
    numbers = {
        name: (Decimal(default), Decimal(low), Decimal(high))
        for found in map(_NUMBER.match, parts) if found
        for name, default, low, high in [(found[1], found[2], found[4], found[5])]
    }  # fmt: skip
    switches = {found[1]: found[2] == "true" for found in map(_SWITCH.match, parts) if found and found[1] != "enabled"}
    rule = RULES[told["id"]]
    assert numbers.items() <= _numbers(rule).items()
    assert switches.items() <= {s.name: s.default for s in rule.settings if isinstance(s.default, bool)}.items()


FAMILIES = [
    ["statin-ascvd-high-intensity", "ldl-severe-190", "statin-indicated-ckd", "statin-indicated-diabetes",
     "cac-guided-statin", "statin-primary-prevention-risk"],
    ["phosphate-persistent-start-binder", "phosphate-on-calcium-binder-switch", "phosphate-on-calcium-free-escalate",
     "phosphate-single-high-repeat"],
    ["bp-severe", "bp-above-target"],
]  # fmt: skip


@pytest.mark.parametrize("members", FAMILIES, ids=lambda members: members[0])
def test_a_family_ranks_as_specified(members: list[str]) -> None:
    assert len({RULES[each].family for each in members}) == 1
    places = [RULES[each].place for each in members]
    assert places == sorted(set(places))


def test_order_rules_rank_in_the_order_of_the_specification() -> None:
    places = [rule.place for rule in RULES.values() if rule.group == "order-safety"]
    named = [RULES[told["id"]].place for told in SPECIFIED if told["id"].startswith("order-")]
    assert sorted(places) == list(range(1, 23))
    assert named == sorted(named)
