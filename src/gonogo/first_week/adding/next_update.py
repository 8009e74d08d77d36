"""The next update of a schedule that is added: what compares updates takes it too, or is drafted beside the newest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.bindable import bindable, only_match
from gonogo.first_week.declared_settings import check_all
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.first_week.schedule_updates import COMPARISON, PLUGIN, SERIES, updates_of
from gonogo.model.program import Binding
from gonogo.plugin.discovery import discover
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.likeness import stem
from gonogo.plugin.inputs.match import is_wild
from gonogo.plugin.trial import try_settings

_BEFORE: Final = "before"
_AFTER: Final = "after"


def is_compared(program: OpenProgram, binding: Binding, old: str, path: str) -> bool:
    """Whether an update stays evidence beside the newer one, because the ruleset asks what moved between both."""
    return _is_update_of(old, path) and _reads_one(binding) and (_asked(program, binding) or bool(_several(program)))


def with_update(program: OpenProgram, lines: ProgramLines, path: str) -> tuple[ProgramLines, list[str]]:
    """Return the program file in which a new update is compared with the one before it, and what a person hears.

    Args:
        program: The program as it was.
        lines: Its file as it would be.
        path: The new update.
    """
    told: list[str] = []
    for binding in _several(program):
        try:
            changed = _moved_on(program, lines, binding, path)
        except UsageError as error:
            told.append(f"{binding.id} does not take {plain(path)}: {error} Write the path into it by hand.")
            continue
        if changed is not None:
            lines = changed
            how = "takes it too" if binding.collector == SERIES else "compares it with the update before it"
            told.append(f"{plain(path)}: {binding.id} {how}.")
    return lines, told


def drafted_beside(
    program: OpenProgram, binding: Binding, old: str, path: str, proposal: Proposal
) -> Iterator[Proposal]:
    """Yield the comparison of an update with the newer one that takes its place, and the series from three updates on.

    What compares updates already is not drafted again. A series counts for what one update cannot prove.

    Args:
        program: The program as it was.
        binding: The binding that reads the newest.
        old: The update that it read.
        path: The newer one.
        proposal: What the newer one would be bound as.
    """
    if not is_compared(program, binding, old, path):
        return
    there = {each.collector for each in _several(program)}
    left_out = program.files.program.not_evidence or {}
    earlier = [each for each in _siblings(program.root, path) if _is_update_of(each, path) and each not in left_out]
    newest = replace(
        proposal,
        paths=(*sorted({*earlier, old} - {path}, key=_day), path),
        inputs={"file": [path]},
        pick_newest=False,
        as_of="",
        side=binding.side,
        settings=dict(binding.settings),
        maker=binding.producer,
    )
    for each in updates_of(newest):
        if each.collector.partition(":")[2] not in there:
            check_all([newest, each], program.rules.vocabulary)
            each.authority = tuple(name for name in each.answers if name in newest.answers)
            if each.active:
                yield each


def _reads_one(binding: Binding) -> bool:
    return binding.plugin == PLUGIN and [len(entry.paths) for entry in binding.inputs] == [1]


def _asked(program: OpenProgram, binding: Binding) -> bool:
    entry = discover().get(PLUGIN)
    if entry is None:
        return False
    [answer] = try_settings([(entry, COMPARISON, binding.settings)])
    return any(f"{binding.prefix}.{fact.name}" in program.rules.vocabulary for fact in answer.facts)


def compares_updates(binding: Binding) -> bool:
    """Whether a binding compares updates of a schedule."""
    return binding.plugin == PLUGIN and binding.collector in (COMPARISON, SERIES)


def _several(program: OpenProgram) -> list[Binding]:
    return [each for each in program.bindings if compares_updates(each)]


def _is_update_of(old: str, path: str) -> bool:
    """Whether two files of one folder are called alike but for the day, and the first one's is earlier."""
    above, _, earlier = old.rpartition("/")
    folder, _, name = path.rpartition("/")
    was, now = dated(earlier), dated(name)
    return above == folder and was is not None and now is not None and was.day < now.day and stem(earlier) == stem(name)


def _moved_on(program: OpenProgram, lines: ProgramLines, binding: Binding, path: str) -> ProgramLines | None:
    line = lines.line_of(binding.id)
    if binding.collector == SERIES:
        paths = [each for entry in binding.inputs for each in entry.paths]
        was = [each for each in paths if _is_update_of(each, path)]
        return lines.with_next(line, max(was, key=_day), path) if was and path not in paths else None
    single = {entry.name: entry.paths[0] for entry in binding.inputs if len(entry.paths) == 1}
    if sorted(single) != [_AFTER, _BEFORE]:
        return None
    before, after = single[_BEFORE], single[_AFTER]
    if is_wild(after):
        there = [each for each in _siblings(program.root, path) if only_match(after, [each])]
        earlier = [each for each in there if _is_update_of(each, path)]
        newest = not any(_is_update_of(path, each) for each in there)
        previous = max(earlier, key=_day, default="")
        moves = newest and path in there and previous and previous != before and _is_update_of(before, path)
        return lines.with_path(line, before, previous, pick=False) if moves else None
    if not _is_update_of(after, path) or bindable(path, [path]) != path:
        return None
    return lines.with_path(line, after, path, pick=False).with_path(line, before, after, pick=False)


def _day(path: str) -> str:
    found = dated(path.rpartition("/")[2])
    return found.day.isoformat() if found is not None else ""


def _siblings(root: Path, path: str) -> Sequence[str]:
    folder = path.rpartition("/")[0]
    return [each.relative_to(root).as_posix() for each in (root / folder).iterdir() if each.is_file()]
