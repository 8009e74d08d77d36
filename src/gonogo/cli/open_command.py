"""``gonogo open``: Serve a local page of a program: files, questions, the last verdict, a run."""

from __future__ import annotations

from pathlib import Path

import click

from gonogo.cli.output import tell
from gonogo.errors import UsageError


@click.command(name="open")
@click.argument("program", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on this machine.  [default: a free one]")
@click.option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
def command(program: Path, port: int, no_browser: bool) -> int:
    """Serve a page of PROGRAM on this machine only, for one person, until Ctrl+C.

    It shows the last recorded verdict, every file with how it stands, and what only people know. Forms bind files,
    answer questions and run the assessment. No other machine can reach it, and nothing leaves this one. Needs
    gonogo[web].

    \b
    Example: gonogo open our-program
    """
    try:
        from gonogo.web.local_server import serve
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library in ("", "gonogo"):
            raise
        raise UsageError(
            f"The local page needs {library}, which is not installed.", hint="pip install 'gonogo[web]'"
        ) from error
    serve(program, port=port, browser=not no_browser, tell=tell)
    return 0
