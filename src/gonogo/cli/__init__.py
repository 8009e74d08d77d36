"""The command line: one command a file, each of them read, call, record, print, exit.

Imports every room below, most of them inside a command, so that ``--help`` stays quick. The only importer of click.
What a command does belongs in ``workflow``, and what it prints in ``report`` or beside what it is about.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

COMPLETION: Final = "_GONOGO_COMPLETE"
"""Environment variable by which a shell asks for completions; it always calls without arguments."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    Every refusal on purpose prints its sentence on stderr without a traceback; usage errors end with 2.
    """
    import click

    from gonogo.cli.command_group import gonogo
    from gonogo.cli.output import Unread, complain, warn
    from gonogo.errors import GonogoError, IsolationFault, RecordFault
    from gonogo.plugin.settled import session

    # Only a call without arguments completes: a variable left in the environment must not stand in for a verdict.
    completing = not arguments and COMPLETION in os.environ
    complete_var = COMPLETION if completing else ""
    try:
        with session() as late:
            code = gonogo.main(
                args=list(arguments), prog_name="gonogo", standalone_mode=False, complete_var=complete_var
            )
        if late:  # it was refused, and something went on as if it were not there
            raise IsolationFault(f"after other people's code had run, {late[0]} was to be loaded; nothing counts")
    except SystemExit as end:
        # click answers a completion request, and only that, by ending the process itself.
        if completing:
            return 0 if end.code == 0 else 2
        raise
    except click.exceptions.Abort:
        warn("error[G002] interrupted; no verdict is returned.")
        return 4
    except click.ClickException as error:
        error.show()
        return 2
    except GonogoError as error:
        complain(error)
        return error.exit_code
    except Unread:
        return 4
    except OSError as error:  # no working folder, a full disk under a help text: the surroundings, not a defect
        where = f": {error.filename}" if isinstance(error.filename, str) else ""
        complain(RecordFault(f"the system refused what gonogo asked of it{where}: {error.strerror or error}"))
        return 4
    return code if isinstance(code, int) else 4
