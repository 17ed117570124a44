"""The invariants of the published logical models: everything we send keeps them, and a counter-example is refused."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conformance.exchanges import Exchange, actions, suggestions
from tests.conformance.schemas import faults
from tests.conformance.test_schema import CARD, CHOICE, CREATE, DELETE, FEEDBACK, LINK, SUGGESTION
from tests.web.apps import CALL, body, hook_request

Cards = list[dict[str, Any]]

RECOMMENDED = SUGGESTION | {"isRecommended": True}
REASON = {"code": "other", "system": "urn:x", "display": "Other"}
AUTHORIZATION = {"access_token": "t", "token_type": "Bearer", "scope": "patient/*.read"}


def test_cds_resp_1_of_suggestions_of_which_one_is_chosen_one_is_recommended(all_cards: Cards) -> None:
    one = [card for card in all_cards if card.get("selectionBehavior") == "at-most-one"]
    assert one
    assert all(sum("isRecommended" in each for each in card["suggestions"]) <= 1 for card in one)
    two = CHOICE | {"suggestions": [RECOMMENDED, RECOMMENDED]}
    assert faults("Card", two) == []
    assert faults("Card", two | {"selectionBehavior": "at-most-one"}) != []


def test_cds_resp_2_a_deletion_has_an_id_and_no_resource(all_cards: Cards) -> None:
    deleted = [each for each in actions(all_cards) if each["type"] == "delete"]
    assert deleted
    assert all("resourceId" in each and "resource" not in each for each in deleted)
    assert faults("Action", DELETE) == []
    assert faults("Action", DELETE | {"resource": CREATE["resource"]}) != []
    assert faults("Action", {"type": "delete", "description": "Remove"}) != []


def test_cds_resp_3_an_app_context_is_for_smart_links(all_cards: Cards) -> None:
    assert not any("appContext" in link for card in all_cards for link in card.get("links", ()))
    assert faults("Link", LINK | {"type": "smart", "appContext": "x"}) == []
    assert faults("Link", LINK | {"appContext": "x"}) != []


def test_cds_resp_4_an_override_reason_has_words(all_cards: Cards) -> None:
    assert all(each["display"] for card in all_cards for each in card.get("overrideReasons", ()))
    assert faults("Card", CARD | {"overrideReasons": [REASON]}) == []
    assert faults("Card", CARD | {"overrideReasons": [{"code": "other", "system": "urn:x"}]}) != []


def test_cds_resp_5_an_action_of_a_suggestion_has_a_description(all_cards: Cards) -> None:
    assert all(each["description"] for each in actions(all_cards))
    bare = {name: value for name, value in CREATE.items() if name != "description"}
    assert faults("Suggestion", SUGGESTION) == []
    assert faults("Suggestion", SUGGESTION | {"actions": [bare]}) != []


def test_cds_resp_6_with_suggestions_comes_how_to_choose(all_cards: Cards) -> None:
    assert all("selectionBehavior" in card for card in all_cards if "suggestions" in card)
    assert faults("Card", CHOICE) == []
    assert faults("Card", CARD | {"suggestions": [SUGGESTION]}) != []


def test_cds_resp_7_how_actions_are_chosen_is_one_of_three(all_cards: Cards) -> None:
    assert not any("actionSelectionBehavior" in each for each in suggestions(all_cards))
    assert faults("Suggestion", SUGGESTION | {"actionSelectionBehavior": "all"}) == []
    assert faults("Suggestion", SUGGESTION | {"actionSelectionBehavior": "some"}) != []


def send(client: FlaskClient, **changes: Any) -> int:
    return client.post(f"{CALL}/feedback", json={"feedback": [FEEDBACK | changes]}).status_code


def test_cds_fb_1_an_outcome_is_accepted_or_overridden(client: FlaskClient) -> None:
    assert (faults("FeedbackItem", FEEDBACK), send(client)) == ([], 200)
    assert faults("FeedbackItem", FEEDBACK | {"outcome": "ignored"}) != []
    assert send(client, outcome="ignored") == 400


def test_cds_fb_2_accepted_feedback_names_suggestions(client: FlaskClient) -> None:
    taken = {"outcome": "accepted", "acceptedSuggestions": [{"id": "s"}]}
    assert (faults("FeedbackItem", FEEDBACK | taken), send(client, **taken)) == ([], 200)
    assert faults("FeedbackItem", FEEDBACK | {"outcome": "accepted"}) != []
    assert send(client, outcome="accepted") == 400


@pytest.mark.parametrize("given", [{"reason": {"code": "other"}}, {"userComment": "no"}])
def test_cds_fb_3_an_override_gives_a_reason_or_a_comment(client: FlaskClient, given: dict[str, Any]) -> None:
    assert faults("FeedbackItem", FEEDBACK | {"overrideReason": given}) == []
    assert faults("FeedbackItem", FEEDBACK | {"overrideReason": {}}) != []
    assert send(client, overrideReason=given) == 200
    # An empty reason says no more than none: the outcome is worth keeping.
    assert send(client, overrideReason={}) == 200


def test_cds_r_1_a_token_goes_with_an_address(told: list[Exchange], client: FlaskClient) -> None:
    request = hook_request(fhirAuthorization=AUTHORIZATION)
    assert faults("Request", request | {"fhirServer": "https://ehr.example.org/fhir"}) == []
    assert faults("Request", request) != []
    whole = told[0].request | {"fhirAuthorization": AUTHORIZATION}
    assert client.post(f"/cds-services/{told[0].service}", json=whole).status_code == 200
    assert client.post(CALL, json=request).status_code == 412


def test_cds_r_2_a_patient_scope_without_its_patient_is_borne(told: list[Exchange], client: FlaskClient) -> None:
    whole = told[0].request | {"fhirServer": "http://127.0.0.1:9/fhir", "fhirAuthorization": AUTHORIZATION}
    answer = client.post(f"/cds-services/{told[0].service}", json=whole)
    summaries = [card["summary"] for card in body(answer)["cards"]]
    assert summaries == [card["summary"] for card in told[0].cards]
    assert summaries
