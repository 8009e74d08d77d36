"""What the RAID collector says of its files, and which of the template's two impact scales a log was filled in by."""

from __future__ import annotations

from typing import Final

from gonogo.collectors.program.raid.m3_layout import ISSUE_LOG, RISKS
from gonogo.collectors.program.raid.scales import ImpactScale, read_impact
from gonogo.documents.xlsx.workbook import find_header, header_key, read_workbook
from gonogo.plugin.recognizes import Recognizes, Start
from gonogo.plugin.spec import CollectorRefusal

LOG_FILES: Final = (
    Recognizes(
        what="GSA M3 RAID log",
        sheets=(RISKS.sheet, ISSUE_LOG.sheet),
        binding="raid",
        prefix="raid",
        settings={"impact_scale": ""},
        choices={"impact_scale": tuple(ImpactScale)},
        missing=(
            "impact_scale: list (5, 10, 15, 20 percent) or instructions (1, 5, 10 percent), whichever people used",
        ),
        remarks=("under as_of: document the date in Cover!B5 counts",),
        place=30,
    ),
)

_HEADING: Final = RISKS.headings["impact"]


def start_of(data: bytes, file_name: str) -> Start | None:
    """Return the scale whose words every cell of the Risk Log quotes that quotes any; None where that is not so."""
    try:
        sheet = read_workbook(data, file_name).sheet(RISKS.sheet)
        header = find_header(sheet, [_HEADING])
    except CollectorRefusal:
        return None
    column = header.columns[header_key(_HEADING)]
    cells = {row[column - 1] for row in sheet.rows[header.row :] if len(row) >= column}
    quoting = {cell for cell in cells if isinstance(cell, str) and "(" in cell}
    fitting = [scale for scale in ImpactScale if quoting and all(_fits(cell, scale) for cell in quoting)]
    if len(fitting) != 1:
        return None
    scale = fitting[0].value
    sentence = f"the cells of its Risk Log quote the scale `{scale}`; check it"
    return Start(settings={"impact_scale": scale}, remarks=(sentence,))


def _fits(cell: str, scale: ImpactScale) -> bool:
    try:
        read_impact(cell, scale)
    except ValueError:
        return False
    return True
