"""What is given as nothing is refused, and so is what is given twice and taken once, whatever the command."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from gonogo.cli import run
from gonogo.cli.command_group import gonogo


def commands(
    group: click.Group = gonogo, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name), command


VALUED = [
    pytest.param(words, parameter, id=f"{' '.join(words)} {parameter.opts[-1]}")
    for words, command in commands()
    for parameter in command.params
    if not (isinstance(parameter, click.Option) and parameter.is_flag)
]
ARGUMENTS = {
    words: [each.name for each in command.params if isinstance(each, click.Argument)] for words, command in commands()
}
ONCE = [each for each in VALUED if isinstance(each.values[1], click.Option) and not each.values[1].multiple]


def refused(capfd, *arguments: str) -> str:
    """What a call prints that ends with 2 and has no report; a deploy job is answered on stdout."""
    code = run(list(arguments))
    out, err = capfd.readouterr()
    answered = out.startswith("May not be deployed: ") and arguments[0] == "verify-decision"
    assert (code, "" if answered else out) == (2, ""), err
    return f"{err}{out}"


@pytest.mark.parametrize("empty", ["", " "])
@pytest.mark.parametrize(("words", "parameter"), VALUED)
def test_an_empty_value_is_not_the_same_as_none(capfd, words, parameter, empty):
    """A script with a variable that is not set must not get the answer to another question."""
    option = isinstance(parameter, click.Option)

    names = ARGUMENTS[words]
    before = [] if option else names[: names.index(parameter.name)]  # any word will do: nothing is looked up yet

    told = refused(capfd, *words, *before, *((parameter.opts[-1], empty) if option else (empty,)))

    assert " without a value; " in told
    assert f"{parameter.opts[-1] if option else parameter.human_readable_name} is given" in told


@pytest.mark.parametrize(("words", "option"), ONCE)
def test_what_is_taken_once_may_not_be_given_twice(capfd, words, option):
    """One of the two would be dropped, and nobody would see which."""
    told = refused(capfd, *words, option.opts[-1], "a", option.opts[-1], "b")

    assert f"{option.opts[-1]} is given 2 times; give it once." in told


@pytest.mark.parametrize("call", [["--head="], ["--head", ""], ["--head", "a", "--head", ""]])
def test_a_head_that_is_empty_proves_nothing(assessed, capfd, call):
    """The minutes hold a head; a script's reader must not be told that it is in the log."""
    refused(capfd, "log", "verify", str(assessed.root), *call)


def test_what_is_given_once_or_may_be_repeated_is_taken(assessed, capfd):
    """A flag twice says nothing new."""
    assert run(["report", str(assessed.root), "--full", "--full", "-o", "json:" + str(assessed.root / "a.json")]) == 0
    assert run(["log", "verify", str(assessed.root)]) == 0


def test_of_several_bindings_each_is_collected(small, capfd):
    """Both were asked for."""
    call = ["collect", str(small.root), "--as-of", small.as_of, "--only", "desk", "--only"]

    assert run([*call, "training"]) == 0
    out, _ = capfd.readouterr()
    assert "desk.open_posts" in out
    assert "training." in out
    assert "raid." not in out
    told = refused(capfd, *call, "trainin")
    assert "did you mean 'training'" in told
