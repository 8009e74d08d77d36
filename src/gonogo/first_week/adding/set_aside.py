"""Files that a person says are no evidence: what read them goes or waits, and what it proved is a gap from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.another_list import another_list, beside
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.adding.read_by import FilesRead
from gonogo.first_week.adding.rival_rows import facts_of_binding
from gonogo.first_week.adding.waiting_lines import read_again
from gonogo.first_week.bindable import only_match
from gonogo.first_week.folder import look_through
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.plugin.inputs.part_numbers import part_beyond
from gonogo.text import listed

_SHOWN = 8


def settle_as_no_evidence(adding: Adding, path: str, reason: str) -> None:
    """Say of a file that it is no evidence, so that nobody asks again.

    A binding that reads this file alone goes with it. One that reads other files too stays as it is where it reads the
    same without the file; otherwise it waits for a person, so that no figure gets better by what was left out.

    Raises:
        UsageError: The program file cannot be changed by a command.
    """
    near = beside(adding.program.root, path, adding.program.files.program.not_evidence or {})
    without = _without(adding.program, path, reason)
    for each in adding.program.readers(path):
        if another_list(each, path, near) is not None or _mere_part(adding.program, each, path):
            continue  # nothing was read by it, because its name tells of a part of the list
        if _alone(adding, each, path):
            _take_out(adding, each)
        elif (difference := _difference(adding.program, without, each)) and each.confirmed is None:
            line = adding.lines.line_of(each.id)
            question = f"It is read without {plain(path)}, which is no evidence. Is the rest of it all that there is?"
            changed = adding.lines.asking(line, question)
            adding.lines = changed.unconfirmed(changed.line_of(each.id))
            adding.told.append(
                f"{each.id}: reads other files too, and without this one it says {difference}. It was confirmed with "
                "it, so it waits for a person again, and nothing is read by it until then."
            )
    for each in (each for each in adding.program.bindings if each.waits_for == path):
        if adding.lines.has(each.id):
            adding.lines = read_again(adding.lines, each.id)
            adding.told.append(f"{each.id}: read again as it was confirmed, because it waited for this file alone.")
    adding.lines = adding.lines.not_evidence(path, reason)
    adding.changed = True
    adding.told.append(f"{plain(path)}: settled as no evidence; nobody is asked about it again.")


def _mere_part(program: OpenProgram, binding: Binding, path: str) -> bool:
    """Whether a file is not read for a number in its name that others of its pattern and day do not have."""
    words = [words for entry in binding.inputs for words in entry.paths if only_match(words, [path])]
    name = path.rpartition("/")[2]
    here = beside(program.root, path, program.files.program.not_evidence or {})
    others = [each.rpartition("/")[2] for each in only_match(words[0], here) if each != path] if words else []
    return bool(others) and not FilesRead(program.files).how(binding, path).reads and bool(part_beyond(name, others))


def _take_out(adding: Adding, binding: Binding) -> None:
    adding.lines = adding.lines.without_binding(adding.lines.line_of(binding.id)).without_authority(binding.id)
    adding.unconfirmed.pop(binding.id, None)
    if binding.confirmed is not None:
        adding.told.append(f"{binding.id}: taken out of gonogo.yaml; it was a draft that nobody had confirmed.")
        return
    adding.told.append(
        f"{binding.id}: taken out of gonogo.yaml, although it was confirmed.{lost_words(adding, binding)}"
    )


def lost_words(adding: Adding, binding: Binding) -> str:
    """Return what becomes of the facts of a confirmed binding that is taken out, as sentences after a blank."""
    facts = facts_of_binding(adding.program, binding)
    others: dict[str, list[str]] = {}
    for each in adding.program.bindings:
        if each.id != binding.id and each.confirmed is None and adding.lines.has(each.id):
            for fact in set(facts) & set(facts_of_binding(adding.program, each)):
                others.setdefault(fact, []).append(each.id)
    gone = [fact for fact in facts if fact not in others]
    said = ""
    if gone:
        only = "only source, so it is" if len(gone) == 1 else "only source, so they are"
        said += f" It was the {only} unknown from now on: {listed(gone, most=_SHOWN)}."
    for ids in dict.fromkeys(tuple(each) for each in others.values()):
        mine = [fact for fact in facts if others.get(fact) == list(ids)]
        said += f" {listed(mine, most=_SHOWN)} {'rests' if len(mine) == 1 else 'rest'} on {listed(ids)} alone now."
    return said


def _without(program: OpenProgram, path: str, reason: str) -> OpenProgram:
    """Return the program as it reads without a file."""
    said = program.files.program
    settled = {**(said.not_evidence or {}), path: reason}
    return replace(program, files=replace(program.files, program=said.model_copy(update={"not_evidence": settled})))


def _difference(program: OpenProgram, without: OpenProgram, binding: Binding) -> str:
    """Return what a binding says otherwise without a file, before and after; empty where it says the same."""
    before, after = (said_by_fact(each, binding, dated=False) for each in (program, without))
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    found = [f"{name} {after.get(name, 'nothing')} instead of {before.get(name, 'nothing')}" for name in names]
    return listed(found, most=_SHOWN)


def _alone(adding: Adding, binding: Binding, path: str) -> bool:
    """Whether a binding reads one file and no other, also where it names the file by a pattern."""
    files = [each for each, _ in look_through(adding.program.root, ".").files]
    words: Sequence[str] = [words for entry in binding.inputs for words in entry.paths]
    return all(set(only_match(each, files)) <= {path} for each in words)
