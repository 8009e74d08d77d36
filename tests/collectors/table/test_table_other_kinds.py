"""A list of something else answers for nothing: its rows say what they are, by their keys or by a word."""

from __future__ import annotations

from typing import Any

import pytest

from gonogo.collectors.table import TableSettings
from gonogo.collectors.table.promised_facts import plan
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import SettingsRefusal

KEYS = {"column": "number", "what": "an incident", "begins": ["INC"], "others": {"PRB": "a problem"}}
WORDS = {"column": "kind", "what": "a defect", "words": ["Bug", "Fehler"]}
COUNT = {"count": {"where": 'priority == "1"'}, "unit": "incidents"}
SQL = {
    "sql": "SELECT count(*) AS value FROM t WHERE priority = '1'",
    "inputs": ["t"],
    "type": "integer",
    "unit": "incidents",
}


def settings(kind: dict[str, Any] | None, fact: dict[str, Any] = COUNT, **more: Any) -> dict[str, Any]:
    columns = {
        "number": {"header": "Number", "type": "id"},
        "kind": {"header": "Kind", "type": "text", "allowed": "any", "optional": True},
        "priority": {"header": "Priority", "type": "text", "allowed": ["1", "2"]},
    }
    columns |= more.pop("columns", {})
    table = {"unique": ["number"], "columns": columns, **({"kind": kind} if kind else {}), **more}
    return {"tables": {"t": table}, "facts": {"open": fact}}


def ask(collect: Any, kind: dict[str, Any] | None, *rows: str, fact: dict[str, Any] = COUNT, **more: Any) -> Any:
    data = {"f.csv": "\n".join(("Number,Kind,Priority", *rows, "")).encode()}
    return collect(data, settings(kind, fact, **more))["open"]


@pytest.mark.parametrize("fact", [COUNT, SQL])
@pytest.mark.parametrize("letter", ["", "é"])
def test_a_row_with_the_key_of_another_kind_refuses_the_file(collect, fact, letter):
    """A list of problems has no critical incident, and that proves nothing. Small and in the database alike."""
    answer = ask(collect, KEYS, f"INC1,x{letter},2", "PRB2,x,2", "PRB3,x,2", fact=fact)

    assert answer.gap is GapReason.WRONG_SUBJECT
    assert "column 'Number' shows a problem, and not an incident, in line 3, 4" in answer.detail
    assert "keys of such things begin with PRB" in answer.told


@pytest.mark.parametrize(("key", "answers"), [("INC4", True), ("inc4", True), ("HD4", False), ("INCX", False)])
def test_a_key_that_nobody_knows_is_asked_about(collect, key, answers):
    """Below, at and beside what the profile knows: an office may have changed how its numbers begin."""
    answer = ask(collect, KEYS, "INC1,x,1", f"{key},x,2")

    assert (answer.gap is None) is answers
    assert answers or "does not begin with INC in line 3" in answer.detail
    assert answers or key not in answer.told


def test_what_an_office_s_own_keys_begin_with_is_said_beside(collect):
    """And then both are known."""
    own = {**KEYS, "begins": ["INC", "HD"]}

    assert ask(collect, own, "INC1,x,1", "HD4,x,1").value == 2


@pytest.mark.parametrize("fact", [COUNT, SQL])
@pytest.mark.parametrize(
    ("kinds", "answers"), [(("Story", "Story"), False), (("Story", "Bug"), True), (("Fehler", "Bug"), True)]
)
def test_a_file_without_any_row_of_the_kind_is_refused(collect, fact, kinds, answers):
    """None, one and only such rows: a search for stories finds no defect, and that is no proof."""
    answer = ask(collect, WORDS, f"1,{kinds[0]},2", f"2,{kinds[1]},2", fact=fact)

    assert (answer.gap is None) is answers
    assert answers or answer.gap is GapReason.WRONG_SUBJECT
    assert answers or "no row is a defect: column 'Kind' says 'Story'" in answer.detail
    assert answers or "Story" not in answer.told


def test_what_rows_say_is_not_repeated_where_it_may_be_a_name(collect):
    """Somebody types a name where a kind belongs."""
    answer = ask(collect, WORDS, "1,Ada Kirsch,2")

    assert "no row is a defect by column 'Kind'" in answer.detail
    assert "Kirsch" not in answer.detail


def test_rows_that_say_nothing_are_no_row_of_the_kind(collect):
    """An issue that nobody labelled may be anything."""
    assert ask(collect, WORDS, "1,,2").gap is GapReason.WRONG_SUBJECT


def test_a_column_that_a_file_may_lack_and_lacks_tells_nothing(collect):
    """Facts that read the column are gaps; the others are none because of it."""
    maybe = {"header": "Type", "type": "text", "allowed": "any", "may_be_absent": True}

    answer = ask(collect, {**WORDS, "column": "type"}, "1,x,1", columns={"type": maybe})

    assert answer.value == 1


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ({**KEYS, "column": "nothing"}, "nothing is not a column"),
        ({**KEYS, "words": ["a"]}, "exactly one of begins and words"),
        ({"column": "number", "what": "an incident"}, "exactly one of begins and words"),
        ({**WORDS, "others": {"PRB": "a problem"}}, "say begins too"),
        ({**KEYS, "others": {"inc": "a problem"}}, "INC is named both"),
        ({**KEYS, "what": "TBD"}, "does not say what a row is"),
        ({**KEYS, "column": "when"}, "when holds date"),
        ({**KEYS, "column": "maybe"}, "may lack maybe"),
    ],
)
def test_settings_that_contradict_themselves_are_refused(kind, says):
    """Each at its place, before anything is read."""
    columns = {
        "when": {"header": "When", "type": "date"},
        "maybe": {"header": "Maybe", "type": "text", "allowed": "any", "may_be_absent": True},
    }
    with pytest.raises(SettingsRefusal, match=says):
        plan(TableSettings.model_validate(settings(kind, columns=columns), strict=False))


def test_a_kind_that_no_list_has_is_a_bad_cell_and_no_other_kind(collect):
    """It may be a defect in the words of the office: facts that ask about it say so, the others are answered."""
    closed = {"header": "Kind", "type": "text", "allowed": ["Bug", "Fehler", "Story"]}
    asked = {"count": {"where": 'kind == "Bug"'}, "unit": "defects"}

    answers = [ask(collect, WORDS, "1,Error,1", fact=fact, columns={"kind": closed}) for fact in (COUNT, asked)]

    assert answers[0].value == 1
    assert answers[1].gap is GapReason.MALFORMED
