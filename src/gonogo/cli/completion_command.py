"""``gonogo completion``: Print shell completion."""

from __future__ import annotations

import click

from gonogo.cli import COMPLETION
from gonogo.cli.output import emit


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script of SHELL.

    \b
    Example: gonogo completion bash > ~/.local/share/bash-completion/completions/gonogo
    """
    from click.shell_completion import get_completion_class

    from gonogo.cli.command_group import gonogo

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    emit(f"{found(gonogo, {}, 'gonogo', COMPLETION).source()}\n".encode())
    return 0
