"""Files that confirmed bindings have just taken: those that a pattern took, and what nobody knows by any of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.standing_files import FileStanding
from gonogo.first_week.bindable import only_match
from gonogo.first_week.prose import in_short, plain
from gonogo.model.program import Binding
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.match import is_wild
from gonogo.plugin.inputs.read_today import read_today
from gonogo.text import listed

_SIGNED: Final = re.compile(r"\s*# (?:confirmed|corrected) by .* on ([0-9]{4}-[0-9]{2}-[0-9]{2})", re.ASCII)
_LONG: Final = 300


def taken_by_pattern(
    program: OpenProgram, lines: ProgramLines, standing: Sequence[FileStanding], told: Collection[str]
) -> dict[str, str]:
    """Return the newer files that a pattern takes by itself: binding to a sentence.

    Nothing has to be written for them, so that a person who adds a folder would hear of them only from the next run.

    Args:
        program: The program.
        lines: Its file, whose comments say when a binding was confirmed.
        standing: How the files of the folder stand.
        told: Paths of which something was said already.
    """
    found = {}
    paths = [each.path for each in standing]
    for binding in program.bindings:
        if binding.confirmed is not None or not any(is_wild(words) for each in binding.inputs for words in each.paths):
            continue
        for read in read_today(binding, program.root, program.files.program):
            others = [path for path in only_match(read.words, paths) if path != read.path]
            if not is_wild(read.words) or not others or read.path not in paths or read.path in told:
                continue
            named, signed = dated(read.path.rpartition("/")[2]), _signed_on(lines, binding)
            if named is None or signed is None or named.day > signed:
                found[binding.id] = (
                    f"{plain(read.path)}: the newest by the pattern {plain(read.words)}; {binding.id} takes it by that."
                )
    return found


def _signed_on(lines: ProgramLines, binding: Binding) -> date | None:
    """Return the last day on which somebody confirmed or corrected a binding, as its comments say."""
    start, end = lines.block(lines.line_of(binding.id))
    days = [date.fromisoformat(match[1]) for line in lines.lines[start:end] if (match := _SIGNED.match(line))]
    return max(days, default=None)


def not_known_by(program: OpenProgram, bindings: Collection[str]) -> Iterator[str]:
    """Yield what nobody knows by files that were just taken, such as a fact whose column has another heading now.

    Args:
        program: As it is written now.
        bindings: Ids of the bindings that took them.
    """
    for binding in program.bindings:
        if binding.id not in bindings or binding.confirmed is not None:
            continue
        reply = preview_in(program, binding)
        reasons: dict[str, list[str]] = {}
        if isinstance(reply, str):
            reasons[reply] = ["every fact"]
        elif reply.failure is not None:
            reasons[reply.failure.detail] = ["every fact"]
        else:
            for item in reply.items:
                if item.gap is not None and item.fact in program.rules.vocabulary:
                    reasons.setdefault(item.detail, []).append(item.fact)
        for detail, facts in reasons.items():
            yield f"  {binding.id} does not know {listed(facts, most=4)} by it: {in_short(detail, most=_LONG)}"
