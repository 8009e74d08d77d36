"""The bindings that read the file which another one may be a newer version of, and whether they could read that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gonogo.first_week.adding.bound_paths import read_now, version_beside
from gonogo.first_week.adding.newer_content import replace_path, unfit
from gonogo.first_week.adding.next_update import compares_updates
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.bindable import only_match
from gonogo.model.program import Binding, InputPath
from gonogo.plugin.inputs.likeness import Likeness


@dataclass(frozen=True, slots=True)
class OldReader:
    """A binding that reads the file which another one may be a newer version of.

    Attributes:
        binding: The binding.
        entry: The input by which it reads it.
        words: The path or pattern.
    """

    binding: Binding
    entry: InputPath
    words: str

    def reading(self, path: str) -> Binding:
        """Return the binding as it would be with another file."""
        return replace_path(self.binding, self.entry, self.words, path)


def near_bound(program: OpenProgram, path: str) -> tuple[str, Likeness | None]:
    """Return the first bound file that a file may be another version of, and how; None where there is none."""
    for binding in (each for each in program.bindings if not compares_updates(each)):
        for words in (words for entry in binding.inputs for words in entry.paths):
            old = read_now(program, words)
            reads = any(only_match(each, [path]) for entry in binding.inputs for each in entry.paths)
            if old and not reads and (kind := version_beside(old, path)) is not None:
                return old, kind
    return "", None


def readers_of(program: OpenProgram, old: str, path: str) -> list[OldReader]:
    """Return all bindings that read a file and not yet the other one, but for those that compare one with the other."""
    return [
        OldReader(binding, entry, words)
        for binding in program.bindings
        for entry in binding.inputs
        for words in entry.paths
        if not compares_updates(binding) and read_now(program, words) == old and not only_match(words, [path])
    ]


def misfits_of(program: OpenProgram, readers: Sequence[OldReader], path: str) -> dict[str, str]:
    """Return the bindings that could not read a file, with why."""
    found = {each.binding.id: unfit(preview_in(program, each.reading(path))) for each in readers}
    return {name: why for name, why in found.items() if why}
