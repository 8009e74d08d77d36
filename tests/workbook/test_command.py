"""``gonogo workbook``: where it writes, what it says, and that it serves where nothing of POSIX exists."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gonogo.cli import run

LINES = "".join(f'{key}: "evidence.xlsx"\n' for key in ("attestations", "plans", "waivers"))
AS_OF = ("--as-of", "2027-04-19T12:00-04:00")


class TestCommand:
    def test_it_writes_the_workbook_and_prints_what_the_program_file_needs(self, stated, capfd):
        """One line to paste."""
        assert run(["workbook", str(stated.root), "-o", str(stated.file), *AS_OF]) == 0

        out, err = capfd.readouterr()
        assert out == LINES
        assert "evidence.xlsx: 8 facts to state." in err
        assert stated.file.read_bytes() == stated.made.data

    def test_the_line_may_stand_there_before_the_workbook_does(self, stated, capfd):
        """Whichever comes first."""
        program = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
        (stated.root / "gonogo.yaml").write_text(program + stated.made.block, encoding="utf-8")

        assert run(["workbook", str(stated.root), "-o", str(stated.file), *AS_OF]) == 0

        assert capfd.readouterr().out == ""
        assert stated.file.read_bytes() == stated.made.data

    def test_a_workbook_that_is_there_is_never_replaced_unasked(self, stated, capfd):
        """Somebody may have filled it in since."""
        stated.file.write_bytes(stated.filled())

        assert run(["workbook", str(stated.root), "-o", str(stated.file), *AS_OF]) == 2
        assert stated.file.read_bytes() != stated.made.data
        assert "--keep-answers" in capfd.readouterr().err

        assert run(["workbook", str(stated.root), "-o", str(stated.file), "--keep-answers", *AS_OF]) == 0
        assert "8 of them with the answers of the earlier file" in capfd.readouterr().err
        assert stated.answers(stated.file.read_bytes())["cutover.rehearsals"].value == 3

    def test_several_releases_are_told_apart(self, stated, capfd):
        """A workbook is for one release, and so is its binding."""
        program = (stated.root / "gonogo.yaml").read_text(encoding="utf-8")
        second = 'releases:\n  - {id: R2, go_live: "2027-09-06T06:00-04:00"}\n'
        (stated.root / "gonogo.yaml").write_text(program.replace("releases:\n", second), encoding="utf-8")

        assert run(["workbook", str(stated.root), "-o", str(stated.file), *AS_OF]) == 2
        assert run(["workbook", str(stated.root), "-o", str(stated.file), "--release", "R1", *AS_OF]) == 0

        out = capfd.readouterr().out
        assert "  - id: workbook-R1\n    collector: attestation\n" in out
        assert "    subject: {release: R1}\n" in out
        assert "        tests.cost: money USD\n" in out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["-o", "evidence.csv"], "is not named as a workbook"),
            (["-o", "nowhere/evidence.xlsx"], "There is no folder nowhere"),
            (["-o", "evidence.xlsx", "--decision", "soon"], "is not a date such as 2027-04-19"),
        ],
    )
    def test_a_slip_on_the_command_line_is_told(self, stated, capfd, monkeypatch, arguments, said):
        """Before anything is written."""
        monkeypatch.chdir(stated.root)

        assert run(["workbook", str(stated.root), *arguments]) == 2
        assert said in capfd.readouterr().err
        assert not stated.file.exists()


class TestElsewhere:
    def test_the_workbook_is_made_on_a_windows_laptop(self, stated, laptop):
        """No fork, no fcntl, no rlimits: the same bytes."""
        done = laptop("workbook", ".", *AS_OF, cwd=stated.root)

        assert (done.returncode, done.stdout) == (0, LINES), done.stderr
        assert stated.file.read_bytes() == stated.made.data

    def test_a_matrix_is_checked_there_too(self, stated, laptop):
        """Registers are kept where the PMO sits."""
        stated.file.write_bytes(stated.made.data)

        done = laptop("raci", "evidence.xlsx", cwd=stated.root)

        assert done.returncode == 2
        assert "name the one that holds the matrix RACI" in done.stderr

    def test_without_xlsxwriter_the_extra_is_named(self, stated, capfd, monkeypatch):
        """The one thing to type."""
        monkeypatch.chdir(stated.root)
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)

        assert run(["workbook", ".", *AS_OF]) == 2

        assert "pip install 'gonogo[office]'" in capfd.readouterr().err

    def test_facts_of_third_party_plugins_are_asked_where_they_cannot_be_started(self, stated, monkeypatch):
        """Their code runs in a child or not at all; a remark says so."""
        from gonogo.errors import IsolationFault
        from gonogo.plugin import without_children
        from gonogo.plugin.discovery import PluginEntry, discover
        from gonogo.testing.programs import binding_of, program_of
        from gonogo.workbook import answered

        def nowhere(*_, **__):
            raise IsolationFault("this platform has no fork")

        foreign = PluginEntry("helpdesk", "nowhere", "agency", "1.0", builtin=False)
        monkeypatch.setattr(answered, "discover", lambda: discover() | {"helpdesk": foreign})
        monkeypatch.setattr(without_children, "run", nowhere)
        program = program_of(binding_of("helpdesk"), allow=({"distribution": "agency", "version": "1.0"},))

        found = answered.answered_facts(program, stated.root, release=program.releases[0])

        assert found.facts == set()
        assert "so the facts of helpdesk are asked here too" in found.remarks[0]

    def test_every_built_in_collector_declares_there(self, tmp_path, laptop):
        """Harborline binds all of them; what they answer is found out without a child."""
        root = next(
            p / "examples" / "harborline" / "go"
            for p in Path(__file__).resolve().parents
            if (p / "examples" / "harborline").is_dir()
        )
        if not (root / "gonogo.yaml").is_file():
            pytest.skip("the example has not been written; `make example` writes it")
        target = tmp_path / "evidence.xlsx"

        done = laptop("workbook", root, "-o", target, *AS_OF)

        assert done.returncode == 0, done.stderr
        assert "0 facts to state" in done.stderr
