"""A command that answers in five lines even if it is called wrongly: a deploy job reads one form on every path."""

from __future__ import annotations

from typing import Any, NoReturn

import click

from gonogo.cli.output import tell


class FiveLines(click.Command):
    """A command whose usage errors are an answer too: it may not be deployed, and here is why."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read what is given; what cannot be read is answered on stdout."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            self.answer(error)

    def answer(self, error: click.UsageError) -> NoReturn:
        """Print the answer and end with 2."""
        from gonogo.statement.answer import USAGE, refused

        step = f"`gonogo {self.name} --help` shows what it takes"
        for line in refused(error.format_message(), step, code=USAGE).lines:
            tell(line)
        raise click.exceptions.Exit(USAGE)
