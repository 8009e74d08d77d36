"""A proposal as the binding that a program would read: written as lines, and read back from them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.prose import quoted
from gonogo.model.program import Program
from gonogo.program.program_file import load_program

_AGENCY: Final = "nobody"


def program_of_lines(
    lines: Sequence[str], *, zone: str = "UTC", go_live: str = "2100-01-01T00:00", release: str = "R1", build: str = ""
) -> Program:
    """Return a program with the bindings of these lines and nothing else.

    Args:
        lines: Bindings, as a program file writes them below ``evidence:``.
        zone: Time zone.
        go_live: Local time of the release.
        release: Its id.
        build: What is released; empty for nothing.

    Raises:
        UsageError: They are no bindings.
    """
    subjects = f", subjects: {{artifact: {quoted(build)}}}" if build else ""
    head = [
        "schema: 1",
        f"program: {{id: checked, customer: {_AGENCY}, provider: {_AGENCY}, time_zone: {zone}}}",
        f"releases: [{{id: {quoted(release)}, go_live: {go_live}{subjects}}}]",
        "ruleset: m3-baseline",
        "evidence:",
    ]
    with tempfile.TemporaryDirectory(prefix="gonogo-") as folder:
        file = Path(folder) / "gonogo.yaml"
        file.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
        try:
            return load_program(file).program
        except ConfigurationError as error:
            raise UsageError(f"No binding can be written for it: {error.problems[0].what}.") from error
