"""What a program's bindings answer and read already: a draft of a new file never takes the place of any of them."""

from __future__ import annotations

from typing import Final

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.previewing import preview_in
from gonogo.first_week.bindable import only_match
from gonogo.first_week.put_away import headings_of
from gonogo.model.program import STATEMENTS, Binding
from gonogo.model.reply import Reply

_TABLE: Final = "table"


def answered_by(program: OpenProgram) -> dict[str, str]:
    """Return the facts, and the groups of facts, that bindings of the program answer, with the binding.

    Of what people state, what they have answered counts; a question that is still open is nobody's.
    """
    found: dict[str, str] = {}
    for binding in program.bindings:
        if binding.plugin == STATEMENTS:
            reply = preview_in(program, binding)
            items = reply.items if isinstance(reply, Reply) else ()
            found |= {item.fact: binding.id for item in items if item.gap is None}
            continue
        facts = binding.settings.get("facts", {}) if binding.plugin == _TABLE else {}
        if binding.plugin != _TABLE and binding.prefix:
            found[f"{binding.prefix}."] = binding.id
        for name in facts:
            found[f"{binding.prefix}.{name}" if binding.prefix else name] = binding.id
    return found


def same_headings(program: OpenProgram, path: str) -> Binding | None:
    """Return the table binding whose file has the same headings as a file; None for none."""
    mine = headings_of(program.root / path)
    if not mine:
        return None
    folder = (program.root / path).parent
    for binding in (each for each in program.bindings if each.plugin == _TABLE):
        for words in (words for entry in binding.inputs for words in entry.paths):
            above = program.root / words.rpartition("/")[0]
            names = [each.name for each in above.iterdir() if each.is_file()] if above.is_dir() else []
            for name in only_match(words.rpartition("/")[2], names):
                if (above, name) != (folder, path.rpartition("/")[2]) and headings_of(above / name) == mine:
                    return binding
    return None
