"""What stands on a card: its summary and its detail."""

import re

import pytest

from hooks.criteria import has, taking
from hooks.rule import Case, Line
from hooks.terminology.conditions import CKD_STAGE_4
from hooks.terminology.medications import STATINS
from hooks.words import Wording
from tests.build import blood_pressure, concept, condition, drug, lab
from tests.core.charts import ICD10CM, Resource
from tests.core.dealing import CLOSING, only_card
from tests.core.parts import NO, UNKNOWN, YES, Fixed, find, rule

# --- the summary


@pytest.mark.parametrize(
    ("template", "values", "summary"),
    [
        ("Phosphate {p}. Consider diet.", {"p": "6 mg/dL"}, "Phosphate 6 mg/dL. Consider diet."),
        ("{p} is high.", {"p": "phosphate"}, "Phosphate is high."),
        ("{p} is low.", {"p": "eGFR"}, "eGFR is low."),
        ("{drug}.", {"drug": "two\nlines\u202e"}, "Two lines."),
        ("x" * 139, {}, "X" + "x" * 138),
    ],
)
def test_a_summary_is_its_template_with_the_values(template: str, values: dict[str, str], summary: str) -> None:
    case = Case(Fixed("yes", **values), "info", template)
    assert only_card(find(rule(case=case)))["summary"] == summary


LONG = "hydroxy" * 40


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("{drug} is active. Consider stopping it.", {"drug": LONG}),
        ("{drug} and {reason}. Consider stopping it.", {"drug": LONG, "reason": LONG}),
        ("{drug}, {drug}, {drug}: consider stopping it.", {"drug": LONG}),
        ("a" * 100 + " {drug} and {reason} {value}", {"drug": LONG, "reason": "x" * 60, "value": "y" * 30}),
        ("a" * 138 + "{drug}", {"drug": LONG}),
        ("a" * 139 + "{drug}", {"drug": LONG}),
    ],
)
def test_a_summary_stays_below_140_characters(template: str, values: dict[str, str]) -> None:
    case = Case(Fixed("yes", **values), "info", template)
    assert len(only_card(find(rule(case=case)))["summary"]) < 140


def test_a_long_name_is_shortened_and_the_advice_is_not() -> None:
    case = Case(Fixed("yes", drug=LONG), "info", "{drug} is active. Consider a calcium-free binder.")
    summary = only_card(find(rule(case=case)))["summary"]
    assert summary.startswith("Hydroxy")
    assert summary.endswith("… is active. Consider a calcium-free binder.")


def test_only_the_longest_word_is_shortened() -> None:
    case = Case(Fixed("yes", drug=LONG, value="6.1 mg/dL"), "info", "{drug}: phosphate {value}. " + "x" * 60)
    assert "phosphate 6.1 mg/dL." in only_card(find(rule(case=case)))["summary"]


def test_a_rule_may_work_out_words_of_its_own() -> None:
    made = rule(values={"n": Wording(lambda _: "42", frozenset())}, case=Case(YES, "info", "The answer is {n}."))
    assert only_card(find(made))["summary"] == "The answer is 42."


# --- the detail


def test_a_detail_says_why_the_values_the_evidence_and_who_decides() -> None:
    made = rule(when=Fixed("yes", "CKD G4"), show=("phosphate",), lines=(Line("Advice."),))
    assert only_card(find(made, lab("phosphate", 6, days_ago=10)))["detail"].split("\n\n") == [
        "**Why:** CKD G4; yes.",
        "**Values:**",
        "- Phosphate 6 mg/dL (5 Jan 2026)",
        "Advice.",
        "**What the evidence supports:** honestly",
        "**Sources:**",
        "- KDIGO 2017 CKD-MBD guideline update 4.1.6 (2B): says so",
        CLOSING,
    ]


@pytest.mark.parametrize(
    ("resources", "failed", "line"),
    [
        ([], (), "- Phosphate: none on record"),
        ([], ("phosphate",), "- Phosphate: could not be read"),
        ([lab("phosphate", 6, days_ago=3, status="cancelled")], (), "- Phosphate: set aside: its status is cancelled"),
        ([lab("phosphate", 6, days_ago=10)], (), "- Phosphate 6 mg/dL (5 Jan 2026)"),
        ([lab("phosphate", 6, days_ago=10), lab("phosphate", 5, days_ago=20)], (), "- Phosphate 6 mg/dL (5 Jan 2026)"),
    ],
)
def test_a_value_is_shown_or_why_there_is_none(resources: list[Resource], failed: tuple[str, ...], line: str) -> None:
    assert line in only_card(find(rule(show=("phosphate",)), *resources, failed=failed))["detail"].split("\n")


def test_the_last_four_pressures_are_shown() -> None:
    readings = [blood_pressure(150 + age, 90, days_ago=age) for age in range(1, 7)]
    detail = only_card(find(rule(show=("blood-pressure",)), *readings))["detail"]
    assert detail.count("- Blood pressure ") == 4
    assert "- Blood pressure 151/90 mmHg (14 Jan 2026)" in detail


@pytest.mark.parametrize(
    ("line", "there"),
    [
        (Line("Advice."), True),
        (Line("Advice.", YES), True),
        (Line("Advice.", NO), False),
        (Line("Advice.", UNKNOWN), False),
    ],
)
def test_a_line_is_shown_where_it_holds(line: Line, there: bool) -> None:
    assert ("Advice." in only_card(find(rule(lines=(line,))))["detail"]) is there


def test_the_lines_of_the_case_come_first() -> None:
    case = Case(YES, "info", "x", lines=(Line("First."),))
    assert "First.\n\nSecond." in only_card(find(rule(case=case, lines=(Line("Second."),))))["detail"]


def test_a_line_may_hold_values_which_are_escaped() -> None:
    case = Case(Fixed("yes", drug="<b>x</b>"), "info", "x", lines=(Line("Taking {drug}."),))
    assert "Taking &lt;b&gt;x&lt;/b&gt;." in only_card(find(rule(case=case)))["detail"]


@pytest.mark.parametrize(
    ("failed", "show", "resources", "caveat"),
    [
        ((), (), [], None),
        (("encounter",), (), [], None),  # not worth a word
        (("statements",), (), [], "**Could not be read in full:** medication statements."),
        (
            (),
            ("phosphate",),
            [lab("phosphate", 6, days_ago=3), lab("phosphate", 5, days_ago=4, valueQuantity={"value": 5})],
            "**Set aside:** phosphate (it has no unit).",
        ),
    ],
)
def test_what_was_not_seen_is_said(
    failed: tuple[str, ...], show: tuple[str, ...], resources: list[Resource], caveat: str | None
) -> None:
    made = rule(when=~taking(STATINS), show=show)
    detail = only_card(find(made, *resources, failed=failed))["detail"]
    assert (
        (caveat in detail)
        if caveat
        else ("**Could not be read in full:**" not in detail and "**Set aside:**" not in detail)
    )


@pytest.mark.parametrize(("resources", "there"), [([], False), ([condition("hospice")], True)])
def test_a_safety_card_in_hospice_asks_whether_it_matters(resources: list[Resource], there: bool) -> None:
    detail = only_card(find(rule(safety=True), *resources))["detail"]
    assert ("Comfort-focused care is on record" in detail) is there


HOSTILE = "<img src=x onerror=alert(1)> [click](https://evil.example) **now** `x` | # &"


def test_hostile_text_of_a_resource_can_do_nothing_on_a_card() -> None:
    made = rule(
        when=has(CKD_STAGE_4), case=Case(taking(STATINS), "info", "{drug}: {problem}", lines=(Line("{problem}"),))
    )
    sick = condition("ckd-stage-4", code=concept(ICD10CM, "N18.4", HOSTILE))
    detail = only_card(find(made, sick, drug(f"atorvastatin {HOSTILE}")))["detail"]
    assert not re.search(r"<img|(?<!\\)\]\(|\*\*now|(?<!\\)`x|https://evil", detail)


def test_a_long_reason_is_cut() -> None:
    detail = only_card(find(rule(when=Fixed("yes", "x" * 5000))))["detail"]
    assert len(detail) < 1500
