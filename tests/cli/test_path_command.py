"""``gonogo path`` as one types it: it answers with 0, because it is no gate, and refuses with what is missing."""

import json
import sys

from gonogo.cli import run


def test_it_answers_with_0_and_records_nothing(stated_run, capsys):
    """It is a report: the gate is `gonogo assess`, and its code is the only one that means GO."""
    before = {path: path.read_bytes() for path in stated_run.log.iterdir()}

    assert run(["path", str(stated_run.root)]) == 0

    assert "Everything below is a supposition" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in stated_run.log.iterdir()} == before


def test_programs_read_it_as_json(stated_run, tmp_path):
    """A file beside the text, from one call."""
    file = tmp_path / "path.json"

    assert run(["path", str(stated_run.root), "-o", f"json:{file}"]) == 0

    answer = json.loads(file.read_bytes())
    assert (answer["verdict"], answer["reasons"], answer["sets"]) == ("GO", [], [])


def test_without_the_library_it_ends_with_2_and_names_the_extra(denied, capsys, monkeypatch):
    """A laptop without the extra reads what to install."""
    assert run(denied.arguments) == 1
    monkeypatch.setitem(sys.modules, "pysat.examples.rc2", None)

    assert run(["path", str(denied.root)]) == 2

    assert "pip install 'gonogo[path]'" in capsys.readouterr().err


def test_a_program_that_was_never_assessed_has_no_path(stated, capsys):
    """There is nothing to look at before the first run."""
    assert run(["path", str(stated.root)]) == 2

    assert "gonogo path" not in capsys.readouterr().out
