"""Any two runs of a program are compared in words, and what got worse is said first and by the exit code."""

import json

import pytest

from gonogo.cli import run
from gonogo.errors import UsageError
from gonogo.workflow.run_difference import difference


@pytest.fixture
def twice(stated_program):
    """A program that was assessed ready, and then with a desk that nobody staffs."""
    small = stated_program()
    assert run([*small.arguments, "-o", "json:/dev/null"]) == 0
    small.deny("desk.staffed")
    assert run([*small.arguments, "-o", "json:/dev/null"]) == 1
    return small


def ids(small):
    lines = (small.log / "000001.jsonl").read_text().splitlines()
    return list(dict.fromkeys(json.loads(line)["run"] for line in lines if json.loads(line).get("run")))


def test_what_got_worse_is_said_first_whichever_run_is_named_first(twice, capsys):
    """The order in which somebody types two ids must not turn a setback into progress."""
    first, second = ids(twice)
    capsys.readouterr()

    assert run(["diff", str(twice.root), second, first]) == 1
    told = capsys.readouterr().out.splitlines()

    assert told[0].startswith("From ")
    assert told[0].index(": GO") < told[0].index(": NO-GO")
    assert [line for line in told if line.startswith("The earlier run: Rehearsal")]
    changes = [line for line in told if line.startswith(("worse: ", "changed: "))]
    assert "operations.desk.staffed" in changes[0]
    assert changes == sorted(changes, key=lambda line: not line.startswith("worse"))


def test_the_same_for_programs(twice, capsys):
    """A dashboard counts setbacks."""
    capsys.readouterr()
    assert run(["diff", str(twice.root), ids(twice)[0], "last", "-o", "json"]) == 1
    told = json.loads(capsys.readouterr().out)

    assert (told["before"]["verdict"], told["after"]["verdict"], told["worse"]) == ("GO", "NO-GO", True)
    assert {each["kind"] for each in told["differences"]} >= {"worse"}


def test_two_equal_runs_differ_in_nothing_and_end_with_zero(stated_program, capsys):
    """Nothing is said to be different that is not."""
    small = stated_program()
    for _ in range(2):
        assert run([*small.arguments, "-o", "json:/dev/null"]) == 0
    capsys.readouterr()

    assert run(["diff", str(small.root), *ids(small)]) == 0
    assert "Nothing that was recorded is different." in capsys.readouterr().out


def test_one_run_is_no_difference_and_an_unknown_one_is_a_sentence(twice):
    """Not an empty page that reads like good news."""
    with pytest.raises(UsageError, match="Both are the run"):
        difference(twice.root, "last", "last")
    with pytest.raises(UsageError, match="has no run nothing"):
        difference(twice.root, "nothing", "last")
