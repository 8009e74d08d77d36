"""The answer of a command that looks into the record: as text for a person, as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from gonogo.cli.output import plain, targets
from gonogo.cli.publish import write
from gonogo.workflow.publishing import log_folder
from gonogo.workflow.write_places import check_report_files

FORMATS: Final = ("text", "json")
Wanted = Sequence[tuple[str, Path | None]]


def answer_targets(outputs: Sequence[str], place: Path) -> Wanted:
    """Read ``-o`` before anything is looked up, so that a typo costs nothing: no time, and no file of the program.

    Text on stdout where nothing is named.
    """
    wanted = targets(outputs or ("text",), FORMATS)
    check_report_files(place, [path for _, path in wanted if path is not None])
    return wanted


def answer(
    wanted: Wanted, place: Path, lines: Callable[[], Iterable[str]], document: Callable[[], Mapping[str, Any]]
) -> None:
    """Write the answer to stdout or to its files, and never into the audit log.

    Args:
        wanted: From :func:`answer_targets`.
        place: Folder of the program, or of the log.
        lines: Makes the text.
        document: Makes what JSON holds.

    Raises:
        RecordFault: A file cannot be written. Nothing was recorded.
    """
    for name, path in wanted:
        text = json.dumps(document(), indent=2) if name == "json" else plain("\n".join(lines()))
        write(f"{text}\n".encode(), path, log=log_folder(place), hint="nothing was recorded; run it again")
