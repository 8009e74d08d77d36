"""Names of offices are told from names of people."""

import pytest

from gonogo.model.bodies import names_a_body


@pytest.mark.parametrize(
    "name",
    ["PMO", "P.M.O.", "Navy PMO", "Change Control Board", "CCB", "Help desk", "Helpdesk", "helpdesk@agency.gov",
     "Board", "The Board", "Project Support", "Program Management Office", "Working Group", "Payroll team",
     "Steering Committee",
     "shared mailbox", "Service Desk (Tier 1)", "Finance Department", "Test Team B", "IT Operations", "Payroll"],
)  # fmt: skip
def test_an_office_a_board_or_a_mailbox_is_a_body(name):
    """It signed a waiver as one of two people."""
    assert names_a_body(name)


@pytest.mark.parametrize(
    "name", ["svc-ada", "Jenkins Smith (bot)", "dependabot[bot]", "CI Pipeline", "build-agent", "Serviceaccount Ada"]
)
def test_a_service_is_no_person_who_approves(name):
    """It reviewed a change of a lock, and its name was that of a person."""
    assert names_a_body(name)


@pytest.mark.parametrize(
    "name",
    ["Jenkins Smith", "Jenkins", "Travis Vance", "Cora Daemon", "Ann Cue",
     "Sandra Board", "Taylor Branch", "Harvey Unit", "Ada Kirsch", "J. Smith", "Grace Councilman", "Ida Tarbell-Desker",
     "Maria da Silva", "Lee", "", "An", "ada.kirsch@team.example", "Will Support Jones"],
)  # fmt: skip
def test_a_person_is_none(name):
    """A surname that is a word must not take a sponsor's signature away."""
    assert not names_a_body(name)
