"""What is given as evidence on the command line: bundles of other jobs, or one file of evidence lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gonogo.bundle.unpacking import is_bundle
from gonogo.errors import UsageError


def evidence_files(files: Sequence[Path]) -> tuple[Path | None, tuple[Path, ...]]:
    """Return the file of evidence lines, if there is one, and the bundles; the content says which is which.

    Raises:
        UsageError: Several files of lines, or lines beside bundles: lines stand in place of everything.
    """
    bundles = tuple(file for file in files if is_bundle(file))
    lines = [file for file in files if file not in bundles]
    if len(lines) > 1 or (lines and bundles):
        raise UsageError(
            f"{lines[0]} holds evidence lines, which replace everything else that is collected",
            hint="give that file alone, or bundles of `gonogo collect -o` alone",
        )
    return (lines[0] if lines else None), bundles
