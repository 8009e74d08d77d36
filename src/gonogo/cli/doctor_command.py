"""``gonogo doctor``: Say what this machine can do, and how to get what is missing."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell


@click.command(name="doctor")
@click.argument("program", type=click.Path(path_type=Path), required=False)
def command(program: Path | None) -> int:
    """Say what this machine can do: engine, isolation, file system, clock; what is missing and how to get it.

    Exits 0 if a decision can be made here, 1 if not.

    \b
    Example: gonogo doctor our-program
    """
    from gonogo.workflow.doctor import examine

    findings = examine(program)
    for finding in findings:
        tell(f"{'ok  ' if finding.ok else 'MISS'} {finding.what}: {finding.result}")
        if not finding.ok and finding.remedy:
            tell(f"     {finding.remedy}")
    return 0 if all(finding.ok or not finding.needed for finding in findings) else 1
