"""Harborline's gate before the migration: one program that may begin, and one that may not yet."""

from __future__ import annotations

import importlib
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from gonogo.model.assessment import Assessment
from gonogo.model.finding import Status
from gonogo.model.verdict import Verdict
from gonogo.workflow.loading import load
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import gather, judge

EXAMPLE: Final = Path(__file__).resolve().parents[2] / "examples" / "harborline"
NOON: Final = datetime(2027, 1, 3, 12, tzinfo=ZoneInfo("America/New_York"))


@cache
def judged(name: str) -> Assessment:
    order = Order(program=EXAMPLE / "engagement" / name, as_of=NOON)
    loaded = load(order)
    return judge(order, loaded, gather(order, loaded, NOON), NOON)


def by_status(name: str) -> dict[Status, set[str]]:
    findings = judged(name).findings
    return {status: {f.criterion for f in findings if f.status is status} for status in {f.status for f in findings}}


def test_go_may_begin_with_all_that_is_asked():
    """The example that a program office copies has to pass."""
    assert judged("go").decision.verdict is Verdict.GO
    assert {status: len(found) for status, found in by_status("go").items()} == {Status.MET: 41}


def test_nogo_stops_for_the_five_reasons_of_its_page():
    """Four on merit and one without evidence; the page lists each of them."""
    page = (EXAMPLE / "README.md").read_text("utf-8").split("## The gate before")[1].split("\n## ")[0]
    listed = dict(re.findall(r"\| ([a-z.0-9_]+)(, unknown)? \|$", page, re.MULTILINE))
    found = by_status("nogo")

    assert judged("nogo").decision.verdict is Verdict.NO_GO
    assert found[Status.NOT_MET] == {f"program.{name}" for name, unknown in listed.items() if not unknown}
    assert found[Status.UNKNOWN] == {f"program.{name}" for name, unknown in listed.items() if unknown}


def test_the_tracker_is_read_as_it_is():
    """40 of the 41 outputs due exist, and the page on GSA's files shows how that is bound."""
    criteria = ("program.documents.complete", "program.documents.current")
    [complete, current] = [finding for finding in judged("go").findings if finding.criterion in criteria]

    assert [one.status for one in (complete, current)] == [Status.MET, Status.MET]
    assert "40 of 41" in str(complete)
    assert "Enhancement Strategy" in str(complete)


def test_the_committed_files_are_what_the_generator_writes(tmp_path, monkeypatch):
    """Nobody edits evidence by hand, but for statements: what a reader sees is what the script says, byte for byte."""
    monkeypatch.syspath_prepend(str(EXAMPLE))
    for name in ("tracker", "gate"):
        importlib.import_module(f"generator.{name}").write(tmp_path)
    written = {path.name: path.read_bytes() for path in (tmp_path / "evidence").iterdir()}

    for name in ("go", "nogo"):
        found = [path for path in (EXAMPLE / "engagement" / name / "evidence").iterdir() if path.suffix != ".yaml"]
        assert {path.name: path.read_bytes() for path in found} == written


@pytest.mark.parametrize("name", ["gonogo.yaml", "people.yaml"])
def test_only_the_evidence_differs(name):
    """Two programs that differ in their rules would prove nothing about evidence."""
    go, nogo = (EXAMPLE / "engagement" / each / name for each in ("go", "nogo"))

    assert go.read_bytes() == nogo.read_bytes()
