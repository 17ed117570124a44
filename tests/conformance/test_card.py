"""S-095 to S-108 and S-131: what a card is made of, in every story and every example of every rule."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hooks.terminology.reasons import REASON_SYSTEM, REASONS
from tests.conformance.exchanges import Exchange, story_requests, suggestions, walk
from tests.web.apps import CALL, SERVICE, STORY

Cards = list[dict[str, Any]]

UUID4 = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
GFM = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TAG = re.compile(r"<[A-Za-z!/?]")
URGENCY = ("critical", "warning", "info")
HOSTILE = "<img src=x onerror=alert(1)> [a](javascript:b) ![i](https://x.example/i.png) `c` **d** <!-- e"


def tokens(text: str) -> list[Token]:
    return [each for block in GFM.parse(text) for each in (block, *(block.children or ()))]


def test_s095_every_card_has_a_fresh_lower_case_uuid(all_cards: Cards) -> None:
    uuids = [card["uuid"] for card in all_cards]
    assert all(UUID4.fullmatch(each) for each in uuids)
    assert len(set(uuids)) == len(uuids) > 500


def test_s096_every_summary_has_fewer_than_140_characters(all_cards: Cards) -> None:
    assert max(len(card["summary"]) for card in all_cards) < 140
    assert min(len(card["summary"].strip()) for card in all_cards) > 0


@pytest.mark.parametrize("length", [1, 80, 139, 140, 4000])
def test_s096_a_long_name_in_the_record_makes_no_long_summary(standing: FlaskClient, length: int) -> None:
    request = json.loads(json.dumps(story_requests(standing, DRUG_STORY, "order-sign")["order-sign-safety"]))
    for entry in request["context"]["draftOrders"]["entry"]:
        entry["resource"]["medicationCodeableConcept"]["text"] = "Calcium " + "x" * length
    cards = json.loads(standing.post("/cds-services/order-sign-safety", json=request).data)["cards"]
    assert cards
    assert max(len(card["summary"]) for card in cards) < 140


DRUG_STORY = "calcium-carbonate-order-hypercalcaemia"


def test_s097_every_detail_is_markdown_with_its_emphasis_closed(all_cards: Cards) -> None:
    for card in all_cards:
        text = card.get("detail", "")
        shown = [each.content for each in tokens(text) if each.type == "text"]
        assert text.strip()
        assert not any("**" in each for each in shown), text


def test_s098_no_detail_holds_html_or_a_picture(all_cards: Cards) -> None:
    kinds = {each.type for card in all_cards for each in tokens(card["detail"])}
    assert kinds & {"html_block", "html_inline", "image"} == set()
    assert "strong_open" in kinds
    assert not any(TAG.search(card["detail"]) for card in all_cards)


def test_s098_text_of_the_record_is_escaped(standing: FlaskClient) -> None:
    request = json.loads(json.dumps(story_requests(standing, DRUG_STORY, "order-sign")["order-sign-safety"]))
    for entry in request["context"]["draftOrders"]["entry"]:
        entry["resource"]["medicationCodeableConcept"]["text"] = f"Calcium acetate {HOSTILE}"
    cards = json.loads(standing.post("/cds-services/order-sign-safety", json=request).data)["cards"]
    text = "\n\n".join(card["detail"] for card in cards)
    assert "onerror" in text
    assert not TAG.search(text)
    found = tokens(text)
    assert {each.type for each in found} & {"html_block", "html_inline", "image", "code_inline"} == set()
    links = [each.attrGet("href") for each in found if each.type == "link_open"]
    assert all(str(link).startswith("https://") and "x.example" not in str(link) for link in links)


def marked(value: Any) -> Any:
    """The same record with something to run in every text that is for people."""
    if isinstance(value, list):
        return [marked(each) for each in value]
    if not isinstance(value, dict):
        return value
    said = {"text", "display", "unit", "title", "family", "comment"}
    return {
        name: f"{each} {HOSTILE}" if name in said and isinstance(each, str) else marked(each)
        for name, each in value.items()
    }


def test_s098_whatever_text_a_record_holds_no_answer_holds_html(told: list[Exchange], standing: FlaskClient) -> None:
    speaking = {(each.service, card["source"]["topic"]["code"]): each for each in told for card in each.cards}
    answers = [
        standing.post(f"/cds-services/{each.service}", json=marked(each.request))
        for each in {id(each): each for each in speaking.values()}.values()
    ]
    cards = [card for answer in answers for card in json.loads(answer.data)["cards"]]
    assert len(cards) > 50
    assert any("onerror" in card["detail"] for card in cards)
    found = [each for card in cards for each in tokens(card["detail"])]
    assert {each.type for each in found} & {"html_block", "html_inline", "image"} == set()
    assert [card["detail"] for card in cards if TAG.search(card["detail"])] == []
    links = [str(each.attrGet("href")) for each in found if each.type == "link_open"]
    assert [link for link in links if not link.startswith(("https://", "http://localhost", "http://127"))] == []


def test_s099_every_indicator_is_one_of_three(all_cards: Cards) -> None:
    assert {card["indicator"] for card in all_cards} == set(URGENCY)


def test_s100_s101_every_card_has_a_source_with_a_label(all_cards: Cards) -> None:
    assert all(card["source"]["label"].strip() for card in all_cards)


def test_s102_the_address_of_a_source_is_absolute_and_is_that_of_its_rule(told: list[Exchange]) -> None:
    for each in told:
        for card in each.cards:
            url = urlsplit(card["source"]["url"])
            assert (url.scheme in ("http", "https"), bool(url.netloc), url.query) == (True, True, "")
            assert url.path == f"/rules/{card['source']['topic']['code']}"
            assert each.story not in url.path


def test_s103_no_source_has_an_icon(all_cards: Cards) -> None:
    assert {name for card in all_cards for name in card["source"]} == {"label", "url", "topic"}


def test_s104_s131_every_coding_has_code_and_system(all_cards: Cards) -> None:
    codings = [card["source"]["topic"] for card in all_cards]
    codings += [reason for card in all_cards for reason in card.get("overrideReasons", ())]
    assert all(each["code"].strip() and each["system"].strip() for each in codings)
    assert {name for each in codings for name in each} == {"system", "code", "display"}


def test_s105_override_reasons_are_a_list_or_left_out(all_cards: Cards) -> None:
    given = [card["overrideReasons"] for card in all_cards if "overrideReasons" in card]
    assert all(isinstance(each, list) and each for each in given)
    assert len(given) > 500


def test_s106_every_override_reason_has_words(all_cards: Cards) -> None:
    assert all(each["display"].strip() for card in all_cards for each in card.get("overrideReasons", ()))


def test_s107_override_reasons_are_of_a_system_of_our_own(all_cards: Cards) -> None:
    found = {(each["system"], each["code"]) for card in all_cards for each in card.get("overrideReasons", ())}
    assert {system for system, _ in found} == {REASON_SYSTEM}
    assert {code for _, code in found} <= REASONS.keys()


def test_s108_sorting_by_urgency_loses_nothing(told: list[Exchange]) -> None:
    several = [each.cards for each in told if len(each.cards) > 1]
    assert several
    for cards in several:
        assert sorted(cards, key=lambda card: URGENCY.index(card["indicator"])) == cards
        assert len({card["source"]["topic"]["code"] for card in cards}) == len(cards)


def test_s108_no_member_of_a_card_is_a_place_among_the_cards(all_cards: Cards) -> None:
    names = {path.rpartition(".")[2] for card in all_cards[:50] for path, _ in walk(card, "card")}
    assert names & {"index", "order", "rank", "position"} == set()


def test_s095_the_same_call_twice_gives_other_uuids(standing: FlaskClient) -> None:
    request = story_requests(standing, STORY)[SERVICE]
    first, second = (json.loads(standing.post(CALL, json=request).data)["cards"] for _ in range(2))
    uuids = [each["uuid"] for cards in (first, second) for each in (*cards, *suggestions(cards))]
    assert len(set(uuids)) == len(uuids) > 4
