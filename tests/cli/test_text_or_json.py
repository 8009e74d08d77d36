"""Commands that look into the record answer in two forms, and their files are never in the log."""

import json

import pytest

from gonogo.cli import run
from gonogo.cli.text_or_json import answer, answer_targets
from gonogo.errors import RecordFault, UsageError


def test_text_is_the_form_where_none_is_named_and_each_named_one_is_written(stated, tmp_path, capsys):
    """The same answer twice: for a person and for a program."""
    file = tmp_path / "a.json"
    for outputs in ((), ("text", f"json:{file}")):
        answer(answer_targets(outputs, stated.root), stated.root, lambda: ["one", "two"], lambda: {"schema": 1})

    assert capsys.readouterr().out == "one\ntwo\n" * 2
    assert json.loads(file.read_text()) == {"schema": 1}


def test_a_form_that_is_not_there_is_refused_before_anything_is_looked_up(tmp_path):
    """A typo costs nothing."""
    with pytest.raises(UsageError, match="html"):
        answer_targets(("html",), tmp_path)


def test_an_answer_is_never_written_into_the_log(stated):
    """A file beside the segments would be taken for one."""
    stated.log.mkdir()
    with pytest.raises(RecordFault, match="in the folder of the audit log"):
        answer([("text", stated.log / "x.txt")], stated.root, lambda: ["x"], dict)


ASKING = {
    "path": ["path", "{}"],
    "diff": ["diff", "{}", "last", "last"],
    "forecast": ["forecast", "{}"],
    "trend": ["trend", "{}"],
    "whatif": ["whatif", "{}", "--without-waivers"],
    "replay": ["replay", "{}", "last"],
    "criteria": ["criteria", "{}"],
    "requests": ["requests", "{}"],
    "drill": ["drill", "{}", "--only", "edited-log"],
    "witness": ["log", "witness", "request", "{}"],
    "report": ["report", "{}"],
}
FORM = {"criteria": "md:", "drill": "table:", "witness": "", "report": "json:"}


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize("file", ["people.yaml", "gonogo.lock", "gate.pem", "ruleset/facts.yaml", "evidence"])
def test_an_answer_replaces_nothing_that_a_program_reads(stated, name, file, capsys):
    """Waivers, keys and evidence were gone after one command that decides nothing."""
    bound = next(stated.root.rglob("*.yaml")) if file == "evidence" else stated.root / file
    bound.parent.mkdir(exist_ok=True)
    bound.write_text("schema: 1\n")
    words = [word.format(stated.root) for word in ASKING[name]]

    code = run([*words, "-o", f"{FORM.get(name, 'text:')}{bound}"])

    assert code == 2
    assert "replace" in capsys.readouterr().err
    assert bound.read_text() == "schema: 1\n"


@pytest.mark.parametrize(("text", "code"), [("requests.xlsx", 2), ("other.xlsx", 0)])
def test_a_workbook_is_written_anew_unless_the_program_names_it(stated, text, code):
    """Requests go into the same workbook every week; the workbook of the plans is not theirs."""
    program = stated.root / "gonogo.yaml"
    program.write_text(f"# {text}\n{program.read_text()}")
    (stated.root / "requests.xlsx").write_bytes(b"old")
    asked = ["requests", str(stated.root), "--as-of", "2027-04-19T12:00-04:00"]

    assert run([*asked, "-o", f"xlsx:{stated.root / 'requests.xlsx'}"]) == code
    assert ((stated.root / "requests.xlsx").read_bytes() == b"old") is (code == 2)
