"""Whether a binding that names a file reads it today, as the run that judges finds: a name tells too little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gonogo.first_week.bindable import only_match
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.plugin.inputs.leftovers import composed
from gonogo.plugin.inputs.read_today import ReadToday, read_today
from gonogo.program.program_file import ProgramFiles


@dataclass(frozen=True, slots=True)
class HowRead:
    """What becomes of one file that a binding names.

    Attributes:
        binding: Id of the binding.
        reads: Whether it reads it.
        why: Why it reads none of the files that it means, and this one neither; empty where it reads one.
        instead: The file that it reads instead; empty for none.
        words: The path or pattern that means the file.
    """

    binding: str
    reads: bool
    why: str = ""
    instead: str = ""
    words: str = ""

    @property
    def said(self) -> str:
        """Why the binding reads nothing, or what it reads instead, in words."""
        if self.why:
            return f"{self.binding} reads nothing until this is settled: {plain(self.why, most=500)}"
        return f"{self.binding} reads {plain(self.instead)}, the newest of {plain(self.words)}"


@dataclass(slots=True)
class FilesRead:
    """What the bindings of a program read today; each is asked once.

    Attributes:
        files: The program; None where there is none, and every name is believed.
    """

    files: ProgramFiles | None
    _asked: dict[str, Sequence[ReadToday]] = field(default_factory=dict)

    def how(self, binding: Binding, path: str) -> HowRead:
        """Return what becomes of a file that a binding names."""
        if self.files is None:
            return HowRead(binding.id, reads=True)
        if binding.id not in self._asked:
            self._asked[binding.id] = read_today(binding, self.files.root, self.files.program)
        mine = [each for each in self._asked[binding.id] if each.words == path or only_match(each.words, [path])]
        if not mine or any(composed(each.path) == composed(path) for each in mine):
            return HowRead(binding.id, reads=True)
        return HowRead(binding.id, reads=False, why=mine[0].why, instead=mine[0].path, words=mine[0].words)


def not_reading(reading: FilesRead, readers: Sequence[Binding], path: str) -> Mapping[str, HowRead]:
    """Return the bindings that name a file and read nothing because of it, or of another one that they mean."""
    found = {each.id: reading.how(each, path) for each in readers}
    return {name: how for name, how in found.items() if how.why}
