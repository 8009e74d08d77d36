"""Files that the pattern of a binding matches, and whose names tell of a part of its list, or of another list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from gonogo.first_week.bindable import only_match
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.plugin.inputs.likeness import Likeness, rank
from gonogo.plugin.inputs.match import is_wild
from gonogo.plugin.inputs.name_words import foreign_words, words_beyond
from gonogo.plugin.inputs.part_numbers import other_part, part_beyond, part_number


@dataclass(frozen=True, slots=True)
class AnotherList:
    """Such a file.

    Attributes:
        binding: Id of the binding.
        words: Why: what its name says.
        newest: Whether it is the newest of what the pattern matches, so that nothing is read until it is settled.
    """

    binding: str
    words: str
    newest: bool

    @property
    def why(self) -> str:
        """Why it is not taken."""
        stops = f", and {self.binding} reads nothing until that is settled" if self.newest else ""
        return (
            f"its name says `{self.words}`: it may be a part of the list that {self.binding} reads, or another "
            f"list{stops}"
        )


def another_list(binding: Binding, path: str, beside: Collection[str]) -> AnotherList | None:
    """Return why a binding whose pattern matches a file does not take it; None where it does.

    Args:
        binding: The binding.
        path: Of the file.
        beside: All files that may be evidence.
    """
    for entry, pattern in ((one, words) for one in binding.inputs for words in one.paths if is_wild(words)):
        others = [each for each in only_match(pattern, beside) if each != path]
        if others and not entry.pick_newest:
            continue  # several files are a conflict there, whatever their names say
        if only_match(pattern, [path]) and (words := foreign_words(pattern, path, others)):
            late = rank(path.rpartition("/")[2])
            newest = all(rank(each.rpartition("/")[2]) <= late for each in others)
            return AnotherList(binding.id, plain(" ".join(words)), newest)
    return None


def named_otherwise(path: str, old: str) -> str:
    """Return what a file's name says beyond that of a bound one, although both are alike; empty for nothing."""
    name, other = path.rpartition("/")[2], old.rpartition("/")[2]
    words = words_beyond(name, [other])
    return "" if words == (part_number(name),) else plain(" ".join(words))  # a number alone may be a part of this list


def may_be_part(kind: Likeness, path: str, old: str) -> bool:
    """Whether a file of nearly the same name as a bound one may hold another part of its list.

    Args:
        kind: What its name is beside that of the bound one.
        path: Of the file.
        old: Of the bound one.
    """
    name, other = path.rpartition("/")[2], old.rpartition("/")[2]
    return kind == "copy" or (kind == "name" and (other_part(name, other) or bool(part_beyond(name, [other]))))


def ways_out(path: str, binding: str) -> str:
    """Return what settles such a file."""
    return (
        f"If it is the whole list: gonogo add PROGRAM {quote(path)} --replaces {binding}; "
        f"if not: gonogo add PROGRAM {quote(path)} --not-evidence REASON"
    )


def beside(root: Path, path: str, settled: Collection[str]) -> list[str]:
    """Return the files of a file's folder that may be evidence."""
    folder = path.rpartition("/")[0]
    here = [f"{folder}/{each.name}" if folder else each.name for each in (root / folder).iterdir() if each.is_file()]
    return [each for each in here if not any(only_match(words, [each]) for words in settled)]
