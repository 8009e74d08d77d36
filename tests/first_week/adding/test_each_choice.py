"""A file whose collector needs a choice is shown by each choice, so that a person sees what hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.collectors.program.raid.test_raid import issue, log, risk

from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.each_choice import lines_by_choice
from gonogo.first_week.declared_kinds import DeclaredKind, declared_kinds
from gonogo.first_week.proposal import Proposal
from gonogo.plugin.discovery import discover
from gonogo.plugin.trial import try_settings

KINDS = [kind for kind in declared_kinds().kinds if kind.file.choices]
"""Every kind of file whose collector declares a choice."""


def kind_of(what: str) -> DeclaredKind:
    """Return a kind of file that gonogo's own collectors declare."""
    return next(kind for kind in KINDS if kind.file.what == what)


def waiting(kind: DeclaredKind) -> Proposal:
    """Return a binding that waits for that choice and nothing else."""
    return Proposal("x", kind, ("x",), kind.use.collector, missing=list(kind.file.missing))


def test_choices_that_read_the_same_stand_together() -> None:
    """Four phases of a template are one line where they say one thing."""
    tool = waiting(kind_of("GSA M3 risk assessment tool"))

    read = lines_by_choice(tool, lambda each: ["  a = 1" if each.settings["phase"] in "12" else "  a = 2"])

    assert read == ["  if phase is 1 or 2:", "    a = 1", "  if phase is 3 or 4:", "    a = 2"]
    assert lines_by_choice(tool, lambda _: ["  a = 1"]) == ["  whatever phase is:", "    a = 1"]
    assert tool.missing


def test_nothing_is_read_where_more_is_missing_than_the_choice() -> None:
    """A third party's collector that nobody has reviewed reads no evidence, and a wrong path is no choice."""
    tool = waiting(kind_of("GSA M3 risk assessment tool"))

    def never(_: Proposal) -> list[str]:
        raise AssertionError

    assert lines_by_choice(replace(tool, missing=[*tool.missing, "plugins: allow: [x]"]), never) == []
    assert lines_by_choice(replace(tool, missing=[]), never) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.file.what)
def test_every_choice_is_one_that_the_collector_takes(kind: DeclaredKind) -> None:
    """Else the screen would show a refusal of gonogo's own proposal."""
    [(key, offered)] = kind.file.choices.items()
    assert key in kind.file.settings
    assert any(each.startswith(f"{key}: ") for each in kind.file.missing)

    tried = try_settings([(discover()[kind.entry.name], kind.collector, {key: choice}) for choice in offered])

    assert [answer.refused for answer in tried] == [""] * len(offered)


@pytest.fixture
def looked(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """What ``gonogo check`` shows of a RAID log."""

    def look(data: bytes) -> list[str]:
        (tmp_path / "RAID.xlsx").write_bytes(data)
        return list(check_file(tmp_path / "RAID.xlsx").lines())

    return look


def test_a_log_is_read_before_anybody_chose_its_scale(looked: Callable[[bytes], list[str]]) -> None:
    """It says what would be read and not only what a person has to choose; the question is asked once."""
    found = looked(log([risk(**{"Consequence / Impact": "1-Minimal or No Impact"})], [issue()]))

    assert "  whatever impact_scale is:" in found
    assert "    raid.critical_issues_open = 0, held 2027-04-15" in found
    assert sum("impact_scale:" in line for line in found) == 1


def test_a_scale_that_the_cells_quote_is_shown_as_assumed(looked: Callable[[bytes], list[str]]) -> None:
    """Nobody has confirmed it."""
    found = looked(log([risk()]))

    assert found[found.index("Assumed:") + 1] == "  the cells of its Risk Log quote the scale `list`; check it"


def test_the_template_as_it_comes_is_called_so(looked: Callable[[bytes], list[str]]) -> None:
    """A log that somebody filled in and forgot to date is another thing."""
    blank, undated = (looked(log(rows, cover="<<Insert Date>>")) for rows in ([], [risk()]))

    assert [line for line in blank if "it is GSA's template as it comes" in line]
    assert not [line for line in undated if "template as it comes" in line]
    assert [line for line in undated if "When did its content hold?" in line]
