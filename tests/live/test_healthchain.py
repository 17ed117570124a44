"""HealthChain's SandboxClient, a CDS client that others wrote, calls a demo over HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.calls import OverHttp, entries, prefetched
from tests.acceptance.patients import Told
from tests.acceptance.stories import STORIES, Scene
from tests.acceptance.valid import UNAVAILABLE
from tests.live.conftest import told_today
from tests.live.healthchain_client import SandboxClient, installed
from tests.live.processes import NotHere
from tests.web.live import Demo, running_demo

pytestmark = pytest.mark.live

HOOK = "patient-view"
# Both may be left out by CDS Hooks 2.0.1; HealthChain 0.16.1 has them optional in value and required in presence.
OPTIONAL = {"isRecommended missing", "autoLaunchable missing"}
NAMES = ("haemodialysis-high-phosphate-pth", "diabetic-kidney-disease-untreated", "well-controlled")
each_scene = pytest.mark.parametrize(
    "scene", [Scene(story, HOOK) for story in STORIES if story.name in NAMES], ids=lambda scene: scene.name
)


@pytest.fixture(scope="module")
def client() -> SandboxClient:
    try:
        return installed()
    except NotHere as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


def fired(client: SandboxClient, demo: Demo, told: Told, folder: Path, patient: str) -> list[tuple[str, str]]:
    """Rule and indicator of the cards that the client gets from every service with the patient's data prefetched."""
    cards = []
    for entry in entries(OverHttp(demo.url), HOOK):
        file = folder / f"{entry['id']}.json"
        file.write_text(json.dumps(prefetched(entry["prefetch"], told)), encoding="utf-8")
        found = client.fire(f"{demo.url}/cds-services/{entry['id']}", file, patient)
        assert found.received == 1
        assert set(found.complaints) <= OPTIONAL
        cards += found.answer["cards"]
    return [(card["source"]["topic"]["code"], card["indicator"]) for card in cards]


@each_scene
def test_the_client_gets_the_cards_of_the_story(
    scene: Scene, client: SandboxClient, demo: Demo, tmp_path: Path
) -> None:
    told = told_today(scene.story)
    cards = fired(client, demo, told, tmp_path, told.patient)
    assert sorted(cards) == sorted(scene.said())


def test_a_record_under_keys_that_were_not_asked_for_is_read_and_what_is_not_known_is_said(
    client: SandboxClient, demo: Demo, tmp_path: Path
) -> None:
    # HealthChain's own loader names a key for each type of resource: whether one is complete, nobody can tell.
    (scene,) = (Scene(story, HOOK) for story in STORIES if story.name == "calciphylaxis-warfarin")
    told = told_today(scene.story)
    entry = [{"resource": each} for each in told.record]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entry}
    (tmp_path / "record.json").write_text(json.dumps(bundle), encoding="utf-8")
    found = client.fire(f"{demo.url}/cds-services/mineral-metabolism", tmp_path, told.patient)
    cards = {(card["source"]["topic"]["code"], card["indicator"]) for card in found.answer["cards"]}
    assert cards & scene.said() == {("order-vka-calciphylaxis-or-advanced-ckd", "critical")}
    assert cards - scene.said() == {(UNAVAILABLE, "info")}


def test_the_data_of_another_patient_than_the_calls_makes_no_card(
    client: SandboxClient, demo: Demo, tmp_path: Path
) -> None:
    # SandboxClient makes up the patient's id of a call, whatever the prefetch holds.
    told = told_today(STORIES[0])
    assert Scene(STORIES[0], HOOK).said()
    assert fired(client, demo, told, tmp_path, "") == []


def test_the_client_is_told_of_a_service_that_is_not_there(client: SandboxClient, demo: Demo, tmp_path: Path) -> None:
    file = tmp_path / "prefetch.json"
    file.write_text("{}", encoding="utf-8")
    found = client.fire(f"{demo.url}/cds-services/no-such-service", file)
    assert (found.received, found.answer) == (1, {})
