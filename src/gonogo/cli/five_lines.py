"""A command that answers in five lines even if it is called wrongly: a deploy job reads one form on every path."""

from __future__ import annotations

from typing import Any, NoReturn

import click

from gonogo.cli.output import Unread, tell
from gonogo.errors import RecordFault


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

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a defect of gonogo, or an interruption, is answered before it ends the process with 4."""
        from gonogo.statement.answer import UNDECIDED

        try:
            return super().invoke(ctx)
        except (Unread, RecordFault):  # there is nobody to answer to
            raise
        except KeyboardInterrupt:
            _print("The check was interrupted, so nothing is known.", "run the job again", UNDECIDED)
            raise
        except Exception as error:
            why = f"gonogo itself failed ({type(error).__name__}), so nothing is known."
            _print(why, "report it with the text on stderr, and deploy nothing", UNDECIDED)
            raise

    def answer(self, error: click.UsageError) -> NoReturn:
        """Print the answer and end with 2."""
        from gonogo.statement.answer import USAGE

        _print(error.format_message(), f"`gonogo {self.name} --help` shows what it takes", USAGE)
        raise click.exceptions.Exit(USAGE)


def _print(why: str, step: str, code: int) -> None:
    from gonogo.statement.answer import refused

    for line in refused(why, step, code=code).lines:
        tell(line)
