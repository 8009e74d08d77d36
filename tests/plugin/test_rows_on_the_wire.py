"""How many rows were read travels from the child, and only where somebody says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gonogo.model.fact import FactType
from gonogo.model.reply import Item
from gonogo.plugin.serving import _item
from gonogo.plugin.spec import LocalFact

FACT = LocalFact("share", FactType.RATIO, "A share.")
ANSWER = FACT.counted(part=1, whole=51, as_of=datetime(2027, 4, 18, tzinfo=UTC))


@pytest.mark.parametrize("rows", [None, 0, 50])
def test_the_rows_that_were_read_travel(rows: int | None):
    """Without them no admission could see that a sample of 51 was made from 50 rows."""
    wire = _item(replace(ANSWER, rows_read=rows), {"share": FACT})

    assert ("rows_read" in wire) is (rows is not None)
    assert Item.from_document(wire | {"fact": "a.share"}).rows_read == rows
