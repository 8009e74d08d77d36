"""``-o plugin/name:PATH``: a report format that a plugin brings, from the command to the file."""

from __future__ import annotations

import hashlib
import json
import textwrap
from pathlib import Path

import pytest

from gonogo.audit.reading import read_log
from gonogo.cli import run
from gonogo.model.event import EventType
from gonogo.testing.programs import write_distribution

HONEST = """
    class Lines:
        name = "lines"
        media_type = "text/plain"
        def render(self, report):
            lines = [report["marking"], report["kind"]["sentence"], report["verdict"]]
            lines += [each["criterion"] + " " + each["status"] for each in report["findings"]]
            return "\\n".join([*lines, report["marking"]]).encode()
"""
REGISTER = """
    from gonogo.plugin.spec import hookimpl

    @hookimpl
    def gonogo_register_formats(register):
        register(Lines())
"""


@pytest.fixture
def brings(stated_run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Install the plugin ``acme`` with this source, allowed by the program by default."""

    def bring(source: str = HONEST, *, allowed: str = "2.0", marking: str = "") -> Path:
        site = tmp_path / "site"
        write_distribution(site, "acme-reports", "2.0", {"acme": "acme_reports"})
        text = textwrap.dedent(source) + textwrap.dedent(REGISTER)
        (site / "acme_reports.py").write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(str(site))
        file = stated_run.root / "gonogo.yaml"
        given = file.read_text(encoding="utf-8")
        if marking:
            given = given.replace("program: {", f"program: {{marking: {marking}, ", 1)
        file.write_text(f"{given}\nplugins: {{allow: [{{distribution: acme-reports, version: '{allowed}'}}]}}\n")
        return tmp_path / "report.txt"

    return bring


def refused(stated_run, capfd, *arguments: str) -> tuple[int, str]:
    code = run([*stated_run.arguments, *arguments])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    assert "verdict=" not in out
    return code, err


class TestRendering:
    def test_a_run_is_rendered_by_the_plugin_and_recorded(self, stated_run, brings, capfd):
        """The record says who made which bytes."""
        path = brings()

        assert run([*stated_run.arguments, "-o", f"acme/lines:{path}"]) == 0

        assert "\nGO\nprogram.cutover.approved met\n" in path.read_text()
        note = [entry for entry in read_log(stated_run.log) if entry.type is EventType.REPORT_RENDERED][-1].data
        assert (note["format"], note["version"]) == ("acme/lines", "acme-reports 2.0")
        assert note["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        assert capfd.readouterr().out.splitlines()[-1] == "verdict=GO"

    def test_it_is_handed_what_the_json_report_says(self, stated_run, brings, tmp_path):
        """One document for programs, whether they stand outside or inside."""
        path = brings("""
            import json
            class Lines:
                name = "lines"
                media_type = "application/json"
                def render(self, report):
                    return json.dumps(report).encode()
        """)

        assert run(["report", str(stated_run.root), "-o", f"acme/lines:{path}"]) == 0
        assert run(["report", str(stated_run.root), "-o", f"json:{tmp_path / 'own.json'}"]) == 0

        assert json.loads(path.read_text()) == json.loads((tmp_path / "own.json").read_text())

    def test_a_marking_at_head_and_foot_is_looked_for(self, stated_run, brings):
        """A marked program has no unmarked page."""
        path = brings(marking="CUI//SP-PRVCY")

        assert run([*stated_run.arguments, "-o", f"acme/lines:{path}"]) == 0

        assert path.read_text().startswith("CUI//SP-PRVCY\n")


class TestBeforeTheRun:
    """What is wrong with ``-o`` is told before anything is collected or recorded."""

    @pytest.mark.parametrize(
        ("output", "words"),
        [
            ("acne/lines:{}", "did you mean 'acme'"),
            ("acme/line:{}", "it has: acme/lines"),
            ("acme/lines", "names no file"),
            ("acme/lines:", "names no file"),
            ("junit/lines:{}", "it has: none"),
            ("acme:{}", "There is no report format 'acme'"),
        ],
    )
    def test_a_slip_costs_no_run(self, stated_run, brings, capfd, output, words):
        path = brings()
        before = len(read_log(stated_run.log))

        code, err = refused(stated_run, capfd, "-o", output.format(path))

        assert (code, len(read_log(stated_run.log)), path.exists()) == (2, before, False)
        assert words in err

    def test_another_version_than_the_reviewed_one_does_not_run(self, stated_run, brings, capfd, tmp_path):
        """Installing is not allowing."""
        path = brings(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n" + textwrap.dedent(HONEST), allowed="1.9")

        code, err = refused(stated_run, capfd, "-o", f"acme/lines:{path}")

        assert code == 2
        assert "which the program does not allow to run" in err
        assert not (tmp_path / "ran").exists()

    def test_a_plugin_that_cannot_load_is_said(self, stated_run, brings, capfd):
        path = brings("import no_such_module\n")

        code, err = refused(stated_run, capfd, "-o", f"acme/lines:{path}")

        assert code == 2
        assert "could not be loaded: ModuleNotFoundError" in err


class TestAfterTheRun:
    def test_a_report_that_may_not_be_shown_changes_no_verdict(self, stated_run, brings, capfd):
        """The run stays recorded, and nothing is shown; why, is one sentence."""
        path = brings("""
            class Lines:
                name = "lines"
                media_type = "text/html"
                def render(self, report):
                    return (report["kind"]["sentence"] + " All good: GO").encode()
        """)
        stated_run.deny("desk.staffed")
        before = len(read_log(stated_run.log))

        code, err = refused(stated_run, capfd, "-o", f"acme/lines:{path}")

        assert (code, path.exists()) == (4, False)
        assert "says GO, and the verdict of the run is NO-GO" in " ".join(err.split())
        assert "the run is recorded" in err
        types = [entry.type for entry in read_log(stated_run.log)[before:]]
        assert EventType.RUN_FINISHED in types
        assert EventType.REPORT_RENDERED not in types


class TestShow:
    def test_says_what_a_plugin_offers(self, stated_run, brings, capfd):
        """Before anybody writes a binding, or an ``-o``."""
        brings()

        assert run(["plugins", "show", "acme", "--program", str(stated_run.root)]) == 0
        assert "report format: -o acme/lines:PATH (text/plain)" in capfd.readouterr().out
        assert run(["plugins", "show", "junit"]) == 0
        assert "fact     executed_ratio" in capfd.readouterr().out

    def test_runs_nothing_that_no_program_allows(self, stated_run, brings, capfd):
        """Looking at a package must not run it."""
        brings()

        assert run(["plugins", "show", "acme"]) == 2
        assert "does not allow to run" in capfd.readouterr().err

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ("name = 'lines'", "is not a report format"),
            ("name = 'Lines!'; media_type = 'text/plain'; render = print", "without a usable name"),
            ("name = 'lines'; media_type = 'text'; render = print", "has no media type"),
        ],
    )
    def test_what_is_no_format_is_said(self, stated_run, brings, capfd, body, words):
        brings(f"class Lines:\n    {body}\n")

        assert run(["plugins", "show", "acme", "--program", str(stated_run.root)]) == 2
        assert words in capfd.readouterr().err
