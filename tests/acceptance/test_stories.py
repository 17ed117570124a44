"""Every story at every hook that it concerns: what story.md asks for, and the golden cards word for word.

``pytest tests/acceptance/test_stories.py --update-golden`` writes the golden cards anew; a clinician reads the diff.
"""

import pytest

from service.sandbox.fixtures import ANCHOR, Story
from tests.acceptance.conftest import ServiceFor
from tests.acceptance.stories import SAID, STORIES, Scene, cards_of, ledger_of, normal, scenes, section
from tests.acceptance.valid import RULES, faults, topic

each_scene = pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
each_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)

# It silences the other statin rules on dialysis; its own card is off unless a site switches it on.
SILENT = frozenset({"statin-dialysis"})


@each_scene
def test_what_the_story_asks_for_is_said_and_nothing_else(scene: Scene, service_for: ServiceFor) -> None:
    cards = cards_of(scene, service_for(None))
    assert {(topic(card), card["indicator"]) for card in cards} == scene.said()
    assert faults(cards, scene.story.name) == []


@each_scene
def test_the_story_and_its_golden_cards_agree(scene: Scene, update_golden: bool) -> None:
    if update_golden:
        pytest.skip("the golden cards are being written")
    golden = scene.golden_cards()
    assert {(topic(card), card["indicator"]) for card in golden} == scene.said()
    assert [topic(card) for card in golden if scene.not_said(topic(card))] == []


@each_scene
def test_the_cards_are_the_golden_cards(scene: Scene, service_for: ServiceFor, update_golden: bool) -> None:
    found = normal(cards_of(scene, service_for(None)))
    if update_golden:
        scene.file.write_text(found, encoding="utf-8")
    assert found == scene.golden()


@each_scene
def test_no_rule_fails(scene: Scene, service_for: ServiceFor) -> None:
    assert "failed" not in {line["outcome"] for line in ledger_of(scene, service_for(None)).values()}


@pytest.mark.parametrize(
    ("name", "rule", "outcome", "because"),
    [
        ("hospice-comfort-care", "phosphate-on-calcium-binder-switch", "not-met", "hospice"),
        ("hospice-comfort-care", "hypercalcaemia-reduce-calcium-load", "not-met", "hospice"),
        ("hospice-comfort-care", "bp-above-target", "not-met", "hospice"),
        ("hospice-comfort-care", "t2d-hba1c-out-of-target", "not-met", "hospice"),
        ("hospice-comfort-care", "smoking-cessation", "not-met", "hospice"),
        ("hospice-comfort-care", "statin-ascvd-high-intensity", "not-met", "hospice"),
        ("hospice-comfort-care", "statin-indicated-ckd", "not-met", "hospice"),
        ("esrd-without-dialysis-evidence", "shpt-dialysis-calcimimetic", "unknown", "dialysis"),
        ("haemodialysis-high-phosphate-pth", "bp-above-target", "not-met", "haemodialysis"),
        ("dialysis-limb-ischaemia-statin", "statin-ascvd-high-intensity", "not-met", "haemodialysis"),
        ("dialysis-limb-ischaemia-statin", "statin-dialysis", "not-met", "showinfocard"),
        ("dialysis-limb-ischaemia-statin", "t2d-glp1ra-cardiorenal", "not-met", "gastroparesis"),
        ("faecal-impaction-orders", "phosphate-persistent-start-binder", "not-met", "impaction"),
        ("critical-calcium", "hypercalcaemia-reduce-calcium-load", "not-met", "critically high"),
        ("pregnancy-severe-pressure-orders", "ckd-albuminuria-rasi", "not-met", "pregnant"),
        ("high-potassium-orders", "t2d-ckd-finerenone", "not-met", "potassium 6.2"),
        ("severe-blood-pressure", "bp-above-target", "suppressed", "bp-severe"),
        ("checks-overdue", "ckd-progression-nephrology-referral", "unknown", "no usable egfr"),
    ],
)
def test_the_ledger_says_why_a_rule_is_silent(
    name: str, rule: str, outcome: str, because: str, service_for: ServiceFor
) -> None:
    (story,) = (each for each in STORIES if each.name == name)
    line = ledger_of(Scene(story, "patient-view"), service_for(None))[rule]
    assert line["outcome"] == outcome
    assert because in line["reason"].lower()


@pytest.mark.parametrize("rule", [each.id for each in RULES.values() if each.default_mode == "on"])
def test_every_rule_that_is_on_is_asked_for_by_a_story_and_forbidden_by_another(rule: str) -> None:
    said = {scene.story.name for scene in scenes() for name, _ in scene.said() if name == rule}
    forbidden = {story.name for story in STORIES if f"`{rule}`" in section(story, "Must not be said")}
    assert said or rule in SILENT
    assert forbidden - said


@each_story
def test_a_story_has_its_sections_and_each_card_that_it_asks_for_can_be_read(story: Story) -> None:
    # A line that is written in another way would silently ask for nothing.
    asked = section(story, "Must be said")
    assert all((asked, section(story, "Who"), section(story, "Must not be said")))
    assert asked.count("\n- `") + asked.startswith("- `") == len(SAID.findall(asked))


@each_story
def test_a_story_names_rules_and_hooks_that_there_are(story: Story) -> None:
    hooks = {"patient-view", *story.contexts(ANCHOR)}
    for rule, named, level in SAID.findall(section(story, "Must be said")):
        assert rule in RULES
        assert set(named.split(" and ")) <= hooks
        assert level in ("info", "warning", "critical")


def test_no_golden_file_belongs_to_nothing() -> None:
    wanted = {scene.file for scene in scenes()}
    assert {file for story in STORIES for file in story.folder.glob("cards.*")} <= wanted
