"""What gonogo carries itself, registered through the same hooks and entry points as anyone's."""

from __future__ import annotations

from collections.abc import Callable

from gonogo.plugin.spec import hookimpl
from gonogo.report.formats import FORMATS, Format


@hookimpl
def gonogo_register_formats(register: Callable[[Format], None]) -> None:
    """Register every report format."""
    for entry in FORMATS.values():
        register(entry)
