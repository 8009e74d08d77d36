"""The host of collectors: asks every binding in one run of children, and hands back one reply for each."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gonogo.errors import ConfigurationError, Problem, UsageError
from gonogo.isolate import Task, run
from gonogo.model.fact import Vocabulary
from gonogo.model.program import Binding, Program
from gonogo.model.reply import Reply
from gonogo.plugin.asked_together import asked_together
from gonogo.plugin.collection import PARALLEL, CollectionRequest
from gonogo.plugin.declarations import (
    advised,
    declared_problems,
    doubled_problems,
    named_problems,
    one_release_problems,
    settings_problems,
    ungranted,
)
from gonogo.plugin.discovery import PluginEntry, discover, find_entry
from gonogo.plugin.inputs.later_turns import LaterTurns
from gonogo.plugin.inputs.same_content import LooseFiles
from gonogo.plugin.inputs.scratch_folder import scratch_folder
from gonogo.plugin.preparing import RunOfChildren, prepare
from gonogo.plugin.replies import AcceptedReply, AskedBinding, accept_reply
from gonogo.plugin.turns import Turns, in_turn
from gonogo.plugin.withheld import without_earlier_turns


def collect(request: CollectionRequest) -> list[Reply]:
    """Ask every binding of the release, each in a child of its own; return one reply each, in the program's order.

    Whatever a collector does ends as a failed reply or as gaps in it. A binding of another release is not asked, unless
    it is one of the earlier ones; it is then asked about its own release.

    Raises:
        ConfigurationError: A binding names a plugin that is unknown or not allowed, its settings are refused, or (with
            a vocabulary) its collector declares what the vocabulary does not.
        UsageError: ``only`` names no binding.
        PluginError: Two installed plugins share a name.
        IsolationFault: This platform cannot isolate.
    """
    program, vocabulary = request.program, request.vocabulary
    bindings = _bindings(program, {None, request.release.id, *request.earlier}, request.only)
    with scratch_folder() as folder:
        loose = LooseFiles(program, request.root) if request.looks_around else None
        children = RunOfChildren(program, folder, request, loose=loose)
        try:
            entries = discover() if request.entries is None else request.entries
            answers = _ask(children, bindings, entries, request.parallel)
            if request.keep is not None:
                for sha256, descriptor in children.kept:
                    request.keep(sha256, descriptor)
        finally:
            for opened in children.opened:
                os.close(opened.descriptor)
    if vocabulary is not None:
        answers = [(binding, answer.asked_by(vocabulary)) for binding, answer in answers]
    problems = settings_problems(answers) + one_release_problems(program, answers)
    if vocabulary is not None:
        problems += declared_problems(program, answers, vocabulary)
    if problems:
        raise ConfigurationError(problems)
    return [answer.reply for _, answer in answers]


def check_bindings(
    program: Program,
    vocabulary: Vocabulary,
    *,
    entries: dict[str, PluginEntry] | None = None,
    parallel: int = PARALLEL,
) -> list[Problem]:
    """Return every mistake in the program's bindings, reading no evidence; raises like :func:`checked_bindings`."""
    return checked_bindings(program, vocabulary, entries=entries, parallel=parallel)[0]


def checked_bindings(
    program: Program,
    vocabulary: Vocabulary,
    *,
    entries: dict[str, PluginEntry] | None = None,
    parallel: int = PARALLEL,
) -> tuple[list[Problem], dict[str, frozenset[str]]]:
    """Return every mistake in the program's bindings, and by binding id the facts that its collector answers for.

    Asks each collector what it declares under its settings, those of gonogo's own in few children.

    Raises:
        PluginError: Two installed plugins share a name.
        IsolationFault: This platform cannot isolate.
    """
    found = discover() if entries is None else entries
    problems = named_problems(program, found)
    usable = [each for each in program.bindings if isinstance(find_entry(each, found, program.allow), PluginEntry)]
    with scratch_folder() as folder:
        run((), parallel=parallel)  # says so where nothing can be isolated
        every_answer = _ask(RunOfChildren(program, folder), usable, found, parallel, turns=asked_together)
    answers = [(binding, answer.asked_by(vocabulary)) for binding, answer in every_answer]
    problems += settings_problems(answers, failures=True) + one_release_problems(program, answers)
    problems += declared_problems(program, answers, vocabulary)
    doubled = doubled_problems(program, answers)
    every = [*problems, *doubled, *advised(answers), *ungranted(program, answers, found)]
    return every, {binding.id: frozenset(answer.declared) for binding, answer in answers}


def declared_facts(
    program: Program,
    bindings: Sequence[Binding],
    *,
    entries: dict[str, PluginEntry] | None = None,
    parallel: int = PARALLEL,
) -> dict[str, frozenset[str]]:
    """Return, by binding id, the full names of the facts that its collector answers for, reading no evidence.

    Raises:
        ConfigurationError: A plugin is unknown, not allowed or unusable, or refuses its settings.
        PluginError: Two installed plugins share a name.
        IsolationFault: This platform cannot isolate, and somebody else's collector is among them.
    """
    found = discover() if entries is None else entries
    children = RunOfChildren(program, Path(tempfile.gettempdir()))  # nothing is written: no scratch folder
    answers = _ask(children, bindings, found, parallel, turns=asked_together)
    problems = settings_problems(answers, failures=True)
    if problems:
        raise ConfigurationError(problems)
    return {binding.id: frozenset(answer.declared) for binding, answer in answers}


def _bindings(program: Program, releases: Collection[str | None], only: Collection[str] | None) -> list[Binding]:
    if only is None:
        return [binding for binding in program.bindings if binding.release in releases]
    known = [binding.id for binding in program.bindings]
    for name in only:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"the bindings are {', '.join(known) or 'none'}"
            raise UsageError(f"There is no binding {name!r}.", hint=hint)
    return [binding for binding in program.bindings if binding.id in only]


def _ask(
    children: RunOfChildren,
    bindings: Sequence[Binding],
    entries: dict[str, PluginEntry],
    parallel: int,
    *,
    turns: Turns = in_turn,
) -> list[tuple[Binding, AcceptedReply]]:
    if turns is in_turn:
        run((), parallel=parallel)  # says so here, before an input is opened, where nothing can be isolated
    asked: list[AskedBinding] = []
    tasks: list[Task] = []
    problems: list[Problem] = []
    for binding in bindings:
        entry = find_entry(binding, entries, children.program.allow)
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        if problems:
            continue
        ready, task = prepare(children, binding, entry)
        asked.append(ready)
        tasks.append(task)
    if problems:
        raise ConfigurationError(problems)
    # What most bindings need is imported last, while children of the others are at work. Those with most files begin
    # first among them: a long one that began last would keep one processor busy and leave the others idle.
    shared = Counter(ready.entry.module for ready in asked)
    order = sorted(
        range(len(asked)), key=lambda number: (shared[asked[number].entry.module], -len(asked[number].inputs))
    )
    if children.request is not None:
        for number in order[1:]:  # not before the first: then nobody is at work yet
            tasks[number] = _with_work(tasks[number], children.request.meanwhile)
    outcomes = turns([(asked[number].entry, tasks[number]) for number in order], parallel=parallel)
    found = dict(zip(order, outcomes, strict=True))
    later, request = LaterTurns(), children.request
    replies = [(ready, accept_reply(ready, found[number])) for number, ready in enumerate(asked)]
    return [(ready.binding, without_earlier_turns(each, ready, request, later)) for ready, each in replies]


def _with_work(task: Task, meanwhile: Iterator[None]) -> Task:
    """Return a task of gonogo's own before which the host takes a step of other work; any other as it is."""
    before = task.before
    if before is None:
        return task

    def both() -> None:
        before()
        next(meanwhile, None)

    return replace(task, before=both)
