"""Fixtures: a job over bytes, and the answers of the table collector for settings written as YAML would give them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.ready_table import ready

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.model.evidence import Subject
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import Answer, Input, Job

NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
GO_LIVE = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)
HELD = datetime(2027, 4, 18, 4, 0, tzinfo=UTC)

Collect = Callable[..., dict[str, Answer]]


def keyed(table: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a table with what one row is; nothing is added where they say it."""
    said = {"one_row": "a row of a test", **table} if "unique" not in table else table
    return {key: value for key, value in said.items() if value is not None}


@pytest.fixture
def collect(tmp_path: Path) -> Iterator[Collect]:
    """Return a function from files and settings to the answers by fact.

    A table whose test says nothing of its key counts as it stands; ``one_row: None`` leaves that open.

    ``files`` maps ``name`` or ``input:name`` to bytes; ``as_of`` is what the host knows (None: it does not), ``rule``
    how the binding says that the moment is known.
    """
    opened: list[int] = []
    runs = 0

    def run(
        files: dict[str, bytes],
        settings: dict[str, Any],
        *,
        as_of: datetime | dict[str, datetime] | None = HELD,
        rule: AsOf | None = None,
        time_zone: str = "America/New_York",
        builds: Iterable[str] = (),
        environment: str | None = None,
    ) -> dict[str, Answer]:
        nonlocal runs
        runs += 1
        folder = tmp_path / str(runs)
        scratch = folder / "scratch"
        scratch.mkdir(parents=True)
        inputs = []
        for key, data in files.items():
            name, _, file_name = key.rpartition(":")
            path = folder / file_name
            path.write_bytes(data)
            descriptor = os.open(path, os.O_RDONLY)
            opened.append(descriptor)
            known = as_of.get(name or "file") if isinstance(as_of, dict) else as_of
            inputs.append(
                Input(
                    name=name or "file",
                    file_name=file_name,
                    size=len(data),
                    sha256=hashlib.sha256(data).hexdigest(),
                    rule=rule or AsOf(rule=AsOfRule.SAID, at=HELD, by="Ada Kirsch"),
                    descriptor=descriptor,
                    as_of=known,
                )
            )
        job = Job(
            now=NOW,
            go_live=GO_LIVE,
            time_zone=time_zone,
            program="harborline",
            release="wave-1",
            binding="training",
            scratch=str(scratch),
            files=tuple(inputs),
            builds=frozenset(builds),
            subject=Subject(environment=environment),
        )
        collector = TableCollector()
        settings = {**settings, "tables": {name: keyed(table) for name, table in settings["tables"].items()}}
        parsed = TableSettings.model_validate_json(json.dumps(settings))
        declared = [fact.name for fact in collector.declare(parsed)]
        with ready(sql=any("sql" in fact for fact in settings["facts"].values())):
            answers = list(collector.collect(job, parsed))
        assert [answer.fact for answer in answers] == declared, "one answer for each declared fact, in order"
        for descriptor in opened:
            os.close(descriptor)
        opened.clear()
        return {answer.fact: answer for answer in answers}

    yield run
    for descriptor in opened:
        os.close(descriptor)
