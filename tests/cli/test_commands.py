"""The commands as a registry: what is listed, what help says, and what a typo gets."""

import re
import shlex

import click
import pytest

from gonogo.cli import run
from gonogo.cli.command_group import COMMANDS, gonogo

CONTEXT = click.Context(gonogo)
FOUND = {name: gonogo.get_command(CONTEXT, name) for name in COMMANDS}
GROUPS = {name: list(found.commands) for name, found in FOUND.items() if isinstance(found, click.Group)}


def leaves(command: click.Command, words: list[str]) -> list[list[str]]:
    """The words that call each command of a group, of its groups, and so on."""
    if not isinstance(command, click.Group):
        return [words]
    return [found for name, below in command.commands.items() for found in leaves(below, [*words, name])]


LEAVES = [found for name, command in FOUND.items() for found in leaves(command, [name])]


class TestHelp:
    @pytest.mark.parametrize("command", LEAVES, ids=" ".join)
    def test_every_command_shows_an_example(self, command, capfd):
        """People copy examples; they do not read grammars."""
        code = run([*command, "--help"])

        told = capfd.readouterr().out
        assert code == 0
        assert f"Example: gonogo {' '.join(command)}" in " ".join(told.split())

    @pytest.mark.parametrize("command", LEAVES, ids=" ".join)
    def test_every_example_is_a_command_line_that_parses(self, command, capfd):
        """An example that does not work is worse than none."""
        run([*command, "--help"])
        example = next(line for line in capfd.readouterr().out.splitlines() if "Example: " in line)
        words = shlex.split(re.split(r" (?:>|&&) ", example.partition("gonogo ")[2])[0])

        context = gonogo.make_context("gonogo", words)
        name, found, rest = gonogo.resolve_command(context, words)
        while isinstance(found, click.Group):
            name, found, rest = found.resolve_command(context, rest)

        assert found is not None
        assert found.make_context(name, list(rest), parent=context).command is found

    def test_the_group_lists_every_command_and_every_exit_code(self, capfd):
        """The page that a pipeline's author reads first."""
        code = run(["--help"])

        told = capfd.readouterr().out
        assert code == 0
        assert all(f"  {name}" in told for name in COMMANDS)
        assert all(f"{number} " in told for number in range(6))

    def test_no_command_at_all_is_a_usage_error(self, capfd):
        """A pipeline with an empty variable where the command should be must not pass."""
        assert run([]) == 2
        assert "Usage" in "".join(capfd.readouterr())

    @pytest.mark.parametrize("group", GROUPS)
    def test_a_group_without_a_subcommand_is_a_usage_error(self, group, capfd):
        """`gonogo log` alone verifies nothing."""
        assert run([group]) == 2
        assert "Usage" in "".join(capfd.readouterr())

    def test_the_version_is_one_line(self, capfd):
        """Support asks for it first."""
        assert run(["--version"]) == 0
        assert capfd.readouterr().out.startswith("gonogo ")


class TestTypos:
    @pytest.mark.parametrize(
        ("typed", "meant"), [("asess", "assess"), ("progres", "progress"), ("plugin", "plugins"), ("docter", "doctor")]
    )
    def test_a_misspelt_command_names_the_nearest(self, typed, meant, capfd):
        """And never runs it."""
        code = run([typed, "."])

        assert code == 2
        assert f"Did you mean '{meant}'?" in capfd.readouterr().err

    def test_a_word_that_is_near_nothing_gets_no_guess(self, capfd):
        """A wrong guess costs more than none."""
        assert run(["zzzzzz"]) == 2
        assert "Did you mean" not in capfd.readouterr().err

    def test_an_unknown_option_is_a_usage_error(self, capfd):
        """`--accept-conditional` is not `--accept conditional`."""
        assert run(["assess", ".", "--accept-conditional"]) == 2
        assert "No such option" in capfd.readouterr().err

    def test_a_command_that_returns_nothing_is_undecided(self, monkeypatch, capfd):
        """Only a number that a command returned on purpose may end the process."""
        import click

        from gonogo.cli import facts_command

        monkeypatch.setattr(facts_command, "command", click.Command("facts", callback=lambda: None))

        assert run(["facts"]) == 4


class TestCompletion:
    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_the_script_calls_gonogo_back(self, shell, capfd):
        """It goes into a file and is sourced."""
        assert run(["completion", shell]) == 0
        assert f"_GONOGO_COMPLETE={shell}_complete" in capfd.readouterr().out

    def test_commands_are_completed_in_process(self, monkeypatch, capfd):
        """What the shell asks, without arguments and with its variables."""
        monkeypatch.setenv("_GONOGO_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", "gonogo as")
        monkeypatch.setenv("COMP_CWORD", "1")

        assert run([]) == 0
        assert "assess" in capfd.readouterr().out

    @pytest.mark.parametrize("value", ["bash_complete", "bash_source", "nonsense"])
    def test_a_variable_left_in_the_environment_never_stands_in_for_a_verdict(self, value, monkeypatch, tmp_path):
        """click would answer the shell and end with 0, whatever was asked: a GO for anybody who sets a variable."""
        monkeypatch.setenv("_GONOGO_COMPLETE", value)
        monkeypatch.setenv("COMP_WORDS", "gonogo assess")
        monkeypatch.setenv("COMP_CWORD", "1")

        assert run(["assess", str(tmp_path)]) == 2

    def test_a_request_that_nobody_can_answer_is_a_usage_error(self, monkeypatch):
        """An unknown shell gets nothing."""
        monkeypatch.setenv("_GONOGO_COMPLETE", "nonsense")

        assert run([]) == 2
