"""Commands that look into the record answer in two forms, and their files are never in the log."""

import json

import pytest

from gonogo.cli.text_or_json import answer, answer_targets
from gonogo.errors import RecordFault, UsageError


def test_text_is_the_form_where_none_is_named_and_each_named_one_is_written(stated, tmp_path, capsys):
    """The same answer twice: for a person and for a program."""
    file = tmp_path / "a.json"
    for outputs in ((), ("text", f"json:{file}")):
        answer(answer_targets(outputs), stated.root, lambda: ["one", "two"], lambda: {"schema": 1})

    assert capsys.readouterr().out == "one\ntwo\n" * 2
    assert json.loads(file.read_text()) == {"schema": 1}


def test_a_form_that_is_not_there_is_refused_before_anything_is_looked_up():
    """A typo costs nothing."""
    with pytest.raises(UsageError, match="html"):
        answer_targets(("html",))


def test_an_answer_is_never_written_into_the_log(stated):
    """A file beside the segments would be taken for one."""
    stated.log.mkdir()
    with pytest.raises(RecordFault, match="in the folder of the audit log"):
        answer([("text", stated.log / "x.txt")], stated.root, lambda: ["x"], dict)
