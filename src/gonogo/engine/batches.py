"""Many small questions for the rule engine, answered in a few children: each has the answer that it has alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from gonogo.engine.durable import (
    CPU_S,
    MEMORY_BYTES,
    WALL_S,
    DurableRules,
    check_installed,
    judgement_of,
    request_of,
    work_each,
)
from gonogo.engine.rules import build
from gonogo.errors import DocumentError
from gonogo.isolate import ChildOutcome, Limits, Task, run
from gonogo.model.canonical import read_json
from gonogo.model.judgement import Compiled, Judgement, Observation

Question = tuple[Compiled, Sequence[Observation]]

MOST: Final = 25
"""Questions in one child: the engine slows down with each ruleset that it holds, a child costs a few milliseconds."""


def judge_each(questions: Sequence[Question], *, most: int = MOST) -> Iterator[Judgement]:
    """Yield the judgement of each question in turn, ``most`` of them in a child.

    If a child gives no whole answer, each of its questions is judged alone, so that a fault is that of its question.

    Args:
        questions: Compiled scopes with their observations.
        most: Questions in one child.

    Raises:
        EngineMissing: durable-rules is not installed, or cannot be imported.
        EngineFault: It gave no answer for a question.
    """
    check_installed()
    batches = [questions[start : start + most] for start in range(0, len(questions), most)]
    limits = Limits(wall_s=WALL_S, cpu_s=CPU_S, memory_bytes=MEMORY_BYTES)
    tasks = [Task("rule-engine", _requests(batch), limits, work=work_each) for batch in batches]
    for batch, outcome in zip(batches, run(tasks), strict=True):
        answers = _answers(outcome, len(batch))
        if answers is None:
            yield from (DurableRules().judge(*question) for question in batch)
            continue
        for (compiled, observations), found in zip(batch, answers, strict=True):
            yield judgement_of(compiled, build(compiled, observations), found)


def _requests(batch: Sequence[Question]) -> bytes:
    return b"[" + b",".join(request_of(build(*question)) for question in batch) + b"]"


def _answers(outcome: ChildOutcome, number: int) -> list[dict[str, str]] | None:
    """Return what a child found for each of its questions; None if it did not answer all of them."""
    if not outcome.ok:
        return None
    try:
        answer: Any = read_json(outcome.payload, what="the rule engine's answers")
    except DocumentError:
        return None
    answers = answer.get("found") if isinstance(answer, dict) else None
    whole = isinstance(answers, list) and len(answers) == number and all(isinstance(found, dict) for found in answers)
    return answers if whole else None
