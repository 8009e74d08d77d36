"""Files that a person says are no evidence, with the drafts that read them: what nobody confirmed stops nobody."""

from __future__ import annotations

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.bindable import only_match
from gonogo.first_week.folder import look_through
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding


def settle_as_no_evidence(adding: Adding, path: str, reason: str) -> None:
    """Say of a file that it is no evidence, so that nobody asks again. Drafts that read this file alone go with it.

    Raises:
        UsageError: A binding that somebody confirmed reads it, or one that reads other files too; or the program file
            cannot be changed by a command.
    """
    readers = adding.program.readers(path)
    for each in readers:
        if each.confirmed is None or not _alone(adding, each, path):
            why = "somebody has confirmed it" if each.confirmed is None else "it reads other files too"
            raise UsageError(
                f"{each.id} reads {path}, so it is evidence.",
                hint=f"{why}: remove the binding {each.id} from gonogo.yaml first",
            )
    for each in readers:
        line = adding.lines.line_of(each.id)
        adding.lines = adding.lines.without_binding(line).without_authority(each.id)
        adding.unconfirmed.pop(each.id, None)
        adding.told.append(f"{each.id}: taken out of gonogo.yaml; it was a draft that nobody had confirmed.")
    adding.lines = adding.lines.not_evidence(path, reason)
    adding.changed = True
    adding.told.append(f"{plain(path)}: settled as no evidence; nobody is asked about it again.")


def _alone(adding: Adding, binding: Binding, path: str) -> bool:
    """Whether a binding reads one file and no other, also where it names the file by a pattern."""
    files = [each for each, _ in look_through(adding.program.root, ".").files]
    words = [words for entry in binding.inputs for words in entry.paths]
    return all(set(only_match(each, files)) <= {path} for each in words)
