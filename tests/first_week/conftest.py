"""Fixtures: a mapping pasted into a program file as a person would, and what the table collector makes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.first_week.mapping_text import mapping_text
from gonogo.plugin.spec import Answer
from gonogo.program.program_file import load_program
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset
from gonogo.testing import SAMPLE_NOW, answers_of, job_of

HEAD = """\
schema: 1
program: {id: p, customer: C, provider: P, time_zone: America/New_York}
releases:
  - {id: R1, go_live: 2027-05-03T06:00}
ruleset: m3-baseline@1.0.0
evidence:
  - id: pasted
    collector: table
    as: pasted
    path: t.csv
    side: customer
    producer: Somebody
"""

Pasted = Callable[[TableMapping], dict[str, Any]]
Counts = Callable[[Path], Answer]


@pytest.fixture(scope="session")
def rules() -> LoadedRuleset:
    """The shipped ruleset."""
    return load_ruleset("m3-baseline@1.0.0")


@pytest.fixture
def pasted(tmp_path: Path) -> Pasted:
    """Return the settings that a program reads once a mapping's text is pasted into its binding."""

    def paste(mapping: TableMapping) -> dict[str, Any]:
        folder = tmp_path / "pasted"
        folder.mkdir(exist_ok=True)
        (folder / "gonogo.yaml").write_text(HEAD + mapping_text(mapping), encoding="utf-8")
        return load_program(folder).program.bindings[0].settings

    return paste


@pytest.fixture
def counts(pasted: Pasted) -> Counts:
    """Return the collector's answer for the number of rows of a file, read as its own mapping says."""

    def count(path: Path) -> Answer:
        settings = pasted(map_file(path))
        settings = settings | {"facts": {"rows": {"count": {}, "unit": "rows", "meaning": "Rows of the table."}}}
        held: datetime = SAMPLE_NOW - timedelta(days=1)
        job = job_of({"file": (path.name, path.read_bytes())}, as_of=held)
        with ready():
            return answers_of(TableCollector(), job, settings)["rows"]

    return count


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real files, written by others."""
    for parent in Path(__file__).resolve().parents:
        if (parent / "shared" / "data").is_dir():
            return parent / "shared" / "data"
    pytest.skip("the folder of real files (shared/data) is not here")
