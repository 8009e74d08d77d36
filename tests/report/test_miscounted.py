"""Page one says why a register is not believed, once for each source."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from gonogo.model.evidence import Gap, GapReason
from gonogo.report.miscounted import miscounted_words

WHY = 'The binding list lets "waived" close an item; the ruleset lets only "passed" close one.'


def gap(fact: str, detail: str, reason: GapReason = GapReason.COUNTED_DIFFERENTLY, binding: str = "list") -> Gap:
    return Gap(fact=fact, reason=reason, detail=detail, binding=binding)


def words(*gaps: Gap, holds: Any = None) -> list[str]:
    finding = SimpleNamespace(gaps=gaps)
    decision = SimpleNamespace(holds=holds)
    return miscounted_words(cast("Any", SimpleNamespace(findings=[finding], decision=decision)))


def test_one_sentence_for_each_source_and_none_for_what_is_computed_from_it():
    """The computed facts repeat the sentence with the fact before it."""
    other = "It says 100%, which leaves 0 open, but names 1 open: IF-09."
    found = words(
        gap("ifs.unaccepted", f"ifs.passed_ratio: {WHY}"),
        gap("ifs.passed_ratio", WHY),
        gap("reps.x", other, binding="r"),
    )

    assert found == [WHY, other]


def test_other_gaps_say_nothing_here():
    """They are in what blocks, and in what to ask for."""
    assert words(gap("a.b", "Old.", GapReason.STALE)) == []


def test_a_standing_hold_says_it_too():
    """A hold reads registers like any criterion."""
    assert words(holds=[SimpleNamespace(gaps=[gap("ifs.passed_ratio", WHY)])]) == [WHY]
