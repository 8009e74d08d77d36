"""``gonogo lint``: Check a program or ruleset and report every mistake."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.command(name="lint")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--overlay", "overlays", multiple=True, type=click.Path(path_type=Path), help="Overlay to lay on top.")
@click.option("--all", "everything", is_flag=True, help="Tell each warning about bindings that nobody has confirmed.")
def command(path: Path, overlays: tuple[Path, ...], *, everything: bool) -> int:
    """Check PATH, a program, a ruleset or an overlay that extends one; report every mistake with its place.

    Nothing is read by a binding that nobody has confirmed: warnings about such bindings are counted in one line.

    A ruleset or overlay that ships with gonogo may be named: m3-baseline, m3-services@1.0.0.

    \b
    Example: gonogo lint our-program
    """
    from gonogo.first_week.unfilled import unfilled
    from gonogo.workflow.linting import lint

    tell(lint(path, overlays=overlays, everything=everything))
    for entry in unfilled(path if path.is_dir() else path.parent):
        tell(f"to fill in: {entry}")
    return 0
