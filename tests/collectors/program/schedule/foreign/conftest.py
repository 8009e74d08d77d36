"""One Java machine, in a process of its own, for all tests of this room."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gonogo.testing.jobs import answers_of, job_of

SCRIPT = Path(__file__).with_name("foreign_reading.py")
NOON, GO_LIVE = "2027-04-19T16:00:00+00:00", "2027-05-03T10:00:00+00:00"


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., dict[str, Any]]]:
    """Ask the collector about bytes, written first in another form where one is named."""
    told = tmp_path_factory.mktemp("mpxj") / "stderr"
    with (
        told.open("wb") as errors,
        subprocess.Popen(
            [sys.executable, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):

        def ask(data: bytes, form: str = "", **more: Any) -> dict[str, Any]:
            asked = {"data": data.hex(), "form": form, "now": NOON, "go_live": GO_LIVE} | more
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            assert answer, told.read_text()[-3000:]
            return json.loads(answer)

        yield ask


@pytest.fixture
def plain() -> Callable[..., dict[str, Any]]:
    """Ask one of gonogo's own collectors, in the same plain form."""

    def ask(collector: Any, data: bytes, **settings: Any) -> dict[str, Any]:
        job = job_of(
            {"file": ("plan", data)}, now=datetime.fromisoformat(NOON), go_live=datetime.fromisoformat(GO_LIVE)
        )
        return {
            name: [None if each.value is None else str(each.value), each.part, each.whole, each.detail,
                   None if each.open_items is None else sorted(each.open_items)]
            for name, each in answers_of(collector, job, settings).items()
        }  # fmt: skip

    return ask


@pytest.fixture
def remaining(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The small Primavera schedule with the remaining and late dates that P6 keeps beside the early ones."""
    for row in tables["TASK"]:
        if row.get("act_end_date"):
            continue
        begin = "2027-04-16 08:00" if row.get("act_start_date") else row["early_start_date"]
        row.update(restart_date=begin, reend_date=row["early_end_date"])
        for start, finish in (("late_start_date", "late_end_date"), ("rem_late_start_date", "rem_late_end_date")):
            row.update({start: begin, finish: row["early_end_date"]})
        row["total_float_hr_cnt"] = 0
    return tables
