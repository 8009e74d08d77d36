"""Which column tells the sides apart: one whose every cell names a side, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.first_week.drafts.asked_about import side_column
from gonogo.first_week.mapping import map_file

PARTIES = {"customer": "BCS", "provider": "FSSC"}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["BCS", "FSSC", "bcs"], "side"),
        (["Customer", "Provider", "customer"], "side"),
        (["BCS", "FSSC", "Auditor"], ""),
        (["Auditor", "BCS", "FSSC"], ""),
        (["BCS", "", "FSSC"], ""),
    ],
)
def test_one_word_that_is_no_side_makes_it_another_column(tmp_path: Path, cells: list[str], found: str) -> None:
    """Rows of a third party would be counted for neither side."""
    rows = "".join(f"P-{number},{cell}\n" for number, cell in enumerate(cells))
    (tmp_path / "staff.csv").write_text(f"Position ID,Side\n{rows}")

    assert side_column(map_file(tmp_path / "staff.csv"), PARTIES) == found
