"""Many questions in few children: the same answers as alone, in the same order, and the same faults."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engine.test_durable_faults import LOOKS, SMALL

from gonogo.engine import batches
from gonogo.engine.batches import judge_each
from gonogo.engine.durable import DurableRules
from gonogo.errors import EngineFault
from gonogo.isolate import ChildOutcome
from gonogo.model.finding import Outcome

OTHERWISE = [replace(LOOKS[0], v=0), *LOOKS[1:]]


def test_each_question_has_the_answer_that_it_has_alone():
    """`gonogo test` proves a ruleset only if a case is judged as an assessment judges it, whatever came before."""
    questions = [(SMALL, LOOKS), (SMALL, OTHERWISE), (SMALL, LOOKS)]

    found = list(judge_each(questions, most=2))

    assert found == [DurableRules().judge(*question) for question in questions]
    assert [each.leaves["met"] for each in found] == [Outcome.MET, Outcome.NOT_MET, Outcome.MET]


def test_nothing_asked_starts_no_child(monkeypatch):
    """A ruleset without cases is told so, not a fault of the engine."""
    monkeypatch.setattr(batches, "run", lambda tasks: [pytest.fail(each.id) for each in tasks])

    assert list(judge_each([])) == []


@pytest.mark.parametrize(
    "outcome",
    [
        ChildOutcome("rule-engine", False, b"", "deadline", "too late", 60.0),
        ChildOutcome("rule-engine", True, b"no JSON", "", "", 0.1),
        ChildOutcome("rule-engine", True, b'{"missing": "no module"}', "", "", 0.1),
        ChildOutcome("rule-engine", True, b'{"found": [{}]}', "", "", 0.1),
        ChildOutcome("rule-engine", True, b'{"found": [{}, 1]}', "", "", 0.1),
        ChildOutcome("rule-engine", True, b"[]", "", "", 0.1),
    ],
    ids=["late", "no JSON", "missing", "one too few", "no mapping", "no object"],
)
def test_a_child_without_a_whole_answer_leaves_each_question_to_be_judged_alone(monkeypatch, outcome):
    """So a fault names its own question, and one question cannot take an answer from another."""
    alone = []
    monkeypatch.setattr(batches, "run", lambda tasks: [outcome for _ in tasks])
    monkeypatch.setattr(DurableRules, "judge", lambda _, *question: alone.append(question) or "alone")
    questions = [(SMALL, LOOKS), (SMALL, OTHERWISE)]

    assert list(judge_each(questions)) == ["alone", "alone"]
    assert alone == questions


def test_an_answer_that_is_not_one_of_its_values_is_a_fault(monkeypatch):
    """The batch is checked as strictly as a single answer."""
    outcome = ChildOutcome("rule-engine", True, b'{"found": [{"node met": "perhaps"}]}', "", "", 0.1)
    monkeypatch.setattr(batches, "run", lambda tasks: [outcome for _ in tasks])

    with pytest.raises(EngineFault, match="not one it can have"):
        list(judge_each([(SMALL, LOOKS)]))
