"""Suggestions: only a code that was seen together with its display is ever sent."""

import json
from collections.abc import Iterator

import pytest

from hooks.drafts import UpdateDraft
from hooks.orders import ConditionOrder, DrugOrder, GoalOrder, ServiceOrder
from hooks.rule import Proposal, Rule, Why
from hooks.rules import load_rules
from hooks.terminology.concepts import CODE_ONLY, LOINC, SEEN, Code
from tests.build import drug
from tests.core.charts import chart, scope, scope_of
from tests.core.terminology import CODES, codes_in

WHY = Why("Title of the rule", "Proposed by rule a-rule version 1.")
KNOWN = {(code.system, code.code): code for _, code in CODES}


def proposals_of(rule: Rule) -> Iterator[Proposal]:
    """Yield everything that a rule may propose."""
    for offer in (*(offer for case in rule.cases for offer in case.offers), *rule.offers):
        yield from offer.proposals


PROPOSED = [(rule, proposal) for rule in load_rules() for proposal in proposals_of(rule)]


def codings_in(value: object) -> Iterator[tuple[str, str, str]]:
    """Yield system, code and display of each Coding inside JSON that is not one of FHIR's own."""
    if isinstance(value, list):
        for each in value:
            yield from codings_in(each)
    if isinstance(value, dict):
        for each in value.get("coding", ()):
            if "terminology.hl7.org" not in each["system"]:
                yield each["system"], each["code"], each["display"]
        yield from codings_in(list(value.values()))


def sent(proposal: Proposal, rule: Rule) -> set[tuple[str, str, str]]:
    """Return what a proposal sends; the call holds the draft that it may rewrite."""
    rewritten = sorted(proposal.drugs.ingredients) if isinstance(proposal, UpdateDraft) else []
    drafts = [drug(name, id=name.replace(" ", "-"), status="draft") for name in rewritten]
    actions = proposal.actions(scope_of(chart(drafts=drafts), values=rule.defaults), WHY)
    assert actions or not isinstance(proposal, UpdateDraft)
    return set(codings_in(json.loads(json.dumps(actions))))


def test_only_codes_that_were_seen_with_their_display_are_sent() -> None:
    everything: set[tuple[str, str, str]] = set().union(*(sent(proposal, rule) for rule, proposal in PROPOSED))
    assert len(everything) > 20
    for system, code, display in everything:
        assert (KNOWN[system, code].display, KNOWN[system, code].verified) == (display, SEEN)


def test_no_proposal_holds_a_code_that_may_not_be_sent() -> None:
    held = [(rule.id, code) for rule, proposal in PROPOSED for code in codes_in(proposal)]
    assert len(held) > 100
    assert [(rule, code) for rule, code in held if code.verified != SEEN] == []


GUESSED = Code(LOINC, "1-8", "from memory", "x", CODE_ONLY)


@pytest.mark.parametrize(
    "proposal",
    [
        DrugOrder("x", 1, "mg", code=GUESSED, atc=GUESSED),
        ServiceOrder("x", GUESSED),
        GoalOrder("x", GUESSED, 4.5, "mg/dL"),
        ConditionOrder("x", (GUESSED,)),
    ],
    ids=lambda proposal: type(proposal).__name__,
)
def test_a_code_from_memory_stays_here(proposal: Proposal) -> None:
    (action,) = proposal.actions(scope(), WHY)
    assert list(codings_in(json.loads(json.dumps(action)))) == []
