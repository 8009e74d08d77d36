"""`waiting:` of a release: the price of not going live, with who says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from gonogo.errors import ConfigurationError
from gonogo.model.waiting import Waiting
from gonogo.program.program_file import load_program

FILE = """\
schema: 1
program: {id: p, customer: A, provider: B, time_zone: UTC}
releases: [{id: r, go_live: 2027-05-03T06:00-04:00, waiting: %s}]
ruleset: m3-baseline@1.0.0
"""


def loaded(tmp_path: Path, waiting: str) -> Waiting | None:
    file = tmp_path / "gonogo.yaml"
    file.write_text(FILE % waiting, encoding="utf-8")
    return load_program(file).program.releases[0].waiting


def test_it_carries_what_was_written(tmp_path: Path):
    """Page one shows it beside the verdict, word for word."""
    assert loaded(tmp_path, "{price: $410k a month, next_window: July, source: paper 14}") == Waiting(
        price="$410k a month", next_window="July", source="paper 14"
    )


@pytest.mark.parametrize("missing", ["{price: $410k a month}", "{source: paper 14}"])
def test_a_price_without_a_source_is_refused_and_a_source_without_a_price(tmp_path: Path, missing: str):
    """A price that nobody answers for pushes a decision."""
    with pytest.raises(ConfigurationError):
        loaded(tmp_path, missing)


def test_silence_leaves_no_trace_in_what_is_recorded(tmp_path: Path):
    """Records of earlier versions keep their digest."""
    file = tmp_path / "gonogo.yaml"
    file.write_text(FILE.replace(", waiting: %s", ""), encoding="utf-8")

    assert "waiting" not in load_program(file).program.releases[0].document()
