"""Workbooks that gonogo writes: text stays text, whatever it begins with. The only importer of xlsxwriter."""

from __future__ import annotations

from typing import Any, BinaryIO

from gonogo.errors import UsageError


def new_workbook(stream: BinaryIO, **options: Any) -> Any:
    """Return an empty workbook that is written to ``stream`` when it is closed.

    Raises:
        UsageError: xlsxwriter, which the extra ``office`` brings, is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise UsageError(
            "Workbooks are written with xlsxwriter, which is not installed.", hint="pip install 'gonogo[office]'"
        ) from error
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(stream, {**options, **safe})
