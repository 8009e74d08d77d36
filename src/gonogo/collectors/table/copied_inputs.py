"""Two sides of a comparison that are one file: they always agree, so what is compared proves nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from gonogo.collectors.table.settings import Table
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input


def refuse_copies(sides: Sequence[tuple[Table, Input]]) -> None:
    """Refuse a query over two tables that are the same rows of the same bytes.

    Args:
        sides: The tables that the query reads, each with its file.

    Raises:
        StructuralFault: Two are, and the settings of neither say why that is right.
    """
    for (one, its), (other, others) in itertools.combinations(sides, 2):
        same = its.sha256 == others.sha256 and (one.sheet, one.records) == (other.sheet, other.records)
        if same and (one.input or "file") != (other.input or "file") and not (one.identical or other.identical):
            raise StructuralFault(
                f"{its.file_name} and {others.file_name} hold the same bytes, and a copy always agrees with its "
                "original; bind the files of both sides, or say identical: with the reason why both write the same"
            )
