"""What a source owes and does not answer is recorded by name, whatever kept it from answering."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.reply import Failure, Item, Reply
from gonogo.workflow.recording import unanswered_by

VOCABULARY = Vocabulary(
    facts=tuple(
        FactDeclaration(name=name, type=FactType.BOOLEAN, meaning="m", question="q")
        for name in ("desk.one", "desk.two", "desktop.one")
    )
)


def reply(*items: Item, **more: object) -> Reply:
    return Reply(**({"binding": "desk", "collector": "x", "level": "L1", "declared": (), "items": items} | more))


def found(given: Reply) -> dict[GapReason, tuple[str, ...]]:
    return {group.reason: group.facts for group in unanswered_by(given, VOCABULARY) or ()}


def gap(fact: str, reason: GapReason) -> Item:
    return Item(fact=fact, gap=reason, detail="why")


def test_silence_is_told_beside_the_gaps_that_have_a_reason() -> None:
    """A fact that was declared and never answered would be on nobody's list: page one would say that all was read."""
    declared = ("desk.one", "desk.two", "desk.three")

    told = found(reply(gap("desk.two", GapReason.MISSING), declared=declared))

    assert told == {GapReason.MISSING: ("desk.two",), GapReason.COLLECTOR_FAILED: ("desk.one", "desk.three")}
    assert found(reply(declared=declared)) == {GapReason.COLLECTOR_FAILED: declared}


@pytest.mark.parametrize(
    ("declared", "prefix", "owed"),
    [
        (("desk.two",), "desk", ("desk.two",)),
        ((), "desk", ("desk.one", "desk.two")),
        ((), "", ()),
    ],
)
def test_a_source_that_failed_owes_what_it_declared_or_all_below_its_name(declared, prefix, owed) -> None:
    """One that could not be loaded declared nothing, and owes no fact of a name that only begins alike."""
    failure = Failure(reason=GapReason.DEADLINE, detail="It took too long.")

    assert found(reply(declared=declared, prefix=prefix, failure=failure)) == {GapReason.DEADLINE: owed}


def test_a_source_that_answers_all_owes_nothing() -> None:
    given = reply(Item(fact="desk.one", value=True, as_of=datetime(2027, 4, 19, tzinfo=UTC)), declared=("desk.one",))

    assert unanswered_by(given, VOCABULARY) is None
