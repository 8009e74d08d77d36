"""A file of drafts shows what to fill in, and what the export says where gonogo does not take it over."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
import yaml

from gonogo.exports.export_cells import UnreadCell
from gonogo.model.acceptance import Acceptance
from gonogo.workbook.drafting import _entry
from gonogo.workbook.readme_sheet import readme_lines


def test_a_cell_that_is_not_read_stands_in_a_comment():
    """The person who signs sees what was there, and no cell can write a line of its own."""
    draft = Acceptance(id="A-001", register_id="ifs", item="bank file", tried_on=date(2026, 11, 22))

    cell = UnreadCell('4/5/2027" x: 1', "ifs.csv line 2, Until", "write the day as 2027-05-03")

    lines = list(_entry(draft, {"until": cell, "touches": cell}))

    assert '    # until:  # not read: "4/5/2027\\" x: 1": write the day as 2027-05-03' in lines
    assert any(line.startswith("    # touches:  # not read") for line in lines)
    assert yaml.safe_load("\n".join(lines)) == [
        {"id": "A-001", "register": "ifs", "item": "bank file", "tried_on": date(2026, 11, 22)}
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (0, "0 facts are due, and no system answers them."),
        (1, "1 fact is due, and no system answers it."),
        (2, "2 facts are due, and no system answers them."),
    ],
)
def test_the_first_sheet_counts_in_plain_words(facts: int, said: str):
    """It is the first sentence that an office reads."""
    identity = SimpleNamespace(marking="", title="T", id="t", zone=None, time_zone="UTC")
    release = SimpleNamespace(id="r1", go_live=SimpleNamespace(astimezone=lambda _: date(2027, 5, 1)))
    ruleset = SimpleNamespace(title="R", name="r", version="1")
    content: Any = SimpleNamespace(
        identity=identity, release=release, ruleset=ruleset, today=date(2027, 4, 1), decision=date(2027, 4, 20),
        questions=range(facts), registers=(),
    )  # fmt: skip

    lines = [text for text, _ in readme_lines(cast("Any", content))]

    assert f"Made on 2027-04-01: {said}" in lines
