"""The command group. A command is one file ``<name>_command.py`` here, and this finds it.

The first line of the file is its docstring: the call, a colon, and the sentence that the help text shows. The file has
``command`` and is imported when the command is called, so that ``--help`` and ``--version`` stay quick.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping, Sequence
from typing import Final

import click

from gonogo.cli.five_lines import FiveLines
from gonogo.file_registry import FileRegistry, stem_of

_FOLDER: Final = os.path.dirname(__file__)
_END: Final = "_command.py"
_FIRST: Final = (
    *("assess", "progress", "requests", "workbook", "raci", "collect", "explain", "facts", "lint", "test", "plugins"),
    *(
        "lock",
        "statement",
        "verify-decision",
        "outcome",
        "report",
        "replay",
        "log",
        "key",
        "trust",
        "init",
        "map",
        "profile",
        "ruleset",
    ),
    *("schema", "doctor", "completion"),
)
"""In this order in the help text; others follow by name."""


def _what_it_is_for(name: str) -> str:
    with open(os.path.join(_FOLDER, f"{stem_of(name)}{_END}"), encoding="utf-8") as file:
        docstring = file.readline().strip().strip('"')
    return docstring.removeprefix(f"``gonogo {name}``: ")


COMMANDS: Final[Mapping[str, str]] = FileRegistry(_FOLDER, _END, _FIRST, _what_it_is_for)
"""Every command and what it is for."""


class Lazy(click.Group):
    """A group that imports the file of a command when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help text."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"gonogo.cli.{stem_of(cmd_name)}_command")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"gonogo.cli.{cmd_name}_command.command is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the first lines of their files, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command and check what is given to it; for a misspelt one name the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None and not ctx.resilient_parsing:
            try:
                check_given(command, rest, ctx)
            except click.UsageError as error:
                if isinstance(command, FiveLines):
                    command.answer(error)
                raise
        return name, command, rest


def _version(ctx: click.Context, _param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from gonogo.version import VERSION

        click.echo(f"gonogo {VERSION}")
        ctx.exit()


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
def gonogo() -> None:
    """May this migration go live? Evidence in; GO, CONDITIONAL GO or NO-GO out, with every reason attached.

    \b
    Example: gonogo assess examples/harborline/go --as-of 2027-04-19T12:00-04:00

    \b
    Exit codes: 0 GO · 1 NO-GO · 2 usage, configuration or ruleset wrong
                3 CONDITIONAL GO · 4 undecided · 5 integrity broken
    """


def check_given(command: click.Command, arguments: Sequence[str], parent: click.Context) -> None:
    """Refuse empty values, and options that are given more often than they are taken.

    Args:
        command: The command that was asked for.
        arguments: What follows its name.
        parent: The context in which it was found.

    Raises:
        click.UsageError: A value is empty, or an option is there twice.
    """
    context = click.Context(command, info_name=command.name, parent=parent)
    values, rest, order = command.make_parser(context).parse_args(args=list(arguments))
    for parameter in command.get_params(context):
        name = parameter.name or ""
        shown = parameter.opts[-1] if isinstance(parameter, click.Option) else parameter.human_readable_name
        given = values.get(name)
        for value in given if isinstance(given, (list, tuple)) else (given,):
            if isinstance(value, str) and not value.strip():
                way = "say which" if parameter.required else "leave it out, or say which"
                raise click.UsageError(f"{shown} is given without a value; {way}.", context)
        taken_once = isinstance(parameter, click.Option) and not (parameter.multiple or parameter.is_flag)
        if taken_once and order.count(parameter) > 1:
            raise click.UsageError(f"{shown} is given {order.count(parameter)} times; give it once.", context)
    if isinstance(command, click.Group) and rest:
        below = command.get_command(context, rest[0])
        if below is not None:
            check_given(below, rest[1:], context)
