"""Which of the two impact scales of GSA's RAID template a log was filled in by, where its cells say so."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from gonogo.collectors.program.raid.m3_layout import RISKS
from gonogo.collectors.program.raid.scales import ImpactScale, read_impact
from gonogo.documents.xlsx.workbook import find_header, header_key
from gonogo.errors import UsageError
from gonogo.first_week.quick_workbook import open_quickly
from gonogo.model.refusal import SourceRefusal

_HEADING: Final = RISKS.headings["impact"]


def impact_scale_of(path: Path) -> str:
    """Return the scale whose words every cell of the Risk Log quotes that quotes any; nothing where that is not so."""
    try:
        workbook = open_quickly(path.read_bytes(), path.name)
        sheet = workbook.sheet(RISKS.sheet)
        header = find_header(sheet, [_HEADING])
    except (UsageError, SourceRefusal, OSError):
        return ""
    column = header.columns[header_key(_HEADING)]
    cells = {row[column - 1] for row in sheet.rows[header.row :] if len(row) >= column}
    quoting = {cell for cell in cells if isinstance(cell, str) and "(" in cell}
    fitting = [scale for scale in ImpactScale if quoting and all(_fits(cell, scale) for cell in quoting)]
    return fitting[0].value if len(fitting) == 1 else ""


def _fits(cell: str, scale: ImpactScale) -> bool:
    try:
        read_impact(cell, scale)
    except ValueError:
        return False
    return True
