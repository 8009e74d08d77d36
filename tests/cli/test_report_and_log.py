"""``gonogo report`` and ``gonogo log verify``: what was recorded, and whether it still is."""

import re
import shutil

import pytest

from gonogo.audit.history import open_history
from gonogo.cli import run
from gonogo.report.formats import FORMATS


class TestReport:
    @pytest.mark.parametrize("name", [name for name in FORMATS if not FORMATS[name].binary])
    def test_the_bytes_are_those_of_the_run_that_wrote_it(self, name, assessed, capfdbinary):
        """A later auditor reads the page that was decided on."""
        assert run([*assessed.arguments, "-o", name]) == 0
        shown = capfdbinary.readouterr().out

        assert run(["report", str(assessed.root), "-o", name]) == 0

        assert capfdbinary.readouterr().out + b"verdict=GO\n" == shown

    def test_a_file_gets_the_same_bytes(self, assessed, tmp_path):
        """The first run wrote first.html; the log says the same."""
        again = tmp_path / "again.html"

        assert run(["report", str(assessed.root), "-o", f"html:{again}"]) == 0

        assert again.read_bytes() == (assessed.root / "first.html").read_bytes()

    def test_an_earlier_run_can_be_asked_for(self, assessed, tmp_path):
        """After a later run of another outcome too."""
        first = open_history(assessed.log).runs[0].run
        assessed.edit("evidence/desk.csv", "D2,filled", "D2,open")
        assert run(assessed.arguments) == 1

        assert run(["report", str(assessed.root), "--run", first, "-o", f"html:{tmp_path / 'a.html'}"]) == 0

        assert (tmp_path / "a.html").read_bytes() == (assessed.root / "first.html").read_bytes()

    def test_a_run_that_never_was_is_a_usage_error(self, assessed, capfd):
        """With the way to the list."""
        assert run(["report", str(assessed.root), "--run", "nope"]) == 2
        assert "log verify" in capfd.readouterr().err

    def test_the_evidence_is_not_needed(self, assessed, capfd):
        """A report reads the log and nothing else."""
        shutil.rmtree(assessed.root / "evidence")
        shutil.rmtree(assessed.rules)

        assert run(["report", str(assessed.root)]) == 0
        assert "GO" in capfd.readouterr().out

    def test_the_folder_of_the_log_is_enough(self, assessed, capfd):
        """An auditor gets the log, not the program."""
        assert run(["report", str(assessed.log)]) == 0
        assert capfd.readouterr().out.startswith("Rehearsal")

    def test_a_log_that_lies_beside_the_program_file_is_not_the_programs(self, assessed, capfd):
        """Somebody plants a log with a better verdict where the folder is searched first."""
        assessed.edit("evidence/desk.csv", "D2,filled", "D2,open")
        planted = (assessed.log / "000001.jsonl").read_bytes()
        assert run(assessed.arguments) == 1
        (assessed.root / "000001.jsonl").write_bytes(planted)
        capfd.readouterr()

        assert run(["report", str(assessed.root)]) == 0

        assert "NO-GO" in capfd.readouterr().out

    def test_a_broken_log_ends_with_5_and_shows_nothing(self, assessed, capfd):
        """A page made of changed records is a forgery."""
        segment = assessed.log / "000001.jsonl"
        segment.write_bytes(segment.read_bytes().replace(b'"small"', b'"smali"', 1))

        code = run(["report", str(assessed.root)])

        out, err = capfd.readouterr()
        assert (code, out) == (5, "")
        assert "broken" in err

    @pytest.mark.parametrize("command", [["report"], ["log", "verify"]])
    def test_no_log_at_all_is_a_usage_error(self, command, small, tmp_path, capfd):
        """Neither a page nor a clean bill."""
        assert run([*command, str(small.root)]) == 2
        assert run([*command, str(tmp_path / "nowhere")]) == 2
        assert "Traceback" not in capfd.readouterr().err

    def test_a_broken_program_file_does_not_hide_the_log(self, assessed, capfd):
        """The record outlives the configuration. Whose signature counts, nobody can tell from it any more: code 2."""
        assessed.file.write_text("schema: 1\nschema: 1\n")

        assert run(["report", str(assessed.root)]) == 0
        assert run(["log", "verify", str(assessed.root)]) == 2
        assert "NOT ALL CHECKED: " in capfd.readouterr().out


class TestVerify:
    def test_a_sound_log_lists_its_runs(self, assessed, capfd):
        """With verdict and purpose, so that nobody takes a rehearsal for a decision."""
        assert run(["log", "verify", str(assessed.root)]) == 0

        out = capfd.readouterr().out
        assert out.startswith("sound:")
        assert "GO (rehearsal)" in out

    @pytest.mark.parametrize("change", ["changed", "dropped", "swapped", "inserted"])
    def test_every_kind_of_damage_ends_with_5(self, change, assessed, capfd):
        """And names the record."""
        segment = assessed.log / "000001.jsonl"
        lines = segment.read_bytes().splitlines(keepends=True)
        if change == "changed":
            lines[6] = re.sub(b"L[12]", b"L0", lines[6])
        elif change == "dropped":
            del lines[6]
        elif change == "swapped":
            lines[5], lines[6] = lines[6], lines[5]
        else:
            lines.insert(6, lines[5])
        segment.write_bytes(b"".join(lines))

        assert run(["log", "verify", str(assessed.root)]) == 5

        assert "BROKEN" in capfd.readouterr().out

    def test_a_torn_tail_is_no_damage_and_no_verdict(self, assessed, capfd):
        """A crash in the middle of a write: the run that was not finished does not count."""
        segment = assessed.log / "000001.jsonl"
        lines = segment.read_bytes().splitlines(keepends=True)
        end = max(number for number, line in enumerate(lines) if b"run.finished" in line)
        segment.write_bytes(b"".join(lines[:end]) + lines[end][:50])
        for name in ("index.json", "checkpoint"):  # a crash comes before they are written
            (assessed.log / name).unlink()

        assert run(["report", str(assessed.root)]) == 2
        assert run(assessed.arguments) == 0

        assert [entry.state.value for entry in open_history(assessed.log).runs] == ["aborted", "finished"]


def test_a_log_that_lost_its_last_records_is_not_sound_and_ends_with_5(assessed, capfd):
    """Each record that is left is as it was sealed; only the note beside the log knows that there were more."""
    segment = assessed.log / "000001.jsonl"
    segment.write_bytes(b"".join(segment.read_bytes().splitlines(keepends=True)[:-1]))

    assert run(["log", "verify", str(assessed.root)]) == 5

    out = capfd.readouterr().out
    assert out.startswith("NOT SOUND: ")
    assert "BROKEN: the audit log ends after" in out
