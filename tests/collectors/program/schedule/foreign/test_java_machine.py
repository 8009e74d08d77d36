"""Java and MPXJ: where they are missing, and how they run behind the walls of a child."""

from __future__ import annotations

import builtins
import hashlib
import json
import multiprocessing
import os
from datetime import datetime
from pathlib import Path

import jpype
import pytest

from gonogo.collectors.program.schedule.foreign import java_machine
from gonogo.isolate import run
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.discovery import discover
from gonogo.plugin.preparing import limits_of, task_of
from gonogo.plugin.protocol import WireInput, WireJob, WireRequest
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import input_of

from .conftest import GO_LIVE, NOON


class TestMissing:
    def test_without_the_extra_it_says_what_to_install_and_what_to_export_instead(self, monkeypatch):
        """Half of all offices have no Java, and none should end with an import error."""
        real = builtins.__import__

        def without(name, *more, **named):
            if name in ("jpype", "mpxj"):
                raise ImportError(name)
            return real(name, *more, **named)

        monkeypatch.setattr(builtins, "__import__", without)

        with pytest.raises(CollectorRefusal, match=r"pip install 'gonogo\[schedule\]'.*save the plan as XML") as told:
            java_machine.read_projects(input_of(b"x"), "")
        assert told.value.reason == "not_provable"

    def test_without_java_it_says_where_java_is_looked_for(self, monkeypatch):
        """The extra alone is not enough."""

        def nowhere():
            raise jpype.JVMNotFoundException("none")

        monkeypatch.setattr(jpype, "isJVMStarted", lambda: False)  # another test of this process may have started one
        monkeypatch.setattr(jpype, "getDefaultJVMPath", nowhere)

        with pytest.raises(CollectorRefusal, match=r"no Java was found: .*JAVA_HOME.*export it as XER"):
            java_machine.read_projects(input_of(b"x"), "")


@pytest.mark.parametrize("verb", ["collect", "network"])
def test_it_answers_behind_every_wall(xer, remaining, machine, tmp_path, verb):
    """A reader of thirty file formats gets no file, no network and no process, or a plan could take what it likes."""
    data = bytes.fromhex(machine(xer(remaining), "pmxml", bytes=True)["bytes"])

    # A child of a process in which Java runs has none that works, so a new process asks, as `gonogo` does.
    with multiprocessing.get_context("spawn").Pool(1) as new_process:
        ok, level, payload = new_process.apply(walled, (data, verb, tmp_path))

    assert ok, payload
    assert level == "L2"
    result = json.loads(payload)
    if verb == "network":
        assert len(result["network"]["activities"]) > 3
        return
    answers = {item["fact"]: item for item in result["items"]}
    assert answers["golive_path_continuous"]["value"] is True


def walled(data: bytes, verb: str, folder: Path) -> tuple[bool, str, str]:
    """Ask the collector about a plan in a child with every wall; how it ended, behind which walls, and what it said."""
    planned = folder / "plan.xml"
    planned.write_bytes(data)
    size = len(data)
    scratch = folder / "scratch"
    entry = discover()["schedule"]
    digest = hashlib.sha256(data).hexdigest()
    rule = AsOf(rule=AsOfRule.DOCUMENT)
    job = WireJob(
        now=datetime.fromisoformat(NOON),
        go_live=datetime.fromisoformat(GO_LIVE),
        time_zone="America/New_York",
        program="p",
        release="r",
        binding="b",
        scratch=str(scratch),
        inputs=(WireInput(name="file", file_name="plan.xml", fd=4, size=size, sha256=digest, rule=rule),),
        holidays=(),
        deadline_s=60,
    )
    request = WireRequest(
        nonce="a" * 32,
        verb=verb,
        plugin=entry.name,
        module=entry.module,
        search=entry.search,
        collector="mpxj",
        settings=json.dumps({"golive": "GL1000"}),
        job=job,
    )
    descriptor = os.open(planned, os.O_RDONLY)
    try:
        limits = limits_of(240, inputs=size)
        task = task_of(request, entry, id="plan", limits=limits, descriptors=(descriptor,), scratch=str(scratch))
        [outcome] = run([task])
    finally:
        os.close(descriptor)

    return outcome.ok, str(outcome.level), outcome.payload.decode() if outcome.ok else str(outcome)
