"""Java and MPXJ: where they are missing, and how they run behind the walls of a child."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from pathlib import Path

import jpype
import pytest

from gonogo.collectors.program.schedule.foreign import java_machine
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import input_of

WALLED = Path(__file__).with_name("walled_reading.py")


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

    (tmp_path / "plan.xml").write_bytes(data)

    done = subprocess.run(
        [sys.executable, str(WALLED), str(tmp_path / "plan.xml"), verb],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)

    assert outcome["ok"], outcome["said"]
    assert outcome["level"] == "L2"
    if verb == "network":
        assert len(outcome["said"]["network"]["activities"]) > 3
        return
    answers = {item["fact"]: item for item in outcome["said"]["items"]}
    assert answers["golive_path_continuous"]["value"] is True
