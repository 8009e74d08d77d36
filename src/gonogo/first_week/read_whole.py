"""A file that a collector reads as it is: its binding, so that nobody describes by hand what is read already."""

from __future__ import annotations

from pathlib import Path

from gonogo.documents.files import real
from gonogo.first_week.declared_kinds import DeclaredKind, declared_kinds
from gonogo.first_week.file_kinds import Recognized
from gonogo.first_week.program_text import binding_text
from gonogo.first_week.proposals import propose
from gonogo.first_week.prose import plain, quoted
from gonogo.first_week.recognition import Survey, recognize
from gonogo.model.fact import Vocabulary


def binding_of(file: Path, vocabulary: Vocabulary, root: Path | None = None) -> str:
    """Return the binding of a file that a collector reads as it is; empty where only a table could read it.

    Args:
        file: The file.
        vocabulary: Facts of the ruleset.
        root: Folder of the program; None where none is known.
    """
    path = real(file)
    if not path.is_file():
        return ""
    folder = real(root) if root is not None and path.is_relative_to(real(root)) else path.parent
    name = path.relative_to(folder).as_posix()
    found = recognize(folder, name, path.stat().st_size, declared_kinds())
    if not isinstance(found, Recognized) or not isinstance(found.kind, DeclaredKind):
        return ""
    use, shown = found.kind.use, plain(path.name)
    lines = [
        f"# {shown}: {found.kind}. `collector: {use.collector}` reads it as it is, so no column needs to be described.",
        "# Paste the binding below `evidence:` of gonogo.yaml; `gonogo lint` checks it.",
    ]
    if path.suffix.lower() in (".csv", ".xlsx"):
        sheet = " --sheet NAME" if path.suffix.lower() == ".xlsx" else " --header-row N"
        lines.append(f"# To read it as a table all the same: gonogo map {quoted(shown)}{sheet}")
    for proposal in propose(Survey((found,)), folder, vocabulary):
        lines += ["", *binding_text(proposal, "")]
    return "\n".join(lines) + "\n"
