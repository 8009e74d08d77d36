"""The command group. Commands are imported when they are called, so that ``--help`` and ``--version`` stay quick."""

from __future__ import annotations

import importlib
from typing import Final

import click

COMMANDS: Final = {
    "assess": "Judge a program and print the verdict.",
    "progress": "Run the daily check: what got better, worse or stale.",
    "requests": "Say who owes what, why, and how it must be dated.",
    "workbook": "Write a workbook for what people must state.",
    "raci": "Check a RACI matrix and print a people register.",
    "collect": "Collect evidence and print it as JSON lines.",
    "explain": "Explain a criterion and how it stands.",
    "facts": "List the facts of a ruleset, or explain one.",
    "lint": "Check a program or ruleset and report every mistake.",
    "test": "Run the cases of a ruleset.",
    "plugins": "List plugins without running them.",
    "report": "Render a recorded run again.",
    "log": "Verify the audit log.",
    "init": "Start a program: seven questions, and a binding for each recognized file.",
    "map": "Print a starter mapping of a CSV or XLSX table.",
    "ruleset": "Show what a newer ruleset would change, and replace a program's copy.",
    "schema": "Print JSON Schemas for editors.",
    "doctor": "Say what this machine can do, and how to get what is missing.",
    "completion": "Print shell completion.",
}
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
        module = importlib.import_module(f"gonogo.cli.{cmd_name}_command")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"gonogo.cli.{cmd_name}_command.command is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the registry, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command and check what is given to it; for a misspelt one name the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None and not ctx.resilient_parsing:
            from gonogo.cli.given import check_given

            check_given(command, rest, ctx)
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
