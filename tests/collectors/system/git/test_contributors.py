"""Who in a history is a person, by a name and an address."""

from __future__ import annotations

import pytest

from gonogo.collectors.system.git.contributors import Contributor, People


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ben Vance", "ben.vance@agency.example"),
        ("", "ben@agency.example"),
        ("Ben", "12345+ben@users.noreply.github.com"),
        ("Ben", "1234567890@agency.example"),
        ("Sarah Jenkins", "jenkins@agency.example"),
        ("Travis Vance", "travis@agency.example"),
        ("Ann Talbot", "talbot@agency.example"),
        ("Release Manager Vance", "vance@agency.example"),
    ],
)
def test_people_are_persons(name, address):
    """A stop for a name that only sounds like a service is a stop for nothing."""
    assert People().has(Contributor(name, address))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("TBD", "tbd@x"),
        ("T.B.D.", "ben@agency.example"),
        ("Ben", "tbd@agency.example"),
        ("N/A", "na@agency.example"),
        ("pending", "reviewer@agency.example"),
        ("Nobody", "nobody@agency.example"),
        ("Your Name", "you@agency.example"),
        ("Ben", "test@agency.example"),
    ],
)
def test_a_placeholder_is_nobody(name, address):
    """Somebody filled in a field."""
    assert not People().has(Contributor(name, address))


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CI", "ci-bot@x"),
        ("CI", "vance@agency.example"),
        ("Jenkins", "jenkins@agency.example"),
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
        ("Release Bot", "release@agency.example"),
        ("GitHub", "noreply@github.com"),
        ("Ben", "no-reply@agency.example"),
        ("Ben", "do_not.reply@agency.example"),
        ("Ben", "project_12_bot_ab3@noreply.gitlab.com"),
        ("GitHub Actions", "actions@agency.example"),
        ("Azure Pipelines", "ado@agency.example"),
        ("Agency Build", "svc-build@agency.example"),
        ("Agency Build", "build@agency.example"),
        ("", "ci@agency.example"),
    ],
)
def test_a_service_is_no_person(name, address):
    """It approves what it is told to."""
    assert not People().has(Contributor(name, address))


@pytest.mark.parametrize("address", ["", "ben", "@agency.example", "ben@"])
def test_nobody_can_be_told_without_an_address(address):
    """Two people have one name."""
    assert not People().has(Contributor("Ben", address))


def test_one_mailbox_or_one_full_name_may_be_one_person():
    """A home address is no second person; a first name alone tells nobody apart."""
    ann = Contributor("Ann Lee", "ann@agency.example")

    assert ann.same(Contributor("A. L.", "ann+2@agency.example"))
    assert ann.same(Contributor("ANN  lee", "ann@home.example"))
    for name in ("Lee, Ann", "Ann M. Lee", "A. Lee", "\u0410nn Lee", "Ann L\u0435e"):
        assert ann.same(Contributor(name, "al@contractor.example"))
    assert not ann.same(Contributor("Ann Leer", "leer@agency.example"))
    assert not Contributor("Ann", "ann.lee@agency.example").same(Contributor("Ann", "ann.may@agency.example"))


def test_the_settings_say_who_is_called_otherwise():
    """A service has a person's name, and a person is called like a service."""
    people = People(frozenset(["merlin", "gate@agency.example"]), frozenset(["jan.bot@agency.example"]))

    assert people.has(Contributor("Jan Bot", "jan.bot@agency.example"))
    assert not People().has(Contributor("Jan Bot", "jan.bot@agency.example"))
    assert not people.has(Contributor("Merlin", "m@agency.example"))
    assert not people.has(Contributor("Ben", "gate+1@agency.example"))
