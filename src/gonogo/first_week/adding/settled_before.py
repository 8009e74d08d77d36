"""A file like one that a person has left out before, the same bytes or its next version: nobody is asked twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from filecmp import cmp

from gonogo.first_week.adding.another_list import named_otherwise
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.bindable import only_match
from gonogo.first_week.proposal import IDLE
from gonogo.first_week.prose import plain
from gonogo.first_week.put_away import headings_of
from gonogo.first_week.superseding import SUPERSEDED
from gonogo.plugin.inputs.likeness import likeness
from gonogo.plugin.inputs.match import is_wild


def settled_before(program: OpenProgram, path: str) -> tuple[str, str] | None:
    """Return why a file is no evidence by what was said of another one, and that in words; None where nothing was.

    The other one holds the same bytes; or it lies beside it, is called alike but for a day, a version or a number, and
    has the same headings. What was superseded by a newer file was evidence, and what a ruleset asks nothing of may be
    evidence for the next one, so both say nothing.

    Args:
        program: The program.
        path: Of the file.
    """
    file = program.root / path
    for old, reason in (program.files.program.not_evidence or {}).items():
        other = program.root / old
        if is_wild(old) or reason.startswith(SUPERSEDED.strip()) or reason.endswith(IDLE) or not other.is_file():
            continue
        if cmp(file, other, shallow=False):
            what = "the same as"
        elif _is_next(program, old, path):
            what = "another version of"
        else:
            continue
        return (
            f"{what} {old.rpartition('/')[2]}: {reason}",
            f"{plain(path)}: {what} {plain(old)}, which is no evidence: {plain(reason, most=200)}. It is listed under "
            "not_evidence too; delete that line if it is evidence.",
        )
    return None


def _is_next(program: OpenProgram, old: str, path: str) -> bool:
    above, _, name = old.rpartition("/")
    folder, _, other = path.rpartition("/")
    if above != folder or likeness(name, other) is None or named_otherwise(path, old):
        return False
    headings = headings_of(program.root / old)
    return bool(headings) and headings == headings_of(program.root / path)


def gone_words(settled: Mapping[str, str], lines: Sequence[str], binding: str, path: str) -> str:
    """Return what became of a binding that the program does not have any more.

    Args:
        settled: What the program lists as no evidence, with the reasons.
        lines: Of the program file.
        binding: Its id.
        path: The file that it read.
    """
    why = next((why for words, why in settled.items() if only_match(words, [path])), "")
    if not why:
        noted = f"# {binding}, which read "
        why = next((line.partition("no evidence: ")[2] for line in lines if line.startswith(noted)), "")
    return f"was set aside before ({plain(why, most=300)})" if why else "is no binding of the program any more"
