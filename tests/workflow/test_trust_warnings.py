"""What `lint` says of a trust file before the day on which it matters."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program
from gonogo.signing.private_key import new_private_key
from gonogo.workflow.linting import lint
from gonogo.workflow.named_trust import trust_warnings

KEY = "  - {{id: {id}, kind: {kind}, public: {id}.pub.pem, from: 2027-01-01, until: {until}{more}}}\n"


@pytest.fixture
def warned(small):
    """Write a trust file with these keys and return what is said of it."""

    def write(*keys: tuple[str, str, str], program: str = "small", until: str = "2027-12-31") -> list[str]:
        for name, _, _ in keys:
            (small.root / f"{name}.pub.pem").write_bytes(new_private_key().public.pem)
        listed = "".join(KEY.format(id=name, kind=kind, more=more, until=until) for name, kind, more in keys)
        (small.root / "trust.yaml").write_text(f"schema: 1\nprogram: {program}\nkeys:\n{listed}", encoding="utf-8")
        if "trust:" not in small.file.read_text(encoding="utf-8"):
            small.file.write_text(small.file.read_text(encoding="utf-8") + "\ntrust: trust.yaml\n", encoding="utf-8")
        return [each.what for each in trust_warnings(load_program(small.root), small.now)]

    return write


LOG = ("gate", "log", "")


def test_a_sound_trust_file_is_silent(warned):
    """Everything in it is of use."""
    deposits = ("job", "log", ", bundles: [tests], side: provider")
    person = ("ada", "person", ", person: ada.kirsch, office: customer.executive_sponsor")

    assert warned(LOG, deposits, person) == []


def test_a_program_without_one_is_silent(small):
    """Nobody has to sign."""
    assert trust_warnings(load_program(small.root), small.now) == []


def test_what_lapses_is_told(warned, small):
    """In time to make another key."""
    assert warned(LOG, until=f"{small.now + timedelta(days=5):%Y-%m-%d}")[0].startswith("gate lapses in 5 days")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (", bundles: [test], side: provider", "the program has no such binding; did you mean `tests`?"),
        (", bundles: [tests], side: customer", "for the customer, and it is the provider's"),
    ],
)
def test_a_depositor_that_can_deposit_nothing_is_told(warned, more, said):
    """Its bundles would make rehearsals, and nobody would know why."""
    [told] = warned(LOG, ("job", "log", more))

    assert told.startswith("job may deposit evidence of `test")
    assert said in told


@pytest.mark.parametrize(
    ("person", "office", "told"),
    [
        ("ada.kirsch", "customer.executive_sponsor", []),
        ("ada.kirsch", "customer.pmo_lead", ["p: ada.kirsch is not in the people register as customer.pmo_lead today"]),
        (
            "eve",
            "customer.executive_sponsor",
            ["p: eve is not in the people register as customer.executive_sponsor today"],
        ),
    ],
)
def test_a_person_who_does_not_hold_the_office_is_told(warned, person, office, told):
    """The key would sign for a seat that somebody else holds."""
    assert warned(LOG, ("p", "person", f", person: {person}, office: {office}")) == told


def test_mistakes_of_the_trust_file_are_mistakes_of_the_program(warned, small):
    """`lint` fails: missing, or of another program."""
    with pytest.raises(ConfigurationError, match="for the program 'other', not for 'small'"):
        warned(LOG, program="other")
    (small.root / "trust.yaml").unlink()
    with pytest.raises(ConfigurationError, match="there is no such file"):
        lint(small.root)
