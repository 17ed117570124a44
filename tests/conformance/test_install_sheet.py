"""What has to be agreed with a client before it calls stands on the sheet that its analyst is given."""

import pytest
from click.testing import CliRunner

from hooks.services import SERVICES
from service.cli import main
from tests.conformance.conftest import Cards


@pytest.fixture
def sheet(monkeypatch: pytest.MonkeyPatch) -> str:
    for name in ("PROFILE", "CONFIG", "PUBLIC_URL"):
        monkeypatch.delenv(f"VASCULAR_CDS_{name}", raising=False)
    result = CliRunner().invoke(main, ["install-sheet", "--dialect", "epic"])
    assert result.exit_code == 0
    return result.output


def checks(sheet: str) -> str:
    """The check-list, in one line."""
    return " ".join(sheet.partition("\nCheck-list\n")[2].split())


def test_s056_the_sheet_asks_for_registration_with_the_authorization_server_and_names_the_scopes(sheet: str) -> None:
    assert "[ ] The service is registered with the authorization server" in checks(sheet)
    assert "user/Observation.read" in sheet
    assert "user/Observation.rs" in sheet


def test_s127_every_host_that_a_card_links_to_is_on_the_sheet(sheet: str, every_card: Cards) -> None:
    hosts = sheet.partition("\nHosts of links on cards\n")[2].partition("\nOverride reasons\n")[0].split()
    linked = {link["url"].split("/")[2] for card in every_card for link in card.get("links", ())}
    assert len(linked) > 3
    assert linked <= set(hosts)
    assert "cds.example.org" in hosts


def test_s127_a_card_is_whole_without_its_links(every_card: Cards) -> None:
    assert every_card
    assert all(card["summary"] and card["detail"] and card["source"]["label"] for card in every_card)


def test_s180_the_sheet_asks_for_an_agreement_on_the_hooks_that_safety_needs(sheet: str) -> None:
    for hook in {service.hook for service in SERVICES}:
        assert hook in checks(sheet)
    assert "The warnings on orders come only where order-select or order-sign fires." in checks(sheet)
