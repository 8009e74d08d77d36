"""What goes to stdout, stderr and files: shown and never obeyed, all of it or nothing."""

from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from gonogo.cli.output import emit, plain, read_moment, targets
from gonogo.cli.publish import write
from gonogo.errors import RecordFault, UsageError

FORMATS = ["terminal", "json", "html"]


class TestPlain:
    def test_what_has_no_shape_is_written_out(self):
        """An escape sequence in a file name must not repaint the reader's terminal."""
        assert plain("a\x1b[2Jb\u202ec") == "a\\u001b[2Jb\\u202ec"

    def test_lines_blanks_and_letters_stay(self):
        """Errors point at columns with a caret."""
        assert plain("  x: 1\n     ^\tä") == "  x: 1\n     ^\tä"

    def test_a_ci_runner_sees_no_command(self):
        """GitHub obeys what a file says if it begins a line."""
        assert "::" not in plain("::set-output name=verdict::GO")
        assert "##" not in plain("##vso[task.complete result=Succeeded]")


class TestMoment:
    def read(self, text):
        return read_moment(click.Context(click.Command("x")), click.Option(["--as-of"]), text)

    def test_an_offset_is_understood(self):
        """Local noon in Washington is 16:00 UTC in April."""
        assert self.read("2027-04-19T12:00-04:00") == datetime(2027, 4, 19, 16, tzinfo=UTC)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "now",
            "2027-04-19",
            "2027-04-19T12:00",
            "9999-12-31T23:59-14:00",
            "0001-01-01T00:00+14:00",
            "2027-04-31T00:00Z",
        ],
    )
    def test_anything_else_is_a_mistake(self, text):
        """A date without an offset is two different moments on two machines."""
        with pytest.raises(click.BadParameter):
            self.read(text)


class TestTargets:
    def test_the_terminal_is_the_default(self):
        """Without -o a person reads."""
        assert targets([], FORMATS) == [("terminal", None)]

    def test_formats_go_to_files_and_one_to_stdout(self, tmp_path):
        """-o is repeatable."""
        assert targets(["html:" + str(tmp_path / "a.html"), "json"], FORMATS) == [
            ("html", tmp_path / "a.html"),
            ("json", None),
        ]

    @pytest.mark.parametrize(
        ("wanted", "known", "name"),
        [
            ("md", ("markdown",), "markdown"),
            ("markdown", ("md", "docx"), "md"),
            ("word", ("md", "docx"), "docx"),
            ("htm", FORMATS, "html"),
            ("md", ("md", "markdown"), "md"),
        ],
    )
    def test_what_people_call_a_format_is_taken(self, wanted, known, name):
        """`gonogo criteria -o md` and `gonogo assess -o markdown` are one word to the person who types it."""
        assert targets([wanted], known) == [(name, None)]

    def test_a_format_that_is_almost_one_is_named(self):
        """The list alone leaves the reader to compare."""
        with pytest.raises(UsageError) as raised:
            targets(["htmml"], FORMATS)
        assert raised.value.hint == "did you mean `html`?"

    @pytest.mark.parametrize(
        ("wanted", "words"),
        [
            (["htmml"], "no report format 'htmml'"),
            (["html:"], "names no file"),
            (["json", "html"], "mixed on stdout"),
            (["json:{0}/x", "html:{0}/./x"], "one file"),
            (["json:{0}"], "is a folder"),
            (["json:{0}/nowhere/x"], "no folder"),
            (["json:{0}/gonogo.yaml"], "program file"),
        ],
    )
    def test_what_cannot_be_written_is_said_before_anything_runs(self, wanted, words, tmp_path):
        """A typo should cost a second, not a run."""
        with pytest.raises(UsageError, match=words):
            targets([entry.format(tmp_path) for entry in wanted], FORMATS)


class TestWrite:
    def test_a_report_replaces_the_old_one_whole(self, tmp_path):
        """A reader never meets half a page."""
        path = tmp_path / "report.html"
        path.write_bytes(b"old")

        write(b"new", path, log=tmp_path / "audit")

        assert path.read_bytes() == b"new"
        assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]

    def test_a_link_is_replaced_and_what_it_points_to_is_not(self, tmp_path):
        """A planted link must not turn a report into a weapon."""
        victim, path = tmp_path / "victim", tmp_path / "report.html"
        victim.write_bytes(b"mine")
        path.symlink_to(victim)

        write(b"new", path, log=tmp_path / "audit")

        assert victim.read_bytes() == b"mine"
        assert path.read_bytes() == b"new"

    def test_no_report_is_written_into_the_log(self, tmp_path):
        """`-o json:audit/000001.jsonl` would be the end of the record."""
        log = tmp_path / "audit"
        log.mkdir()
        (log / "000001.jsonl").write_bytes(b"record\n")

        with pytest.raises(RecordFault, match="audit log"):
            write(b"report", tmp_path / "x" / ".." / "audit" / "000001.jsonl", log=log)

        assert (log / "000001.jsonl").read_bytes() == b"record\n"

    def test_a_full_disk_is_said(self):
        """And nothing is claimed."""
        with pytest.raises(RecordFault, match="cannot be written"):
            write(b"x" * 10, Path("/dev/full"), log=Path("/nowhere"))

    def test_without_standard_output_there_is_nobody_to_tell(self, monkeypatch):
        """`>&-` in a script."""
        monkeypatch.setattr("sys.stdout", None)

        with pytest.raises(RecordFault, match="no standard output"):
            emit(b"verdict=GO\n")
