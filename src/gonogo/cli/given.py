"""What was given on the command line: nothing may be given as nothing, and no option twice that is taken once.

A script with a variable that is not set writes `--head ""`: an option without its value, which must not pass for an
option that nobody gave. Of an option that is given twice one value would win, and nobody would know which.
"""

from __future__ import annotations

from collections.abc import Sequence

import click


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
