"""``gonogo log show``: what is in a log, for a person with a question and for other tools."""

import json

from gonogo.cli import run
from gonogo.model.record import EventType


def shown(capfd, *arguments: str) -> list[str]:
    assert run(["log", "show", *arguments]) == 0
    return capfd.readouterr().out.splitlines()


class TestShow:
    def test_every_record_is_one_line_in_order(self, assessed, capfd):
        """A reader counts lines and finds the number that verify names."""
        found = shown(capfd, str(assessed.root))

        assert [int(line.split()[0]) for line in found] == list(range(len(found)))
        assert len(found) == (assessed.log / "000001.jsonl").read_text().count("\n")

    def test_json_lines_are_those_of_the_log(self, assessed, capfd):
        """What another tool reads is what is sealed, byte for byte."""
        found = shown(capfd, str(assessed.root), "--json")

        assert "\n".join(found) + "\n" == (assessed.log / "000001.jsonl").read_text()

    def test_a_type_can_be_asked_for(self, assessed, capfd):
        """Auditors begin with the decisions."""
        found = shown(capfd, str(assessed.root), "--type", "decision.made")

        assert len(found) == 1
        assert "GO, assessment" in found[0]

    def test_a_run_can_be_asked_for_by_its_beginning(self, assessed, capfd):
        """Ids are long."""
        started = json.loads(shown(capfd, str(assessed.root), "--type", "run.started", "--json")[0])

        found = shown(capfd, str(assessed.root), "--run", started["run"][:20], "--json")

        assert {json.loads(line)["run"] for line in found} == {started["run"]}
        assert shown(capfd, str(assessed.root), "--run", "last", "--json") == found

    def test_a_run_that_never_was_is_a_usage_error(self, assessed, capfd):
        """An empty list would look like a run without records."""
        assert run(["log", "show", str(assessed.root), "--run", "nope"]) == 2
        assert "has no run nope" in capfd.readouterr().err

    def test_a_broken_log_is_shown_up_to_the_break_and_ends_with_5(self, assessed, capfd):
        """What comes after the break proves nothing."""
        file = assessed.log / "000001.jsonl"
        lines = file.read_bytes().splitlines(keepends=True)
        file.write_bytes(b"".join([*lines[:3], lines[3].replace(b'"seq":3', b'"seq":9'), *lines[4:]]))

        assert run(["log", "show", str(assessed.root)]) == 5

        told = capfd.readouterr()
        assert len(told.out.splitlines()) == 3
        assert "is broken" in told.err

    def test_text_of_others_cannot_command_a_ci_log(self, assessed, capfd):
        """A file name in evidence reaches this list."""
        from gonogo.audit.events import event
        from gonogo.audit.log import AuditLog
        from gonogo.model.record import RunAborted

        with AuditLog.open(assessed.log) as log:
            log.append([event(EventType.RUN_ABORTED, RunAborted(why="::error::\u202e x"), run="r1")])

        last = shown(capfd, str(assessed.root))[-1]

        assert "::" not in last
        assert "\u202e" not in last
