"""``gonogo ruleset``: Show what a newer ruleset would change, and replace a program's copy."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.group(name="ruleset")
def command() -> None:
    """Look after a program's own copy of its ruleset.

    \b
    Example: gonogo ruleset upgrade our-program
    """


@command.command(name="upgrade", short_help="Show what a newer ruleset would change; replace with --yes.")
@click.argument("program", type=click.Path(path_type=Path))
@click.option(
    "--to", metavar="REF", help="Another ruleset than the shipped one of the same name: name@version or path."
)
@click.option("--yes", is_flag=True, help="Replace the copy after the difference has been shown.")
@click.option("--discard-edits", is_flag=True, help="With --yes: replace it even if it was edited in this program.")
def upgrade(program: Path, to: str | None, yes: bool, discard_edits: bool) -> int:
    """Show in words what a newer ruleset would change for PROGRAM; replace the program's copy only with --yes.

    \b
    Example: gonogo ruleset upgrade our-program
    """
    from gonogo.first_week.upgrading import look_up, replace_copy

    found = look_up(program, to=to)
    for line in found.lines():
        tell(line)
    if found.difference.same and not found.edited:
        return 0
    if not yes:
        tell("Nothing was replaced; --yes replaces the program's copy.")
        return 0
    replace_copy(found, discard_edits=discard_edits)
    tell(f"{found.difference.after} is the program's ruleset now.")
    return 0
