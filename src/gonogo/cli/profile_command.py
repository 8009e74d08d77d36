"""``gonogo profile``: Show the export profiles of well-known tools, draft one, and try their examples."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from gonogo.cli.output import tell

_WIDTH: Final = 28
"""Of a name and its version; it does not change with the profiles that there are."""
_PROGRAM: Final = click.option(
    "--program",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=Path(),
    help="Folder of a program, whose own profiles count too.  [default: this folder]",
)


@click.group(name="profile")
def command() -> None:
    """Export profiles: what the export of a well-known tool looks like, and how its columns become facts.

    A binding names one (`profile: jira-issues@1` beside `collector: table`), and nobody describes a column.

    \b
    Example: gonogo profile list
    """


@command.command(name="list", short_help="List the profiles that a program may name.")
@_PROGRAM
def list_profiles(program: Path) -> int:
    """List the profiles that ship with gonogo, those of installed distributions, and the program's own.

    \b
    Example: gonogo profile list
    """
    from gonogo.profiles.shelf import program_folders, shelf

    found = shelf(program_folders(program))
    for profile in found:
        tell(f"{profile.reference:{_WIDTH}}  {', '.join(profile.formats):15}  {profile.title}")
    return 0


@command.command(name="show", short_help="Say what a profile reads, asks and cannot prove.")
@click.argument("name")
@_PROGRAM
def show(name: str, program: Path) -> int:
    """Say what the profile NAME reads: its columns, words, facts, questions and traps, and a binding to copy.

    \b
    Example: gonogo profile show jira-issues
    """
    from gonogo.profiles.profile_words import binding_example, profile_lines
    from gonogo.profiles.shelf import profile_named, program_folders

    profile = profile_named(name, program_folders(program))
    for line in profile_lines(profile):
        tell(line)
    tell("  a binding")
    for line in binding_example(profile):
        tell(f"    {line}")
    return 0


@command.command(name="test", short_help="Read the examples of profiles and compare the answers with what is right.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_PROGRAM
def test(names: tuple[str, ...], program: Path) -> int:
    """Read the examples of the named profiles, or of all, and compare each answer with the one that is right.

    \b
    Example: gonogo profile test jira-issues
    """
    from gonogo.first_week.profile_trial import tried_profiles
    from gonogo.profiles.shelf import profile_named, program_folders, shelf

    folders = program_folders(program)
    found = [profile_named(name, folders) for name in names] or shelf(folders)
    failed = 0
    for profile, example, wrong in tried_profiles(found):
        failed += bool(wrong)
        tell(f"{'FAILED' if wrong else 'ok':6}  {profile.reference}  {example.file}")
        for sentence in wrong:
            tell(f"        {sentence}")
    return 2 if failed else 0


@command.command(name="new", short_help="Draft a profile from one export.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Name of the profile.  [default: made of the name of FILE]")
@click.option("--sheet", metavar="SHEET", help="Sheet of a workbook; the largest visible one by default.")
def new(file: Path, name: str | None, sheet: str | None) -> int:
    """Print a draft of a profile for the tool that wrote FILE, a CSV, XLSX or JSON table.

    Save it as profiles/NAME.yaml beside gonogo.yaml, fill in what says FILL IN, and make an example file beside it with
    invented rows. No value of a column that may be about a person is printed.

    \b
    Example: gonogo profile new export.csv --name our-tool
    """
    from gonogo.first_week.profile_draft import drafted_profile

    tell(drafted_profile(file, name, sheet=sheet).rstrip("\n"))
    return 0
