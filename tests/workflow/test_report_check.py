"""A report that somebody hands over is found in the record, or it is said what differs."""

import json
import re
import shutil

import pytest
from tests.conftest import Small

from gonogo.audit.events import event
from gonogo.audit.history import open_history
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log
from gonogo.cli import run
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.event import EventType
from gonogo.model.outcome import OutcomeRecorded, ReleaseOutcome
from gonogo.model.record import ReportRendered, RunAborted
from gonogo.report.formats import FORMATS
from gonogo.version import VERSION
from gonogo.workflow.publishing import render_again, view_of
from gonogo.workflow.report_check import check_report

TEXTS = [name for name in FORMATS if not FORMATS[name].binary]
"""Formats that a mail can carry in its text, and to which a command can add a line."""
NAMED = [name for name in FORMATS if FORMATS[name].for_machines or not FORMATS[name].binary]
"""Formats that say in plain bytes which run they are of; a document is found by its digest alone."""


@pytest.fixture(scope="module")
def rendered_once(assessed_once):
    """The bytes of each report of the one run, in every format."""
    return {name: render_again(assessed_once.root, name) for name in NAMED}


@pytest.fixture
def handed(assessed, tmp_path, rendered_once):
    """Hand over the report of a format, harmed by a function; return whether the record has it, and what was said."""

    def hand(name, harm=lambda data: data, **options):
        path = tmp_path / "handed"
        path.write_bytes(harm(rendered_once[name]))
        found, lines = check_report(assessed.root, path, **options)
        return found, "\n".join(lines)

    return hand


def cut_off(data):
    """Return a page that ends before its last lines."""
    lines = data.split(b"\n")
    return b"\n".join(lines[: len(lines) * 9 // 10]) + b"\n"


def note(small, data, name="html", version="0.0.9", run_id=None):
    """Append a record that such a report was made."""
    said = ReportRendered(format=name, sha256=digest_of_bytes(data), version=version)
    with AuditLog.open(small.log) as log:
        log.append([event(EventType.REPORT_RENDERED, said, run=run_id or last(small))])


def last(small):
    return open_history(small.log).run().run


class TestFound:
    def test_the_report_that_the_run_wrote_is_found_with_its_record(self, assessed):
        """An inspector holds a page from a file share; the record says when it was made, and of what."""
        found, lines = check_report(assessed.root, assessed.root / "first.html")

        assert found
        assert "first.html is the html report that record" in lines[0]
        assert lines[1].startswith(f"run {last(assessed)}: GO for small")
        assert "Rehearsal, not a decision" in lines[1]
        assert lines[2] == "This gonogo renders the same bytes from the record."
        assert "no checkpoint of this log is signed: anyone who may write the log can have added it" in lines[3]
        assert lines[4].startswith("Next: `gonogo log verify")

    @pytest.mark.parametrize("name", NAMED)
    def test_a_report_rendered_later_follows_from_the_record_in_every_format(self, handed, name):
        """`gonogo report` writes nothing into the log, and its page is as good."""
        found, said = handed(name)

        assert found
        assert f"is the {name} report" in said

    @pytest.mark.parametrize("name", TEXTS)
    def test_the_lines_that_a_command_prints_after_it_do_not_hide_it(self, handed, name):
        """`gonogo assess > page.txt` ends with the verdict, which is no part of the report."""
        assert handed(name, lambda data: data + b"verdict=GO\n")[0]

    def test_remarks_after_a_json_document_do_not_hide_it(self, handed):
        """`progress -o json` says below it what changed."""
        assert handed("json", lambda data: data + b"worse: desk\nverdict=GO\n")[0]

    def test_a_note_of_another_version_is_found_and_says_so(self, assessed, tmp_path):
        """The page is old; what this gonogo would say today is beside the point."""
        (tmp_path / "old").write_bytes(b"an old page")
        note(assessed, b"an old page")

        found, lines = check_report(assessed.root, tmp_path / "old")

        assert found
        assert "by gonogo 0.0.9 (this is" in lines[0]
        assert "Only that record says that" in lines[2]

    def test_of_two_notes_of_one_report_the_first_is_named(self, assessed, tmp_path):
        """It lies under a signed checkpoint if any of them does: a later note, above it, takes nothing away."""
        (tmp_path / "old").write_bytes(b"an old page")
        note(assessed, b"an old page")
        first = read_log(assessed.log)[-1].seq
        note(assessed, b"an old page")

        _, lines = check_report(assessed.root, tmp_path / "old")

        assert f"that record {first} notes" in lines[0]

    def test_a_report_of_a_plugin_is_found_by_its_digest(self, assessed, tmp_path):
        """gonogo cannot read it, and need not."""
        (tmp_path / "slides").write_bytes(b"\x00PDF")
        note(assessed, b"\x00PDF", "acme/slides", "acme-reports 2.0")

        found, lines = check_report(assessed.root, tmp_path / "slides")

        assert found
        assert "by acme-reports 2.0" in lines[0]

    def test_a_page_from_before_an_outcome_was_recorded_is_found_as_that(self, assessed, handed):
        """What came later is shown on a page that is rendered now, and not on the one in the file."""
        with AuditLog.open(assessed.log) as log:
            log.append(
                [event(EventType.OUTCOME_RECORDED, OutcomeRecorded(outcome=ReleaseOutcome.HELD), run=last(assessed))]
            )

        found, said = handed("markdown")

        assert found
        assert "as it was before the outcome that was recorded at" in said

    @pytest.mark.parametrize("name", TEXTS)
    def test_line_ends_and_blanks_at_line_ends_of_a_mail_are_no_difference(self, handed, name):
        """Who is sent a copy must not conclude that somebody changed the page; what was ignored is said."""
        found, said = handed(name, lambda data: re.sub(rb"\r?\n", b" \r\n", data) + b"verdict=GO \r\n\r\n")

        assert found
        assert f"is the {name} report" in said
        assert "Not compared, since a mail or a command changes it: line ends" in said
        assert "blanks at line ends" in said

    @pytest.mark.parametrize("name", [name for name in TEXTS if name != "json"])
    def test_blanks_in_lines_that_an_editor_took_out_are_no_difference(self, handed, name):
        """The words are the same, and the check says that it looked at nothing else."""
        found, said = handed(name, lambda data: data.replace(b"\n  ", b"\n "))

        assert found
        assert ("blanks in lines." in said) is ("in every word" in said)

    @pytest.mark.parametrize(("width", "found"), [(39, False), (40, True), (72, True), (80, True)])
    def test_a_screen_of_another_width_is_found(self, assessed, handed, width, found):
        """A page that was copied from a narrow window breaks its lines elsewhere; none is narrower than 40."""
        view = view_of(open_history(assessed.log), open_history(assessed.log).run())

        assert handed("terminal", lambda _: FORMATS["terminal"].render(view, width=width, colour=True))[0] is found

    def test_a_noted_page_with_other_line_ends_is_found_by_its_note(self, assessed, tmp_path):
        """The mail changed the digest, and the record still says when the page was made."""
        (tmp_path / "mail").write_bytes((assessed.root / "first.html").read_bytes().replace(b"\n", b"\r\n"))

        found, lines = check_report(assessed.root, tmp_path / "mail")

        assert found
        assert "report that record" in lines[0]

    def test_the_folder_of_the_log_is_enough(self, assessed, handed):
        """Who checks has the log alone."""
        assert check_report(assessed.log, assessed.root / "first.html")[0]


class TestDiffers:
    @pytest.mark.parametrize("name", TEXTS)
    def test_a_changed_report_names_its_run_its_format_and_the_line(self, handed, assessed, name):
        """One word of a page decides what people do; the check names it."""
        words = (b"Go-live readiness" if FORMATS[name].for_machines else b"Nothing blocks", b"All is well")
        words = (b'"GO"', b'"NO-GO"') if name == "json" else words

        found, said = handed(name, lambda data: data.replace(*words))

        assert not found
        assert f"in the format {name}, and the record holds no such report of the run {last(assessed)}" in said
        assert "NO-GO" in said or "All is well" in said
        assert "; the record gives `" in said
        assert f"--run {last(assessed)}` shows what the record says" in said

    def test_three_places_are_named_and_not_a_fourth(self, handed):
        """A page that was rewritten is not shown twice."""
        _, said = handed("full", lambda data: data.replace(b"the ", b"teh "))

        assert 1 <= said.count("the file says") <= 3

    def test_a_change_far_down_a_long_line_is_shown(self, handed):
        """A row of a table is longer than what is quoted."""
        _, said = handed("csv", lambda data: data.replace(b'"true","false"', b'"true","true"', 1))

        assert "…" in said
        assert '"true","true"' in said.partition("; the record gives")[0]

    def test_a_document_with_other_blanks_says_the_same(self, handed):
        """`jq .` does that."""
        found, said = handed("json", lambda data: json.dumps(json.loads(data), indent=2).encode())

        assert not found
        assert "only empty lines, white space or the order of keys differ" in said

    @pytest.mark.parametrize("name", ["markdown", "terminal", "full", "html"])
    def test_a_file_that_was_cut_off_says_where_it_ends(self, handed, assessed, name):
        """The blocker that somebody left out; nothing else of the page differs, and nothing else is named."""
        _, said = handed(name, cut_off, run=last(assessed))

        assert f"reads like a report in the format {name}" in said
        assert said.count("the file ends after line ") == 1
        assert "the file says" not in said

    def test_a_line_that_was_taken_out_is_named(self, handed):
        """Not only that something is missing, but what."""
        _, said = handed("markdown", lambda data: data.replace(b"\n- **Run:**", b"\n\x00").partition(b"\x00")[0])

        assert "the file ends after line" in said

    @pytest.mark.parametrize("name", ["terminal", "html"])
    def test_a_last_line_of_another_verdict_is_a_difference(self, handed, name):
        """It is what a script reads and what stands below the page."""
        found, said = handed(name, lambda data: data + b"verdict=NO-GO\n")

        assert not found
        assert "the file says `verdict=NO-GO`; the record gives nothing there" in said

    def test_a_note_by_this_version_of_what_it_does_not_render_is_a_difference(self, assessed, tmp_path, rendered_once):
        """Who may append a record could note any page; this gonogo can tell what the record gives."""
        forged = rendered_once["terminal"].replace(b"Nothing blocks", b"All is well")
        (tmp_path / "page").write_bytes(forged)
        note(assessed, forged, "terminal", VERSION)

        found, lines = check_report(assessed.root, tmp_path / "page")

        assert not found
        assert lines[0].startswith("differs: record ")
        assert "lies above the last checkpoint" in lines[1]
        assert any("All is well" in line and "; the record gives `" in line for line in lines)

    def test_the_notes_of_the_same_format_are_listed_with_who_rendered_them(self, assessed, handed):
        """Perhaps another version made it; its digest is there to compare."""
        note(assessed, b"other bytes")

        _, said = handed("html", lambda data: data.replace(b"Nothing blocks", b"All is well"))

        assert "by gonogo 0.0.9 (this is" in said
        assert digest_of_bytes(b"other bytes") in said

    def test_a_report_of_a_run_that_the_log_does_not_have(self, handed, assessed):
        """The page of another log, or of no log."""
        known = last(assessed)

        found, said = handed("markdown", lambda data: data.replace(known.encode(), b"20200101T000000Z-00000000"))

        assert not found
        assert "names the run 20200101T000000Z-00000000, and the log has no such run" in said

    def test_a_screen_of_a_moment_at_which_nothing_was_judged(self, handed):
        """The first screen names no run; its moment is what it can be found by."""
        found, said = handed("terminal", lambda data: data.replace(b"assessed Mon", b"assessed Tue"))

        assert not found
        assert "shows a moment at which no run of the log was judged" in said

    def test_the_report_of_another_run_than_asked_for(self, assessed):
        """Right page, wrong meeting."""
        other = "20990101T000000Z-00000000"
        first = last(assessed)
        shutil.copy(assessed.root / "first.html", assessed.root / "kept.html")
        assessed.edit("evidence/desk.csv", "D2,filled", "D2,open")
        assert run(assessed.arguments) == 1
        second = last(assessed)

        found, lines = check_report(assessed.root, assessed.root / "kept.html", run=second)

        assert (found, first != second) == (False, True)
        assert f"is a report of the run {first}, not of {second}" in lines[0]
        assert check_report(assessed.root, assessed.root / "kept.html", run=first)[0]
        with pytest.raises(UsageError, match="no run"):
            check_report(assessed.root, assessed.root / "kept.html", run=other)

    def test_a_note_of_a_run_without_a_verdict_finds_nothing(self, assessed, tmp_path):
        """Who may append could note a page of a decision that never was."""
        (tmp_path / "page").write_bytes(b"GO")
        with AuditLog.open(assessed.log) as log:
            log.append([event(EventType.RUN_ABORTED, RunAborted(why="It was interrupted."), run="gone")])
        note(assessed, b"GO", run_id="gone")

        found, lines = check_report(assessed.root, tmp_path / "page")

        assert not found
        assert "which has no verdict" in lines[0]

    def test_a_file_in_no_known_format_said_to_be_of_a_run(self, assessed, tmp_path):
        """A plugin's report that nobody noted, or one that was changed."""
        (tmp_path / "slides").write_bytes(b"\x00PDF")

        found, lines = check_report(assessed.root, tmp_path / "slides", run=last(assessed)[:12])

        assert not found
        assert "has no format of gonogo's own" in lines[0]
        assert any("Noted reports of that run: record" in line for line in lines)


class TestNoReport:
    @pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b"hello\n", b'{"verdict": "GO"}', b"[" * 5000])
    def test_what_is_no_report_is_a_usage_error(self, assessed, tmp_path, data):
        """Not a finding about the record: 2, and not 5."""
        (tmp_path / "file").write_bytes(data)

        with pytest.raises(UsageError, match="does not look like a report"):
            check_report(assessed.root, tmp_path / "file")

    def test_a_file_that_is_not_there_and_one_that_is_too_large(self, assessed, tmp_path):
        """Neither says anything about the record."""
        with (tmp_path / "large").open("wb") as stream:
            stream.truncate(64_000_001)

        with pytest.raises(UsageError, match="There is no file"):
            check_report(assessed.root, tmp_path / "none")
        with pytest.raises(UsageError, match="more than 64,000,000 bytes"):
            check_report(assessed.root, tmp_path / "large")

    def test_on_a_broken_log_nothing_is_found(self, assessed):
        """A note in a record that was changed vouches for nothing."""
        segment = assessed.log / "000001.jsonl"
        segment.write_bytes(segment.read_bytes().replace(b'"small"', b'"smali"', 1))

        with pytest.raises(IntegrityError):
            check_report(assessed.root, assessed.root / "first.html")


class TestCommand:
    def test_it_ends_with_0_or_5_or_2(self, assessed: Small, tmp_path, capfd):
        """A script goes by the code."""
        page = assessed.root / "first.html"
        assert run(["report", str(assessed.root), "--check", str(page)]) == 0
        assert capfd.readouterr().out.startswith("found: ")

        page.write_bytes(page.read_bytes().replace(b"Nothing blocks", b"All is well"))
        assert run(["report", str(assessed.root), "--check", str(page)]) == 5
        assert capfd.readouterr().out.startswith("differs: ")

        page.write_bytes(b"nothing")
        assert run(["report", str(assessed.root), "--check", str(page)]) == 2
        assert run(["report", str(assessed.root), "--check", str(page), "--full"]) == 2
        assert "--check renders nothing" in capfd.readouterr().err
