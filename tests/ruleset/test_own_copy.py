"""Which criterion has become which: a copy under other words is a copy, and no two criteria become one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.language.expression import parse_requirement
from gonogo.model.ruleset import Criterion, Severity
from gonogo.ruleset import own_copy
from gonogo.ruleset.own_copy import copy_words, pairs, shipped_alike


def one(name: str, title: str, require: str) -> Criterion:
    return Criterion(
        id=f"system.{name}", title=title, statement="s", why="w", severity=Severity.MANDATORY, max_age_s=86400,
        require=parse_requirement(require), owner="customer.pmo_lead", attest=("customer.pmo_lead",), remedy="r",
        source=("x",),
    )  # fmt: skip


def became(old: list[Criterion], new: list[Criterion]) -> dict[str, str]:
    return {name.removeprefix("system."): each.id.removeprefix("system.") for name, each in pairs(old, new).items()}


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (one("a", "Other", "b.x"), {"a": "a"}),
        (one("n", "Other", "a.x  >= 1"), {"a": "n"}),
        (one("n", "  the TITLE ", "b.x"), {"a": "n"}),
        (one("n", "Other", "a.x <= 3 and a.x > 0"), {"a": "n"}),
        (one("n", "Other", "b.x"), {}),
        (one("n", "Other", "a.x >= 1 and b.x"), {}),
    ],
)
def test_an_id_a_requirement_a_title_or_the_facts_tell(new: Criterion, found: dict[str, str]):
    """Whatever else was edited is told as a change, and not as one criterion gone and another added."""
    assert became([one("a", "The title", "a.x >= 1")], [new]) == found


def test_the_id_tells_before_anything_else():
    """Two criteria that swapped their titles have not swapped their rules."""
    old = [one("a", "First", "a.x"), one("b", "Second", "b.x")]
    new = [one("a", "Second", "b.x"), one("b", "First", "a.x")]

    assert became(old, new) == {"a": "a", "b": "b"}


def test_a_sign_that_two_share_tells_nothing():
    """Either could be the one."""
    old = [one("a", "Same", "a.x >= 1"), one("b", "Same", "a.x >= 2")]
    new = [one("n", "Same", "a.x >= 3"), one("m", "Same", "a.x >= 4")]

    assert became(old, new) == {}
    assert became(old[:1], new) == {}
    assert became(old, new[:1]) == {}


RULES = [one(name, f"Title {name}", f"{name}.x") for name in "abcd"]
OWN = [one(f"own_{name}", f"Own {name}", f"own_{name}.x") for name in "abc"]


class TestAlike:
    def alike(
        self, monkeypatch: pytest.MonkeyPatch, criteria: list[Criterion], **shipped: list[Criterion]
    ) -> str | None:
        folders = [Path(f"{name}@1") for name in shipped]
        monkeypatch.setattr(own_copy, "shipped_named", lambda: folders)
        monkeypatch.setattr(own_copy, "newest_shipped", lambda name: Path(name))
        monkeypatch.setattr(own_copy, "shipped_signs", lambda _folder: None)
        found = shipped_alike(criteria, lambda folder: shipped[folder.name.partition("@")[0]])
        return None if found is None else found.name

    @pytest.mark.parametrize(
        ("same", "own", "copy"), [(1, 0, True), (1, 1, True), (1, 2, False), (2, 3, True), (2, 2, True), (0, 1, False)]
    )
    def test_half_of_them_make_a_copy(self, monkeypatch, same: int, own: int, copy: bool):
        """Half of its own, or half of the shipped ones; an agency's own rules are nobody's copy."""
        assert (self.alike(monkeypatch, [*RULES[:same], *OWN[:own]], rules=RULES) == "rules") is copy

    def test_the_one_that_most_are_taken_from_and_of_equals_the_last(self, monkeypatch):
        """The later release of one ruleset is compared with."""
        assert self.alike(monkeypatch, RULES, few=RULES[:2], all=RULES, some=RULES[:3]) == "all"
        assert self.alike(monkeypatch, RULES, first=RULES, last=RULES) == "last"


def test_who_made_a_change_is_said_with_both_names():
    """One name where both are one."""
    assert copy_words("a@1", "a@1") == "the program's own copy of a@1"
    assert copy_words("b@1", "a@1").endswith("a@1")
    assert copy_words("b@1", "a@1").startswith("the program's b@1, ")
