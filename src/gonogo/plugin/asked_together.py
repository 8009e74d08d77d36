"""Many questions to gonogo's own collectors, asked in one child: what they recognize or declare, how settings start.

A child costs more than such an answer, and the first week asks hundreds of questions. Nothing is collected this way:
evidence that counts has a child of its own. Where a child with many questions does not answer, or not every one of
them, each of its questions is asked again by itself, so a file on which a collector dies takes no other answer with it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from gonogo.isolate import ChildOutcome, Task
from gonogo.model.canonical import canonical_bytes, read_json
from gonogo.plugin import registry
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.serving import serve
from gonogo.plugin.without_children import in_turn_or_here

MOST: Final = 32
"""Questions of one child."""


@dataclass(frozen=True, slots=True)
class _Bundle:
    entry: PluginEntry
    numbers: tuple[int, ...]
    task: Task


def asked_together(
    asked: Sequence[tuple[PluginEntry, Task]], *, parallel: int, mixed: bool = False
) -> list[ChildOutcome]:
    """Return the outcomes in the order of the tasks; a third party's tasks each have a child of their own.

    With ``mixed``, several plugins answer in one child, if they are behind the same walls: for questions that take less
    than starting a child. No question sees another one's variables.

    Raises:
        IsolationFault: This platform cannot isolate, and somebody else's plugin is among them.
    """
    found: dict[int, ChildOutcome] = {}
    bundles = list(_bundles(asked, mixed))
    outcomes = in_turn_or_here([(each.entry, each.task) for each in bundles], parallel=parallel) if bundles else []
    for bundle, outcome in zip(bundles, outcomes, strict=True):
        opened = _opened(outcome, [asked[number][1] for number in bundle.numbers])
        found.update(zip(bundle.numbers if opened else (), opened, strict=True))
    alone = [number for number in range(len(asked)) if number not in found]
    found.update(zip(alone, in_turn_or_here([asked[number] for number in alone], parallel=parallel), strict=True))
    return [found[number] for number in range(len(asked))]


def _bundles(asked: Sequence[tuple[PluginEntry, Task]], mixed: bool) -> Iterator[_Bundle]:
    alike: dict[Hashable, list[int]] = {}
    for number, (entry, task) in enumerate(asked):
        if entry.builtin and task.work is not None:
            key = (task.walls if mixed else entry.name, *sorted(task.env.items()))
            alike.setdefault(key, []).append(number)
    for numbers in alike.values():
        for first in range(0, len(numbers), MOST):
            some = tuple(numbers[first : first + MOST])
            if len(some) > 1:
                tasks = [asked[number][1] for number in some]
                yield _Bundle(asked[some[0]][0], some, _one_task(tasks))


def _one_task(tasks: Sequence[Task]) -> Task:
    questions = [{"request": task.request.decode(), "descriptors": len(task.descriptors)} for task in tasks]
    most = max(task.limits.scratch_bytes for task in tasks)
    return replace(
        tasks[0],
        request=canonical_bytes(questions),
        work=serve_each,
        limits=replace(tasks[0].limits, scratch_bytes=most, file_bytes=max(task.limits.file_bytes for task in tasks)),
        descriptors=tuple(descriptor for task in tasks for descriptor in task.descriptors),
        before=partial(_prepare, [task.before for task in tasks]),
    )


def _prepare(before: Sequence[Callable[[], None] | None]) -> None:
    for each in before:
        if each is not None:
            each()


def serve_each(requests: bytes, descriptors: tuple[int, ...]) -> bytes:
    """Answer every question of a bundle, in a forked child. What one of them raises is its own answer."""
    answers: list[dict[str, str]] = []
    first = 0
    for question in read_json(requests, what="the questions"):
        mine = descriptors[first : first + question["descriptors"]]
        first += question["descriptors"]
        ahead: list[bytes] = []
        try:
            payload = serve(question["request"].encode(), mine, ahead.append)
        except Exception as error:  # noqa: BLE001  # as in a child of its own: what an answer raises is its outcome
            answers.append({"failed": registry.first_line(error)})
        else:
            answers.append({"payload": payload.decode(), "early": b"".join(ahead).decode()})
    return canonical_bytes(answers)


def _opened(outcome: ChildOutcome, tasks: Sequence[Task]) -> list[ChildOutcome]:
    """Return the outcome of each question; none where the child did not answer all of them."""
    answers = read_json(outcome.payload, what="the answers") if outcome.ok else []
    if len(answers) != len(tasks):
        return []
    return [
        replace(
            outcome,
            id=task.id,
            ok="failed" not in answer,
            payload=answer.get("payload", "").encode(),
            reason="exception" if "failed" in answer else "",
            detail=answer.get("failed", ""),
            early=answer.get("early", "").encode(),
        )
        for task, answer in zip(tasks, answers, strict=True)
    ]
