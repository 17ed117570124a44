"""Deciding: what a rule says of a chart, who is left alone, and what a failure does."""

from decimal import Decimal
from typing import Any

import pytest

from hooks.criterion import Answer, Criterion, no, yes
from hooks.decide import decide
from hooks.rule import ActiveRule, Case, Mode, Rule, number
from hooks.scope import Scope, Site
from tests.build import condition, patient, resource
from tests.core.charts import Resource, chart
from tests.core.parts import NO, UNKNOWN, YES, Broken, Fixed, find, rule

FAILED = Fixed("unknown", "not read", failed=["conditions", "statements"])


def outcome(made: Rule, *resources: Resource, **more: Any) -> str:
    return find(made, *resources, **more).outcome


def cases(*answers: Fixed) -> tuple[Case, ...]:
    return tuple(Case(each, "warning", f"Summary {number}.") for number, each in enumerate(answers))


@pytest.mark.parametrize(
    ("when", "unless", "case", "said"),
    [
        (NO, (), YES, "not-met"),
        (NO, (YES,), YES, "not-met"),
        (YES, (), NO, "not-met"),
        (UNKNOWN, (), NO, "not-met"),
        (YES, (YES,), YES, "not-met"),
        (YES, (YES,), UNKNOWN, "not-met"),
        (UNKNOWN, (YES,), YES, "not-met"),
        (YES, (NO, YES), YES, "not-met"),
        (YES, (UNKNOWN,), YES, "unknown"),
        (UNKNOWN, (), YES, "unknown"),
        (YES, (), UNKNOWN, "unknown"),
        (YES, (NO,), UNKNOWN, "unknown"),
        (YES, (UNKNOWN,), UNKNOWN, "unknown"),
        (YES, (), YES, "fired"),
        (YES, (NO, NO), YES, "fired"),
    ],
)
def test_when_unless_and_case_decide(when: Fixed, unless: tuple[Fixed, ...], case: Fixed, said: str) -> None:
    assert outcome(rule(when=when, unless=unless, cases=cases(case))) == said


@pytest.mark.parametrize(
    ("answers", "summary"),
    [
        ((NO, NO), None),
        ((NO, UNKNOWN), None),
        ((NO, YES), "Summary 1."),
        ((UNKNOWN, YES), "Summary 1."),
        ((YES, YES), "Summary 0."),
    ],
)
def test_the_first_case_that_holds_speaks(answers: tuple[Fixed, ...], summary: str | None) -> None:
    found = find(rule(cases=cases(*answers)))
    assert (found.case and found.case.summary) == summary


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (rule(when=Fixed("no", "no CKD")), "no CKD"),
        (rule(cases=cases(Fixed("no", "low"), Fixed("no", "alone"))), "low; alone"),
        (rule(unless=(Fixed("yes", "on dialysis"),)), "excluded: on dialysis"),
        (rule(unless=(Fixed("unknown", "a"), Fixed("unknown", "b"))), "a; b"),
        (rule(cases=cases(Fixed("unknown", "no value"), Fixed("no", "low"))), "no value"),
        (rule(when=Fixed("unknown", "stage"), cases=cases(Fixed("unknown", "value"))), "stage; value"),
        (rule(when=Fixed("yes", "CKD; G4"), cases=cases(Fixed("yes", "G4; high"))), "CKD; G4; high"),
    ],
)
def test_the_reason_says_what_decided(made: Rule, reason: str) -> None:
    assert find(made).reason == reason


def test_the_words_of_the_group_and_of_the_case_are_joined_and_the_case_wins() -> None:
    made = rule(when=Fixed("yes", stage="G4", x="group"), cases=cases(Fixed("yes", value="6", x="case")))
    answer = find(made).answer
    assert answer is not None
    assert answer.values == {"stage": "G4", "value": "6", "x": "case"}


@pytest.mark.parametrize(("group", "case", "soft"), [(False, False, False), (True, False, True), (False, True, True)])
def test_a_finding_is_soft_where_one_part_is(group: bool, case: bool, soft: bool) -> None:
    answer = find(rule(when=Fixed("yes", soft=group), cases=cases(Fixed("yes", soft=case)))).answer
    assert answer is not None
    assert answer.soft is soft


@pytest.mark.parametrize(("mode", "said"), [("off", "off"), ("shadow", "shadow"), ("on", "fired")])
def test_the_mode_decides_whether_it_is_shown(mode: Mode, said: str) -> None:
    assert outcome(rule(), mode=mode) == said


def test_a_rule_that_is_off_is_never_asked() -> None:
    assert find(rule(when=Broken()), mode="off").reason == "switched off"


@pytest.mark.parametrize("where", ["when", "unless", "cases"])
def test_a_rule_that_raises_fails_alone(where: str) -> None:
    broken: dict[str, Any] = {"when": Broken(), "unless": (Broken(),), "cases": (Case(Broken(), "info", "x"),)}
    rules = [ActiveRule(each, "on", {}) for each in (rule("bad", **{where: broken[where]}), rule("good"))]
    found = decide(chart(patient()), rules, Site())
    assert [(each.active.rule.id, each.outcome) for each in found] == [("bad", "failed"), ("good", "fired")]


def test_a_failure_names_its_kind_and_nothing_of_the_patient() -> None:
    assert find(rule(when=Broken())).reason == "the rule failed (ZeroDivisionError); the others were judged"


def test_a_rule_that_reads_what_it_does_not_declare_fails() -> None:
    class Sneaky(Fixed):
        def judge(self, scope: Any) -> Any:
            return scope.labs("phosphate")

    assert find(rule(when=Sneaky("yes"))).reason == "the rule failed (UndeclaredRead); the others were judged"


@pytest.mark.parametrize(
    ("made", "failed"),
    [
        (rule(when=FAILED), {"conditions"}),  # statements are optional
        (rule(unless=(FAILED,)), {"conditions"}),
        (rule(cases=cases(FAILED)), {"conditions"}),
        (rule(cases=cases(Fixed("unknown", failed=["statements"]))), set()),
        (rule(cases=cases(FAILED, YES)), set()),
        (rule(), set()),
    ],
)
def test_an_undecided_rule_names_the_required_inputs_that_failed(made: Rule, failed: set[str]) -> None:
    assert find(made).failed == failed


LISTED = Fixed("unknown", "not read in full", failed=["conditions"])
MOOT = [
    # the rule, whether the rest of the problem list could not have made it fire
    (rule(when=LISTED), False),
    (rule(when=LISTED & YES), False),
    (rule(when=LISTED & UNKNOWN), True),
    (rule(when=LISTED & UNKNOWN & LISTED), True),
    (rule(when=LISTED | UNKNOWN), False),
    (rule(when=(LISTED & UNKNOWN) | (LISTED & UNKNOWN)), True),
    (rule(when=UNKNOWN, cases=cases(LISTED)), True),
    (rule(when=LISTED, cases=cases(UNKNOWN)), True),
    (rule(when=LISTED, cases=cases(UNKNOWN, YES)), False),
    (rule(cases=cases(LISTED, UNKNOWN)), False),
    (rule(unless=(LISTED,)), False),
    (rule(unless=(LISTED, UNKNOWN)), True),
]


@pytest.mark.parametrize(("made", "moot"), MOOT)
def test_what_came_in_part_is_moot_where_the_rest_could_not_have_made_the_rule_fire(made: Rule, moot: bool) -> None:
    found = find(made)
    assert (found.outcome, found.failed, found.moot) == ("unknown", {"conditions"}, moot)


def test_what_could_not_be_had_at_all_is_never_moot() -> None:
    found = find(rule(when=LISTED & UNKNOWN, safety=True), failed=("conditions",))
    assert (found.outcome, found.failed, found.moot) == ("unknown", {"conditions"}, False)


# --- who is left alone


MINOR, DEAD, AGELESS = patient("17"), patient() | {"deceasedBoolean": True}, {"resourceType": "Patient", "id": "p1"}
HOSPICE = condition("hospice")
WARD = resource("Encounter", "e1", **{"class": {"code": "IMP"}})
BARRED = [
    # who, an ordinary rule, a safety rule
    ([MINOR], "not-met", "not-met"),
    ([DEAD], "not-met", "not-met"),
    ([AGELESS], "unknown", "unknown"),
    ([HOSPICE], "not-met", "fired"),
    ([WARD], "not-met", "fired"),
    ([condition("palliative")], "fired", "fired"),
    ([], "fired", "fired"),
]


@pytest.mark.parametrize(("resources", "ordinary", "safety"), BARRED)
def test_some_patients_are_left_alone(resources: list[Resource], ordinary: str, safety: str) -> None:
    assert (outcome(rule(), *resources), outcome(rule(safety=True), *resources)) == (ordinary, safety)


@pytest.mark.parametrize(("found", "said"), [(AGELESS, "fired"), (MINOR, "not-met"), (DEAD, "not-met")])
def test_a_rule_may_speak_without_an_age(found: Resource, said: str) -> None:
    assert outcome(rule(age_may_be_unknown=True), found) == said


class SeesPeers(Criterion):
    """Yes where the settings of "other" can be seen."""

    def judge(self, scope: Scope) -> Answer:
        found = scope.peers["other"]
        return no(lambda: "it is not on") if found is None else yes(lambda: f"limit {found['limit']}")


@pytest.mark.parametrize(("mode", "said"), [("on", "fired"), ("shadow", "not-met"), ("off", "not-met")])
def test_a_rule_sees_the_settings_of_another_that_is_on(mode: Mode, said: str) -> None:
    other = rule("other", settings=(number("limit", "2", "x", low="1", high="3", why="a limit"),))
    rules = [ActiveRule(rule(when=SeesPeers()), "on", {}), ActiveRule(other, mode, {"limit": Decimal(3)})]
    assert decide(chart(patient()), rules, Site())[0].outcome == said


@pytest.mark.parametrize(
    ("failed", "ordinary", "safety", "named"),
    [
        (("conditions",), "unknown", "fired", {"conditions"}),  # hospice cannot be excluded
        (("encounter",), "fired", "fired", set()),
    ],
)
def test_the_general_exclusions_are_not_assumed_absent(
    failed: tuple[str, ...], ordinary: str, safety: str, named: set[str]
) -> None:
    first, second = (find(each, failed=failed) for each in (rule(), rule(safety=True)))
    assert (first.outcome, second.outcome, first.failed) == (ordinary, safety, named)


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        ([MINOR], "age 17 is below 18"),
        ([DEAD], "the patient has died"),
        ([AGELESS], "the patient's age is not known"),
        ([WARD], "the encounter is acute (IMP)"),
    ],
)
def test_why_a_patient_is_left_alone_is_said(resources: list[Resource], reason: str) -> None:
    assert find(rule(), *resources).reason == reason


def test_findings_come_in_the_order_of_the_rules() -> None:
    rules = [ActiveRule(rule(name), "on", {}) for name in ("b", "a", "c")]
    assert [each.active.rule.id for each in decide(chart(patient()), rules, Site())] == ["b", "a", "c"]
