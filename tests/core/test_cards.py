"""Cards: which findings get one, in which order, and what stands on it."""

import re
from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest

from hooks.card_text import detail, summary
from hooks.cards import DATA_UNAVAILABLE, Hand, Table, deal, indicator_of
from hooks.chart import Lab
from hooks.criteria import has, ordering, taking
from hooks.decide import Finding
from hooks.drafts import RemoveDraft
from hooks.inputs import INPUTS
from hooks.orders import DrugOrder, ServiceOrder
from hooks.rule import Case, Line, Offer, Proposal
from hooks.terminology.conditions import CKD_STAGE_4
from hooks.terminology.medications import CALCIUM_SALTS, STATINS
from hooks.words import Wording
from tests.build import blood_pressure, concept, condition, drug, lab, patient
from tests.core.charts import ICD10CM, Resource, chart
from tests.core.parts import NO, UNKNOWN, YES, Fixed, find, fired, rule

CLOSING = "The clinician decides; consider the patient's goals. Leaving things as they are is an option."


def hand(*findings: Finding, max_cards: int = 5, missing: bool = True) -> Hand:
    numbers = count(1)
    return deal(findings, Table(max_cards, "https://cds.example.org", lambda: f"uuid-{next(numbers)}", missing))


def shown(*findings: Finding, **more: Any) -> list[str]:
    """Return the rules that got a card, in order."""
    return [card["source"]["topic"]["code"] for card in hand(*findings, **more).cards]


def only_card(*findings: Finding, **more: Any) -> dict[str, Any]:
    (card,) = hand(*findings, **more).cards
    return card


# --- families


def member(name: str, indicator: str, place: int = 0, family: str = "phosphate") -> Finding:
    return fired(name, indicator, family=family, place=place)


@pytest.mark.parametrize(
    ("findings", "cards"),
    [
        ([], []),
        ([member("a", "info", family=""), member("b", "info", family="")], ["a", "b"]),
        ([member("a", "info", family="bp"), member("b", "info")], ["a", "b"]),
        ([member("a", "info"), member("b", "warning")], ["b"]),  # the higher indicator
        ([member("a", "warning", 2), member("b", "warning", 1)], ["b"]),  # then the lower place
        ([member("a", "warning", 1), member("b", "warning", 2), member("c", "info", 0)], ["a"]),
        ([member("a", "critical"), member("b", "warning")], ["a"]),
        ([member("a", "critical"), member("b", "critical")], ["a", "b"]),  # never into each other
        ([member("a", "critical"), member("b", "critical"), member("c", "critical")], ["a", "b", "c"]),
    ],
)
def test_a_family_collapses_into_its_highest_card(findings: list[Finding], cards: list[str]) -> None:
    assert sorted(shown(*findings)) == cards


def test_the_winner_gives_the_words_of_those_it_speaks_for_and_what_their_evidence_supports() -> None:
    detail = only_card(member("a", "warning"), member("b", "info"), member("c", "info"))["detail"]
    assert (
        "**This card also speaks for:**\n\n- **Title of b:** Summary of b. honestly\n- **Title of c:** Summary of c. honestly\n\n"
        in detail
    )


def test_a_member_that_collapsed_is_recorded_as_suppressed() -> None:
    found = hand(member("a", "warning"), member("b", "info")).findings
    assert [(each.outcome, each.reason) for each in found] == [
        ("fired", "yes"),
        ("suppressed", "the card of a speaks for it; yes"),
    ]


def safety(name: str, *drafts: str, place: int = 0, indicator: str = "warning", when: Any = None) -> Finding:
    case = Case(when or ordering(STATINS, CALCIUM_SALTS), indicator, "x")
    made = rule(name, group="order-safety", safety=True, place=place, case=case)
    return find(made, drafts=[drug(text, id=text, status="draft") for text in drafts])


@pytest.mark.parametrize(
    ("findings", "cards"),
    [
        ([safety("a", "atorvastatin", place=1), safety("b", "atorvastatin", place=2)], ["a"]),
        ([safety("a", "atorvastatin"), safety("b", "calcium carbonate")], ["a", "b"]),
        ([safety("a", "atorvastatin", place=1), safety("b", "atorvastatin", "calcium acetate", place=2)], ["a", "b"]),
        ([safety("a", "atorvastatin", "calcium acetate", place=1), safety("b", "calcium acetate", place=2)], ["a"]),
        ([safety("a", "atorvastatin", when=YES), safety("b", "atorvastatin", when=YES)], ["a", "b"]),  # about no draft
        ([safety("a", "atorvastatin", indicator="critical"), safety("b", "atorvastatin")], ["a"]),
        ([safety("a", "x", when=YES), fired("b", "warning", group="order-safety")], ["a", "b"]),
    ],
)
def test_safety_cards_collapse_by_the_draft_they_are_about(findings: list[Finding], cards: list[str]) -> None:
    assert sorted(shown(*findings)) == cards


def test_a_drug_that_is_taken_makes_no_family() -> None:
    made = [rule(name, group="order-safety", case=Case(taking(STATINS), "warning", "x")) for name in ("a", "b")]
    assert sorted(shown(*(find(each, drug("atorvastatin")) for each in made))) == ["a", "b"]


# --- rank


def dated(name: str, days_ago: int, place: int = 0, family: str = "") -> Finding:
    facts: tuple[Lab, ...] = chart(lab("pth", 500, days_ago=days_ago)).labs["pth"]
    return fired(name, "info", case_when=Fixed("yes", facts=facts), place=place, family=family)


def test_in_a_family_the_place_wins_over_a_more_recent_value() -> None:
    assert shown(dated("a", 3, place=2, family="bp"), dated("b", 9, place=1, family="bp")) == ["b"]


@pytest.mark.parametrize(
    ("findings", "order"),
    [
        ([fired("a", "info"), fired("b", "warning"), fired("c", "critical")], "c b a"),
        ([fired("a", "warning", group="lipids"), fired("b", "info", group="order-safety")], "a b"),
        (
            [
                fired("a", group="experimental"),
                fired("b", group="interventional"),
                fired("c", group="lipids"),
                fired("d", group="mineral"),
                fired("e", group="order-safety"),
            ],
            "e d c b a",
        ),
        ([fired("a", place=2), fired("b", place=1)], "b a"),
        ([dated("a", 9), dated("b", 3), fired("c", "info")], "b a c"),  # the more recent value first
        ([dated("a", 9, place=1), dated("b", 3, place=2)], "b a"),  # the place counts only on the same day
        ([dated("a", 3, place=2), dated("b", 3, place=1)], "b a"),
        ([fired("a"), fired("b")], "a b"),
    ],
)
def test_cards_are_ranked_by_indicator_then_group_then_recency_then_place(findings: list[Finding], order: str) -> None:
    assert shown(*findings) == order.split()


# --- the limit


@pytest.mark.parametrize(
    ("indicators", "limit", "cards"),
    [
        ("info info", 2, 2),
        ("info info info", 2, 2),
        ("critical info info", 2, 2),
        ("critical critical info", 2, 2),
        ("critical critical critical", 2, 3),  # critical ones are never dropped
        ("critical critical critical warning", 1, 3),
    ],
)
def test_at_most_so_many_cards_but_every_critical_one(indicators: str, limit: int, cards: int) -> None:
    findings = [fired(f"r{number}", indicator) for number, indicator in enumerate(indicators.split())]
    assert len(shown(*findings, max_cards=limit)) == cards


def test_what_was_cut_is_named_on_the_last_card_and_recorded() -> None:
    dealt = hand(fired("a", "warning"), fired("b", "info"), fired("c", "info"), max_cards=1)
    assert dealt.cards[-1]["detail"].endswith(
        "Not shown because the limit of cards was reached: Title of b; Title of c."
    )
    assert [each.reason for each in dealt.findings[1:]] == ["the limit of cards was reached; yes"] * 2


def test_what_collapsed_into_a_card_that_was_cut_is_named_too() -> None:
    dealt = hand(fired("a", "critical"), member("b", "warning"), member("c", "info"), max_cards=1)
    assert {name for name in ("Title of b", "Title of c") if name in dealt.cards[0]["detail"]} == {
        "Title of b",
        "Title of c",
    }


# --- the indicator


PALLIATIVE = condition("palliative")


@pytest.mark.parametrize(
    ("indicator", "soft", "resources", "is_safety", "level"),
    [
        ("info", False, [], False, "info"),
        ("info", True, [], False, "info"),
        ("warning", False, [], False, "warning"),
        ("warning", True, [], False, "info"),
        ("critical", False, [], False, "critical"),
        ("critical", True, [], False, "warning"),
        ("info", False, [PALLIATIVE], False, "info"),
        ("warning", False, [PALLIATIVE], False, "info"),
        ("warning", False, [PALLIATIVE], True, "warning"),
        ("critical", False, [PALLIATIVE], False, "critical"),
    ],
)
def test_an_indicator_drops_for_unverified_inputs_and_in_palliative_care(
    indicator: Any, soft: bool, resources: list[Resource], is_safety: bool, level: str
) -> None:
    case = Case(Fixed("yes", soft=soft), indicator, "x")
    assert indicator_of(find(rule(case=case, safety=is_safety), *resources)) == level


@pytest.mark.parametrize("finding", [find(rule(when=NO)), find(rule(when=UNKNOWN)), find(rule(), mode="off")])
def test_only_a_finding_that_fired_has_an_indicator(finding: Finding) -> None:
    with pytest.raises(ValueError, match=r"^only a finding that fired has an indicator$"):
        indicator_of(finding)


@pytest.mark.parametrize("finding", [find(rule(when=NO)), find(rule(), mode="shadow"), find(rule(), mode="off")])
def test_only_what_fired_gets_a_card(finding: Finding) -> None:
    assert hand(finding).cards == []


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


# --- suggestions


def offers(*made: Offer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = only_card(find(rule(offers=made))).get("suggestions", [])
    return found


ORDER = ServiceOrder("Phosphate")


@pytest.mark.parametrize(
    ("offer", "stands"),
    [
        (Offer("x", (ORDER,)), True),
        (Offer("x", (ORDER,), YES), True),
        (Offer("x", (ORDER,), NO), False),
        (Offer("x", (ORDER,), UNKNOWN), False),  # a gate that is not known to hold
        (Offer("x", ()), False),
        (Offer("x", (RemoveDraft(STATINS),)), False),  # nothing to remove
    ],
)
def test_an_offer_stands_only_where_it_is_known_to_hold(offer: Offer, stands: bool) -> None:
    assert bool(offers(offer)) is stands


@pytest.mark.parametrize("made", [(), (Offer("x", (ORDER,), NO),)])
def test_a_card_without_suggestions_has_no_selection_behaviour(made: tuple[Offer, ...]) -> None:
    card = only_card(find(rule(offers=made)))
    assert not {"suggestions", "selectionBehavior"} & card.keys()


SEVELAMER = DrugOrder("sevelamer 800 mg", 800, "mg")


@pytest.mark.parametrize(
    ("made", "behaviour"),
    [
        ((ORDER,), "any"),
        ((ORDER, ORDER), "any"),
        ((SEVELAMER, ORDER), "any"),  # a drug, and a test beside it
        ((SEVELAMER, SEVELAMER), "at-most-one"),  # alternatives
    ],
)
def test_only_drugs_that_replace_each_other_exclude_each_other(made: tuple[Proposal, ...], behaviour: str) -> None:
    offers = tuple(Offer("x", (each,)) for each in made)
    assert only_card(find(rule(offers=offers)))["selectionBehavior"] == behaviour


def test_the_offers_of_the_case_come_first() -> None:
    case = Case(YES, "info", "x", offers=(Offer("first", (ORDER,)),))
    card = only_card(find(rule(case=case, offers=(Offer("second", (ORDER,)),))))
    assert [each["label"] for each in card["suggestions"]] == ["first", "second"]


def test_one_offer_at_most_is_recommended() -> None:
    made = offers(Offer("a", (ORDER,)), Offer("b", (ORDER,), recommended=True), Offer("c", (ORDER,), recommended=True))
    assert [each.get("isRecommended") for each in made] == [None, True, None]


def test_every_card_and_suggestion_has_a_fresh_uuid() -> None:
    dealt = hand(fired("a", offers=(Offer("x", (ORDER,)), Offer("y", (ORDER,)))), fired("b"))
    uuids = [card["uuid"] for card in dealt.cards] + [each["uuid"] for each in dealt.cards[0]["suggestions"]]
    assert len(set(uuids)) == 4


# --- the frame


def test_a_card_names_its_source_and_its_rule() -> None:
    assert only_card(fired("a-rule"))["source"] == {
        "label": "KDIGO 2017 CKD-MBD guideline update",
        "url": "https://cds.example.org/rules/a-rule",
        "topic": {"system": "urn:vascular-cds:rules", "code": "a-rule", "display": "Title of a-rule"},
    }


def test_a_card_offers_reasons_for_overriding_it() -> None:
    assert only_card(fired("a"))["overrideReasons"] == [
        {"code": "other", "system": "urn:vascular-cds:override-reasons", "display": "Other (free text)"}
    ]


def test_the_record_of_a_card_holds_nothing_of_the_patient() -> None:
    dealt = hand(fired("a", "info", offers=(Offer("x", (ORDER,)),))).dealt[0]
    assert (dealt.card_uuid, dealt.suggestion_uuids) == ("uuid-2", ("uuid-1",))
    assert (dealt.rule_id, dealt.rule_version, dealt.indicator) == ("a", 1, "info")


# --- data that could not be read


def blocked(name: str, *failed: str) -> Finding:
    return find(rule(name, when=Fixed("unknown", failed=failed)))


def test_rules_that_could_not_be_checked_make_one_card() -> None:
    card = only_card(blocked("a", "phosphate"), blocked("b", "phosphate", "conditions"))
    assert (card["indicator"], card["source"]["topic"]["code"]) == ("info", DATA_UNAVAILABLE)
    assert card["summary"] == "Some checks could not be made: phosphate and problem list could not be read in full."
    assert card["detail"].endswith("Not checked:\n\n- Title of a\n- Title of b")


@pytest.mark.parametrize(
    ("findings", "options"),
    [
        ([blocked("a")], {}),  # absent, not unreadable
        ([blocked("a", "statements")], {}),  # optional
        ([find(rule("a", when=Fixed("unknown") & Fixed("unknown", failed=["phosphate"])))], {}),  # undecided anyway
        ([blocked("a", "phosphate")], {"missing": False}),  # switched off
        ([], {}),
    ],
)
def test_no_such_card_otherwise(findings: Sequence[Finding], options: dict[str, Any]) -> None:
    assert hand(*findings, **options).cards == []


@pytest.mark.parametrize(
    ("failed", "named"),
    [
        (["pth"], "intact PTH"),
        (["pth", "inr", "alt"], "ALT, INR and intact PTH"),
        (["pth", "inr", "alt", "ast"], "ALT, AST and 2 more"),
    ],
)
def test_at_most_three_inputs_are_named_in_its_summary(failed: list[str], named: str) -> None:
    summary = only_card(blocked("a", *failed))["summary"]
    assert summary == f"Some checks could not be made: {named} could not be read in full."


LABELS = sorted((each for each in INPUTS.values() if not each.optional), key=lambda each: len(each.label))


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_its_summary_stays_below_140_characters(number: int) -> None:
    assert len(only_card(blocked("a", *(each.name for each in LABELS[-number:])))["summary"]) < 140


def test_it_comes_last_and_is_recorded() -> None:
    dealt = hand(blocked("a", "phosphate"), fired("b"))
    assert [card["source"]["topic"]["code"] for card in dealt.cards] == ["b", DATA_UNAVAILABLE]
    assert [each.rule_id for each in dealt.dealt] == ["b", DATA_UNAVAILABLE]


def test_a_finding_keeps_its_place_whatever_became_of_it() -> None:
    findings = [blocked("a", "phosphate"), fired("b", "info"), fired("c", "warning"), find(rule("d", when=NO))]
    assert [each.active.rule.id for each in hand(*findings, max_cards=1).findings] == ["a", "b", "c", "d"]


def test_the_patient_of_these_tests_is_an_adult() -> None:
    assert find(rule(), patient()).outcome == "fired"


@pytest.mark.parametrize("finding", [find(rule(when=NO)), find(rule(), mode="off")])
def test_a_finding_that_did_not_fire_has_no_words(finding: Finding) -> None:
    assert (summary(finding), detail(finding, [])) == ("", "")


def test_no_room_for_any_card_is_no_mistake() -> None:
    dealt = hand(fired("a"), max_cards=0)
    assert (dealt.cards, dealt.findings[0].outcome) == ([], "suppressed")
