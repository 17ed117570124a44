"""The cards of the examples in the rules."""

from typing import Any
from uuid import uuid4

from hooks.cards import Table, deal
from tests.test_rules import EXAMPLES, LEVELS, judge

_TABLE = Table(5, "https://cds.example.org", lambda: str(uuid4()))


def example_cards() -> list[dict[str, Any]]:
    """The card of every example of every rule that says there is one."""
    speaking = (judge(rule, row) for rule, _, row in EXAMPLES if row["card"] in LEVELS)
    return [card for finding in speaking for card in deal([finding], _TABLE).cards]
